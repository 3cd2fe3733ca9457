"""What was found out about a folder of recordings, as a list that one can read."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kirara_speech.learning.recording_report import Finding, Kind, Report
from kirara_studio.api.widgets import Label
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate

_EXAMPLES = 3
_MORE, _MORE_NAMES = "more", 100


class ReportView(QScrollArea):
    """A headline, then what is skipped, then what is only warned of; the worst of each by name.

    ``listen_wanted`` carries the id of a recording that was clicked.
    """

    listen_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea { background: transparent; border: none; }")
        self.viewport().setAutoFillBackground(False)

    def show_report(self, report: Report | None) -> None:
        """Show a report, or nothing."""
        self._report = report
        body = QWidget()
        body.setObjectName("reportBody")
        body.setStyleSheet("#reportBody { background: transparent; }")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        if report is not None:
            layout.addWidget(Label(_headline(report), size=14, bold=True, wrap=True))
            layout.addWidget(Label(_verdict(report), size=12, tone="text_soft", wrap=True))
            for kind, findings in report.kinds():
                layout.addWidget(self._row(kind, findings))
        layout.addStretch(1)
        self.setWidget(body)
        self.setVisible(report is not None)

    def texts(self) -> list[str]:
        """All that is written there, from the top."""
        labels = self.findChildren(Label)
        return [label.plain if isinstance(label, Names) else label.text() for label in labels]

    def _row(self, kind: Kind, findings: list[Finding]) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        tone = "loss_text" if kind.skipped else "attention_text"
        count = Label(f"{len(findings):,}", size=14, bold=True, tone=tone)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        count.setMinimumWidth(34)
        layout.addWidget(count)
        column = QVBoxLayout()
        column.setSpacing(0)
        text = translate("speech", kind.text)
        if kind.skipped:
            text = translate("speech", "{0} (skipped)").format(text)
        column.addWidget(Label(text, size=12, wrap=True))
        names = Names([finding.id for finding in findings], heard=kind.name != "table")
        names.listen_wanted.connect(self.listen_wanted)
        column.addWidget(names)
        layout.addLayout(column, 1)
        return row

    def retranslate(self) -> None:
        """Set every text again."""
        self.show_report(self._report)


def _headline(report: Report) -> str:
    minutes = QLocale().toString(report.seconds / 60, "f", 1)
    if report.used == report.recordings:
        text = translate("speech", "{0} recordings, {2} minutes of speech")
    else:
        text = translate("speech", "{1} of {0} recordings can be used, {2} minutes of speech")
    return text.format(f"{report.recordings:,}", f"{report.used:,}", minutes)


def _verdict(report: Report) -> str:
    if not report.used:
        return translate("speech", "There is nothing to learn from here.")
    if report.seconds < 120:
        return translate(
            "speech", "That is very little. Read some hundred sentences more, if you can."
        )
    if not report.findings:
        return translate("speech", "Nothing is wrong with them.")
    if report.skipped:
        return translate("speech", "What is skipped is not learnt from; the rest is.")
    return translate("speech", "All of them are learnt from. Have an ear on these:")


class Names(Label):
    """The names of recordings, the first ones until the others are asked for too. A click on one
    where it can be heard asks for it (``listen_wanted``)."""

    listen_wanted = Signal(str)

    def __init__(self, names: list[str], *, heard: bool) -> None:
        super().__init__(size=12, tone="text_soft", wrap=True)
        self._names, self._heard = names, heard
        self._shown = _EXAMPLES
        self.plain = ""
        """What is written there, without marks."""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        if heard:
            self.setToolTip(translate("speech", "Click a name to hear the recording"))
        self.linkActivated.connect(self._on_link)
        self._show()

    def _show(self) -> None:
        comma = translate("speech", ", ")
        shown = self._names[: self._shown]
        more = len(self._names) - len(shown)
        rest = translate("speech", "and {0} more").format(f"{more:,}")
        self.plain = comma.join(shown) + (f" {rest}" if more else "")
        marked = [_link(str(n), name) if self._heard else escape(name)
                  for n, name in enumerate(shown)]  # fmt: skip
        self.setText(comma.join(marked) + (f" {_link(_MORE, rest)}" if more else ""))

    def _on_link(self, link: str) -> None:
        if link == _MORE:
            self._shown = self._shown + _MORE_NAMES
            self._show()
        else:
            self.listen_wanted.emit(self._names[int(link)])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()  # the links' colour is in the text


def _link(target: str, text: str) -> str:
    return f'<a href="{target}" style="color: {color("accent_text").name()}">{escape(text)}</a>'

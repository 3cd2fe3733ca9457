"""The report on a folder of recordings."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from kirara_speech.learning.recording_report import Finding, Kind, Report
from kirara_studio.api.widgets import Label
from kirara_studio.api.widgets.layouts import column, row
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate

_EXAMPLES = 3
_MORE, _MORE_NAMES = "more", 100


class ReportView(QScrollArea):
    """A headline, then errors (skipped recordings) and warnings, the worst of each by name.

    ``listen_wanted`` carries the id of a recording that was clicked.
    """

    listen_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report: Report | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea { background: transparent; border: none; }")
        self.viewport().setAutoFillBackground(False)

    def show_report(self, report: Report | None) -> None:
        self.report = report
        body = QWidget()
        body.setObjectName("reportBody")
        body.setStyleSheet("#reportBody { background: transparent; }")
        parts: list[QWidget] = []
        if report is not None:
            parts.append(Label(_headline(report), size=14, bold=True, wrap=True))
            parts.append(Label(_verdict(report), size=12, tone="text_soft", wrap=True))
            parts += [self._row(kind, findings) for kind, findings in report.kinds()]
        body.setLayout(column(*parts, None, margins=(0, 0, 8, 0)))
        self.setWidget(body)
        self.setVisible(report is not None)

    def texts(self) -> list[str]:
        labels = self.findChildren(Label)
        return [label.plain if isinstance(label, Names) else label.text() for label in labels]

    def _row(self, kind: Kind, findings: list[Finding]) -> QWidget:
        tone = "loss_text" if kind.skipped else "attention_text"
        count = Label(f"{len(findings):,}", size=14, bold=True, tone=tone)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        count.setMinimumWidth(34)
        text = translate("speech", kind.text)
        if kind.skipped:
            text = translate("speech", "{0} (skipped)").format(text)
        names = Names([finding.id for finding in findings], heard=kind.name != "table")
        names.listen_wanted.connect(self.listen_wanted)
        found = QWidget()
        texts = column(Label(text, size=12, wrap=True), names, spacing=0)
        found.setLayout(row(count, (texts, 1), spacing=10))
        return found

    def retranslate(self) -> None:
        self.show_report(self.report)


def _headline(report: Report) -> str:
    minutes = QLocale().toString(report.seconds / 60, "f", 1)
    if report.used == report.recordings:
        text = translate("speech", "{0} recordings, {2} minutes of speech")
    else:
        text = translate("speech", "{1} of {0} recordings can be used, {2} minutes of speech")
    return text.format(f"{report.recordings:,}", f"{report.used:,}", minutes)


def _verdict(report: Report) -> str:
    if not report.used:
        return translate("speech", "None of them can be learnt from.")
    if report.seconds < 120:
        return translate(
            "speech", "That is very little. Read some hundred sentences more, if you can."
        )
    if not report.findings:
        return translate("speech", "No problems were found.")
    if report.skipped:
        return translate("speech", "Skipped recordings are not learnt from; the others are.")
    return translate("speech", "All of them are learnt from. Listen to these:")


class Names(Label):
    """The names of recordings, at first some. ``listen_wanted`` carries one that was clicked."""

    listen_wanted = Signal(str)

    def __init__(self, names: list[str], *, heard: bool) -> None:
        super().__init__(size=12, tone="text_soft", wrap=True)
        self._names, self._heard = names, heard
        self._shown = _EXAMPLES
        self.plain = ""
        """The text without markup."""
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

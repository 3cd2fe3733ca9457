"""What was found out about a folder of recordings, as a list that one can read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kirara_speech.learning.recording_report import Finding, Kind, Report
from kirara_studio.api.widgets import Label

translate = QCoreApplication.translate

_EXAMPLES = 3


class ReportView(QScrollArea):
    """A headline, then what is skipped, then what is only warned of; the worst of each by name."""

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
                layout.addWidget(_row(kind, findings))
        layout.addStretch(1)
        self.setWidget(body)
        self.setVisible(report is not None)

    def texts(self) -> list[str]:
        """All that is written there, from the top."""
        return [label.text() for label in self.findChildren(Label)]

    def retranslate(self) -> None:
        """Set every text anew."""
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


def _row(kind: Kind, findings: list[Finding]) -> QWidget:
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
    names = translate("speech", ", ").join(finding.id for finding in findings[:_EXAMPLES])
    if len(findings) > _EXAMPLES:
        names = translate("speech", "{0} and more").format(names)
    column.addWidget(Label(names, size=12, tone="text_soft", wrap=True))
    layout.addLayout(column, 1)
    return row

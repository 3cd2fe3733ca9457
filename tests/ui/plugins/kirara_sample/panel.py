"""A panel with a few things in it, and a way to fail in a slot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kirara_studio.api.jobs import JobTools
from kirara_studio.api.panel import PanelContext


class SamplePanel(QWidget):
    """Counts how often it was made, so that laziness can be seen."""

    made = 0

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        type(self).made += 1
        self.context = context
        self.opened: list[str] = []
        title = QLabel(context.tr(context.panel.title))
        title.setProperty("role", "title")
        self.line = QLineEdit()
        self.fail = QPushButton("Fail")
        self.fail.clicked.connect(self.do_fail)
        self.primary = QPushButton("Generate")
        self.primary.setProperty("kind", "primary")
        row = QHBoxLayout()
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.fail)
        row.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.line)
        column.addStretch(1)
        column.addWidget(QLabel("…"), 0, Qt.AlignmentFlag.AlignCenter)
        self.line.setText(context.state.get("line", ""))
        context.set_status(f"sample of {context.panel.id}")

    def open_files(self, paths: list[Path]) -> None:
        """Models that are for this panel."""
        self.opened += [path.name for path in paths]

    def save_state(self) -> dict[str, str]:
        """What is written in the line; a wrong word raises."""
        if self.line.text() == "wrong":
            raise ValueError("that cannot be remembered")
        return {"line": self.line.text()}

    def do_fail(self) -> None:
        """A slot that raises."""
        raise ValueError("seven is not a face")


def wait_until_stopped(request: str, tools: JobTools) -> None:
    """A job that goes on until somebody stops it."""
    import time

    for step in range(10_000):
        tools.progress(step, 10_000, f"frame {step} of {request}")
        time.sleep(0.005)

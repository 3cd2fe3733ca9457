"""The window that asks what to do while the studio's own window does not answer.

A process of its own, started by :mod:`kirara_studio.ui.hang_monitor` with a question as JSON; it
prints what was chosen.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.widgets import Button, Icon, Label
from kirara_studio.api.widgets.icons import app_icon
from kirara_studio.api.widgets.layouts import row
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.hang_monitor import END, RESTART, WAIT
from kirara_studio.ui.language import Language
from kirara_studio.ui.theme import Theme


class HangDialog(QDialog):
    """``choice`` is "end", "restart" or "wait" once it is closed.

    ``question`` has "plugin", "title" and "where" of the code that runs, "locked" if it cannot be
    ended, and the "state": "hang" at first, "stuck" if it was to end and did not.
    """

    def __init__(self, question: dict[str, Any]) -> None:
        super().__init__(None, Qt.WindowType.WindowStaysOnTopHint)
        self.choice = WAIT
        plugin = question["plugin"]
        can_end = bool(plugin) and not question.get("locked") and question["state"] == "hang"
        tokens = current_tokens()
        self.setWindowTitle("Kirara Studio")
        self.setWindowIcon(app_icon())
        self.setFixedWidth(560)
        title = self.tr("“{title}” does not answer").format(title=question["title"])
        name = title if plugin else self.tr("Kirara Studio does not answer")
        heading = Label(name, size=17, bold=True, wrap=True)
        message, advice = self._words(question, can_end)
        where = Label(_short(question["where"]), size=12, tone="text_soft", wrap=True)
        where.setVisible(bool(question["where"]))
        head = QHBoxLayout()
        head.setSpacing(tokens.space_m)
        head.addWidget(Icon("alert", "attention_text", 28))
        head.addWidget(heading, 1)
        self.end = Button(self.tr("End what it does"), kind="primary")
        without = self.tr("Restart without this panel") if plugin else self.tr("Restart")
        self.restart = Button(without, kind="plain" if can_end else "primary", icon="retry")
        self.wait = Button(self.tr("Wait"))
        self.end.setVisible(can_end)
        self.restart.setVisible(not can_end)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(tokens.space_xl,) * 4)
        column.setSpacing(tokens.space_m)
        column.addLayout(head)
        column.addWidget(Label(message, wrap=True))
        column.addWidget(Label(advice, tone="text_soft", wrap=True))
        column.addWidget(where)
        column.addSpacing(tokens.space_s)
        column.addLayout(row(None, self.wait, self.restart, self.end))
        self.end.clicked.connect(lambda: self._choose(END))
        self.restart.clicked.connect(lambda: self._choose(RESTART))
        self.wait.clicked.connect(lambda: self._choose(WAIT))
        self.setAccessibleName(f"{heading.text()}. {message} {advice}")
        self.wait.setFocus()

    def _words(self, question: dict[str, Any], can_end: bool) -> tuple[str, str]:
        if not question["plugin"]:
            return (
                self.tr("The window has not reacted for a while."),
                self.tr("Wait, or restart the studio. What was saved is kept."),
            )
        if question["state"] == "stuck":
            message = self.tr("The plugin “{name}” goes on although it was to end.")
        else:
            message = self.tr("The window waits for the plugin “{name}”, whose code is running.")
        if can_end:
            advice = self.tr("You can end what the plugin does. The rest of the studio goes on.")
        else:
            advice = self.tr(
                "It cannot be ended by itself. Wait, or restart the studio without this panel: "
                "what was saved is kept."
            )
        return message.format(name=question["plugin"]), advice

    def _choose(self, choice: str) -> None:
        self.choice = choice
        self.accept()


def _short(where: str) -> str:
    """The file without its folders."""
    return Path(where).name if where else ""


def main() -> None:
    """Show the question in the first argument, and print what the user chose."""
    question = parse_json(sys.argv[1])
    QApplication.setApplicationName("kirara-studio")
    QApplication.setApplicationDisplayName("Kirara Studio")
    QApplication.setDesktopFileName("kirara-studio")
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    language = Language(application, question["language"])
    theme = Theme(application, question["theme"])
    theme.set_language(language.code)
    dialog = HangDialog(question)
    dialog.exec()
    print(dialog.choice, flush=True)


if __name__ == "__main__":
    main()

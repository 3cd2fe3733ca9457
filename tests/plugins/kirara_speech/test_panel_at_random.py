"""The Speech panel, used at random: what is shown is always what there is, and nothing raises."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kirara_speech.panel import SpeechPanel
from kirara_speech.project.script import Script
from kirara_studio.api.errors import UserError
from tests.plugins.panel_studio import CTRL, LEFT, PLAIN, SHIFT

from .panel_studio import Context, read

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

KEY = Qt.Key
TEXTS = ("今日は、", "いい天気", "ですね。", "散歩？", "ー", "っ", "abc", "、。", "👍", "ん")
IN_PHRASES = (
    *(KEY.Key_A, KEY.Key_0, KEY.Key_D, KEY.Key_P, KEY.Key_Q, KEY.Key_J, KEY.Key_BracketLeft),
    *(KEY.Key_BracketRight, KEY.Key_Delete, KEY.Key_Left, KEY.Key_Right, KEY.Key_Up),
    *(KEY.Key_Down, KEY.Key_Home, KEY.Key_End),
)
IN_FIELD = (KEY.Key_Return, KEY.Key_Backspace, KEY.Key_Up, KEY.Key_Down, KEY.Key_Home, KEY.Key_End)
IN_LIST = (KEY.Key_Up, KEY.Key_Down, KEY.Key_Delete, KEY.Key_D)


class Hands:
    """Does one thing after the other to a panel."""

    def __init__(self, panel: SpeechPanel, seed: int) -> None:
        self.panel, self.random = panel, random.Random(seed)
        lines, view = panel.workspace.lines, panel.workspace.phrases.view
        self.deeds: list[Callable[[], object]] = [
            lambda: self.key(view, IN_PHRASES, (PLAIN, SHIFT, CTRL)),
            lambda: self.key(lines.field, IN_FIELD, (PLAIN,)),
            lambda: self.key(lines, IN_LIST, (PLAIN, SHIFT, CTRL)),
            self.write,
            self.paste,
            self.drag,
            lambda: QTest.mouseDClick(view.viewport(), LEFT, pos=self.point()),
            panel.undo_stack.undo,
            panel.undo_stack.redo,
            self.go,
            lambda: panel.session.edits.set_voice(self.random.choice(("", "open-jtalk", "nobody"))),
            lambda: panel.session.edits.set_value("speed", 1.2, "Speed"),
            lambda: panel.resize(self.random.randrange(640, 1500), self.random.randrange(420, 900)),
            lambda: panel.grab(),
            lambda: QTest.qWait(self.random.randrange(1, 30)),
            lambda: self.random.random() < 0.3 and panel.session.playback.toggle(),
        ]

    def go(self) -> None:
        row = self.random.randrange(len(self.panel.session.script.lines))
        self.panel.session.select([row], row)

    def one(self) -> None:
        self.random.choice(self.deeds)()
        if len(self.panel.session.script.lines) > 40:
            self.panel.session.edits.remove(range(20))

    def key(
        self,
        widget: QWidget,
        keys: tuple[Qt.Key, ...],
        modifiers: tuple[Qt.KeyboardModifier, ...],
    ) -> None:
        widget.setFocus()
        QTest.keyClick(widget, self.random.choice(keys), self.random.choice(modifiers))

    def write(self) -> None:
        field = self.panel.workspace.lines.field
        field.insert(self.random.choice(TEXTS))
        field.textEdited.emit(field.text())

    def paste(self) -> None:
        QGuiApplication.clipboard().setText("".join(self.random.choices(TEXTS, k=6)))
        self.panel.workspace.lines.field.paste_lines()

    def point(self) -> QPoint:
        view = self.panel.workspace.phrases.view
        return QPoint(self.random.randrange(view.width()), self.random.randrange(view.height()))

    def drag(self) -> None:
        view, start = self.panel.workspace.phrases.view, self.point()
        away = QPoint(self.random.randrange(-60, 60), self.random.randrange(-40, 40))
        QTest.mousePress(view.viewport(), LEFT, pos=start)
        QTest.mouseMove(view.viewport(), start + away)
        QTest.mouseRelease(view.viewport(), LEFT, pos=start + away)


@pytest.mark.parametrize("seed", [2, 4, 11])
def test_nothing_breaks(
    seed: int, panel: SpeechPanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[BaseException | None] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: raised.append(error))
    read(panel)
    hands = Hands(panel, seed)
    for _ in range(250):
        hands.one()
        lines, script = panel.workspace.lines, panel.session.script
        assert [line.text for line in lines.lines.lines] == [line.text for line in script.lines]
        assert (lines.row, lines.field.text()) == (script.row, script.line.text)
        assert lines.chosen == script.rows
        assert len({line.key for line in script.lines}) == len(script.lines)
        assert not raised
    assert len(Script.from_dict(script.to_dict()).lines) == len(script.lines)
    panel.session.playback.stop()
    assert all(isinstance(error, UserError) for error in context.errors)

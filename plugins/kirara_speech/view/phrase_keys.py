"""Which keys do what to the phrases of a line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kirara_speech.view.phrase_edits import LENGTH_STEP, PAUSE_STEP, PITCH_STEP, PhraseEdits


def function_of(edits: PhraseEdits, event: QKeyEvent) -> Callable[[], object] | None:
    """What a key does; None if it does nothing."""
    key = Qt.Key(event.key())
    number, mora = edits.place
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    plain = event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )
    keys = Qt.Key
    if shift:
        return {
            keys.Key_Up: lambda: edits.raise_pitch(PITCH_STEP),
            keys.Key_Down: lambda: edits.raise_pitch(-PITCH_STEP),
            keys.Key_Right: lambda: edits.lengthen(LENGTH_STEP),
            keys.Key_Left: lambda: edits.lengthen(-LENGTH_STEP),
            keys.Key_Delete: edits.reset_phrase,
        }.get(key)
    if control:
        return {
            keys.Key_Delete: edits.reset_wanted.emit,
            keys.Key_Right: lambda: edits.step_phrase(1),
            keys.Key_Left: lambda: edits.step_phrase(-1),
        }.get(key)
    if not plain:
        return None
    return {
        keys.Key_Left: lambda: edits.step(-1),
        keys.Key_Right: lambda: edits.step(1),
        keys.Key_Home: lambda: edits.go(0, 0),
        keys.Key_End: lambda: edits.go(len(edits.phrases), 10_000),
        keys.Key_A: edits.accent_here,
        keys.Key_0: lambda: edits.set_accent(number, 0),
        keys.Key_D: lambda: edits.toggle_devoiced(edits.place),
        keys.Key_P: lambda: edits.toggle_pause(number),
        keys.Key_BracketRight: lambda: edits.lengthen_pause(number, PAUSE_STEP),
        keys.Key_BracketLeft: lambda: edits.lengthen_pause(number, -PAUSE_STEP),
        keys.Key_Q: edits.toggle_question,
        keys.Key_J: lambda: edits.join(number),
        keys.Key_S: lambda: edits.split(number, mora),
        keys.Key_Return: lambda: edits.reading_wanted.emit(number),
        keys.Key_Enter: lambda: edits.reading_wanted.emit(number),
        keys.Key_F2: lambda: edits.reading_wanted.emit(number),
        keys.Key_Delete: edits.reset_mora,
    }.get(key)

"""What the panel works on, with the studio's real queue and engine and without a window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kirara_speech.project.exporting import ExportChoice
from kirara_speech.project.script import Line, Script
from kirara_speech.session import Session
from kirara_speech.speaking.voices import OPEN_JTALK
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context


@pytest.fixture
def session(context: Context) -> Iterator[Session]:
    """A session with three lines of Open JTalk's voice, of which the first is in front."""
    before = set(QApplication.allWidgets())
    session = Session(context)  # type: ignore[arg-type]
    lines = tuple(Line(text, OPEN_JTALK) for text in ("はい。", "いいえ。", "どうも。"))
    session.document.replace(Script(lines).at(0))
    yield session
    session.playback.stop()
    assert not set(QApplication.allWidgets()) - before, "a session makes no widgets"


def texts(session: Session) -> list[str]:
    return [line.text for line in session.script.lines]


def is_spoken(session: Session, row: int) -> bool:
    spoken = session.playback.last.get(session.script.lines[row].key)
    return spoken is not None and spoken.complete


def test_undo_and_redo_bring_back_what_was_selected(session: Session) -> None:
    stack = session.document.undo_stack
    session.select([0, 2], 2)
    assert not stack.canUndo(), "a selection is not a step"
    session.edits.duplicate()
    assert texts(session) == ["はい。", "いいえ。", "どうも。", "はい。", "どうも。"]
    assert session.script.rows == [3, 4] and session.script.row == 4
    session.select([1], 1)
    stack.undo()
    assert len(session.script.lines) == 3
    assert session.script.rows == [0, 2] and session.script.row == 2
    stack.redo()
    assert session.script.rows == [3, 4]


def test_edits_of_the_voice_and_the_manner_change_all_selected_lines(session: Session) -> None:
    session.select([1, 2], 1)
    session.edits.set_voice("")
    session.edits.set_value("speed", 1.5, "Speed")
    session.edits.set_value("speed", 1.6, "Speed")
    assert [line.voice for line in session.script.lines] == [OPEN_JTALK, "", ""]
    assert [line.prosody.speed for line in session.script.lines] == [1.0, 1.6, 1.6]
    session.document.undo_stack.undo()
    assert session.script.lines[1].prosody.speed == 1.0, "two turns of a slider are one step"


def test_what_is_dragged_is_shown_and_becomes_one_step(session: Session) -> None:
    wait_for(lambda: session.line_state().phrases)
    (phrase,) = session.line_state().phrases
    for pitch in (1.0, 2.0):
        high = replace(phrase, morae=(replace(phrase.morae[0], pitch=pitch), *phrase.morae[1:]))
        session.edits.preview_phrases((high,))
        assert session.line_state().phrases == (high,)
    assert session.document.settled_value.line.phrases is None
    session.edits.set_phrases((high,), "Pitch")
    assert session.document.undo_stack.count() == 1
    session.edits.set_phrases((phrase,), "Pitch")
    assert session.script.line.phrases is None, "the dictionary reads it like that"


def test_a_line_is_spoken_and_stale_after_a_change(session: Session, context: Context) -> None:
    busy: list[bool] = []
    session.playback.busy_changed.connect(busy.append)
    session.playback.play(0)
    assert session.playback.busy and busy[0]
    wait_for(lambda: is_spoken(session, 0) and not session.playback.busy)
    assert busy[-1] is False
    state = session.line_state()
    assert state.spoken is not None and state.spoken.morae and state.unmodified and not state.stale
    session.edits.set_value("speed", 1.5, "Speed")
    assert session.line_state().stale
    session.edits.type(0, "はいはい。")
    assert session.line_state().spoken is None


def test_lines_are_saved_as_soon_as_they_are_read(session: Session, context: Context) -> None:
    saved: list[Path] = []
    session.exported.connect(saved.extend)
    path = context.results_folder / "all.wav"
    choice = ExportChoice((path,), (session.script.lines,), texts=True, labels=False)
    session.export(choice)
    wait_for(lambda: saved)
    assert saved == [path] and path.stat().st_size > 50_000
    assert path.with_suffix(".txt").read_text(encoding="utf-8") == "はい。\nいいえ。\nどうも。\n"
    session.edits.remove([0, 1, 2])
    session.add_files([path])
    assert texts(session) == ["はい。", "いいえ。", "どうも。"] and context.errors == []


def test_a_project_is_saved_opened_and_continued(session: Session, context: Context) -> None:
    project, path = session.project, context.results_folder / "story"
    assert project.save(path) and not project.unsaved
    session.edits.type(0, "うん。")
    assert project.unsaved
    session.document.undo_stack.undo()
    assert not project.unsaved
    script = project.load(path.with_suffix(".kirara-speech"))
    assert script is not None
    project.new()
    project.show(script, path.with_suffix(".kirara-speech"))
    assert texts(session) == ["はい。", "いいえ。", "どうも。"]
    context.state.update(project.to_dict())
    again = Session(context)  # type: ignore[arg-type]
    again.project.restore(context.state)
    assert again.project.title == "story" and not again.project.unsaved
    assert texts(again) == texts(session)

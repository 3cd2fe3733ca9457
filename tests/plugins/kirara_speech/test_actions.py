"""What the command palette can do with the panel."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

import kirara_speech
from kirara_speech import kirara_actions
from kirara_speech.panel import SpeechPanel
from kirara_speech.view.pages import TRAIN

from .panel_studio import OpenPanel, wait_for

ACTIONS = {action.id: action for action in kirara_actions()}


class Studio:
    """Opens the panel, a moment later, as the studio does."""

    def __init__(self, open_panel: OpenPanel) -> None:
        self.panel: SpeechPanel | None = None
        self._open = open_panel

    def open_panel(self, panel_id: str) -> None:
        assert panel_id == "speech"
        if self.panel is None:
            self.panel = self._open()


@pytest.fixture
def run(open_panel: OpenPanel) -> Callable[[str], SpeechPanel]:
    studio = Studio(open_panel)

    def run_it(name: str) -> SpeechPanel:
        module, function = ACTIONS[f"speech.{name}"].run.split(":")
        getattr(importlib.import_module(module), function)(studio)
        assert studio.panel is not None
        return studio.panel

    return run_it


def test_each_does_in_the_panel_what_it_says(
    run: Callable[[str], SpeechPanel], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = run("train")  # which opens the panel
    assert panel.pages.choice.current == TRAIN
    done: list[object] = []
    monkeypatch.setattr(panel.hearing, "play", lambda row, **how: done.append((row, how)))
    for place, name in (
        (panel.hearing, "stop"),
        (panel.exports, "ask"),
        (panel.teaching, "open"),
        (panel.files, "new"),
        (panel.files, "ask_open"),
        (panel.files, "save"),
    ):
        monkeypatch.setattr(place, name, lambda name=name: done.append(name))
    for name in ACTIONS:
        done.clear()
        run(name.removeprefix("speech."))
        expected = {
            "speech.play": (0, {}),
            "speech.play_onwards": (0, {"onwards": True}),
            "speech.save_sound": "ask",
            "speech.dictionary": "open",
            "speech.new_project": "new",
            "speech.open_project": "ask_open",
            "speech.save_project": "save",
        }.get(name, "stop")  # for another page, too, what is heard is stopped
        assert done[-1:] == [expected], name
        assert panel.pages.speaking == (name != "speech.train")


def test_a_panel_that_is_still_being_made_is_waited_for(
    run: Callable[[str], SpeechPanel], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = run("stop")
    panel.hide()
    played: list[int] = []
    monkeypatch.setattr(panel.hearing, "play", lambda row, **_: played.append(row))
    run("play")
    assert not played
    panel.show()
    wait_for(lambda: played)


def test_they_are_found_in_japanese() -> None:
    translator = QTranslator()
    folder = Path(kirara_speech.__file__).parent / "translations"
    assert translator.load(str(folder / "ja.qm"))
    titles = [translator.translate("speech", action.title) for action in ACTIONS.values()]
    assert len(set(titles)) == len(ACTIONS)
    for word in ("辞書", "再生", "音声", "プロジェクト", "学習"):
        assert any(word in title for title in titles), word

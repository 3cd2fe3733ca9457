"""What the panel works on, with the studio's real queue and engine and without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from kirara_characters import kirara_panels
from kirara_characters.networks.character import Character, of_seeds
from kirara_characters.recalling import PANEL_KEY, moment_of
from kirara_characters.requests import FrameRequest
from kirara_characters.saved_settings import request_of_settings
from kirara_characters.scene import Pin, Scene
from kirara_characters.session import Session
from kirara_studio.api import model_library
from kirara_studio.api.media.saving import recall, save_picture
from kirara_studio.engine.queue import JobQueue
from tests.plugins.panel_studio import PanelStudio, wait_for

from .small_models import save_generator


class Counted:
    """The queue of jobs; remembers the requests of each key."""

    def __init__(self, jobs: Any) -> None:
        self._jobs = jobs
        self.requests: dict[str, list[Any]] = {}

    def submit(self, key: str, function: Callable[..., Any], request: Any, **options: Any) -> Any:
        self.requests.setdefault(key, []).append(request)
        return self._jobs.submit(key, function, request, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._jobs, name)


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PanelStudio:
    monkeypatch.setattr(model_library, "resource_folder", lambda: tmp_path / "nothing bundled")
    context = PanelStudio(kirara_panels()[0], queue, tmp_path)
    save_generator(context.data_folder / "models" / "small.safetensors")
    context.jobs = Counted(context.jobs)  # type: ignore[assignment]
    return context


@pytest.fixture
def session(context: PanelStudio) -> Iterator[Session]:
    """A session with all candidates of a scene with two pins."""
    before = set(QApplication.allWidgets())
    session = Session(context)  # type: ignore[arg-type]
    session.restore(Scene(pins=(Pin(Character(2017, 0.7)), Pin(Character(2018, 0.7)))).to_dict())
    wait_for(lambda: not session.busy)
    yield session
    session.stop()
    assert not set(QApplication.allWidgets()) - before, "a session makes no widgets"


def drawn(session: Session) -> int:
    return sum(picture is not None for picture in session.candidates())


def test_each_scene_is_asked_for_once(session: Session, context: PanelStudio) -> None:
    requests = context.jobs.requests["pictures"]
    assert [request.characters for request in requests] == [session.scene.candidates]
    assert drawn(session) == session.scene.count == 18
    session.generate()
    session.toggle_pin(3)  # a candidate that is being drawn
    wait_for(lambda: not session.busy)
    assert [request.characters for request in requests[1:]] == [session.scene.candidates]
    session.document.undo_stack.undo()
    assert len(requests) == 2, "everything is remembered"


def test_candidates_arrive_chunk_by_chunk(session: Session) -> None:
    counts: list[int] = []
    session.pictures.pictures_changed.connect(lambda: counts.append(drawn(session)))
    session.generate()
    wait_for(lambda: not session.busy)
    assert counts == [3, 6, 9, 12, 15, 18]


def test_pins_of_another_variety_are_drawn_too(session: Session, context: PanelStudio) -> None:
    pins = (Pin(Character(5, 0.3)), Pin(Character(6, 0.9)))
    session.edit("", pins=pins)
    wait_for(lambda: not session.busy)
    requests = context.jobs.requests["pictures"][1:]
    assert [request.characters for request in requests] == [tuple(p.character for p in pins)]
    assert all(session.pictures.picture(session.scene, pin.character) for pin in pins)


def test_what_was_stopped_is_drawn_with_the_next_edit(session: Session) -> None:
    session.generate()
    assert session.busy
    session.stop()
    assert not session.busy and drawn(session) == 0
    session.set_easing("in")
    wait_for(lambda: not session.busy)
    assert drawn(session) == 18


def test_a_model_that_fails_is_reported_once(session: Session, context: PanelStudio) -> None:
    path = context.data_folder / "models" / "small.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    session.generate()
    wait_for(lambda: context.errors)
    session.remove_pin(0)
    assert not session.busy and len(context.errors) == 1


def test_a_preview_is_not_remembered(session: Session, context: PanelStudio) -> None:
    before = session.scene
    session.preview(truncation=1.0)
    wait_for(lambda: not session.busy)
    assert session.scene.truncation == 1.0 and context.state["scene"] == before.to_dict()
    assert [scene for scene, _ in session.history] == [before]
    session.edit("", truncation=1.0)
    assert [scene.truncation for scene, _ in session.history] == [1.0, 0.7]
    session.show_earlier(1)
    assert session.scene == before


def test_the_first_candidates_are_pinned_only_once(context: PanelStudio) -> None:
    session = Session(context)  # type: ignore[arg-type]
    session.restore(None)
    wait_for(lambda: session.scene.pins)
    assert [pin.character.seed for pin in session.scene.pins] == [2018, 2023, 2028]
    assert not session.document.undo_stack.canUndo()
    session.edit("", pins=())
    session.generate()
    wait_for(lambda: not session.busy)
    assert session.scene.pins == ()


def test_a_film_brings_its_scene_back(session: Session, context: PanelStudio) -> None:
    saved: list[Path] = []
    session.saver.saved.connect(saved.append)
    session.saver.set_save_size(0)
    session.document.edit(replace(session.scene.with_pin(0, seconds=0.2), closed=False), "")
    before = session.scene
    film = context.results_folder / "morph.gif"
    session.saver.save_film(film)
    wait_for(lambda: saved)
    assert saved == [film] and Scene.from_dict(recall(film)["panel"]) == before
    session.surprise()
    session.show_training(True)
    session.take([film])
    wait_for(lambda: session.scene == before)
    assert not session.training_shown and context.errors == []


@pytest.mark.parametrize("panel_key", [True, False])
def test_the_picture_of_a_moment_brings_that_moment_back(
    session: Session, context: PanelStudio, panel_key: bool
) -> None:
    saved: list[Path] = []
    moments: list[float] = []
    session.saver.saved.connect(saved.append)
    session.moment_recalled.connect(moments.append)
    session.saver.set_save_size(0)
    path = context.results_folder / "moment.png"
    session.saver.save_picture(path, moment=0.7)
    wait_for(lambda: saved)
    settings = recall(path)
    assert request_of_settings(settings) == FrameRequest(
        request_of_settings(settings).path,
        0.7,
        16,
        "small",  # type: ignore[union-attr]
    )
    if not panel_key:  # as from the command line
        with Image.open(path) as image:
            pixels = np.asarray(image)
        save_picture(path, pixels, {k: v for k, v in settings.items() if k != PANEL_KEY})
    session.surprise()
    session.take([path])
    wait_for(lambda: moments)
    assert moments == [0.7] and session.scene.path.characters == of_seeds((2017, 2018), 0.7)


def test_a_frame_of_a_folder_brings_its_moment_back(session: Session, context: PanelStudio) -> None:
    saved: list[Path] = []
    session.saver.saved.connect(saved.append)
    session.saver.set_save_size(0)
    session.saver.save_film(context.results_folder / "film")
    wait_for(lambda: saved)
    frames = sorted(saved[0].iterdir())
    seconds = session.scene.duration
    assert moment_of(recall(saved[0])) == 0
    assert moment_of(recall(frames[9])) == pytest.approx(9 / len(frames) * seconds)


def test_a_gif_is_small_unless_a_size_was_chosen(session: Session, context: PanelStudio) -> None:
    assert (session.saver.film_size(".gif"), session.saver.film_size(".mp4")) == (256, 512)
    assert 0.2e6 < session.saver.film_bytes(".gif") < 2e6 and session.saver.film_bytes("") == 0
    session.saver.set_save_size(1024)
    assert session.saver.film_size(".gif") == 1024
    assert context.state["save_size"] == 1024


def test_a_sheet_of_all_candidates(session: Session, context: PanelStudio) -> None:
    saved: list[Path] = []
    session.saver.saved.connect(saved.append)
    session.saver.set_save_size(0)
    session.saver.save_sheet(context.results_folder / "sheet.png")
    wait_for(lambda: saved)
    with Image.open(saved[0]) as sheet:
        assert sheet.size == (4 * (16 + 8) + 8, 5 * (16 + 8) + 8)

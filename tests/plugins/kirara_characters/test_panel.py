"""The Characters panel with the studio's real queue and engine, and a small generator."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from kirara_characters import kirara_panels
from kirara_characters.commands.models import configure_train
from kirara_characters.networks.character import Character
from kirara_characters.networks.config import BUNDLED, GENERATOR
from kirara_characters.panel import CharactersPanel
from kirara_characters.scene import Pin, Scene
from kirara_characters.tour import run as run_tour
from kirara_characters.training_session import RunChoice
from kirara_characters.view.enlarged_dialog import EnlargedDialog
from kirara_characters.view.menus import candidate_menu, segment_menu
from kirara_studio.api import model_library
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.saving import recall
from kirara_studio.api.media.upscaling import can_upscale
from kirara_studio.api.models import Checkpoint, ModelCard
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.run_folder import RunFolder
from kirara_studio.engine.training import TrainingService
from tests.engine.test_training_service import COUNTER, LONG
from tests.plugins.panel_studio import LEFT, PanelStudio, panels_of, wait_for

from .small_models import AUTHOR_ORDER, save_discriminator, save_generator


class Context(PanelStudio):
    """The studio of this panel, whose folder of data is the test's own."""

    def __init__(self, queue: JobQueue, folder: Path) -> None:
        super().__init__(kirara_panels()[0], queue, folder)
        self.data_folder = folder
        self.training = TrainingService()

    def notify(self, notice: Any) -> None:
        self.messages.append(notice.title)


@pytest.fixture
def context(queue: JobQueue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    # The bundled model is larger than what these tests need.
    monkeypatch.setattr(model_library, "resource_folder", lambda: tmp_path / "nothing bundled")
    save_generator(tmp_path / "models" / "small.safetensors")
    return Context(queue, tmp_path)


@pytest.fixture
def open_panel(context: Context) -> Iterator[Callable[[], CharactersPanel]]:
    with panels_of(context, lambda: CharactersPanel(context)) as open_it:
        yield open_it


@pytest.fixture
def panel(open_panel: Callable[[], CharactersPanel]) -> CharactersPanel:
    """The panel as it is opened for the first time, with its candidates."""
    panel = open_panel()
    wait_for(lambda: wall_is_there(panel) and len(panel.session.scene.pins) == 3)
    return panel


def wall_is_there(panel: CharactersPanel) -> bool:
    grid = panel.wall.grid
    return grid.count > 0 and all(grid.image(i) is not None for i in range(grid.count))


def click_candidate(panel: CharactersPanel, index: int) -> None:
    grid = panel.wall.grid
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.cell(index).center().toPoint())


def edit(panel: CharactersPanel, scene: Scene) -> None:
    panel.session.document.edit(scene, "")


def press(panel: CharactersPanel, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    panel.setFocus()
    together = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        together |= modifier
    QTest.keyClick(panel, key, together)


# Opening


def test_the_panel_opens_without_torch_or_cv2(repository: Path) -> None:
    code = (
        "import sys, kirara_characters.panel\n"
        "assert not {'torch', 'cv2'} & set(sys.modules), set(sys.modules)"
    )
    path = os.pathsep.join([str(repository), str(repository / "plugins")])
    environment = {**os.environ, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=repository, env=environment)


def test_the_first_opening_shows_candidates_pins_and_a_film(
    panel: CharactersPanel, context: Context
) -> None:
    assert panel.wall.grid.count == 18
    assert panel.player.duration == pytest.approx(3.6)
    wait_for(lambda: not panel.wall.canvas.image.isNull())
    assert "small" in context.status and context.errors == []
    assert not panel.undo_stack.canUndo()


def test_without_a_model_it_says_so_and_an_import_mends_it(
    context: Context, open_panel: Callable[[], CharactersPanel]
) -> None:
    for path in (context.data_folder / "models").iterdir():
        path.unlink()
    panel = open_panel()
    assert panel.no_model.isVisible() and not panel.primary.isEnabled()
    panel.dropped.emit([save_generator(context.data_folder / "elsewhere.safetensors")])
    wait_for(lambda: wall_is_there(panel))
    assert panel.wall.isVisible() and panel.primary.isEnabled()


def test_another_opening_continues_where_the_last_one_ended(
    panel: CharactersPanel, open_panel: Callable[[], CharactersPanel]
) -> None:
    edit(
        panel, replace(panel.session.scene, seed=55, pins=(Pin(Character(60, 0.5), 2.0, "linear"),))
    )
    panel.set_inspector_visible(False)
    again = open_panel()
    assert again.session.scene == panel.session.scene
    # Small models are enlarged by the engine, not by the screen, at every opening.
    wait_for(lambda: wall_is_there(again))
    picture = again.wall.grid.image(0)
    assert picture is not None and picture.width() == 256
    assert again.inspector.isHidden()
    assert not again.undo_stack.canUndo()


def test_a_damaged_state_does_no_harm(
    context: Context, open_panel: Callable[[], CharactersPanel]
) -> None:
    pins = [{"seed": "x"}, 7, {"seed": -4, "seconds": "long", "easing": 3}]
    context.state["scene"] = {"seed": None, "truncation": "much", "count": 1e9, "pins": pins}
    panel = open_panel()
    assert panel.session.scene.seed == Scene().seed and panel.session.scene.count == 100
    assert panel.session.scene.pins == (Pin(Character(0, 0.7)),)


def test_pins_that_were_all_removed_do_not_come_back(
    panel: CharactersPanel, open_panel: Callable[[], CharactersPanel]
) -> None:
    edit(panel, replace(panel.session.scene, pins=()))
    again = open_panel()
    wait_for(lambda: wall_is_there(again))
    assert again.session.scene.pins == ()


# Edits


def test_a_click_pins_another_unpins_and_both_can_be_undone(panel: CharactersPanel) -> None:
    seeds = [pin.character.seed for pin in panel.session.scene.pins]
    click_candidate(panel, 0)
    assert [pin.character.seed for pin in panel.session.scene.pins] == [
        *seeds,
        panel.session.scene.seeds[0],
    ]
    click_candidate(panel, 0)
    assert [pin.character.seed for pin in panel.session.scene.pins] == seeds
    control = Qt.KeyboardModifier.ControlModifier
    press(panel, Qt.Key.Key_Z, control)
    assert len(panel.session.scene.pins) == 4
    press(panel, Qt.Key.Key_Z, control)
    press(panel, Qt.Key.Key_Z, control, Qt.KeyboardModifier.ShiftModifier)
    assert len(panel.session.scene.pins) == 4


def test_the_strip_reorders_removes_and_times_the_film(panel: CharactersPanel) -> None:
    before = panel.session.scene
    strip = panel.strip
    first, last = strip.picture_box(0).center(), strip.picture_box(2).center()
    QTest.mousePress(strip.viewport(), LEFT, pos=first.toPoint())
    QTest.mouseMove(strip.viewport(), first.toPoint() + QPoint(20, 0))
    QTest.mouseMove(strip.viewport(), last.toPoint() + QPoint(9, 0))
    QTest.mouseRelease(strip.viewport(), LEFT, pos=last.toPoint() + QPoint(9, 0))
    assert panel.session.scene.pins == (*before.pins[1:], before.pins[0])
    track = strip.track_box(0)
    QTest.mouseClick(strip.viewport(), LEFT, pos=track.center().toPoint())
    assert panel.session.scene.pins[0].seconds == pytest.approx(2.6, abs=0.1)
    assert panel.player.duration == pytest.approx(panel.session.scene.duration)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert len(panel.session.scene.pins) == 2
    for _ in range(3):
        panel.undo_stack.undo()
    assert panel.session.scene == before


def test_one_drag_of_a_slider_is_one_step(panel: CharactersPanel) -> None:
    before = panel.session.scene
    slider = panel.controls.sliders["truncation"]
    QTest.mousePress(slider, LEFT, pos=QPoint(60, 34))
    for x in range(70, 150, 10):
        QTest.mouseMove(slider, QPoint(x, 34))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(140, 34))
    assert panel.undo_stack.count() == 1
    assert panel.session.scene.truncation == slider.value != before.truncation
    assert panel.session.scene.pins == before.pins  # pinned is pinned
    panel.undo_stack.undo()
    assert panel.session.scene == before and slider.value == pytest.approx(before.truncation)


def test_generate_and_surprise_show_others_and_the_history_brings_them_back(
    panel: CharactersPanel,
) -> None:
    first = panel.session.scene
    press(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.session.scene.seed == first.seeds[-1] + 1
    wait_for(lambda: wall_is_there(panel))
    press(panel, Qt.Key.Key_R)
    assert panel.session.scene.seed not in (first.seed, first.seeds[-1] + 1)
    wait_for(lambda: len(panel.session.history) == 3)
    assert panel.wall.history.isVisible()
    panel.wall.history.picked.emit(2)
    assert panel.session.scene.seeds == first.seeds
    assert wall_is_there(panel)  # remembered, not drawn again


def test_easing_and_loop_change_the_film(panel: CharactersPanel) -> None:
    QTest.mouseClick(panel.controls.easing, LEFT, pos=QPoint(200, 18))
    assert {pin.easing for pin in panel.session.scene.pins} == {"linear"}
    panel.controls.loop.click()
    assert not panel.session.scene.closed and panel.player.duration == pytest.approx(2.4)
    panel.undo_stack.undo()
    assert panel.controls.loop.isChecked() and panel.player.duration == pytest.approx(3.6)


def test_the_menus_do_what_they_say(panel: CharactersPanel) -> None:
    actions = segment_menu(panel.session, 1, panel).actions()
    next(action for action in actions if action.text().startswith("2.0")).trigger()
    assert panel.session.scene.pins[1].seconds == 2.0
    segment_menu(panel.session, 1, panel).actions()[-1].trigger()
    assert (
        panel.session.scene.pins[1].easing == "out"
        and panel.session.scene.pins[0].easing == "smooth"
    )
    candidate_menu(panel.session, 0, panel.save_button.ask_picture, panel).actions()[0].trigger()
    assert len(panel.session.scene.pins) == 4


def test_fewer_than_two_pins_are_no_film(panel: CharactersPanel) -> None:
    panel.player.play()
    while panel.session.scene.pins:
        panel.session.remove_pin(0)
    assert panel.player.duration == 0 and not panel.player.playing
    assert not panel.wall.transport.isEnabled()
    assert not panel.wall.canvas.image.isNull()
    press(panel, Qt.Key.Key_Space)
    assert not panel.player.playing


def test_a_candidate_dropped_on_the_strip_is_pinned_there(panel: CharactersPanel) -> None:
    panel.strip.dropped.emit('{"seed": 4711}', 1)
    assert panel.session.scene.pins[1].character.seed == 4711
    wait_for(
        lambda: panel.session.pictures.picture(panel.session.scene, Character(4711)) is not None
    )


# Playing


def test_space_plays_what_the_engine_draws(panel: CharactersPanel) -> None:
    frames: list[Any] = []
    panel.player.frame.connect(frames.append)
    press(panel, Qt.Key.Key_Space)
    assert panel.player.playing
    wait_for(lambda: len(frames) > 20)
    press(panel, Qt.Key.Key_Space)
    assert not panel.player.playing
    assert len({bytes(image.constBits()[:4096]) for image in frames}) > 5


def test_scrubbing_shows_the_pins_at_their_moments(panel: CharactersPanel) -> None:
    panel.strip.selected.emit(1)
    wanted = panel.session.pictures.picture(
        panel.session.scene, panel.session.scene.pins[1].character
    )
    assert wanted is not None
    wait_for(lambda: panel.wall.canvas.image == wanted, 20)
    assert panel.player.seconds == pytest.approx(1.2)


def test_hovering_shows_a_candidate_large_until_the_pointer_leaves(panel: CharactersPanel) -> None:
    still = panel.session.pictures.picture(
        panel.session.scene, panel.session.scene.pins[0].character
    )
    wait_for(lambda: panel.wall.canvas.image == still, 20)
    panel.wall.grid.hovered.emit(3)
    assert panel.wall.canvas.image == panel.wall.grid.image(3)
    panel.wall.grid.hovered.emit(-1)
    wait_for(lambda: panel.wall.canvas.image == still, 20)


def test_a_hidden_panel_stands_still(panel: CharactersPanel) -> None:
    panel.player.play()
    panel.hide()
    assert not panel.player.playing


# Saving and recalling


def save(panel: CharactersPanel, function: Callable[[Path], None], path: Path) -> Path:
    panel.save_button.last_saved = None
    function(path)
    wait_for(lambda: panel.save_button.last_saved == path)
    return path


@pytest.mark.parametrize("name", ["film.gif", "film.webp", "film.mp4", "frames"])
def test_a_dropped_film_brings_its_pins_back(
    panel: CharactersPanel, context: Context, name: str
) -> None:
    panel.session.saver.set_save_size(0)
    scene = panel.session.scene.with_pin(0, seconds=0.4, easing="out")
    before = replace(scene, seed=31, closed=False, pins=scene.pins[:2])
    edit(panel, before)
    path = save(panel, panel.session.saver.save_film, context.results_folder / name)
    panel.session.surprise()
    panel.session.remove_pin(0)
    steps = panel.undo_stack.count()
    panel.dropped.emit([path])
    wait_for(lambda: panel.undo_stack.count() > steps)
    assert panel.session.scene == before
    panel.undo_stack.undo()
    assert len(panel.session.scene.pins) == 1


def test_a_dropped_picture_brings_everything_back(panel: CharactersPanel, context: Context) -> None:
    panel.session.saver.set_save_size(256)
    before = panel.session.scene
    folder = context.results_folder
    paths = [
        save(panel, panel.session.saver.save_picture, folder / "moment.png"),
        save(
            panel,
            lambda path: panel.session.saver.save_picture(path, character=Character(12, 0.7)),
            folder / "twelve.webp",
        ),
        save(panel, panel.session.saver.save_sheet, folder / "sheet.png"),
    ]
    with Image.open(paths[0]) as picture:
        assert picture.size == (256, 256)
    for path in paths:
        panel.session.surprise()
        panel.session.remove_pin(0)
        steps = panel.undo_stack.count()
        panel.dropped.emit([path])
        wait_for(lambda s=steps: panel.undo_stack.count() > s)
        assert panel.session.scene == before, path


def test_a_picture_of_another_model_is_recalled_with_a_word_of_warning(
    panel: CharactersPanel, context: Context
) -> None:
    path = save(panel, panel.session.saver.save_picture, context.results_folder / "a.png")
    save_generator(context.data_folder / "models" / "small.safetensors", AUTHOR_ORDER)
    panel.dropped.emit([path])
    wait_for(lambda: any("another model" in text for text in context.messages))


def test_generate_works_while_a_film_is_saved_and_stop_leaves_no_half_film(
    panel: CharactersPanel, context: Context, queue: JobQueue
) -> None:
    infos: list[Any] = []
    queue.job_started.connect(infos.append)
    panel.session.saver.set_save_size(1024)
    edit(panel, panel.session.scene.with_pin(0, seconds=5.0))
    panel.session.saver.save_film(context.results_folder / "long.gif")
    assert not panel.busy and panel.primary.text() == "Generate"
    seed = panel.session.scene.seed
    panel.press_primary()
    wait_for(lambda: panel.session.scene.seed != seed and wall_is_there(panel))
    film = next(info for info in infos if "long.gif" in info.title)
    assert queue.busy, "the film goes on"
    queue.cancel(film.id)
    wait_for(lambda: not queue.busy)
    assert list(context.results_folder.glob("**/*.gif")) == []
    assert context.errors == []


def test_a_file_keeps_the_scene_in_which_it_was_asked_for(
    panel: CharactersPanel, context: Context
) -> None:
    before = panel.session.scene
    path = context.results_folder / "moment.png"
    panel.session.saver.save_picture(path)
    edit(panel, replace(panel.session.scene, pins=(), seed=9))
    wait_for(lambda: panel.save_button.last_saved == path)
    panel.dropped.emit([path])
    wait_for(lambda: panel.session.scene == before)


def test_the_picture_of_a_moment_is_shown_again(panel: CharactersPanel, context: Context) -> None:
    path = context.results_folder / "moment.png"
    panel.session.saver.set_save_size(256)  # as wide as previews
    panel.player.pause()
    panel.session.saver.save_picture(path, moment=1.5)
    wait_for(lambda: panel.save_button.last_saved == path)
    edit(panel, replace(panel.session.scene, pins=()))
    panel.dropped.emit([path])
    wait_for(lambda: panel.player.seconds == 1.5 and not panel.wall.canvas.image.isNull())
    saved = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)

    def same() -> bool:
        shown = panel.wall.canvas.image.convertToFormat(QImage.Format.Format_RGB32)
        return bool(shown == saved)

    wait_for(same)


def test_saving_does_not_touch_the_button_of_the_training_page(
    panel: CharactersPanel, context: Context
) -> None:
    panel.session.saver.save_picture(context.results_folder / "a.png")
    assert panel.busy
    panel.session.show_training(True)
    assert not panel.busy and panel.primary.text() == "Start training"
    wait_for(lambda: panel.save_button.last_saved is not None)
    assert not panel.busy


def test_a_place_that_cannot_be_written_to_is_told(
    panel: CharactersPanel, context: Context, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    panel.session.saver.save_film(tmp_path / "file" / "film.gif")
    wait_for(lambda: bool(context.errors))
    assert isinstance(context.errors[0], UserError) and not panel.busy


# Files from elsewhere


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("empty.gif", b""),
        ("noise.mp4", b"\x00\x00\x00\x20ftypisom" + bytes(range(200))),
        ("text.webp", b"RIFF....WEBP"),
        ("pickle.safetensors", b"\x80\x04\x95cos\nsystem\n(S'echo'\ntR."),
        ("damaged.npz", b"PK\x03\x04 and no more"),
        ("letter.txt", b"Dear studio"),
    ],
)
def test_a_file_that_is_nothing_changes_nothing_and_is_named(
    panel: CharactersPanel, context: Context, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    before = panel.session.scene
    panel.dropped.emit([path])
    wait_for(lambda: bool(context.errors))
    error = context.errors[0]
    assert isinstance(error, UserError) and name in error.message and error.advice
    assert panel.session.scene == before and not panel.undo_stack.canUndo()


def test_a_film_from_elsewhere_says_that_it_has_no_settings(
    panel: CharactersPanel, context: Context, tmp_path: Path
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "film.gif")
    panel.dropped.emit([tmp_path / "film.gif"])
    wait_for(lambda: bool(context.errors))
    assert "film.gif" in str(context.errors[0])


def test_a_dropped_generator_becomes_a_model_and_undo_takes_the_old_one(
    panel: CharactersPanel, context: Context, tmp_path: Path
) -> None:
    before = panel.session.scene
    panel.dropped.emit([save_generator(tmp_path / "other.safetensors", AUTHOR_ORDER, "other")])
    wait_for(lambda: panel.session.scene.model.endswith("models/other.safetensors"))
    wait_for(lambda: wall_is_there(panel))
    assert panel.session.model is not None and panel.session.model.name == "other"
    panel.undo_stack.undo()
    assert panel.session.scene == before


def test_a_dropped_discriminator_is_refused(
    panel: CharactersPanel, context: Context, tmp_path: Path
) -> None:
    panel.dropped.emit([save_discriminator(tmp_path / "judge.safetensors")])
    wait_for(lambda: bool(context.errors))
    assert "judge.safetensors" in str(context.errors[0])


# Training


def test_a_dropped_folder_is_offered_for_training(panel: CharactersPanel, tmp_path: Path) -> None:
    folder, sheet = tmp_path / "my pictures", panel.training.sheet
    folder.mkdir()
    panel.dropped.emit([folder])
    assert panel.training.isVisible() and panel.session.training.folder == folder
    wait_for(lambda: not panel.busy)
    assert "no pictures" in sheet.summary.text() and not panel.primary.isEnabled()
    Image.radial_gradient("L").save(folder / "a.png")
    panel.dropped.emit([folder])
    wait_for(lambda: not panel.busy)
    assert panel.primary.text() == "Start training" and panel.primary.isEnabled()
    panel.session.show_training(False)
    assert panel.wall.isVisible() and panel.primary.text() == "Generate"


def test_the_model_in_use_is_renamed_deleted_and_brought_back(
    panel: CharactersPanel, context: Context, tmp_path: Path
) -> None:
    session, actions = panel.session, panel.model_actions
    save_generator(tmp_path / "models" / "other.safetensors")
    session.refresh_models()
    used = session.scene.model
    actions.edit(name="My girls")
    assert context.status == "My girls" and session.scene.model == used
    actions.delete()
    assert [model.path.stem for model in session.models] == ["other"]
    assert session.scene.model == str(tmp_path / "models" / "other.safetensors")
    panel.undo_stack.undo()
    panel.undo_stack.undo()
    assert session.scene.model == used and context.status == "My girls" and not context.errors


def a_folder(folder: Path) -> Path:
    """A folder with one picture."""
    pictures = folder / "my pictures"
    pictures.mkdir()
    Image.radial_gradient("L").save(pictures / "a.png")
    return pictures


def test_a_small_folder_starts_from_a_model_and_has_a_budget(
    panel: CharactersPanel, tmp_path: Path
) -> None:
    training, page = panel.session.training, panel.training
    config = BUNDLED.cut_at(4)
    start = tmp_path / "models" / "start.safetensors"
    card = ModelCard(GENERATOR, "A start", config.to_dict())
    Checkpoint(card, {"w": torch.ones(1)}).save(start)
    panel.dropped.emit([a_folder(tmp_path)])
    wait_for(lambda: training.chooser.ready)
    settings = page.settings
    assert [model.name for model in training.starts()] == ["A start"], "small.safetensors differs"
    assert settings.from_button.text() == "A start" and settings.advanced.folded
    settings.hours.set_value(2.5)
    settings.size_choice.set_current(0)
    settings.mirror.setChecked(False)
    assert settings.choice == RunChoice(2.5, 64, False, start), "not smaller than the model"
    words = shlex.split(settings.command.text())
    assert words[:3] == ["kirara-studio", "characters", "train"]
    parser = argparse.ArgumentParser()
    configure_train(parser)
    parsed = parser.parse_args(words[3:])
    assert (parsed.hours, parsed.size, parsed.mirror) == (2.5, 64, False)
    assert parsed.start_from == str(start) and parsed.sources == list(training.chooser.sources)

    first = panel.context.training.start(COUNTER, LONG, tmp_path / "elsewhere")
    wait_for(lambda: first.state == "running")
    panel.primary.click()
    assert training.run is not None and training.queued
    _, request = RunFolder(training.run.folder).read_run()
    assert (request["hours"], request["start_from"]) == (2.5, str(start))
    assert len(request["stages"]) == 5 and not request["mirror"]
    training.stop()
    first.stop()
    wait_for(lambda: not first.alive)

    settings.show_models(training.starts(), 5000)
    assert settings.from_button.text() == "Nothing", "a large folder"
    settings.from_menu.actions()[1].trigger()
    settings.show_models(training.starts(), 6000)
    assert settings.start_from is not None, "the user chose it"


def test_the_next_folder_can_be_queued_while_a_run_goes_on(
    panel: CharactersPanel, tmp_path: Path
) -> None:
    training, page = panel.session.training, panel.training
    pictures = a_folder(tmp_path)
    panel.dropped.emit([pictures])
    wait_for(lambda: training.chooser.ready)
    service = panel.context.training
    first = service.start(COUNTER, LONG, tmp_path / "elsewhere")
    wait_for(lambda: first.state == "running")
    panel.primary.click()
    wait_for(lambda: page.view.status.text() == "Waiting for the run before it")
    assert training.queued and panel.primary.text() == "Stop" and not page.queue_button.isVisible()
    panel.dropped.emit([pictures])
    wait_for(lambda: page.queue_button.isVisible() and page.queue_button.isEnabled())
    page.queue_button.click()
    assert [run.place for run in training.runs()] == [2, 1]
    for run in training.runs():
        training.follow(run.folder)
        panel.primary.click()
    assert {run.state for run in training.runs()} == {"stopped"}
    first.stop()
    wait_for(lambda: not first.alive)


def test_the_training_view_shows_what_a_run_tells(panel: CharactersPanel, tmp_path: Path) -> None:
    view, training = panel.training.view, panel.session.training
    for step in (10, 20, 30, 20, 40):
        metrics = {"generator loss": step / 10, "alpha": 1.0}
        event = {"event": "progress", "step": step, "total": 80, "metrics": metrics, "text": "8×8"}
        training.take_event(event)
    training.take_event({"event": "failed", "message": "The disk is full.", "advice": "Make room."})
    QTest.qWait(150)
    # Reports after a checkpoint that the run went back to are replaced.
    assert [x for x, _ in training.curves["generator loss"]] == [10, 20, 40]
    assert view.bar.value() == 500


def test_a_stop_of_a_training_is_seen_at_once(panel: CharactersPanel, tmp_path: Path) -> None:
    view, training = panel.training.view, panel.session.training
    run = SimpleNamespace(
        folder=tmp_path, state="running", stopping=False, waiting=False, interrupted=False
    )
    run.stop = lambda: setattr(run, "stopping", True)
    training.run = run
    panel.session.show_training(True)
    read = {"files read": 1200.0, "files": 3000.0}
    training.take_event({"event": "progress", "step": 1200, "total": 3000, "metrics": read})
    wait_for(lambda: view.status.text() == "Reading the pictures…")
    assert view.detail.text() == "Reading the pictures: 1,200 of 3,000"
    assert panel.primary.text() == "Stop" and panel.primary.isEnabled()
    QTest.mouseClick(panel.primary, LEFT)
    assert panel.primary.text() == view.status.text() == "Stopping…"
    assert not panel.primary.isEnabled() and not view.pause_button.isEnabled()
    run.state, run.stopping = "stopped", False
    training.take_event({"event": "stopped"})
    wait_for(lambda: panel.primary.text() == "Resume")
    assert panel.primary.isEnabled() and view.pause_button.isEnabled()


# The tour


class Guide:
    def __init__(self, folder: Path, panel: CharactersPanel) -> None:
        self.folder, self.panel = folder, panel
        self.files: list[Path] = []
        self.shots: list[str] = []

    def wait_until(self, condition: Callable[[], bool], timeout: float = 60.0) -> None:
        wait_for(condition, timeout)

    def screenshot(self, name: str) -> Path:
        self.shots.append(name)
        assert not self.panel.grab().isNull()
        return self.folder / f"{name}.png"

    def produced(self, path: Path) -> None:
        assert path.stat().st_size > 100
        self.files.append(path)


def test_the_tour_goes_through(panel: CharactersPanel, context: Context, tmp_path: Path) -> None:
    panel.session.saver.set_save_size(0)
    guide = Guide(tmp_path / "tour", panel)
    run_tour(panel, guide)
    assert [path.name for path in guide.files] == ["character.png", "morph.gif"]
    assert len(guide.shots) == 3 and context.errors == []


@pytest.mark.skipif(not can_upscale(), reason="the extra “upscale” is missing")
def test_an_enlarged_picture_is_looked_at_before_it_is_saved(
    panel: CharactersPanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = panel.session
    session.saver.enlarge(4)
    wait_for(lambda: panel.findChild(EnlargedDialog))
    dialog = panel.findChild(EnlargedDialog)
    assert dialog is not None and dialog.canvas.compares
    assert dialog.canvas.image.width() == 64, "four times the model's own size"
    path = context.results_folder / "large.png"
    monkeypatch.setattr(panel.save_button, "ask", lambda *_: path)
    dialog.save_button.click()
    wait_for(lambda: panel.save_button.last_saved == path)
    settings = recall(path)
    assert settings["enlarged_by"] == "realesr-animevideov3-x4" and settings["size"] == 64
    with Image.open(path) as image:
        assert image.size == (64, 64)

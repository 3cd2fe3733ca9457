"""The Foresight panel with the studio's real queue and engine."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from kirara_foresight.networks.config import CONVLSTM, ConvLstmConfig
from kirara_foresight.networks.convlstm import Forecaster
from kirara_foresight.panel import ForesightPanel
from kirara_foresight.samples import samples
from kirara_foresight.view.stage import Stage
from kirara_studio.api.media.saving import recall, save_film
from kirara_studio.api.models import Checkpoint, ModelCard
from kirara_studio.api.resources import resource_folder
from tests.plugins.author_files import write_author_file
from tests.plugins.panel_studio import LEFT, SHIFT, press, wait_for

from .panel_studio import BUNDLED, Context, OpenPanel, has_forecast
from .test_clips import numbered


def save_model(path: Path) -> Path:
    config = ConvLstmConfig(widths=(8,))
    torch.manual_seed(1)
    card = ModelCard(CONVLSTM, name=path.stem, configuration=config.to_dict())
    Checkpoint(card, Forecaster(config).state_dict()).save(path)
    return path


def sample(name: str) -> Path:
    return next(one.path for one in samples() if one.id == name)


def open_clip(panel: ForesightPanel, path: Path) -> None:
    panel.session.take(path)
    wait_for(lambda: panel.session.setting.clip == str(path) and has_forecast(panel))


def looks_like(stage: Stage, row: int, column: int, film: np.ndarray) -> int:
    """Which frame of a film with square frames is painted at a place of the stage."""
    place = stage.tile(row, column).toRect()
    place.setWidth(place.height())
    image = stage.grab().toImage().copy(place).convertToFormat(QImage.Format.Format_RGB888)
    side = film.shape[1]
    image = image.scaled(side, side, mode=Qt.TransformationMode.SmoothTransformation)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(side, image.bytesPerLine())
    seen = rows[:, : 3 * side].reshape(side, side, 3).astype(int)
    return int(np.abs(film.astype(int) - seen).mean((1, 2, 3)).argmin())


# Opening


def test_the_panel_opens_without_torch_or_cv2(repository: Path) -> None:
    code = (
        "import sys, kirara_foresight.panel\n"
        "assert not {'torch', 'cv2'} & set(sys.modules), set(sys.modules)"
    )
    path = os.pathsep.join([str(repository), str(repository / "plugins")])
    environment = {**os.environ, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=repository, env=environment)


def test_the_first_opening_shows_the_digits_and_two_forecasts(
    panel: ForesightPanel, context: Context
) -> None:
    assert context.errors == [] and panel.session.clip is not None
    assert panel.session.clip.path == sample("digits") and panel.session.setting.start == 60
    assert [one.name for one in panel.session.result.forecasts] == ["nothing moves", "optical flow"]
    assert panel.workspace.isVisible() and panel.strip.isVisible()
    assert panel.workspace.stage.columns == 4, "truth, two forecasts, advice about a network"
    assert panel.strip.accessibleDescription() == "Frame 60"
    assert not panel.undo_stack.canUndo()


@pytest.mark.parametrize("suffix", [".mp4", ".gif", ""])
def test_a_clip_of_any_kind_is_opened_and_compared(
    panel: ForesightPanel, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"clip{suffix}"
    save_film(path, numbered(24), 10, {}, loop=True)
    open_clip(panel, path)
    assert panel.session.clip.count == 24 and panel.session.clip.size == (48, 64)
    assert "64 × 48 pixels · 24 frames" in panel.controls.clip_note.text()
    still, flow = panel.session.result.forecasts
    assert len(still.mse) == 10 and still.mse.mean() > 1.5 * flow.mse.mean() > 0
    assert still.ssim[0] < 1 and panel.session.result.scale == 1
    panel.undo_stack.undo()
    assert panel.session.clip.path == sample("digits"), "opening is undone at once"


def test_rain_is_shown_in_colours_with_its_lead_time_and_whose_it_is(
    panel: ForesightPanel,
) -> None:
    open_clip(panel, sample("radar"))
    assert panel.session.clip.radar and panel.session.clip.minutes == 5
    assert "Finnish Meteorological Institute" in panel.session.clip.credit
    assert panel.session.clip.credit in panel.controls.clip_note.text()
    panel.workspace.go_to_lead(2)
    assert panel.workspace.place.text() == "Future 3 of 10 · +15 min"
    red, green, blue = np.moveaxis(panel.session.result.truth.astype(int), -1, 0)
    assert ((red != green) | (green != blue)).any(), "dBZ have colours"
    empty = panel.workspace.stage.grab().toImage()
    panel.workspace.go_to_lead(3)
    assert panel.workspace.stage.grab().toImage() != empty


def test_a_large_clip_is_scaled_and_says_so(panel: ForesightPanel, tmp_path: Path) -> None:
    path = tmp_path / "large.mp4"
    save_film(path, [np.full((300, 640, 3), 8 * i, np.uint8) for i in range(12)], 25, {}, loop=True)
    open_clip(panel, path)
    assert panel.session.result.before.shape[1:3] == (120, 256)
    assert panel.controls.scale_note.text() == "Scaled to 256 × 120 pixels"


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (500, 3)])
def test_frames_of_odd_sizes_are_shown(
    panel: ForesightPanel, context: Context, tmp_path: Path, size: tuple[int, int]
) -> None:
    frames = [np.full((*size, 3), 20 * i, np.uint8) for i in range(8)]
    save_film(tmp_path / "odd", frames, 10, {}, loop=True)
    open_clip(panel, tmp_path / "odd")
    panel.workspace.go_to_lead(2)
    assert not panel.grab().toImage().isNull() and context.errors == []
    assert len(panel.session.result.forecasts[0].mse) == len(panel.session.result.truth) > 0


def test_deep_and_see_through_pictures_are_a_clip(panel: ForesightPanel, tmp_path: Path) -> None:
    folder = tmp_path / "deep"
    folder.mkdir()
    for number in range(6):
        deep = np.full((40, 40), 9000 * number, np.uint16)
        Image.fromarray(deep).save(folder / f"a{number}.png")
        Image.new("RGBA", (40, 40), (200, 0, 0, 40 * number)).save(folder / f"b{number}.png")
    open_clip(panel, folder)
    assert panel.session.clip.count == 12 and panel.session.result.before.shape[1:3] == (40, 40)


def test_a_clip_that_breaks_off_says_so(panel: ForesightPanel, tmp_path: Path) -> None:
    path = tmp_path / "cut.avi"
    frames = [np.random.default_rng(i).integers(0, 255, (64, 64, 3), np.uint8) for i in range(60)]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 64))
    for frame in frames:
        writer.write(frame)
    writer.release()
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    open_clip(panel, path)
    assert 2 <= panel.session.clip.count < 60
    if panel.session.clip.promised > panel.session.clip.count:
        assert "Cut off" in panel.controls.clip_note.text()


def test_what_is_not_a_clip_is_reported_and_the_old_one_stays(
    panel: ForesightPanel, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader")
    panel.dropped.emit([path])
    wait_for(lambda: context.errors)
    assert "letter.txt" in str(context.errors[0])
    assert panel.session.clip.path == sample("digits") and not panel.busy
    assert panel.workspace.isVisible()


def test_without_a_clip_it_asks_for_one(open_panel: OpenPanel, context: Context) -> None:
    context.state["setting"] = {"clip": "/nowhere/gone.mp4", "start": 5, "seen": "many"}
    panel = open_panel()
    assert panel.welcome.isVisible() and not panel.strip.isVisible()
    assert not panel.primary.isEnabled()
    _, button = next(pair for pair in panel.welcome.samples if pair[0].id == "radar")
    QTest.mouseClick(button, LEFT)
    wait_for(lambda: has_forecast(panel))
    assert panel.session.clip.path == sample("radar") and context.errors == []


def test_the_moment_is_remembered(panel: ForesightPanel, open_panel: OpenPanel) -> None:
    panel.session.move_to(40)
    wait_for(lambda: has_forecast(panel))
    again = open_panel()
    wait_for(lambda: has_forecast(again))
    assert again.session.setting == panel.session.setting and again.session.setting.start == 40


def test_the_first_clip_can_be_stopped(open_panel: OpenPanel, context: Context) -> None:
    gate = Event()
    context.jobs.submit_io("gate", lambda _request, _tools: gate.wait(60), None)
    panel = open_panel()
    assert panel.waiting.isVisible() and panel.busy and panel.primary.isEnabled()
    panel.press_primary()
    gate.set()
    assert panel.welcome.isVisible() and not panel.busy and context.errors == []
    assert not panel.primary.isEnabled()


def test_the_menu_saves_film_and_scores(
    panel: ForesightPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film, scores = tmp_path / "mine.gif", tmp_path / "mine.csv"
    answers = iter([str(film), str(scores)])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(answers), ""))
    menu = {action.text(): action for action in panel.save_button.menu.actions()}
    menu["Film as GIF…"].trigger()
    wait_for(lambda: panel.save_button.last_saved == film)
    menu["Scores as CSV…"].trigger()
    wait_for(lambda: panel.save_button.last_saved == scores)


# The moment


def test_the_line_is_dragged_and_undone(panel: ForesightPanel) -> None:
    strip = panel.strip
    to = QPoint(round(strip.place(30)), strip.height() // 2)
    QTest.mousePress(strip, LEFT, pos=QPoint(round(strip.place(60)), strip.height() // 2))
    QTest.mouseMove(strip, to)
    assert panel.session.setting.start == 30, "it follows"
    assert panel.session.result.request.start == 60, "nothing is computed on the way"
    QTest.mouseRelease(strip, LEFT, pos=to)
    wait_for(lambda: has_forecast(panel))
    assert panel.session.result.request.start == 30
    panel.undo_stack.undo()
    wait_for(lambda: has_forecast(panel))
    assert panel.session.setting.start == 60 and panel.controls.sliders["start"].value == 60


def test_the_strip_has_keys(panel: ForesightPanel) -> None:
    for key, modifier, start in (
        (Qt.Key.Key_Left, None, 59),
        (Qt.Key.Key_Left, SHIFT, 49),
        (Qt.Key.Key_Home, None, 1),
        (Qt.Key.Key_Left, None, 1),
        (Qt.Key.Key_End, None, 90),
    ):
        press(panel.strip, key, *([modifier] if modifier else []))
        assert panel.session.setting.start == start
    wait_for(lambda: has_forecast(panel))
    assert len(panel.session.result.truth) == 0, "what comes after the end, nobody knows"
    assert panel.workspace.stage.grab() is not None
    assert [len(one.mse) for one in panel.session.result.forecasts] == [0, 0]


def test_settings_are_edited_and_undone(panel: ForesightPanel) -> None:
    slider = panel.controls.sliders["frames"]
    press(slider, Qt.Key.Key_Right)
    wait_for(lambda: panel.session.result.request.frames == 11 and not panel.busy)
    assert (
        panel.session.setting.frames == 11 and len(panel.session.result.forecasts[0].frames) == 11
    )
    panel.undo_stack.undo()
    wait_for(lambda: panel.session.result.request.frames == 10 and not panel.busy)
    assert slider.value == 10


# Playing


def test_space_and_arrows_play_and_step(panel: ForesightPanel) -> None:
    player, seen = panel.workspace.player, 10
    assert player.index == seen, "the first frame of the future"
    press(panel, Qt.Key.Key_Right)
    assert player.index == seen + 1
    assert (
        "+" not in panel.workspace.place.text() and panel.workspace.place.text() == "Future 2 of 10"
    )
    press(panel, Qt.Key.Key_Home)
    assert player.index == 0 and panel.workspace.place.text() == "Seen 1 of 10"
    press(panel, Qt.Key.Key_End)
    assert player.index == 19
    press(panel, Qt.Key.Key_Space)
    assert player.playing
    wait_for(lambda: 0 < player.index < 19)
    press(panel, Qt.Key.Key_Space)
    assert not player.playing


def test_without_a_loop_it_stands_at_the_end(panel: ForesightPanel) -> None:
    panel.workspace.loop.click()
    panel.workspace.set_fps(25)
    panel.workspace.go_to_lead(7)
    panel.workspace.button.click()
    wait_for(lambda: not panel.workspace.player.playing)
    assert panel.workspace.player.index == 19
    panel.workspace.button.click()
    assert panel.workspace.player.index < 19, "and begins again"


def test_all_pictures_are_in_step(panel: ForesightPanel) -> None:
    stage, lead = panel.workspace.stage, 4
    panel.workspace.go_to_lead(lead)
    still, flow = panel.session.result.forecasts
    assert looks_like(stage, 0, 0, panel.session.result.truth) == lead
    assert looks_like(stage, 0, 3, flow.frames) == lead
    assert looks_like(stage, 1, 2, still.heat) == lead
    assert looks_like(stage, 1, 3, flow.heat) == lead
    assert f"MSE {still.mse[lead]:,.1f}" in stage.accessibleDescription()
    QTest.keyClick(panel.workspace.measure, Qt.Key.Key_Right)
    assert f"SSIM {still.ssim[lead]:.3f}" in stage.accessibleDescription()


def test_radar_is_scored_by_where_it_rains_too(panel: ForesightPanel) -> None:
    measure = panel.workspace.measure
    QTest.keyClick(measure, Qt.Key.Key_Right)
    QTest.keyClick(measure, Qt.Key.Key_Right)
    assert measure.accessibleDescription() == "SSIM", "digits are no rain"
    open_clip(panel, sample("radar"))
    QTest.keyClick(measure, Qt.Key.Key_Right)
    panel.workspace.go_to_lead(3)
    flow = panel.session.result.forecasts[0]
    assert flow.csi is not None and 0 < flow.csi[3] < 1
    assert f"CSI {flow.csi[3]:.3f}" in panel.workspace.stage.accessibleDescription()
    open_clip(panel, sample("digits"))
    assert measure.accessibleDescription() == "MSE"


# Networks


def uses_a_network(panel: ForesightPanel) -> bool:
    session = panel.session
    return session.model is not None and not session.busy and len(session.result.forecasts) == 3


def test_the_bundled_network_that_fits_the_clip_is_asked(
    open_panel: OpenPanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(BUNDLED, resource_folder)
    panel = open_panel()
    wait_for(lambda: has_forecast(panel))
    assert panel.session.model is not None and panel.session.model.path.stem == "foresight-digits"
    network, still, _ = panel.session.result.forecasts
    assert network.mse.mean() < 0.6 * still.mse.mean(), "it has learnt something"
    open_clip(panel, sample("radar"))
    assert panel.session.model.path.stem == "foresight-radar"
    network, still, _ = panel.session.result.forecasts
    assert network.mse.mean() < still.mse.mean()
    save_film(tmp_path / "cat.mp4", numbered(20), 25, {}, loop=True)
    open_clip(panel, tmp_path / "cat.mp4")
    assert panel.session.model.path.stem == "foresight-radar", (
        "that of digits is for their size alone"
    )


def test_a_dropped_network_is_imported_and_asked(
    panel: ForesightPanel, context: Context, tmp_path: Path
) -> None:
    path = save_model(tmp_path / "tiny.safetensors")
    panel.dropped.emit([path])
    wait_for(lambda: uses_a_network(panel))
    assert panel.session.model.path == context.data_folder / "models" / "tiny.safetensors"
    assert panel.session.result.forecasts[0].name == "network" and context.status == "tiny"
    assert panel.workspace.stage.columns == 4
    panel.undo_stack.undo()
    assert panel.session.setting.model == "" and panel.session.model.name == "tiny", (
        "there is no other"
    )
    menu = {action.text(): action for action in panel.controls.model_section.menu.actions()}
    menu["No network"].trigger()
    wait_for(lambda: not panel.busy and len(panel.session.result.forecasts) == 2)
    assert panel.session.model is None and context.status == ""


def test_the_blog_authors_file_is_dropped_and_asked(
    panel: ForesightPanel, context: Context, shared_folder: Path, tmp_path: Path
) -> None:
    path = write_author_file(shared_folder, "convlstm", tmp_path / "his.npz")
    panel.session.edit("", seen=2, frames=2)
    panel.dropped.emit([path])
    wait_for(lambda: uses_a_network(panel))
    assert context.errors == [] and panel.session.model.name == "his"
    assert panel.session.result.forecasts[0].frames.shape == (2, 64, 64, 3)


def test_another_language_changes_texts_only(panel: ForesightPanel) -> None:
    before = panel.session.setting, panel.workspace.player.index, panel.controls.clip_note.text()
    panel.retranslate()
    assert before == (
        panel.session.setting,
        panel.workspace.player.index,
        panel.controls.clip_note.text(),
    )
    assert has_forecast(panel)


def test_what_is_not_a_network_is_reported(
    panel: ForesightPanel, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "other.npz"
    np.savez(path, a=np.zeros(3))
    panel.dropped.emit([path])
    wait_for(lambda: context.errors)
    assert "other.npz" in str(context.errors[0]) and panel.session.models == []


# Saving


def test_a_film_remembers_clip_moment_and_settings(panel: ForesightPanel, tmp_path: Path) -> None:
    panel.session.edit("", start=33, seen=6, frames=5, longest=128)
    wait_for(lambda: has_forecast(panel))
    film = tmp_path / "out" / "forecast.gif"
    panel.session.save_film(film, panel.workspace.fps)
    wait_for(lambda: panel.save_button.last_saved == film)
    assert recall(film)["kind"] == "forecast"
    saved = panel.session.setting
    open_clip(panel, sample("radar"))
    panel.session.take(film)
    wait_for(lambda: panel.session.setting.start == 33 and has_forecast(panel))
    assert panel.session.setting == saved
    assert len(panel.session.result.before) == 6 and len(panel.session.result.truth) == 5


def test_a_film_of_a_clip_that_is_gone_says_so(
    panel: ForesightPanel, context: Context, tmp_path: Path
) -> None:
    clip, film = tmp_path / "clip.gif", tmp_path / "film.webp"
    save_film(clip, numbered(24), 10, {}, loop=True)
    open_clip(panel, clip)
    panel.session.save_film(film, panel.workspace.fps)
    wait_for(lambda: panel.save_button.last_saved == film)
    clip.unlink()
    panel.session.take(film)
    wait_for(lambda: context.errors)
    assert "clip.gif" in str(context.errors[0]) and panel.workspace.isVisible()


def test_the_scores_are_a_table(panel: ForesightPanel, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    panel.session.save_scores(path)
    wait_for(lambda: panel.save_button.last_saved == path)
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert len(rows) == 20 and {row["forecast"] for row in rows} == {
        "nothing moves",
        "optical flow",
    }
    assert float(rows[3]["mse"]) == pytest.approx(
        panel.session.result.forecasts[0].mse[3], rel=1e-4
    )


def test_stop_stops(panel: ForesightPanel) -> None:
    panel.session.forecast(again=True)
    assert panel.busy
    panel.press_primary()
    assert not panel.busy
    panel.press_primary()
    wait_for(lambda: has_forecast(panel))

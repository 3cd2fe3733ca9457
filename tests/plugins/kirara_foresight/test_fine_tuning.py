"""Learning from clips: what is read of them, and the panel's fine-tuning."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kirara_foresight.fine_tuning import TRAINER
from kirara_foresight.learning import clips
from kirara_foresight.learning.clips import read_clips
from kirara_foresight.learning.schedule import TrainRequest, fine_tune_request, frames_for
from kirara_foresight.learning.training import TimedReporter, source_of
from kirara_foresight.networks.config import AUTHOR, CONVLSTM, WARPING, ConvLstmConfig
from kirara_foresight.panel import ForesightPanel
from kirara_foresight.samples import samples
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.saving import save_film
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.models import ModelCard
from kirara_studio.engine.training import TrainingService
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context, OpenPanel, has_forecast
from .test_clips import number_of, numbered
from .test_digits_and_radar import write_radar

# What is read


def test_a_clip_is_read_grey_and_small(tmp_path: Path) -> None:
    path = tmp_path / "clip.gif"
    save_film(path, numbered(20, 300, 400), 10, {}, loop=True)
    (clip,) = read_clips(path)
    assert clip.shape == (20, 192, 256) and clip.dtype == np.uint8
    assert len(read_clips(path, until=7)[0]) == 7, "and nothing of the future"


def test_of_a_clip_that_is_too_long_the_end_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clip.gif"
    save_film(path, numbered(20), 10, {}, loop=True)
    monkeypatch.setattr(clips, "LARGEST", 6 * 64 * 48)
    (clip,) = read_clips(path, until=15)
    assert [number_of(np.repeat(frame[..., None], 3, 2)) for frame in clip] == [*range(9, 15)]


def test_a_folder_holds_clips_or_is_one(tmp_path: Path) -> None:
    for name, count in (("b.mp4", 12), ("a.gif", 10)):
        save_film(tmp_path / "films" / name, numbered(count), 10, {}, loop=True)
    (tmp_path / "films" / "notes.txt").write_text("nothing that moves")
    save_film(tmp_path / "films" / "frames", numbered(11), 10, {}, loop=True)
    assert [len(clip) for clip in read_clips(tmp_path / "films")] == [10, 12, 11]
    assert [len(clip) for clip in read_clips(tmp_path / "films" / "frames")] == [11]
    write_radar(tmp_path / "rain", [np.full((64, 64), 80, np.uint8)] * 3)
    assert len(read_clips(tmp_path / "rain")) == 1
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="holds no clips"):
        read_clips(tmp_path / "empty")
    with pytest.raises(UserError):
        read_clips(tmp_path / "films" / "notes.txt")


def test_the_source_holds_the_end_of_a_clip_out(tmp_path: Path) -> None:
    path = tmp_path / "clip.gif"
    save_film(path, numbered(26), 10, {}, loop=True)
    request = TrainRequest("clips", str(path), WARPING, seen=3, forecast=3, crop=64, until=20)
    source = source_of(request)

    def last_numbers(batch: np.ndarray) -> list[int]:
        frames = (255 * batch[:, -1, :48]).round().astype(np.uint8)
        return [number_of(np.repeat(frame[..., None], 3, 2)) for frame in frames]

    assert max(last_numbers(source.learnt(40, 6, (1,)))) == 14
    assert max(last_numbers(source.judged(40, 6, (1,)))) == 19, "nothing after the moment"


# What fine-tuning does


def test_fine_tuning_uses_the_frames_that_exist() -> None:
    assert frames_for(60, 10, 10) == (10, 10)
    seen, count = frames_for(12, 10, 10)
    assert 12 - max(count, 3) >= seen + count and min(seen, count) >= 2
    with pytest.raises(UserError, match="Only 5 frames"):
        frames_for(5, 10, 10)


def test_fine_tuning_goes_on_from_a_network_unless_it_has_one_size(tmp_path: Path) -> None:
    config = ConvLstmConfig(widths=(8,), patch=2)
    for its_config, expected in ((config, config), (AUTHOR, WARPING)):
        card = ModelCard(CONVLSTM, configuration=its_config.to_dict())
        model = ModelFile(tmp_path / "m.safetensors", card)
        request = fine_tune_request(tmp_path / "clip.gif", 60, 10, 10, model, 60.0)
        assert request.config == expected and bool(request.start) == (expected == config)
        assert TrainRequest.from_dict(request.to_dict()) == request
    assert fine_tune_request(tmp_path / "clip.gif", 60, 10, 10, None, 0.0).config == WARPING


def test_a_timed_run_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("kirara_foresight.learning.training.time.monotonic", lambda: now[0])

    class Reporter:
        figures: dict[str, float]

        def should_stop(self) -> bool:
            now[0] += 5  # a pause, which does not count
            return False

        def progress(self, step: int, total: int, metrics: dict[str, float], text: str) -> None:
            self.figures = metrics

    inner = Reporter()
    reporter = TimedReporter(inner, 3.0)  # type: ignore[arg-type]
    asked = []
    for _ in range(5):
        asked.append(reporter.should_stop())
        now[0] += 1
    assert asked == [False, False, False, True, True]
    reporter.progress(1, 2, {"loss": 1.0})
    assert inner.figures == {"loss": 1.0, "seconds left": 0.0}


# In the panel


@pytest.mark.timeout(300)  # a beginning and an end, each beside all other tests
def test_fine_tuning_learns_and_its_network_is_asked(
    panel: ForesightPanel, context: Context
) -> None:
    section, tuning = panel.learning, panel.session.fine_tuning
    panel.session.edit("", seen=3, frames=3)  # a quarter of the work
    section.length.set_current(2)
    section.button.click()
    assert tuning.running
    wait_for(lambda: tuning.figures.get("step", 0) >= 2, 150)
    section.button.click()
    wait_for(lambda: not tuning.running and panel.session.model and has_forecast(panel), 120)
    assert context.errors == []
    assert [one.name for one in panel.session.result.forecasts] == [
        "network",
        "nothing moves",
        "optical flow",
    ]
    assert panel.session.model.path.parent == context.data_folder / "models"
    assert not section.view.preview.image.isNull(), "what it learnt is seen"
    request = (tuning.run.folder / "request.json").read_text()
    assert '"until": 60' in request


def test_fine_tuning_that_ended_while_the_panel_was_closed_is_taken_over(
    context: Context, open_panel: OpenPanel
) -> None:
    clip = next(one.path for one in samples() if one.id == "digits")
    request = replace(
        fine_tune_request(clip, 40, 3, 3, None, 0.0),
        steps=2,
        precision="fp32",
        batch=1,
        config=ConvLstmConfig(widths=(4, 4), pyramid=True),
    )
    runs = context.data_folder / "training"
    service = TrainingService()
    ended = service.start(TRAINER, request.to_dict(), runs / "digits-1")
    wait_for(lambda: ended.state == "finished", 150)
    first = open_panel()
    wait_for(lambda: first.session.model is not None and has_forecast(first))
    assert first.session.model.card.training_data == "digits.gif (frames 0–39)"
    assert context.errors == [] and not first.undo_stack.undoText().startswith("Open")
    second = open_panel()
    wait_for(lambda: has_forecast(second))
    tuning = second.session.fine_tuning
    assert len(second.session.models) == 1 and tuning.run is None, "once"
    tuning.follow(runs / "digits-1")
    wait_for(lambda: tuning.figures.get("step") == 2)
    assert len(second.session.models) == 1, "an earlier run is only looked at"
    second.learning.runs.use_requested.emit()
    wait_for(lambda: len(second.session.models) == 2)


def test_too_early_a_moment_is_reported(panel: ForesightPanel, context: Context) -> None:
    panel.session.move_to(3)
    panel.learning.button.click()
    assert "Only 3 frames" in str(context.errors[0]) and not panel.session.fine_tuning.running

"""Fine-tuning on one clip, in a minute or so. Imports no torch."""

from __future__ import annotations

from pathlib import Path

from kirara_foresight.learning.schedule import TrainRequest
from kirara_foresight.networks.config import WARPING, ConvLstmConfig
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import ModelFile

_FEWEST_SEEN = 2
_BATCH, _CROP = 4, 64
_ENDLESS = 1_000_000  # steps; the time is up long before


def fine_tune_request(
    clip: Path, until: int, seen: int, forecast: int, model: ModelFile | None, seconds: float
) -> TrainRequest:
    """The training on what comes before frame ``until``, going on from ``model``.

    Nothing of the future that begins there is looked at, so that its forecast stays honest. As
    many frames are shown and predicted as are wanted, or as the part has. A network that has a
    place for each pixel of one size cannot learn from crops; a new, small one takes its place, as
    without a model. ``seconds`` may be 0: until it is stopped. Raises UserError where
    too few frames come before.
    """
    seen, forecast = frames_for(until, seen, forecast)
    config = ConvLstmConfig.from_dict(model.card.configuration) if model is not None else WARPING
    start = str(model.path) if model is not None else ""
    if config.size is not None:
        config, start = WARPING, ""
    multiple = config.multiple
    return TrainRequest(
        "clips",
        str(clip),
        config,
        steps=_ENDLESS,
        cool_down=0,
        # A new network dares more than one that knows something already.
        learning_rate=1e-3 if start else 2e-3,
        warm_up=500 if start else 20,
        new_warm_up=10,
        average=0.98,
        start=start,
        batch=_BATCH,
        seen=seen,
        forecast=forecast,
        curriculum=0 if start else 40,
        crop=max(multiple, _CROP // multiple * multiple),
        until=until,
        seconds=seconds,
        preview_seconds=15.0,
        checkpoint_seconds=30.0,
    )


def frames_for(count: int, seen: int, forecast: int) -> tuple[int, int]:
    """The frames to show and to predict out of ``count``, of which a quarter (at least as many as
    are predicted) is held out. Raises UserError if there are too few."""
    while count - max(forecast, count // 4) < seen + forecast:
        if max(seen, forecast) <= _FEWEST_SEEN:
            raise UserError(
                "Only {count} frames come before the moment, too few to learn from.",
                advice="Let the future begin later; what comes after it is not learnt.",
                count=count,
            )
        if seen >= forecast:
            seen -= 1
        else:
            forecast -= 1
    return seen, forecast

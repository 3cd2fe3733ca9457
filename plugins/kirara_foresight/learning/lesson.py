"""A short lesson: what a network learns from one clip, in a minute or so. Imports no torch."""

from __future__ import annotations

from pathlib import Path

from kirara_foresight.learning.schedule import TrainRequest
from kirara_foresight.networks.config import CARRYING, ConvLstmConfig
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import ModelFile

_FEWEST_SEEN = 2
_BATCH, _CROP = 4, 64
_ENDLESS = 1_000_000  # steps; the time is up long before


def lesson(
    clip: Path, until: int, seen: int, foretold: int, model: ModelFile | None, seconds: float
) -> TrainRequest:
    """The training on what comes before frame ``until``, going on from ``model``.

    Nothing of the future that begins there is looked at, so that its forecast stays honest. As
    many frames are shown and said as are wanted, or as the part has. A network that has a place
    for each pixel of one size cannot learn from cuttings; a new, small one does in its stead, as
    where there is no model. ``seconds`` may be 0: until it is stopped. Raises UserError where
    too few frames come before.
    """
    seen, foretold = frames_for(until, seen, foretold)
    config = ConvLstmConfig.from_dict(model.card.configuration) if model is not None else CARRYING
    start = str(model.path) if model is not None else ""
    if config.size is not None:
        config, start = CARRYING, ""
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
        foretold=foretold,
        curriculum=0 if start else 40,
        crop=max(multiple, _CROP // multiple * multiple),
        until=until,
        seconds=seconds,
        preview_seconds=15.0,
        checkpoint_seconds=30.0,
    )


def frames_for(count: int, seen: int, foretold: int) -> tuple[int, int]:
    """How many frames can be shown and said where ``count`` are there, a quarter of which (or as
    many as are said) are held out. Raises UserError where there are too few."""
    while count - max(foretold, count // 4) < seen + foretold:
        if max(seen, foretold) <= _FEWEST_SEEN:
            raise UserError(
                "Only {count} frames come before the moment, too few to learn from.",
                advice="Let the future begin later; what comes after it is not learnt.",
                count=count,
            )
        if seen >= foretold:
            seen -= 1
        else:
            foretold -= 1
    return seen, foretold

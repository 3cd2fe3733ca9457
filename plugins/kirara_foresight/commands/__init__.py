"""``kirara-studio foresight …``. torch is imported only by commands that need it, when they run."""

from __future__ import annotations

import argparse

from kirara_foresight.commands.evaluate import configure_evaluate, evaluate
from kirara_foresight.commands.models import (
    configure_export,
    configure_import,
    configure_train,
    export,
    import_model,
    train,
)
from kirara_foresight.commands.predict import configure_predict, predict
from kirara_studio.api.commands import Verb, add_verbs


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands."""
    parser.description = "The next frames of a moving picture."
    verbs: tuple[Verb, ...] = (
        ("predict", configure_predict, predict, "predict the next frames of a clip"),
        ("evaluate", configure_evaluate, evaluate, "judge forecasts on held-out sequences"),
        ("train", configure_train, train, "train a network on digits, radar or clips"),
        ("export", configure_export, export, "make a model of a training run"),
        ("import", configure_import, import_model, "read the blog author's file"),
    )
    add_verbs(parser, verbs)

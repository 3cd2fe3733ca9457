"""``kirara-studio paintings …``: classify pictures, learn classes, score a contest.

torch is imported only by the commands that compute, and only when they run.
"""

from __future__ import annotations

import argparse

from kirara_paintings.commands.classify import classify, configure_classify
from kirara_paintings.commands.contest import configure_contest, contest
from kirara_paintings.commands.interrupted import configure_interrupted, interrupted
from kirara_paintings.commands.learn import configure_learn, learn
from kirara_studio.api.commands import Verb, add_verbs


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "What style a painting is of, and why."
    verbs: tuple[Verb, ...] = (
        ("classify", configure_classify, classify, "print the styles of pictures"),
        ("learn", configure_learn, learn, "learn classes of your own from a folder for each"),
        (
            "interrupted",
            configure_interrupted,
            interrupted,
            "finish or undo sorting into folders that a crash interrupted",
        ),
        ("contest", configure_contest, contest, "accuracy and score on the contest's pictures"),
    )
    add_verbs(parser, verbs)

"""The settings: when to collect, what passes, and what is sent in which words. Imports no Qt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_illustrations.filter.classes import ILLUSTRATION_FILTER, THRESHOLD
from kirara_studio.api.errors import UserError
from kirara_studio.api.settings import Choice, Number, Settings, SettingsPage, Text, Toggle
from kirara_studio.api.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from kirara_studio.api.model_library import ModelFile

log = logging.getLogger(__name__)

EACH, TOGETHER = "each", "together"
"""The choices of ``digest``: a message for each picture, or for all that a collection brought."""

TEMPLATE = "{author}: {text}\\n{address}"
"""The message of a picture. A setting is a single line: ``\\n`` stands for a new one."""

_HOUR = ":00"

PAGE = SettingsPage(
    id="illustrations",
    title=QT_TRANSLATE_NOOP("illustrations", "Illustrations"),
    context="illustrations",
    fields=(
        Toggle(
            "collect",
            QT_TRANSLATE_NOOP("illustrations", "Collect in the background"),
            default=True,
            help=QT_TRANSLATE_NOOP(
                "illustrations", "While the studio runs, also when only its tray icon is there."
            ),
        ),
        Toggle(
            "quiet",
            QT_TRANSLATE_NOOP("illustrations", "Quiet hours"),
            help=QT_TRANSLATE_NOOP(
                "illustrations", "Nothing is collected or sent by itself in these hours."
            ),
        ),
        Number(
            "quiet_from",
            QT_TRANSLATE_NOOP("illustrations", "Quiet from"),
            default=23,
            maximum=23,
            suffix=_HOUR,
            help=QT_TRANSLATE_NOOP("illustrations", "By this computer’s clock."),
        ),
        Number(
            "quiet_until",
            QT_TRANSLATE_NOOP("illustrations", "Quiet until"),
            default=7,
            maximum=23,
            suffix=_HOUR,
        ),
        Number(
            "disk_limit",
            QT_TRANSLATE_NOOP("illustrations", "Space for pictures"),
            default=5,
            minimum=0.1,
            maximum=10_000,
            step=0.5,
            decimals=1,
            suffix=QT_TRANSLATE_NOOP("illustrations", "GB"),
            help=QT_TRANSLATE_NOOP(
                "illustrations",
                "What did not pass is removed first, then the oldest. Favourites stay.",
            ),
        ),
        Number(
            "threshold",
            QT_TRANSLATE_NOOP("illustrations", "Passes from a confidence of"),
            default=THRESHOLD,
            maximum=1,
            step=0.05,
            decimals=2,
            help=QT_TRANSLATE_NOOP(
                "illustrations", "How sure the filter must be that a picture is an illustration."
            ),
        ),
        Text(
            "model",
            QT_TRANSLATE_NOOP("illustrations", "Model of the filter"),
            placeholder="….safetensors",
            help=QT_TRANSLATE_NOOP(
                "illustrations",
                "A file. Empty: the one that comes with the studio. Without any, every picture "
                "passes.",
            ),
        ),
        Text(
            "cascade",
            QT_TRANSLATE_NOOP("illustrations", "Cascade for a second opinion"),
            placeholder="….xml",
            help=QT_TRANSLATE_NOOP(
                "illustrations", "A file for OpenCV that finds faces. Empty: no second opinion."
            ),
        ),
        Toggle(
            "send",
            QT_TRANSLATE_NOOP("illustrations", "Send new illustrations"),
            help=QT_TRANSLATE_NOOP(
                "illustrations", "To the messengers that are switched on in the panel."
            ),
        ),
        Choice(
            "digest",
            QT_TRANSLATE_NOOP("illustrations", "Messages"),
            options=(
                (EACH, QT_TRANSLATE_NOOP("illustrations", "One for each picture")),
                (TOGETHER, QT_TRANSLATE_NOOP("illustrations", "One for each collection")),
            ),
            default=EACH,
        ),
        Text(
            "template",
            QT_TRANSLATE_NOOP("illustrations", "Message"),
            default=TEMPLATE,
            help=QT_TRANSLATE_NOOP(
                "illustrations",
                "With {author}, {author_name}, {text}, {tags}, {address}, {date} and {source}; "
                "\\n begins a new line.",
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Options:
    """The values of :data:`PAGE`.

    Hours are 0…23, local; ``disk_limit`` is in gigabytes; ``threshold`` is 0…1; ``model`` and
    ``cascade`` are paths, or empty.
    """

    collect: bool = True
    quiet: bool = False
    quiet_from: int = 23
    quiet_until: int = 7
    disk_limit: float = 5.0
    threshold: float = THRESHOLD
    model: str = ""
    cascade: str = ""
    send: bool = False
    digest: str = EACH
    template: str = TEMPLATE

    @classmethod
    def of(cls, settings: Settings) -> Options:
        """Read the settings of :data:`PAGE`."""
        values = {
            field.name: type(getattr(cls, field.name))(settings[field.name])
            for field in fields(cls)
        }
        return cls(**values)

    def filter_model(
        self, data_folder: Path, report: Callable[[UserError], object] = log.warning
    ) -> ModelFile | None:
        """The model of the filter; None if there is none, and so every picture passes.

        Raises UserError if there is none of the name that the user entered. ``report`` gets what
        is wrong with others.
        """
        from kirara_studio.api.model_library import available_models, find_model

        if self.model:
            return find_model(ILLUSTRATION_FILTER, self.model, data_folder)
        models = available_models(ILLUSTRATION_FILTER, data_folder, report=report)
        return models[0] if models else None

    def is_quiet(self, hour: int) -> bool:
        """Whether ``hour`` (0…23) is a quiet one; from an hour until the same one is all day."""
        if not self.quiet:
            return False
        return (hour - self.quiet_from) % 24 < ((self.quiet_until - self.quiet_from) % 24 or 24)

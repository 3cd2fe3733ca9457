"""Commands that a plugin adds to the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kirara_studio.api.jobs import JobTools
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.secrets import Secrets
from kirara_studio.api.settings import Settings, SettingsPage


class CommandContext(Protocol):
    """What the studio provides to a command."""

    @property
    def data_folder(self) -> Path:
        """The plugin's own folder for data."""

    def settings(self, page: SettingsPage) -> Settings:
        """The values of one of the plugin's settings pages, as in the window."""

    def translate(self, context: str, text: str) -> str:
        """``text`` in the user's language, for notices; what a command prints is English."""

    @property
    def secrets(self) -> Secrets:
        """The plugin's own secrets: the same as in its panel."""

    @property
    def messengers(self) -> Messengers:
        """The user's messengers: the same as in the window (version 1.4)."""

    def backends(self) -> Sequence[NoticeBackend]:
        """The notification backends without a window, in the order in which they are tried."""

    def deliver(self, notice: Notice) -> str:
        """Deliver a notice through the first backend that works, and return that backend's id.

        The desktop shows it without its actions: the command has ended when they are clicked.
        Raises UserError if no backend takes it; the advice lists the reasons.
        """

    def tools(self) -> JobTools:
        """The tools of a job, for functions that the panel runs too. Imports torch."""

    def run_training(self, trainer: str, request: dict[str, object], run_folder: Path) -> int:
        """Run a trainer in the foreground, printing its JSON lines; returns an exit status."""


@dataclass(frozen=True)
class Command:
    """A sub-command of ``kirara-studio``.

    ``configure`` names a function ``"package.module:function"`` which is called with an
    ``argparse.ArgumentParser`` to add arguments or further sub-commands, and which sets
    ``run=function(arguments, context) -> int | None`` by ``set_defaults``. It is imported only
    when the command is used.
    """

    name: str
    help: str
    configure: str


Verb = tuple[str, Callable[[argparse.ArgumentParser], object], Callable[..., Any] | None, str]
"""A sub-command: its name, what adds its arguments, the function ``(arguments, context)`` that runs
it, and what it does in a few words. None for one whose own sub-commands set ``run``."""


def add_verbs(parser: argparse.ArgumentParser, verbs: Sequence[Verb]) -> None:
    """Give a command its sub-commands, of which one must be named (version 1.2)."""
    actions = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, configure, run, text in verbs:
        verb = actions.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        configure(verb)
        if run is not None:
            verb.set_defaults(run=run)

"""Commands that a plugin adds to the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kirara_studio.api.jobs import JobTools


class CommandContext(Protocol):
    """What a command is lent."""

    @property
    def data_folder(self) -> Path:
        """The plugin's own folder for data."""
        ...

    def tools(self) -> JobTools:
        """The tools of a job, for functions that the panel runs too. Imports torch."""
        ...

    def run_training(self, trainer: str, request: dict[str, object], run_folder: Path) -> int:
        """Run a trainer in the foreground, printing its JSON lines; returns an exit status."""
        ...


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

"""The request of an entry to its trainer, and its data."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.engine.tools import inline_tools
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import load_registry
from kirara_studio.importing import import_object
from training.queue_file import DATA, QUEUE_RUN, Entry, Queue, filled


def request_of(queue: Queue, entry: Entry, runs: Path) -> tuple[str, dict[str, Any]]:
    """The trainer of an entry and its request, as :meth:`RunFolder.write_run` takes them.

    The paths in an entry are relative to the current folder, which must be the checkout. Raises
    :class:`UserError` if its arguments are not those of ``kirara-studio``.
    """
    folders = {name: str(data_folder(runs, name)) for name in queue.data}
    if entry.trainer:
        return entry.trainer, filled(entry.request, folders)
    arguments = [*filled(entry.train, folders), "--out", str(runs / entry.name)]
    return _from_command(arguments, runs)


def data_folder(runs: Path, name: str) -> Path:
    """The folder of data made on demand."""
    return runs / DATA / name


def making(queue: Queue, name: str, runs: Path) -> tuple[list[str], Path]:
    """The arguments of ``kirara-studio`` that make data, and the empty folder that they fill.

    The folder is to be renamed to :func:`data_folder` when it is full.
    """
    part = data_folder(runs, f"{name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    return filled(queue.data[name].make, {"out": str(part)}), part


class _Recorder:
    """A context of commands that records the training instead of running it."""

    def __init__(self, data_folder: Path) -> None:
        self.data_folder = data_folder
        self.noted: tuple[str, dict[str, Any]] | None = None

    def tools(self) -> JobTools:
        return inline_tools(self.data_folder)

    def run_training(self, trainer: str, request: Mapping[str, Any], run_folder: Path) -> int:
        self.noted = trainer, dict(request)
        return 0


def _from_command(arguments: list[str], runs: Path) -> tuple[str, dict[str, Any]]:
    home = runs / QUEUE_RUN / "home"  # without the user's plugins, switches and models
    registry = load_registry(Folders.below(home), safe_mode=True)
    command = next((one for one in registry.commands if one.name == arguments[0]), None)
    recorder = _Recorder(home)
    if command is not None:
        parser = argparse.ArgumentParser(prog=f"kirara-studio {command.name}")
        import_object(command.configure)(parser)
        try:
            options = parser.parse_args(arguments[1:])
        except SystemExit:  # argparse has printed what is wrong
            options = argparse.Namespace(run=lambda *_: None)
        options.run(options, recorder)
    if recorder.noted is None:
        raise UserError(
            "“kirara-studio {arguments}” does not start a training.",
            advice="Correct “train” in the queue.",
            arguments=" ".join(arguments),
        )
    return recorder.noted

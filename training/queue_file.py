"""Reads the queue's file, ``queue.toml``: trainings in their order, and how they are judged."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from kirara_studio.api.errors import UserError

QUEUE_FILE = Path(__file__).with_name("queue.toml")
QUEUE_RUN, DATA = RESERVED = ("queue", "data")
"""Folders beside those of the entries: the queue's own lock, control file and log; and the data
that are made on demand."""


@dataclass(frozen=True)
class Entry:
    """One training. Texts in ``train``, ``request`` and ``judge`` may hold fields in braces.

    Attributes
    ----------
    name
        Names the run's folder.
    train
        The arguments of ``kirara-studio`` that would start it, without ``--out``; or else
    trainer, request
        the trainer, "package.module:function", and its request.
    export
        "package.module:function", called with a checkpoint, the model's path and its card.
    card
        Values of the model's card: name, training_data, licence, author, notes.
    judge
        A module and its arguments, which judges ``{model}`` and prints a report of
        :mod:`evaluation` as JSON. Without it, milestones are kept, but not judged.
    called, beside
        For a model that is judged together with others: its name in a folder of its own, and the
        files that are copied there too, such as the SSRN of a voice. ``judge`` then names the
        folder, as ``{folder}``.
    lowest, highest
        The measure by which the best milestone is found, under one of these two keys.
    gate
        The table of ``evaluation/gates.toml`` at which the training ends; without it, it goes on to
        its own end.
    minutes
        Of training between two milestones.
    hours
        Of training after which it ends; 0 means when its trainer has finished.
    after
        The name of an entry that must be done before. The run begins with its checkpoint.
    packages, paths
        What must be there, or the entry is skipped. Paths are relative to the checkout.
    """

    name: str
    export: str
    train: tuple[str, ...] = ()
    trainer: str = ""
    request: Mapping[str, Any] = field(default_factory=dict)
    card: Mapping[str, str] = field(default_factory=dict)
    judge: tuple[str, ...] = ()
    called: str = ""
    beside: tuple[str, ...] = ()
    lowest: str = ""
    highest: str = ""
    gate: str = ""
    minutes: float = 20.0
    hours: float = 0.0
    after: str = ""
    packages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Data:
    """Data made on demand: ``make`` holds the arguments of ``kirara-studio``.

    ``{out}`` in them is the folder to fill. Entries name that folder by the data's name in braces.
    """

    make: tuple[str, ...]


@dataclass(frozen=True)
class Queue:
    """Entries in their order, and the data that they share."""

    entries: tuple[Entry, ...]
    data: Mapping[str, Data] = field(default_factory=dict)

    def entry(self, name: str) -> Entry:
        """The entry of that name."""
        return next(entry for entry in self.entries if entry.name == name)

    def data_of(self, entry: Entry) -> list[str]:
        """The names of the data that an entry refers to."""
        texts = [*entry.train, *_texts(entry.request)]
        return [name for name in self.data if any(f"{{{name}}}" in text for text in texts)]


def read_queue(path: Path = QUEUE_FILE) -> Queue:
    """Read a queue. Raises :class:`UserError` naming the line, or the entry and key, at fault."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # TOML's errors name line and column
        raise _damaged(path, error) from error
    try:
        _check_keys(values, {"entry", "data"}, "the file")
        if not isinstance(values.get("entry", []), list):
            raise ValueError("“entry” is not a list of tables")
        entries = tuple(
            _entry(one, number) for number, one in enumerate(values.get("entry", ()), 1)
        )
        data = {
            name: _made(Data, one, f"data “{name}”") for name, one in values.get("data", {}).items()
        }
        _check_names(entries)
    except (ValueError, TypeError, AttributeError) as error:
        raise _damaged(path, error) from error
    return Queue(entries, data)


def filled(value: Any, values: Mapping[str, str]) -> Any:
    """``value`` with the fields in its texts filled in, such as ``{model}``."""
    if isinstance(value, str):
        for name, text in values.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, Mapping):
        return {key: filled(one, values) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [filled(one, values) for one in value]
    return value


def _entry(values: Mapping[str, Any], number: int) -> Entry:
    name = values.get("name")
    place = f"entry “{name}”" if isinstance(name, str) else f"entry {number}"
    entry: Entry = _made(Entry, values, place)
    if not entry.name or not entry.name.replace("-", "").replace("_", "").isalnum():
        raise ValueError(f"{place}: “name” must be letters, digits, “-” and “_”")
    if entry.name in RESERVED:
        raise ValueError(f"{place}: this name is taken by the queue itself")
    if bool(entry.train) == bool(entry.trainer):
        raise ValueError(f"{place}: needs either “train” or “trainer”")
    if entry.minutes <= 0 or entry.hours < 0:
        raise ValueError(f"{place}: “minutes” must be positive, and “hours” not negative")
    if bool(entry.judge) != bool(entry.lowest or entry.highest) or (entry.lowest and entry.highest):
        raise ValueError(f"{place}: “judge” needs either “lowest” or “highest”, and they need it")
    if entry.gate and not entry.judge:
        raise ValueError(f"{place}: “gate” needs “judge”")
    return entry


def _made(kind: type[Any], values: Mapping[str, Any], place: str) -> Any:
    """An instance of a dataclass from a TOML table, whose keys and types are checked."""
    if not isinstance(values, Mapping):
        raise ValueError(f"{place} is not a table")
    hints = get_type_hints(kind)
    _check_keys(values, set(hints), place)
    made = {}
    for one in fields(kind):
        if one.name in values:
            made[one.name] = _checked(values[one.name], hints[one.name], f"{place}: “{one.name}”")
        elif one.default is MISSING and one.default_factory is MISSING:
            raise ValueError(f"{place}: “{one.name}” is missing")
    return kind(**made)


def _checked(value: Any, hint: Any, place: str) -> Any:
    if hint is str:
        wanted, fits = "a text", isinstance(value, str)
    elif get_origin(hint) is tuple:
        fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        wanted, value = "a list of texts", tuple(value) if fits else value
    elif get_origin(hint) is Mapping:
        texts = get_args(hint)[1] is str
        fits = isinstance(value, Mapping)
        fits = fits and not (texts and any(not isinstance(one, str) for one in value.values()))
        wanted = "a table of texts" if texts else "a table"
    else:
        wanted, fits = "a number", isinstance(value, int | float) and not isinstance(value, bool)
    if not fits:
        raise ValueError(f"{place} is not {wanted}")
    return value


def _check_keys(values: Mapping[str, Any], known: set[str], place: str) -> None:
    if unknown := sorted(set(values) - known):
        raise ValueError(f"{place}: unknown key “{unknown[0]}”")


def _check_names(entries: Sequence[Entry]) -> None:
    earlier: set[str] = set()
    for entry in entries:
        if entry.name in earlier:
            raise ValueError(f"entry “{entry.name}” is there twice")
        if entry.after and entry.after not in earlier:
            raise ValueError(
                f"entry “{entry.name}”: “after” names “{entry.after}”, which does not come before"
            )
        earlier.add(entry.name)


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


def _damaged(path: Path, reason: object) -> UserError:
    return UserError(
        "The queue “{path}” cannot be read: {reason}.",
        advice="Correct it; training/queue.toml in the repository shows every key.",
        path=path,
        reason=reason,
    )

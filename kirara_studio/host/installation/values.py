"""The messages between the installing process and the studio, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import parse_json

INSTALL, UPDATE, REMOVE, UNDO, UPDATES = "install", "update", "remove", "undo", "updates"
"""The actions of a Request."""

RESOLVE, BUILD, FETCH, CHECK, ACTIVATE = "resolve", "build", "fetch", "check", "activate"
STEPS = (RESOLVE, BUILD, FETCH, CHECK, ACTIVATE)
"""The steps of a change, in order; a wheel has no BUILD."""


@dataclass(frozen=True)
class Progress:
    """Where a change stands: one of STEPS, and how much of the whole is done, from 0 to 1."""

    step: str
    fraction: float


@dataclass(frozen=True)
class Output:
    """One line of the tool that does a step, for a log. It is English, and may name any address."""

    line: str


@dataclass(frozen=True)
class Package:
    """A distribution that a change adds, replaces or removes.

    ``old`` is the version that is there now, empty if it is added; ``new`` the one that will be
    there, empty if it is removed. ``size`` is in bytes, of what is added on disk.
    """

    name: str
    old: str = ""
    new: str = ""
    size: int = 0


@dataclass(frozen=True)
class BuildQuestion:
    """May the code of a source be run, to build a package? What is known was read, not run.

    ``source`` is what is to be installed. ``name``, ``version``, ``summary``, ``author``,
    ``licence`` and ``backend`` are from its pyproject.toml, and empty if that does not say so or
    cannot be read before it is fetched. Packages that it needs, and that come as sources too, are
    built as well.
    """

    source: str
    name: str = ""
    version: str = ""
    summary: str = ""
    author: str = ""
    licence: str = ""
    backend: str = ""


@dataclass(frozen=True)
class InstallQuestion:
    """May this plugin be installed? Nothing of it has run, unless it had to be built.

    ``name`` is that of its distribution, ``entry_points`` are those of the studio's group, as
    ``name = package.module``. ``package`` is the plugin itself, ``others`` what is added, replaced
    or removed along with it. ``warnings`` are about files that seem to be missing.
    """

    source: str
    name: str
    version: str
    summary: str
    author: str
    licence: str
    home: str
    entry_points: tuple[str, ...]
    package: Package
    others: tuple[Package, ...] = ()
    warnings: tuple[UserError, ...] = ()

    @property
    def size(self) -> int:
        """Bytes that all of it takes on disk."""
        return self.package.size + sum(package.size for package in self.others)


Question = BuildQuestion | InstallQuestion

NONE = (0, 0)
"""No generations."""


@dataclass(frozen=True)
class Request:
    """What to do: INSTALL a source, UPDATE or REMOVE a plugin, UNDO a change, or list UPDATES.

    ``folders`` are those of the studio, by their names. ``data`` is for REMOVE: the data
    of the plugin, too. ``generations`` are those of the change to UNDO.
    """

    action: str
    target: str = ""
    data: bool = False
    generations: tuple[int, ...] = NONE
    folders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The answer to a question."""

    yes: bool


@dataclass(frozen=True)
class Outcome:
    """What a change did. It takes effect at the next start.

    ``plugins`` are the names of the plugins (not of their distributions) that were added, replaced
    or removed. ``generations`` are the one before and the one after; NONE if it cannot be undone.
    """

    plugins: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    generations: tuple[int, ...] = NONE


@dataclass(frozen=True)
class Update:
    """A newer version of an installed plugin. ``name`` is that of its distribution."""

    name: str
    plugins: tuple[str, ...]
    old: str
    new: str


Ask = Callable[[Question], bool]
Report = Callable[[Progress | Output], None]

_KIND, _ERROR = "kind", "error"
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(Progress, Output, BuildQuestion, InstallQuestion),
        *(Outcome, Package, Update, Request, Answer),
    )
}


def to_line(value: object) -> str:
    """A value of this module, or a UserError, as one line of JSON."""
    return json.dumps(_encoded(value)) + "\n"


def from_line(line: str) -> Any:
    """The value that :func:`to_line` made a line of. Raises ValueError for any other line."""
    try:
        return _decoded(parse_json(line))
    except (KeyError, TypeError) as error:
        raise ValueError(f"it is no message: {line[:80]}") from error


def _encoded(value: object) -> Any:
    if isinstance(value, UserError):
        texts = {"message": value.template, "advice": value.advice_template}
        return {_KIND: _ERROR, **texts, "values": value.values}
    if is_dataclass(value):
        parts = {part.name: _encoded(getattr(value, part.name)) for part in fields(value)}
        return {_KIND: type(value).__name__, **parts}
    return [_encoded(part) for part in value] if isinstance(value, tuple) else value


def _decoded(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(map(_decoded, data))
    if not isinstance(data, dict) or _KIND not in data:
        return data
    parts = {key: _decoded(value) for key, value in data.items() if key != _KIND}
    if data[_KIND] == _ERROR:
        return UserError(parts["message"], advice=parts["advice"], **parts["values"])
    return _KINDS[data[_KIND]](**parts)

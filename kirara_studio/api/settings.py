"""Settings are described; the studio builds the form, stores the values and checks them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Toggle:
    """A yes-or-no setting."""

    key: str
    label: str
    default: bool = False
    help: str = ""


@dataclass(frozen=True)
class Number:
    """A number from ``minimum`` to ``maximum``; a whole number if ``decimals`` is 0."""

    key: str
    label: str
    default: float = 0
    minimum: float = 0
    maximum: float = 100
    step: float = 1
    decimals: int = 0
    suffix: str = ""
    help: str = ""


@dataclass(frozen=True)
class Choice:
    """One of ``options``: pairs of a stored value and a label."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    default: str = ""
    help: str = ""


@dataclass(frozen=True)
class Text:
    """A line of text. A ``secret`` one is kept in the system keyring, never in the file."""

    key: str
    label: str
    default: str = ""
    placeholder: str = ""
    secret: bool = False
    help: str = ""


@dataclass(frozen=True)
class Folder:
    """A folder on disk, or an empty text."""

    key: str
    label: str
    default: str = ""
    help: str = ""


Field = Toggle | Number | Choice | Text | Folder


@dataclass(frozen=True)
class SettingsPage:
    """A page of the settings, generated from its fields.

    ``id`` is the table in the settings file and must be the plugin's own name or begin with
    it and a full stop; labels are translated in ``context``.
    """

    id: str
    title: str
    fields: tuple[Field, ...]
    context: str = ""


class Settings(Protocol):
    """The values of one page."""

    def __getitem__(self, key: str) -> Any:
        """The stored value, or the field's default if there is none or it does not fit."""

    def __setitem__(self, key: str, value: Any) -> None:
        """Store a value. Raises ValueError if it does not fit the field."""

    def watch(self, key: str, changed: Callable[[Any], None]) -> None:
        """Call ``changed(value)`` whenever the value changes."""

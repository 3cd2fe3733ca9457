"""Validates what a plugin contributes, before the window uses it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from kirara_studio.api import API_VERSION
from kirara_studio.api.commands import Command
from kirara_studio.api.panel import Panel
from kirara_studio.api.settings import Choice, Field, Number, SettingsPage
from kirara_studio.host.settings_fields import default_of, fitted

OWN_COMMANDS = ("plugins", "tour", "train")
OWN_PAGE = "studio"

_KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "str": (str, "a text"),
    "bool": (bool, "true or false"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
}
_COMMAND = re.compile(r"[a-z][a-z0-9_-]*")
_PATH = re.compile(r"[\w.]+:\w+")


def check(plugin: str, item: object) -> str:
    """Return the id of a contribution of ``plugin``. Raises ValueError with what is wrong."""
    if isinstance(item, Path):
        return identity(item)
    _check_types(item)
    if isinstance(item, Panel):
        _check_panel(item)
    elif isinstance(item, Command):
        _check_command(item)
    elif isinstance(item, SettingsPage):
        _check_page(plugin, item)
    if not identity(item):
        raise ValueError(f"the id of a {type(item).__name__} is empty")
    return identity(item)


def identity(item: object) -> str:
    """What no two contributions of one kind may share: the name of a command, the id of others."""
    if isinstance(item, Path):
        return str(item)
    return str(getattr(item, "name" if isinstance(item, Command) else "id"))


def _check_types(item: object) -> None:
    """Check the plain fields of a description against their annotations."""
    for field in dataclasses.fields(item):  # type: ignore[arg-type]
        kind, name = _KINDS.get(str(field.type), (object, ""))
        value = getattr(item, field.name)
        if not isinstance(value, kind) or (isinstance(value, bool) and name.endswith("number")):
            raise ValueError(f"“{field.name}” of the {type(item).__name__} is not {name}")


def _check_panel(panel: Panel) -> None:
    if panel.id.startswith("page:"):
        raise ValueError(f"the panel's id “{panel.id}” begins as those of the studio's own pages")
    if panel.api != Panel.api and not _is_of_this_api(panel):
        raise ValueError(
            f"the panel “{panel.id}” needs plugin interface {panel.api}; "
            f"this studio has {API_VERSION}"
        )
    if not _PATH.fullmatch(panel.widget):
        raise ValueError(f"the widget of “{panel.id}” is not of the form package.module:Class")


def _is_of_this_api(panel: Panel) -> bool:
    # Most panels keep the default; a start then has no use for this library.
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(panel.api).contains(API_VERSION)
    except InvalidSpecifier as error:
        raise ValueError(f"the panel's api “{panel.api}” is not a version specifier") from error


def _check_command(command: Command) -> None:
    if not _COMMAND.fullmatch(command.name):
        raise ValueError(f"the command's name “{command.name}” is not a lower-case word")
    if command.name in OWN_COMMANDS:
        raise ValueError(f"the command “{command.name}” is the studio's own")


def _check_page(plugin: str, page: SettingsPage) -> None:
    rest = page.id.removeprefix(plugin)
    if page.id == OWN_PAGE or not page.id.startswith(plugin) or rest[:1].isalnum():
        raise ValueError(
            f"the id of the settings page “{page.id}” must be “{plugin}”, "
            f"or must begin with “{plugin}” and a full stop"
        )
    keys = []
    for field in page.fields:
        if not isinstance(field, Field):
            raise ValueError(f"the page “{page.id}” has a {type(field).__name__} as a field")
        _check_types(field)
        _check_default(page, field)
        keys.append(field.key)
    if len(set(keys)) != len(keys):
        raise ValueError(f"the settings page “{page.id}” has a key twice")


def _check_default(page: SettingsPage, field: Field) -> None:
    if isinstance(field, Choice) and not all(
        isinstance(option, tuple)
        and len(option) == 2
        and all(isinstance(text, str) for text in option)
        for option in field.options
    ):
        raise ValueError(f"the options of “{field.key}” in “{page.id}” are not pairs of texts")
    if isinstance(field, Number) and field.minimum > field.maximum:
        raise ValueError(f"the minimum of “{field.key}” in “{page.id}” is above its maximum")
    try:
        fitted(field, default_of(field))
    except ValueError as error:
        raise ValueError(f"the default of “{field.key}” in “{page.id}”: {error}") from error

"""Which plugins are switched off."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import KeptFile, Parts, readable_part

_KEY = "disabled"


class PluginSwitches:
    """Keeps the names of the plugins that are off in a TOML file that people may edit.

    It is a file of its own, since the command line reads it at every start.
    """

    def __init__(self, path: Path, report: Callable[[UserError], None] | None = None) -> None:
        self._file: KeptFile[set[str]] = KeptFile(
            path, _decode, _encode, set, report=report, parse=_parse, salvage=_salvage
        )

    def disabled(self) -> set[str]:
        return self._file.read()

    def set_disabled(self, names: set[str]) -> None:
        """Keep the names. Raises UserError if the file cannot be written."""
        self._file.write(names)


def _parse(content: bytes) -> Any:
    return tomllib.loads(content.decode("utf-8-sig")).get(_KEY, [])


def _salvage(text: str) -> Any:
    # A TOML array of strings is, but for the quotes, a list in JSON too.
    start = text.index("[", text.index(_KEY))
    return readable_part(text.replace("'", '"'), start)


def _decode(names: Any, parts: Parts) -> set[str]:
    def name(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError("the name of a plugin is a text")
        return value

    return set(parts.items(names, name))


def _encode(names: set[str]) -> str:
    listed = json.dumps(sorted(names), ensure_ascii=False)
    return f"# Plugins that are switched off.\n{_KEY} = {listed}\n"

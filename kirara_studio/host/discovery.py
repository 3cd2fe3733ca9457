"""Finds the plugins that are installed, without importing them.

It reads what installers leave beside the packages by itself: importing importlib.metadata, which
parses with the package for e-mail, would take a tenth of the time until the first paint.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kirara_studio.api.hooks import ENTRY_POINT_GROUP
from kirara_studio.host.installation.generations import plugin_paths
from kirara_studio.importing import import_object

ENABLED, DISABLED, BROKEN, LOADING = "enabled", "disabled", "broken", "loading"
OWN_DISTRIBUTION = "kirara-studio"
SLOWEST_IMPORT = 10.0
"""Seconds after which a plugin that is still importing, or that has not answered, is broken."""


@dataclass(frozen=True)
class EntryPoint:
    """A named object in a package, ``"package.module:name"`` or only the module."""

    name: str
    value: str

    @property
    def module(self) -> str:
        """The module that has it."""
        return self.value.partition(":")[0]

    def load(self) -> Any:
        """Import it; raises whatever the module raises, and AttributeError."""
        if ":" in self.value:
            return import_object(self.value)
        return importlib.import_module(self.value)


@dataclass(frozen=True)
class PluginRecord:
    """A plugin as it was found, and what became of it."""

    name: str
    distribution: str
    version: str
    summary: str
    author: str
    entry_point: EntryPoint
    title: str = ""
    state: str = ENABLED
    reason: str = ""
    details: str = ""

    @property
    def builtin(self) -> bool:
        """True for the plugins that come with the studio."""
        return self.distribution == OWN_DISTRIBUTION

    @property
    def package(self) -> str:
        """The package that the entry point names."""
        return self.entry_point.module.partition(".")[0]


def find_plugins(folder: Path | None = None) -> list[PluginRecord]:
    """List the plugins installed beside the studio and in ``folder``, without importing them.

    The built-in ones come first, then the others by name. The ``plugin_paths`` of ``folder`` must
    be at the end of ``sys.path`` before its plugins are loaded; of two versions of one
    distribution, the one that is imported is listed.
    """
    paths = [Path(path) for path in sys.path]
    if folder is not None:
        paths += [path for path in plugin_paths(folder) if path not in paths]
    found: dict[str, Sequence[PluginRecord]] = {}
    for place in _metadata_folders(paths):
        if plugins := _plugins_of(place):
            found.setdefault(plugins[0].distribution.lower(), plugins)
    listed = [plugin for plugins in found.values() for plugin in plugins]
    return sorted(listed, key=lambda plugin: (not plugin.builtin, plugin.name))


def _metadata_folders(paths: Iterable[Path]) -> Iterator[Path]:
    """The folders in which installers describe a distribution, in the order of ``paths``."""
    for path in paths:
        with suppress(OSError), os.scandir(path) as entries:  # an archive, or it does not exist
            for entry in entries:
                if entry.name.endswith((".dist-info", ".egg-info")):
                    yield Path(entry.path)


def _plugins_of(place: Path) -> Sequence[PluginRecord]:
    # Most packages have no such file, and few of those that have one name the group.
    text = _text(place / "entry_points.txt")
    if ENTRY_POINT_GROUP not in text:
        return ()
    headers = _headers(_text(place / "METADATA") or _text(place / "PKG-INFO"))
    return [
        PluginRecord(
            name=point.name,
            distribution=headers.get("Name", "unknown"),
            version=headers.get("Version", ""),
            summary=headers.get("Summary", ""),
            author=headers.get("Author") or headers.get("Author-email", ""),
            entry_point=point,
        )
        for point in _entry_points(text)
    ]


def _text(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""


def _entry_points(text: str) -> Iterator[EntryPoint]:
    """Those of the plugin group in the text of ``entry_points.txt``."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        name, equals, value = line.partition("=")
        if line.startswith("["):
            section = line.strip("[]")
        elif section == ENTRY_POINT_GROUP and equals and not line.startswith("#"):
            yield EntryPoint(name.strip(), value.partition("[")[0].strip())


def _headers(text: str) -> Mapping[str, str]:
    """The first line of each header of a package's metadata; of several alike, the first."""
    found: dict[str, str] = {}
    for line in text.partition("\n\n")[0].splitlines():
        name, colon, value = line.partition(":")
        if colon and not name[:1].isspace():
            found.setdefault(name, value.strip())
    return found

"""Finds the plugins that are installed, without importing them."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from kirara_studio.api.hooks import ENTRY_POINT_GROUP
from kirara_studio.host.installation.generations import plugin_paths

ENABLED, DISABLED, BROKEN, LOADING = "enabled", "disabled", "broken", "loading"
OWN_DISTRIBUTION = "kirara-studio"
SLOWEST_IMPORT = 10.0
"""Seconds after which a plugin that is still importing, or that has not answered, is broken."""


@dataclass(frozen=True)
class PluginRecord:
    """A plugin as it was found, and what became of it."""

    name: str
    distribution: str
    version: str
    summary: str
    author: str
    entry_point: importlib.metadata.EntryPoint
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
    distributions = list(importlib.metadata.distributions())
    if folder is not None:
        for path in plugin_paths(folder):
            distributions += importlib.metadata.distributions(path=[str(path)])
    found: dict[str, Sequence[PluginRecord]] = {}
    for distribution in distributions:
        if plugins := _plugins_of(distribution):
            found.setdefault(plugins[0].distribution.lower(), plugins)
    listed = [plugin for plugins in found.values() for plugin in plugins]
    return sorted(listed, key=lambda plugin: (not plugin.builtin, plugin.name))


def _plugins_of(distribution: importlib.metadata.Distribution) -> Sequence[PluginRecord]:
    try:
        # Parsing the entry points of all packages would take longer than all else at a start.
        if ENTRY_POINT_GROUP not in (distribution.read_text("entry_points.txt") or ""):
            return ()
        points = [p for p in distribution.entry_points if p.group == ENTRY_POINT_GROUP]
        text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
        metadata = HeaderParser().parsestr(text.partition("\n\n")[0])
        name = metadata["Name"] or "unknown"
        return [
            PluginRecord(
                name=point.name,
                distribution=name,
                version=metadata["Version"] or "",
                summary=metadata.get("Summary", "") or "",
                author=metadata.get("Author", "") or metadata.get("Author-email", "") or "",
                entry_point=point,
            )
            for point in points
        ]
    except Exception:
        # Another package is installed incorrectly.
        return ()

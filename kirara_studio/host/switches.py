"""Which plugins are switched off."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from kirara_studio.api.files import write_atomically


class PluginSwitches:
    """Keeps the names of the plugins that are off in a file that people may edit.

    It is a file of its own, since the command line reads it at every start, and a start must
    be quick. What cannot be read counts as empty: then every plugin is on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def disabled(self) -> set[str]:
        """Names of the plugins that are off."""
        try:
            names = tomllib.loads(self._path.read_text(encoding="utf-8"))["disabled"]
        except (OSError, ValueError, KeyError):
            return set()
        return {str(name) for name in names} if isinstance(names, list) else set()

    def set_disabled(self, names: set[str]) -> None:
        """Keep the names. Raises UserError where the file cannot be written."""
        # A list of JSON strings is a TOML array too.
        listed = json.dumps(sorted(names), ensure_ascii=False)
        write_atomically(self._path, f"# Plugins that are switched off.\ndisabled = {listed}\n")

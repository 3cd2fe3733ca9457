"""Compiles the Qt Linguist files, *.ts into *.qm, when the plugin is built or installed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTranslations(BuildHookInterface):
    """Hatch calls it before it builds the wheel, the editable one too."""

    def dependencies(self) -> list[str]:
        """The compiler comes with Qt, which is large: it is fetched only if it is needed."""
        return ["pyside6-essentials>=6.9,!=6.12.0"] if self._outdated() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is out of date."""
        for catalogue in self._outdated():
            import PySide6

            lrelease = Path(PySide6.__file__).parent / "lrelease"
            compiled = catalogue.with_suffix(".qm")
            subprocess.run([lrelease, "-silent", catalogue, "-qm", compiled], check=True)

    def _outdated(self) -> list[Path]:
        found = []
        for catalogue in Path(self.root).glob("kirara_parikh/translations/*.ts"):
            compiled = catalogue.with_suffix(".qm")
            if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
                found.append(catalogue)
        return found

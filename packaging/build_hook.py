"""Compiles the Qt Linguist files, *.ts into *.qm, when the studio is built or installed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # in a checkout, where `packaging/translations.py` and the tests use this file
    BuildHookInterface: Any = object  # type: ignore[no-redef]


class CompiledTranslations(BuildHookInterface):
    """Hatch calls it before it builds the wheel, the editable one too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is out of date."""
        compile_outdated(Path(self.root))


def compile_outdated(root: Path) -> None:
    """Compile the catalogues below ``root`` that changed since they were compiled."""
    catalogues = [
        *root.glob("resources/translations/*.ts"),
        *root.glob("plugins/*/translations/*.ts"),
        *root.glob("plugins/*/*/translations/*.ts"),
    ]
    for catalogue in catalogues:
        compiled = catalogue.with_suffix(".qm")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            compile_catalogue(catalogue)


def compile_catalogue(catalogue: Path) -> None:
    """Compile a ``.ts`` file into the ``.qm`` file beside it."""
    import PySide6

    lrelease = Path(PySide6.__file__).parent / "lrelease"
    compiled = catalogue.with_suffix(".qm")
    subprocess.run([lrelease, "-silent", catalogue, "-qm", compiled], check=True)

"""Collect new texts into the Qt Linguist files (*.ts), and compile them (*.qm).

The studio, each plugin and the template of new plugins have a folder of their own. Texts that a
translator has not finished keep the mark "unfinished"; a test fails while there are any.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kirara_studio.development.translations import collect

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ja",)
sys.path.insert(0, str(Path(__file__).parent))

from build_hook import compile_outdated  # noqa: E402  (beside this file, which is no package)


def catalogues() -> list[tuple[Path, Path]]:
    """Pairs of a folder with sources and the folder with its translations."""
    pairs = [(ROOT / "kirara_studio", ROOT / "resources" / "translations")]
    template = ROOT / "resources" / "plugin-template"
    for plugin in (*sorted((ROOT / "plugins").glob("kirara_*")), *template.glob("kirara_*")):
        pairs.append((plugin, plugin / "translations"))
    return pairs


def main() -> None:
    """Update and compile every catalogue."""
    pairs = catalogues()
    for sources, folder in pairs:
        folder.mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            collect(sources, folder / f"{language}.ts", also=[other for other, _ in pairs])
    compile_outdated(ROOT)


if __name__ == "__main__":
    main()

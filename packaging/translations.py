"""Collect new texts into the Qt Linguist files (*.ts), and compile them (*.qm).

The studio and each plugin have a folder of their own. Texts that a translator has not finished
keep the mark "unfinished"; a test fails while there are any.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ja",)


def catalogues() -> list[tuple[Path, Path]]:
    """Pairs of a folder with sources and the folder with its translations."""
    pairs = [(ROOT / "kirara_studio", ROOT / "resources" / "translations")]
    for plugin in sorted((ROOT / "plugins").glob("kirara_*")):
        pairs.append((plugin, plugin / "translations"))
    return pairs


def tool(name: str) -> str:
    """The path of one of Qt's tools beside this Python."""
    return str(Path(sys.executable).with_name(name))


def main() -> None:
    """Update and compile every catalogue."""
    for sources, folder in catalogues():
        folder.mkdir(parents=True, exist_ok=True)
        files = [str(path.relative_to(ROOT)) for path in sorted(sources.rglob("*.py"))]
        for language in LANGUAGES:
            catalogue = folder / f"{language}.ts"
            # Without line numbers the file changes only where a text does.
            subprocess.run(
                [tool("pyside6-lupdate"), *files, "-ts", str(catalogue), "-no-obsolete",
                 "-locations", "none", "-source-language", "en"],
                check=True, cwd=ROOT,
            )  # fmt: skip
            compile_catalogue(catalogue)


def compile_catalogue(catalogue: Path, compiled: Path | None = None) -> None:
    """Compile a ``.ts`` file into a ``.qm`` file, beside it by default."""
    compiled = compiled or catalogue.with_suffix(".qm")
    subprocess.run(
        [tool("pyside6-lrelease"), "-silent", str(catalogue), "-qm", str(compiled)], check=True
    )


if __name__ == "__main__":
    main()

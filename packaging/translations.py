"""Collect new texts into the Qt Linguist files (*.ts), and compile them (*.qm).

The studio and each plugin have a folder of their own. Texts that a translator has not finished
keep the mark "unfinished"; a test fails while there are any. The texts of errors are found by
``error_texts.py``; all have the context "errors".
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ja",)
sys.path.insert(0, str(Path(__file__).parent))

from build_hook import compile_outdated  # noqa: E402  (beside this file, which is no package)
from error_texts import classes_in, texts_in  # noqa: E402


def catalogues() -> list[tuple[Path, Path]]:
    """Pairs of a folder with sources and the folder with its translations."""
    pairs = [(ROOT / "kirara_studio", ROOT / "resources" / "translations")]
    for plugin in sorted((ROOT / "plugins").glob("kirara_*")):
        pairs.append((plugin, plugin / "translations"))
    return pairs


def sources_in(folder: Path) -> list[Path]:
    """The Python files of the studio or of a plugin."""
    return sorted(folder.rglob("*.py"))


def error_texts(folder: Path) -> list[str]:
    """The templates of all errors that the sources in ``folder`` raise."""
    everything = [file for sources, _ in catalogues() for file in sources_in(sources)]
    classes = classes_in(everything)
    texts = (text for file in sources_in(folder) for text in texts_in(file, classes).texts)
    return list(dict.fromkeys(texts))


def tool(name: str) -> str:
    """The path of one of Qt's tools beside this Python."""
    return str(Path(sys.executable).with_name(name))


def collect(sources: Path, catalogue: Path, *options: str) -> None:
    """Bring the texts of the sources in a folder into a ``.ts`` file."""
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder) / "errors.py"
        errors.write_text("".join(_marked(error_texts(sources))), encoding="utf-8")
        # Without line numbers the file changes only where a text does.
        subprocess.run(
            [tool("pyside6-lupdate"), *map(str, sources_in(sources)), str(errors),
             "-ts", str(catalogue), "-no-obsolete", "-locations", "none", "-source-language", "en",
             *options],
            check=True, cwd=ROOT,
        )  # fmt: skip


def _marked(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        yield f'QT_TRANSLATE_NOOP("errors", {json.dumps(text, ensure_ascii=False)})\n'


def main() -> None:
    """Update and compile every catalogue."""
    for sources, folder in catalogues():
        folder.mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            catalogue = folder / f"{language}.ts"
            collect(sources, catalogue)
    compile_outdated(ROOT)


if __name__ == "__main__":
    main()

"""Collects the texts of Python sources into Qt Linguist files (*.ts), and compiles those (*.qm)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QTranslator

import kirara_studio.api
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.reading import reading
from kirara_studio.development.error_texts import classes_in, texts_in

API = Path(kirara_studio.api.__file__).parent
"""Defines classes of errors that plugins raise."""

_PLACES = re.compile(r"\{[^{}]*\}|%n")


def sources_in(folder: Path) -> list[Path]:
    """The Python files below a folder."""
    return sorted(folder.rglob("*.py"))


def collect(sources: Path, catalogue: Path, *options: str, also: Sequence[Path] = (API,)) -> None:
    """Bring the texts of all sources in a folder into a ``.ts`` file, which may exist already.

    Texts of errors are found, too (:mod:`.error_texts`); classes of errors may be defined in the
    folders ``also``. Further ``options`` are those of ``lupdate``.
    """
    files = sources_in(sources)
    classes = classes_in(file for folder in (sources, *also) for file in sources_in(folder))
    texts = [text for file in files for text in texts_in(file, classes).texts]
    # A new file is of no language else, and never brought up to date again.
    language = () if is_file(catalogue) else ("-target-language", catalogue.stem)
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder) / "errors.py"
        marked = (
            f'QT_TRANSLATE_NOOP("errors", {json.dumps(t, ensure_ascii=False)})' for t in texts
        )
        errors.write_text("\n".join(dict.fromkeys(marked)), encoding="utf-8")
        # Without line numbers the file changes only where a text does.
        _run(
            "lupdate", *map(str, files), str(errors), "-ts", str(catalogue), "-no-obsolete",
            "-locations", "none", "-source-language", "en", *language, *options,
        )  # fmt: skip


def compile_catalogue(catalogue: Path) -> Path:
    """Compile a ``.ts`` file into the ``.qm`` file beside it, and return that."""
    compiled = catalogue.with_suffix(".qm")
    _run("lrelease", "-silent", str(catalogue), "-qm", str(compiled))
    return compiled


def translate_package(package: Path) -> list[Path]:
    """Bring all ``.ts`` files of a package up to date and compile them; makes a ``ja.ts`` if none.

    Returns the ``.ts`` files.
    """
    catalogues = sorted(package.rglob("*.ts")) or [package / "translations" / "ja.ts"]
    for catalogue in catalogues:
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        collect(package, catalogue, "-silent")
        compile_catalogue(catalogue)
    return catalogues


def catalogue_problems(sources: Path, catalogue: Path) -> Iterator[str]:
    """What a ``.ts`` file lacks of the texts of the sources, each as a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        collected = Path(folder) / catalogue.name
        shutil.copy(catalogue, collected)
        collect(sources, collected, "-silent")
        messages = _messages(collected)
    for _, source, _, translation, finished in messages:
        if not finished or not translation.strip():
            yield f"“{source}” is not translated."
        elif sorted(_PLACES.findall(source)) != sorted(_PLACES.findall(translation)):
            yield f"The translation of “{source}” has other fields in braces."


def unfinished(catalogue: Path) -> int:
    """How many texts of a ``.ts`` file are still to be translated."""
    return sum(not finished for *_, finished in _messages(catalogue))


def compiled_problems(catalogue: Path, compiled: Path) -> Iterator[str]:
    """Where a ``.qm`` file differs from the ``.ts`` file that it was made of."""
    translator = QTranslator()
    if not translator.load(str(compiled)):
        yield f"“{compiled.name}” cannot be read."
        return
    for context, source, comment, translation, finished in _messages(catalogue):
        if not finished or "%n" in source:
            continue
        if translator.translate(context, source, comment) != translation:
            yield f"“{compiled.name}” is older than “{catalogue.name}”: “{source}”."
            return


def _messages(catalogue: Path) -> list[tuple[str, str, str, str, bool]]:
    """Context, source, comment, translation, and whether a translator has finished it."""
    found = []
    with reading(catalogue):
        root = ET.parse(catalogue).getroot()
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            text = "".join(translation.itertext()) if translation is not None else ""
            finished = translation is not None and translation.get("type") != "unfinished"
            name, source = context.findtext("name") or "", message.findtext("source") or ""
            found.append((name, source, message.findtext("comment") or "", text, finished))
    return found


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools, which PySide6 brings along. Raises UserError."""
    import PySide6

    program = Path(PySide6.__file__).parent / (f"{tool}.exe" if sys.platform == "win32" else tool)
    try:
        subprocess.run([program, *arguments], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise UserError(
            "Qt's tool “{tool}” failed: {reason}.",
            advice="Install PySide6-Essentials again.",
            tool=tool,
            reason=error,
        ) from error

"""Every error can be translated: its texts are written down where it is raised."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from kirara_studio.development import error_texts
from tests.packaging import loaded

NOT_LITERAL = {
    "kirara_studio/engine/errors.py": "errors that come from another process are made again",
    "kirara_studio/host/installation/values.py": "as above",
    "kirara_studio/api/reading.py": "the guard of readers has its templates from its callers",
    "kirara_studio/api/database.py": "errors that were kept are made again",
    "plugins/kirara_speech/project/naming.py": "its advice shows a pattern, braces and all",
}
"""Files in which something is not a literal, or only looks like a field, and why."""


@pytest.fixture(scope="module")
def translations(repository: Path) -> ModuleType:
    return loaded(repository / "packaging" / "translations.py")


def test_all_texts_of_errors_are_literals_and_fit_their_values(
    translations: ModuleType, repository: Path
) -> None:
    files = [file for folder, _ in translations.catalogues() for file in folder.rglob("*.py")]
    classes = error_texts.classes_in(files)
    assert {"UserError", "EngineDied", "HttpError", "Unreachable"} <= classes.keys()
    problems: dict[str, list[str]] = {}
    for file in files:
        if found := error_texts.texts_in(file, classes).problems:
            problems[file.relative_to(repository).as_posix()] = found
    odd = {file: found for file, found in problems.items() if file not in NOT_LITERAL}
    assert not odd, "raise UserError(“a template with {file}”, file=…) with literal texts"
    assert problems.keys() == NOT_LITERAL.keys(), "an exception is needed no more"
    assert sum(map(len, problems.values())) == 7, "an exception is for one place"


def test_the_same_text_is_translated_the_same_everywhere(translations: ModuleType) -> None:
    import xml.etree.ElementTree as ET

    told: dict[str, set[str]] = {}
    for _, folder in translations.catalogues():
        for context in ET.parse(folder / "ja.ts").getroot().iter("context"):
            if context.findtext("name") != "errors":
                continue
            for message in context.iter("message"):
                text = message.findtext("translation") or ""
                told.setdefault(message.findtext("source") or "", set()).add(text)
    assert len(told) > 400
    assert {text: ways for text, ways in told.items() if len(ways) > 1} == {}


SOURCE = """
LOOK = "Look at the address."
class Gone(UserError):
    def __init__(self, message, *, advice="Try later.", code=0, **values):
        super().__init__(message, advice=advice, **values)
class Lost(Gone): pass
def one(path): raise UserError("There is no “{path}”.", advice=LOOK, path=path)
def two(full): return errors.UserError("Full." if full else "Not "
    "full.")
def three(): raise Lost("“{host}” is lost.", code=3, host="here")
"""


@pytest.mark.parametrize(
    ("source", "texts", "problem"),
    [
        (
            SOURCE,
            {"There is no “{path}”.", "Look at the address.", "Full.", "Not full.", "Try later.",
             "“{host}” is lost."},
            "",
        ),
        ('UserError(f"“{path}” is odd.")', set(), "not a literal"),
        ('UserError("“%s” is odd." % path)', set(), "not a literal"),
        ('UserError("Odd.", advice=tell())', set(), "not a literal"),
        ('UserError("“{path}” is odd.", file=path)', {"“{path}” is odd."}, "differ: file, path"),
        ('UserError("“{path}” is odd.")', {"“{path}” is odd."}, "differ: path"),
        ('UserError("Bad.", advice="{a:>{width}}", a=1, width=2)', {"Bad.", "{a:>{width}}"}, ""),
        ('ValueError(f"“{path}” is odd.")', set(), ""),
        ('reading(path, "“{file}”: {reason}.", advice="Go.")', {"“{file}”: {reason}.", "Go."}, ""),
        ('reading(path, f"“{path}” is odd.")', set(), "not a literal"),
        ('reading(path, "{name} is odd.", name=1)', {"{name} is odd."}, ""),
        ('reading(path, "{name} is odd.")', {"{name} is odd."}, "differ: name"),
    ],
)  # fmt: skip
def test_what_is_found(tmp_path: Path, source: str, texts: set[str], problem: str) -> None:
    file = tmp_path / "source.py"
    file.write_text(source, encoding="utf-8")
    found = error_texts.texts_in(file, error_texts.classes_in([file]))
    assert set(found.texts) == texts
    assert bool(found.problems) == bool(problem)
    assert not problem or problem in found.problems[0]

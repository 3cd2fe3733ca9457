"""The check for import cycles finds each kind of import."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.import_cycles import cycles, imports_of, packages, problems


def package(folder: Path, **files: str) -> Path:
    """A package of modules with that text; ``a__b`` is ``a/b.py``."""
    for name, text in {"__init__": "", **files}.items():
        path = folder / "house" / f"{name if name == '__init__' else name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text)
    return folder / "house"


def test_the_studio_and_its_plugins_have_no_new_cycle() -> None:
    assert problems({one.name: cycles(imports_of(one)) for one in packages()}) == []


@pytest.mark.parametrize(
    "back",
    [
        "import house.a",
        "from house.a import thing",
        "from house import a",
        "from . import a",
        "from .a import thing",
        "def later():\n    from house.a import thing",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.a import thing",
    ],
)
def test_a_cycle_is_found_however_it_is_imported(tmp_path: Path, back: str) -> None:
    house = package(tmp_path, a="from house.b import other", b=back, c="import house.a")
    assert cycles(imports_of(house)) == [["house.a", "house.b"]]


def test_imports_between_folders_are_found(tmp_path: Path) -> None:
    house = package(
        tmp_path,
        panel="from house.view.menu import Menu",
        view__menu="from house.view import words\nfrom ..session import Session",
        view__words="import json",
        session="from house.panel import Panel",
    )
    assert imports_of(house)["house.view.menu"] == {"house.view.words", "house.session"}
    assert cycles(imports_of(house)) == [["house.panel", "house.session", "house.view.menu"]]


def test_without_a_cycle_nothing_is_found(tmp_path: Path) -> None:
    house = package(tmp_path, a="import house.b\nimport house.c", b="import house.c", c="")
    assert cycles(imports_of(house)) == []


def test_every_cycle_is_a_problem() -> None:
    assert problems({"house": [["house.a", "house.b"]], "shed": []}) == [
        "house: import cycle: house.a, house.b"
    ]

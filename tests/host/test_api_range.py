"""Which versions of the interface a plugin needs is known before any of its code runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kirara_studio.api import API_VERSION
from kirara_studio.host.api_range import declared_api, misfit, module_source
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import load_registry
from tests.host.plugin_maker import install


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('KIRARA_API = ">=1.3,<2"\n', ">=1.3,<2"),
        ('KIRARA_API: str = ">=1"\n', ">=1"),
        ('def f():\n    return [Panel(id="a", api=">=1.2,<2")]\n', ">=1.2,<2"),
        ('KIRARA_API = ">=1"\nx = panel.Panel(api=">=1.2")\n', ">=1"),
        ("import os\n", None),
        ("KIRARA_API = compute()\n", None),
        ("this is not Python", None),
    ],
)
def test_the_range_is_read_from_the_source(source: str, expected: str | None) -> None:
    assert declared_api(source) == expected


def test_a_module_is_found_in_a_package_and_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "__init__.py").write_text("first", "utf-8")
    (tmp_path / "two.py").write_text("second", "utf-8")
    assert module_source("one", [tmp_path / "nothing", tmp_path]) == "first"
    assert module_source("two", [tmp_path]) == "second"
    assert module_source("three", [tmp_path]) is None


def test_a_range_fits_or_the_sentence_says_why_not() -> None:
    assert misfit(">=1,<2") == misfit(f"=={API_VERSION}") == ""
    assert misfit(">=99") == f"It needs plugin interface >=99; this studio has {API_VERSION}."
    assert "“newest” is not a version specifier" in misfit("newest")


def test_a_plugin_for_another_interface_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    folders = Folders.below(tmp_path)
    witness = tmp_path / "imported"
    code = f'KIRARA_API = ">=99"\nPath({str(witness)!r}).touch()\n'
    install(folders.plugins, "tomorrow", code)
    record = next(r for r in load_registry(folders).plugins if r.name == "tomorrow")
    assert record.state == "broken"
    assert record.reason == f"It needs plugin interface >=99; this studio has {API_VERSION}."
    assert not witness.exists()

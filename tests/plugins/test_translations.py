"""Every text of the built-in plugins is translated, and the compiled catalogues are up to date."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

PLUGINS = sorted((Path(__file__).resolve().parents[2] / "plugins").glob("kirara_*"))
REMEDY = "run packaging/translations.py and translate what is new in ja.ts"


def run_tool(name: str, *arguments: object) -> None:
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        pytest.skip(f"{name} is not installed")
    subprocess.run([str(path), *map(str, arguments), "-silent"], check=True)


@pytest.fixture(params=PLUGINS, ids=lambda plugin: plugin.name)
def plugin(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_every_text_is_translated(plugin: Path, tmp_path: Path) -> None:
    collected = tmp_path / "ja.ts"
    shutil.copy(plugin / "translations" / "ja.ts", collected)
    sources = sorted(plugin.rglob("*.py"))
    run_tool("pyside6-lupdate", *sources, "-ts", collected, "-no-obsolete")
    messages = list(ET.parse(collected).getroot().iter("message"))
    assert messages
    for message in messages:
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        text = "".join(translation.itertext()).strip()
        assert text and translation.get("type") != "unfinished", f"“{source}”: {REMEDY}"
        places = [sorted(re.findall(r"\{[a-z0-9_]*\}|%n", side)) for side in (source, text)]
        assert places[0] == places[1], source


def test_the_compiled_catalogue_is_up_to_date(plugin: Path, tmp_path: Path) -> None:
    compiled = tmp_path / "ja.qm"
    run_tool("pyside6-lrelease", plugin / "translations" / "ja.ts", "-qm", compiled)
    assert compiled.read_bytes() == (plugin / "translations" / "ja.qm").read_bytes(), REMEDY

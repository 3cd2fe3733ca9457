"""Every text of the built-in plugins is translated."""

from __future__ import annotations

import re
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.packaging import loaded

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
PLUGINS = sorted((ROOT / "plugins").glob("kirara_*"))
REMEDY = "run packaging/translations.py and translate what is new in ja.ts"


def tool(name: str) -> str:
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        pytest.skip(f"{name} is not installed")
    return str(path)


@pytest.fixture(params=PLUGINS, ids=lambda plugin: plugin.name)
def plugin(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_every_text_is_translated(plugin: Path, tmp_path: Path) -> None:
    collected = tmp_path / "ja.ts"
    shutil.copy(plugin / "translations" / "ja.ts", collected)
    tool("pyside6-lupdate")
    loaded(PACKAGING / "translations.py").collect(plugin, collected, "-silent")
    messages = list(ET.parse(collected).getroot().iter("message"))
    assert messages
    for message in messages:
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        text = "".join(translation.itertext()).strip()
        assert text and translation.get("type") != "unfinished", f"“{source}”: {REMEDY}"
        places = [sorted(re.findall(r"\{[^{}]*\}|%n", side)) for side in (source, text)]
        assert places[0] == places[1], source

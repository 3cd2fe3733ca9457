"""The site is built without a warning, and fetches nothing."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    try:
        importlib.metadata.version("mkdocs-material")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("mkdocs-material is not installed: pip install -e '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}  # the theme's notice of its successor
    built = subprocess.run(
        command, cwd=repository, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    return folder


def test_pages_for_all_readers_are_there(site: Path) -> None:
    assert "kirara_panels" in (site / "hook-reference.html").read_text(encoding="utf-8")
    assert "PanelWidget" in (site / "widget-reference.html").read_text(encoding="utf-8")
    assert "make test" in (site / "contributing.html").read_text(encoding="utf-8")
    assert "発売日" in (site / "ja" / "index.html").read_text(encoding="utf-8")


def test_a_page_loads_nothing_from_elsewhere(site: Path) -> None:
    loads = re.compile(
        r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//[^>]*>"
        r"|<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preconnect|icon|preload))"
        r"[^>]*\bhref=[\"']?(?:https?:)?//[^>]*>"
    )
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    found = {page.name: loads.findall(page.read_text(encoding="utf-8")) for page in pages}
    assert not {name: hits for name, hits in found.items() if hits}

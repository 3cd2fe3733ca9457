"""uv uses the index that pip is configured for, unless it has one of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.host.installation.pip_configuration import index_variables
from kirara_studio.host.installation.sources import wanted


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_", "SSL_", "ALL_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    path = tmp_path / "pip.conf"
    monkeypatch.setenv("PIP_CONFIG_FILE", str(path))
    return path


def test_files_and_the_environment_count_as_for_pip(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.write_text(
        "[global]\nindex-url = https://a.example/simple\nfind-links =\n  /one\n  /two\n"
        "[install]\nextra-index-url = https://b.example/simple\n"
    )
    variables = index_variables()
    assert variables["UV_DEFAULT_INDEX"] == "https://a.example/simple"
    assert variables["UV_INDEX"] == "https://b.example/simple"
    assert variables["UV_FIND_LINKS"] == "/one,/two"
    assert variables["UV_INDEX_STRATEGY"] == "unsafe-best-match"
    monkeypatch.setenv("PIP_INDEX_URL", "https://c.example/simple")
    assert index_variables()["UV_DEFAULT_INDEX"] == "https://c.example/simple"


def test_an_index_of_uv_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.write_text("[global]\nindex-url = https://a.example/simple\n")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uv.example/simple")
    assert index_variables() == {}


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff[global]", b"[global]\nindex-url"])
def test_a_damaged_file_is_left_out(bare: Path, content: bytes) -> None:
    bare.write_bytes(content)
    assert "UV_DEFAULT_INDEX" not in index_variables()


def test_an_address_of_git_needs_git(monkeypatch: pytest.MonkeyPatch) -> None:
    target = wanted("git+https://example.org/hello")
    assert target.question is not None, "it is a source"
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="needs git, which is not installed"):
        wanted("git+https://user:secret@example.org/hello")

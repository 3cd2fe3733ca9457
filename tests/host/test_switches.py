"""Which plugins are off, also when the file is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.host.switches import PluginSwitches

NAMES = {"forms", "語り手", "zoo"}


def test_names_are_kept(tmp_path: Path) -> None:
    switches = PluginSwitches(tmp_path / "plugins.toml")
    assert switches.disabled() == set()
    switches.set_disabled(NAMES)
    assert PluginSwitches(tmp_path / "plugins.toml").disabled() == NAMES


@pytest.mark.parametrize("content", ["", "other = 1\n", "# by hand\n"])
def test_a_file_without_names(tmp_path: Path, content: str) -> None:
    path = tmp_path / "plugins.toml"
    path.write_text(content, "utf-8")
    assert PluginSwitches(path).disabled() == set()
    assert path.read_text("utf-8") == content


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_damaged_file_keeps_the_names_that_can_be_read(tmp_path: Path, quote: str) -> None:
    names = sorted(NAMES)
    whole = f"disabled = [{', '.join(quote + name + quote for name in names)}]\n".encode()
    for length in range(1, len(whole) - 1):
        folder = tmp_path / str(length)
        folder.mkdir()
        path, cut = folder / "plugins.toml", whole[:length]
        path.write_bytes(cut)
        problems: list[UserError] = []
        switches = PluginSwitches(path, problems.append)
        known = {name for name in names if (quote + name + quote).encode() in cut}
        assert switches.disabled() == switches.disabled() == known
        switches.set_disabled(known | {"more"})
        (aside,) = folder.glob("plugins.damaged-*.toml")
        assert aside.read_bytes() == cut
        (problem,) = problems
        assert aside.name in str(problem)
        assert PluginSwitches(path, problems.append).disabled() == known | {"more"}
        assert len(problems) == 1


def test_wrong_types_cost_the_wrong_name_only(tmp_path: Path) -> None:
    path = tmp_path / "plugins.toml"
    path.write_text('disabled = ["forms", 5, "zoo"]\n', "utf-8")
    problems: list[UserError] = []
    assert PluginSwitches(path, problems.append).disabled() == {"forms", "zoo"}
    assert len(problems) == len(list(tmp_path.glob("plugins.damaged-*.toml"))) == 1

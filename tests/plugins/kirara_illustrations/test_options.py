"""The settings: stored and read again, and the hours of silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kirara_illustrations.filter.classes import THRESHOLD
from kirara_illustrations.options import PAGE, TOGETHER, Options
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import PageSettings, SettingsStore


def stored(folder: Path) -> PageSettings:
    """The page of a store that reads its file now."""
    return SettingsStore(folder / "settings.toml", Secrets(folder / "secrets.json")).page(PAGE)


def test_the_defaults_are_those_of_the_page(tmp_path: Path) -> None:
    options = Options.of(stored(tmp_path))
    assert options == Options()
    assert options.collect and not options.send and options.threshold == THRESHOLD


def test_what_is_set_is_read_again(tmp_path: Path) -> None:
    wanted = Options(
        False, True, 0, 23, 0.5, 0.85, "/a/model.safetensors", "/a/faces.xml", True, TOGETHER,
        "{author_name}\\n{address} {",
    )  # fmt: skip
    page = stored(tmp_path)
    for name, value in vars(wanted).items():
        page[name] = value
    assert Options.of(stored(tmp_path)) == wanted


@pytest.mark.parametrize(
    ("first", "until", "quiet"),
    [
        (23, 7, {23, 0, 1, 2, 3, 4, 5, 6}),
        (1, 4, {1, 2, 3}),
        (0, 23, set(range(23))),
        (9, 9, set(range(24))),
    ],
)
def test_quiet_hours_may_pass_midnight(first: int, until: int, quiet: set[int]) -> None:
    options = Options(quiet=True, quiet_from=first, quiet_until=until)
    assert {hour for hour in range(24) if options.is_quiet(hour)} == quiet
    off = Options(quiet=False, quiet_from=first, quiet_until=until)
    assert not any(off.is_quiet(hour) for hour in range(24))

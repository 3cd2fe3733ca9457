"""The settings file: read, edited by hand, written without loss, and what goes wrong with it."""

from __future__ import annotations

import os
import stat
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kirara_studio.api.errors import UserError
from kirara_studio.api.settings import Choice, Folder, Number, SettingsPage, Text, Toggle
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore
from tests.host.keyrings import use_keyring

PAGE = SettingsPage(
    "characters",
    "Characters",
    (
        Toggle("mirror", "Mirror", default=True),
        Number("count", "Count", default=16, minimum=1, maximum=64),
        Number("truncation", "Truncation", default=0.7, minimum=0, maximum=1.5, decimals=2),
        Choice("format", "Format", (("png", "PNG"), ("webp", "WebP")), default="webp"),
        Text("pattern", "File name", default="{seed}"),
        Text("token", "Token", secret=True),
        Folder("results", "Results"),
    ),
)


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of these tests may touch the keyring of whoever runs them."""
    use_keyring(monkeypatch, "fail")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def read_only(file: Path) -> Iterator[None]:
    """A folder that nobody may write to, root included."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        if os.system(f"mount --bind '{file.parent}' '{file.parent}' 2>/dev/null") or os.system(
            f"mount -o remount,bind,ro '{file.parent}' 2>/dev/null"
        ):
            os.system(f"umount '{file.parent}' 2>/dev/null")
            pytest.skip("root may write everywhere here")
        yield
        os.system(f"umount '{file.parent}'")
    else:
        file.parent.chmod(0o500)
        yield
        file.parent.chmod(0o700)


def opened(file: Path) -> SettingsStore:
    return SettingsStore(file, Secrets(file.with_name("secrets.json")))


def edit(file: Path, text: str) -> None:
    """Write by hand, later than what was there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def problems_of(store: SettingsStore) -> list[str]:
    problems: list[str] = []
    store.watch_problems(lambda problem: problems.append(str(problem)))
    return problems


# Reading


def test_without_a_file_every_value_is_its_default_and_nothing_is_written(file: Path) -> None:
    store = opened(file)
    page = store.page(PAGE)
    assert {key: page[key] for key in ("mirror", "count", "truncation", "format", "pattern")} == {
        "mirror": True,
        "count": 16,
        "truncation": 0.7,
        "format": "webp",
        "pattern": "{seed}",
    }
    assert isinstance(page["count"], int)
    assert not file.exists()
    assert problems_of(store) == []


def test_a_choice_without_a_default_takes_its_first_option(file: Path) -> None:
    page = SettingsPage("p", "P", (Choice("c", "C", (("a", "A"), ("b", "B"))),))
    assert opened(file).page(page)["c"] == "a"


def test_a_value_survives_the_program(file: Path) -> None:
    page = opened(file).page(PAGE)
    page["count"] = 9
    page["mirror"] = False
    page["results"] = Path("/somewhere/else")
    page["pattern"] = "桜 – {seed}"
    again = opened(file).page(PAGE)
    assert (again["count"], again["mirror"]) == (9, False)
    assert (again["results"], again["pattern"]) == ("/somewhere/else", "桜 – {seed}")


def test_comments_order_and_unknown_keys_are_kept(file: Path) -> None:
    text = """\
# mine
[later]      # from a plugin that is off
colour = "pink"
list = [1,   2]

[characters]
unknown = 1979-05-27   # a newer version's
count = 9  # as many as fit
format = 'png'
"""
    edit(file, text)
    page = opened(file).page(PAGE)
    page["count"] = 12
    page["truncation"] = 0.5
    changed = file.read_text(encoding="utf-8")
    assert changed == text.replace("count = 9 ", "count = 12 ") + "truncation = 0.5\n"


@pytest.mark.parametrize(
    "text",
    [
        "characters.count = 2\nother.x = 1\n",
        'characters = { count = 2, extra = "x" }\n',
        "[characters.sub]\nx = 1\n[other]\ny = 2\n[characters]\ncount = 2\n",
        "[characters]\r\ncount = 2 # two\r\n",
        "\ufeff[characters]\ncount = 2\n",
        "[[lists]]\na = 1\n[[lists]]\na = 2\n[characters]\ncount = 2",
        '"characters"."count" = 2\n',
    ],
)
def test_any_layout_that_toml_allows_can_be_changed(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_bytes(text.encode())
    before = tomllib.loads(text.lstrip("\ufeff"))
    store = opened(file)
    page = store.page(PAGE)
    assert page["count"] == 2
    page["count"] = 3
    page["mirror"] = False
    before["characters"] |= {"count": 3, "mirror": False}
    assert tomllib.loads(file.read_bytes().decode()) == before
    assert problems_of(store) == []


@given(st.lists(st.tuples(st.sampled_from(["pattern", "count", "truncation"]), st.data())))
@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_was_set_is_read_back(
    file: Path, changes: list[tuple[str, st.DataObject]]
) -> None:
    file.unlink(missing_ok=True)
    page = opened(file).page(PAGE)
    line = st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]))
    values = {"pattern": line, "count": st.integers(1, 64), "truncation": st.floats(0, 1.5)}
    for key, data in changes:
        page[key] = data.draw(values[key])
    again = opened(file).page(PAGE)
    for key in values:
        assert again[key] == page[key]


# What does not fit


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mirror", 1),
        ("mirror", "yes"),
        ("count", 0),
        ("count", 65),
        ("count", 2.5),
        ("count", True),
        ("count", "16"),
        ("truncation", float("nan")),
        ("truncation", float("inf")),
        ("format", "gif"),
        ("format", None),
        ("pattern", "two\nlines"),
        ("pattern", 5),
        ("results", 5),
    ],
)
def test_a_value_that_does_not_fit_is_refused(file: Path, key: str, value: object) -> None:
    page = opened(file).page(PAGE)
    before = page[key]
    with pytest.raises(ValueError, match=key):
        page[key] = value
    assert page[key] == before
    assert not file.exists()


def test_an_unknown_key_is_a_mistake(file: Path) -> None:
    page = opened(file).page(PAGE)
    with pytest.raises(KeyError):
        page["cuont"]
    with pytest.raises(KeyError):
        page["cuont"] = 1
    with pytest.raises(KeyError):
        page.watch("cuont", print)


def test_a_value_edited_by_hand_that_does_not_fit_is_named_and_its_default_used(file: Path) -> None:
    edit(file, '[characters]\ncount = 900\nformat = "bmp"\ntruncation = 1\n')
    store = opened(file)
    page = store.page(PAGE)
    assert (page["count"], page["format"], page["truncation"]) == (16, "webp", 1.0)
    count, form = problems_of(store)
    assert "count" in count and "from 1 to 64" in count
    assert "format" in form and "png" in form
    page["count"] = 16  # the same as the default, and yet the file must be corrected
    assert tomllib.loads(file.read_text())["characters"]["count"] == 16


def test_a_page_that_is_not_a_table_is_named(file: Path) -> None:
    edit(file, "characters = 5\nother = 1\n")
    store = opened(file)
    page = store.page(PAGE)
    assert page["count"] == 16
    assert "not a table" in problems_of(store)[0]
    page["count"] = 3
    assert tomllib.loads(file.read_text()) == {"other": 1, "characters": {"count": 3}}


# A file that is broken, or not there for us


@pytest.mark.parametrize("content", [b"[characters\ncount = 3", b"\xff\xfe\x00", b"a = 1\na = 2\n"])
def test_a_broken_file_is_set_aside_and_defaults_are_used(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = opened(file)
    page = store.page(PAGE)
    assert page["count"] == 16
    (problem,) = problems_of(store)
    (aside,) = file.parent.glob("settings.damaged-*.toml")
    assert aside.read_bytes() == content
    assert aside.name in problem
    page["count"] = 3
    assert opened(file).page(PAGE)["count"] == 3


WHOLE = """\
# mine
[characters]
count = 7  # faces
format = "webp"

[unknown]
days = ["月", "火"]
[characters.more]
text = '''
two lines'''
"""


def flat(values: dict[str, Any], before: str = "") -> dict[str, Any]:
    """The values of a document, by their whole names."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        name = f"{before}{key}"
        found |= flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return found


def damaged_read(folder: Path, content: bytes) -> dict[str, Any]:
    """What is kept of a damaged file, which is set aside, reported once, and sound afterwards."""
    folder.mkdir()
    file = folder / "settings.toml"
    file.write_bytes(content)
    store = opened(file)
    (problem,) = problems_of(store)
    (aside,) = folder.glob("settings.damaged-*.toml")
    assert aside.read_bytes() == content and aside.name in problem
    assert problems_of(opened(file)) == []
    return flat(tomllib.loads(file.read_text("utf-8")))


def test_a_file_that_is_cut_loses_the_last_line_only(tmp_path: Path) -> None:
    content, whole = WHOLE.encode(), flat(tomllib.loads(WHOLE))
    tried = 0
    for length in range(1, len(content)):
        cut = content[:length]
        try:
            tomllib.loads(cut.decode())
        except ValueError:
            tried += 1
            lines = content[: cut.rfind(b"\n") + 1].decode()
            before = flat(tomllib.loads(lines.partition("text = ")[0]))
            kept = damaged_read(tmp_path / str(length), cut)
            assert before.items() <= kept.items() <= whole.items()
    assert tried > 50


def test_a_byte_that_is_not_utf_8_costs_its_line_only(tmp_path: Path) -> None:
    content, whole = WHOLE.encode(), flat(tomllib.loads(WHOLE))
    for place in range(len(content)):
        line = content[:place].count(b"\n")
        if content[place : place + 1] == b"\n":
            continue
        kept = damaged_read(tmp_path / str(place), content[:place] + b"\xff" + content[place + 1 :])
        names = {2: "characters.count", 3: "characters.format", 5: "unknown.", 6: "unknown.days"}
        lost = names.get(line, "characters.more")
        if line != 1:  # without [characters], [characters.more] still stands
            sure = {name: value for name, value in whole.items() if not name.startswith(lost)}
            assert sure.items() <= kept.items() <= whole.items(), place


def test_two_broken_files_on_one_day_are_both_kept(file: Path) -> None:
    for content in ("= 1", "= 2"):
        edit(file, content)
        opened(file)
    kept = {path.read_text() for path in file.parent.glob("settings.damaged-*.toml")}
    assert kept == {"= 1", "= 2"}


def test_a_folder_in_place_of_the_file_is_survived(file: Path) -> None:
    file.mkdir(parents=True)
    store = opened(file)
    page = store.page(PAGE)
    page["count"] = 3
    assert page["count"] == 3
    (problem,) = problems_of(store)
    assert "cannot be read" in problem
    assert file.is_dir()


def test_in_a_read_only_folder_values_hold_until_the_end_and_one_message_is_shown(
    file: Path, read_only: None
) -> None:
    store = opened(file)
    problems = problems_of(store)
    page = store.page(PAGE)
    seen: list[int] = []
    page.watch("count", seen.append)
    page["count"] = 3
    page["count"] = 4
    assert page["count"] == 4
    assert seen == [3, 4]
    (problem,) = problems
    assert str(file.parent) in problem


def test_a_full_disk_leaves_the_file_as_it_was(file: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    if os.system(f"mount -t tmpfs -o size=8k,nr_inodes=20 tmpfs '{full}' 2>/dev/null"):
        pytest.skip("cannot mount a small disk here")
    try:
        file = full / "settings.toml"
        page = opened(file).page(PAGE)
        page["count"] = 3
        before = file.read_text()
        page["pattern"] = "x" * 30_000
        assert file.read_text() == before
        assert [path.name for path in full.iterdir()] == ["settings.toml"]
        assert page["pattern"] == "x" * 30_000
    finally:
        os.system(f"umount '{full}'")


def test_a_link_to_the_file_stays_a_link(file: Path, tmp_path: Path) -> None:
    dotfiles = tmp_path / "dotfiles.toml"
    dotfiles.write_text("[characters]\ncount = 2\n")
    file.parent.mkdir()
    file.symlink_to(dotfiles)
    opened(file).page(PAGE)["count"] = 5
    assert file.is_symlink()
    assert "count = 5" in dotfiles.read_text()


# Edited while the studio runs


def test_an_edit_by_hand_is_not_written_over(file: Path) -> None:
    page = opened(file).page(PAGE)
    page["count"] = 3
    seen: list[object] = []
    page.watch("truncation", seen.append)
    edit(file, file.read_text() + "truncation = 0.25 # by hand\n[mine]\nx = 1\n")
    page["count"] = 4
    assert tomllib.loads(file.read_text()) == {
        "characters": {"count": 4, "truncation": 0.25},
        "mine": {"x": 1},
    }
    assert "# by hand" in file.read_text()
    assert seen == [0.25]
    assert (page["truncation"], page["count"]) == (0.25, 4)


def test_refresh_calls_only_the_watchers_of_changed_values(file: Path) -> None:
    store = opened(file)
    page = store.page(PAGE)
    seen: list[tuple[str, object]] = []
    for key in ("count", "format", "mirror"):
        page.watch(key, lambda value, key=key: seen.append((key, value)))
    edit(file, "[characters]\ncount = 2\nmirror = true\n")
    store.refresh()
    store.refresh()
    edit(file, '[characters]\nformat = "png"\n')
    store.refresh()
    assert seen == [("count", 2), ("count", 16), ("format", "png")]


def test_a_file_broken_while_running_is_left_to_its_owner_until_a_change(file: Path) -> None:
    store = opened(file)
    page = store.page(PAGE)
    page["count"] = 3
    problems = problems_of(store)
    edit(file, "[characters\n")
    store.refresh()
    assert file.read_text() == "[characters\n"
    assert page["count"] == 3
    assert "not valid TOML" in problems[0]
    page["mirror"] = False
    assert tomllib.loads(file.read_text())["characters"] == {"count": 3, "mirror": False}
    (aside,) = file.parent.glob("settings.damaged-*.toml")
    assert aside.read_text() == "[characters\n"


def test_a_file_removed_while_running_comes_back_with_the_next_change(file: Path) -> None:
    page = opened(file).page(PAGE)
    page["count"] = 3
    file.unlink()
    page["mirror"] = False
    assert tomllib.loads(file.read_text())["characters"] == {"count": 3, "mirror": False}


def test_two_threads_lose_nothing(file: Path) -> None:
    store = opened(file)
    first = store.page(SettingsPage("a", "A", (Number("n", "N", maximum=1000),)))
    second = store.page(SettingsPage("b", "B", (Number("n", "N", maximum=1000),)))

    def count(page: object) -> None:
        for number in range(1, 26):
            page["n"] = number  # type: ignore[index]

    threads = [threading.Thread(target=count, args=(page,)) for page in (first, second)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert tomllib.loads(file.read_text()) == {"a": {"n": 25}, "b": {"n": 25}}


# Watching


def test_a_watcher_hears_changes_only_and_a_failing_one_disturbs_nobody(file: Path) -> None:
    page = opened(file).page(PAGE)
    seen: list[int] = []
    page.watch("count", lambda value: 1 / 0)
    page.watch("count", seen.append)
    page["count"] = 16
    page["count"] = 5
    page["count"] = 5.0
    assert seen == [5]


# Secrets


def test_a_secret_is_never_in_the_file(file: Path) -> None:
    page = opened(file).page(PAGE)
    seen: list[str] = []
    page.watch("token", seen.append)
    page["token"] = "hush"
    page["count"] = 3
    assert page["token"] == "hush"
    assert seen == ["hush"]
    assert "hush" not in file.read_text()
    assert opened(file).page(PAGE)["token"] == "hush"
    page["token"] = ""
    assert page["token"] == ""


def test_a_secret_written_into_the_file_is_pointed_out(file: Path) -> None:
    edit(file, '[characters]\ntoken = "hush"\n')
    store = opened(file)
    assert store.page(PAGE)["token"] == ""
    assert "is a secret" in problems_of(store)[0]


def test_a_locked_keyring_gives_the_default_and_a_message(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_keyring(monkeypatch, "locked")
    store = opened(file)
    page = store.page(PAGE)
    assert page["token"] == ""
    assert "keyring" in problems_of(store)[0]
    with pytest.raises(UserError, match="keyring"):
        page["token"] = "x"


def test_the_settings_file_is_readable_like_any_other(file: Path) -> None:
    opened(file).page(PAGE)["count"] = 3
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~umask

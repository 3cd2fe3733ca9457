"""The list of magazines: edited by hand and by the studio, and never lost."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kirara_releases.calendar.magazine import Magazine, ReminderTime
from kirara_releases.calendar.rules import Feed, MonthDay, SingleDates
from kirara_releases.storage.catalogue import Catalogue, bundled
from kirara_studio.api.errors import UserError

MINE = Magazine(
    "mine",
    "私の雑誌 “quoted” \\ \U0001f338",
    MonthDay(31, "later"),
    color="#123456",
    corrections={"2027-01": date(2027, 1, 8), "2027-08": None},
    page="https://example.org/",
    notify=False,
)


def test_the_authors_four_hold_until_something_changes(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    assert [m.id for m in catalogue.magazines] == ["kirara", "max", "forward", "carat"]
    assert not catalogue.path.exists()
    catalogue.put(MINE)
    assert Catalogue(tmp_path).magazines == (*bundled(), MINE)


def test_what_is_put_is_read_back(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    for magazine in (
        MINE,
        replace(MINE, corrections={}, page="", notify=True),
        replace(MINE, remind=ReminderTime(1, 20 * 60 + 5)),
        replace(MINE, remind=ReminderTime(0, 0)),
        replace(MINE, rule=SingleDates((date(2026, 1, 1),))),
        replace(MINE, rule=Feed("https://example.org/a.ics")),
    ):
        catalogue.put(magazine)
        assert Catalogue(tmp_path).get("mine") == magazine
    catalogue.remove("mine")
    assert Catalogue(tmp_path).magazines == bundled()


def test_comments_and_unknown_keys_are_kept(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.path.write_text(
        "# mine\nversion = 7\n\n[[magazine]]\nid = 'a' # the first\ntitle = 'A'\nshelf = 3\n"
        "rule = { day = 9 }\n\n[[magazine]]\nid = 'b'\ntitle = 'B'\nrule = { day = 1 }\n"
    )
    catalogue.put(replace(catalogue.get("a"), title="Another"))
    text = catalogue.path.read_text()
    for kept in ("# mine", "version = 7", "# the first", "shelf = 3"):
        assert kept in text
    assert catalogue.get("a").title == "Another"
    catalogue.change(lambda current: current[::-1])
    assert [m.id for m in Catalogue(tmp_path).magazines] == ["b", "a"]
    assert "shelf = 3" in catalogue.path.read_text()


def test_an_undo_brings_everything_back(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    before = catalogue.magazines
    catalogue.remove("max")
    catalogue.put(replace(catalogue.get("kirara"), title="Changed"))
    catalogue.put(MINE)
    catalogue.change(lambda _: before)
    assert Catalogue(tmp_path).magazines == before


def test_a_list_can_be_emptied_and_filled_again(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    for magazine in bundled():
        catalogue.remove(magazine.id)
    assert Catalogue(tmp_path).magazines == ()
    catalogue.put(MINE)
    catalogue.change(lambda _: [*bundled(), MINE])
    assert Catalogue(tmp_path).magazines == (*bundled(), MINE)
    catalogue.path.write_text("magazine = []\nversion = 1\n")
    catalogue.put(MINE)
    assert Catalogue(tmp_path).magazines == (MINE,)


def test_a_change_by_somebody_else_is_seen(tmp_path: Path) -> None:
    first, second = Catalogue(tmp_path), Catalogue(tmp_path)
    first.put(MINE)
    assert second.get("mine") == MINE
    second.remove("mine")
    assert "mine" not in [m.id for m in first.magazines]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[magazine]]\nid = \ntitle = 3", "not valid TOML.*line 2"),
        ("magazine = 3", "list of tables"),
        ("[[magazines]]\nid = 'a'", "misspelt “magazine”"),
        ("[[magazine]]\nid='a'\ntitle='A'\nrule={day=9}\ncolour='#123456'", "“a”.*“color”"),
        ("[[magazine]]\nid='a'\ntitle='A'\nrule={day=9}\ncorrection={}", "“corrections”"),
        ("[[magazine]]\nid='a'\ntitle=\"A\\nB\"\nrule={day=9}", "one line"),
        ("[[magazine]]\ntitle = 'A'\nrule = { day = 9 }", "“A”.*“id” is missing"),
        ("[[magazine]]\nid = 'a'\ntitle = 'A'\nrule = 9", "“a”.*rule"),
        ("[[magazine]]\nid = 'a'\ntitle = 'A'\nrule = { day = 90 }", "“a”.*1 to 31"),
        ("[[magazine]]\nid = 'a'\ntitle = 'A'\nrule = { day = 9 }\n" * 2, "two magazines"),
        ("[[magazine]]\nid='a'\ntitle='A'\nrule={day=9}\ncorrections={'2026-1'='x'}", "“a”"),
        ("[[magazine]]\nid='a'\ntitle='A'\nrule={day=9}\nnotify='yes'", "true or false"),
        ("[[magazine]]\nid='a'\ntitle='A'\nrule={day=9}\nremind='9:00'", "must be a table"),
        ("[[magazine]]\nid='a'\ntitle='A'\nrule={day=9}\nremind={at='24:00'}", "a time such as"),
        (
            "[[magazine]]\nid='a'\ntitle='A'\nrule={day=9}\nremind={at='9:00',days_before=32}",
            "from 0 to 31",
        ),
    ],
)
def test_a_list_that_cannot_be_understood_is_left_alone(
    tmp_path: Path, text: str, reason: str
) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.path.write_text(text)
    with pytest.raises(UserError, match=reason):
        catalogue.magazines  # noqa: B018
    with pytest.raises(UserError):
        catalogue.put(MINE)
    assert catalogue.path.read_text() == text
    catalogue.path.write_text("[[magazine]]\nid='a'\ntitle='A'\nrule={day=9}")
    assert [m.id for m in catalogue.magazines] == ["a"]


def test_files_that_are_no_text_are_named(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="UTF-8"):
        catalogue.magazines  # noqa: B018
    catalogue.path.write_bytes(b"\xef\xbb\xbf[[magazine]]\r\nid='a'\r\ntitle='A'\r\nrule={day=9}")
    assert catalogue.get("a").rule == MonthDay(9)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match="cannot be written"):
        Catalogue(tmp_path).put(MINE)
    tmp_path.chmod(0o700)


def test_a_slip_of_the_pen_costs_no_reminder(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    assert catalogue.best() == (bundled(), None)
    catalogue.put(MINE)
    assert catalogue.best() == ((*bundled(), MINE), None)
    catalogue.path.write_text("[[magazine]")
    for again in (catalogue, Catalogue(tmp_path)):
        magazines, problem = again.best()
        assert magazines == (*bundled(), MINE) and "not valid TOML" in str(problem)
    (tmp_path / "magazines.last-good.toml").unlink()
    assert Catalogue(tmp_path).best()[0] == ()


def test_an_unknown_magazine_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="kirara, max, forward, carat"):
        Catalogue(tmp_path).remove("jump")

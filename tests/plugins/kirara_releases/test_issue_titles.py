"""Numbers of issues are told apart from titles that end in a number by name."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import pytest

from kirara_releases.calendar.issue_titles import SURE, fold_titles, split_issue

FIRST = date(2026, 1, 9)


def folded(*titles: str, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The magazines and numbers of issues that come out month by month."""
    days = [FIRST + timedelta(30 * number) for number in range(len(titles))]
    found = fold_titles(zip(titles, days, strict=True), known)
    return [(found[title].title, found[title].issue) for title in titles]


@pytest.mark.parametrize(
    ("title", "magazine", "issue"),
    [
        ("まんがタイムきらら 2026年12月号", "まんがタイムきらら", "2026年12月号"),
        ("まんがタイムきらら　２０２６年１２月号", "まんがタイムきらら", "２０２６年１２月号"),
        ("まんがタイムきらら12月号", "まんがタイムきらら", "12月号"),
        ("まんがタイムきらら 2026年1・2月合併号", "まんがタイムきらら", "2026年1・2月合併号"),
        ("まんがタイム 2027年1月特大号", "まんがタイム", "2027年1月特大号"),
        ("ユリイカ 2026年12月臨時増刊号", "ユリイカ", "2026年12月臨時増刊号"),
        ("週刊少年ジャンプ 36・37合併号", "週刊少年ジャンプ", "36・37合併号"),
        ("週刊少年ジャンプ 2026年51号", "週刊少年ジャンプ", "2026年51号"),
        ("週刊文春 12月9日号", "週刊文春", "12月9日号"),
        ("アフタヌーン 2026年冬号", "アフタヌーン", "2026年冬号"),
        ("きらら 第3号", "きらら", "第3号"),
        ("きらら（第3号）", "きらら", "第3号"),
        ("きらら 第十二号", "きらら", "第十二号"),
        ("ゴルゴ13 第217巻", "ゴルゴ13", "第217巻"),
        ("MAX Vol. 12", "MAX", "Vol. 12"),
        ("ＭＡＸ Ｖｏｌ．１２", "ＭＡＸ", "Ｖｏｌ．１２"),
        ("MAX vol.XII", "MAX", "vol.XII"),
        ("MAX Issue 7", "MAX", "Issue 7"),
        ("SFマガジン 2026年12月号 No.782", "SFマガジン", "2026年12月号 No.782"),
        ("百合姫 2027年1月号 (2026/11/18発売)", "百合姫", "2027年1月号 (2026/11/18発売)"),
        ("【発売】きらら 12月号", "きらら", "12月号"),
        ("きらら 12月号 発売日", "きらら", "12月号"),
        ("2026年12月号 きらら", "きらら", "2026年12月号"),
        ("きらら 2026年12月号 表紙：ぼっち", "きらら", "2026年12月号 表紙：ぼっち"),
        ("昭和50年男 2026年11月号", "昭和50年男", "2026年11月号"),
    ],
)  # fmt: skip
def test_a_number_of_an_issue_is_seen_in_one_title(title: str, magazine: str, issue: str) -> None:
    assert split_issue(title) == (magazine, issue, SURE)
    assert folded(title) == [(magazine, issue)]


@pytest.mark.parametrize(
    "title",
    [
        "ゴルゴ13", "NO.6", "Room No.1301", "ジャンプSQ.19", "Persona 5", "Final Fantasy XVI",
        "AKB48", "20世紀少年", "7SEEDS", "86-エイティシックス-", "COMIC 100", "I Am a Hero X",
        "第3のギデオン", "きんいろモザイク 第2期", "昭和50年男", "月刊少年マガジン",
        "セーラームーンR", "Evolution 2", "12月号", "Vol. 3", "#34", "第1号", "2026-12-09", "号",
        "", "1/2", "Class #1", "Area 51",
    ],
)  # fmt: skip
def test_a_title_that_ends_in_a_number_by_name_is_left_whole(title: str) -> None:
    assert folded(title) == [(title, "")]
    assert folded(title, "きらら 1月号", "きらら 2月号")[0] == (title, "")


@pytest.mark.parametrize(
    "pattern",
    ["MAX #{}", "MAX No.{}", "MAX ({})", "MAX（{}）", "MAX {}", "MAX 2026.{}", "MAX 2026/{}"],
)
def test_issues_beside_each_other_are_one_magazine(pattern: str) -> None:
    titles = [pattern.format(number) for number in (8, 9, 10)]
    found = folded(*titles)
    assert {title for title, _ in found} == {"MAX"}
    assert len({issue for _, issue in found}) == 3


def test_bare_numbers_must_count_on() -> None:
    assert {title for title, _ in folded("MAX Ⅰ", "MAX Ⅱ", "MAX Ⅲ")} == {"MAX"}
    assert {title for title, _ in folded("MAX IX", "MAX X", "MAX XI")} == {"MAX"}
    assert {title for title, _ in folded("きらら３３", "きらら３４", "きらら３５")} == {"きらら"}
    for names in (
        ("Persona 3", "Persona 4"), ("Area 51", "Area 88", "Area 7"), ("MAX 3", "MAX 2", "MAX 1"),
    ):  # fmt: skip
        assert folded(*names) == [(name, "") for name in names]


def test_a_magazine_that_is_known_gets_its_next_issue() -> None:
    assert folded("FUZ #35") == [("FUZ #35", "")]
    assert folded("FUZ #35", known=("FUZ",)) == [("FUZ", "#35")]
    assert folded("ゴルゴ13", known=("きらら",)) == [("ゴルゴ13", "")]


def test_no_title_takes_long() -> None:
    chance = random.Random(4)
    signs = "1２3月号年第巻#.(）・ 　-VIXvoln特大増発売[]春冬きらA"
    titles = ["".join(chance.choices(signs, k=200)) for _ in range(300)]
    titles += [
        part * (200 // len(part)) for part in ("1・", "月号", "2026年", "特大", "vol ", " - ")
    ]
    begun = time.process_time()
    for title in titles:
        split_issue(title)
    assert time.process_time() - begun < 5

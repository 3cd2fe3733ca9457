"""Scripts: lines that are put in, taken out, moved, divided, kept in files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirara_speech.project.project_file import (
    load_project,
    load_text,
    save_project,
)
from kirara_speech.project.script import LONGEST_LINE, Line, Script, lines_of_text
from kirara_speech.reading.japanese import read_line
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.errors import UserError


def script(*texts: str, row: int = 0) -> Script:
    return Script(tuple(map(Line, texts))).at(row)


def texts(shown: Script) -> list[str]:
    return [line.text for line in shown.lines]


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("はい。いいえ。", ["はい。", "いいえ。"]),
        ("えっ！？ ほんと？うん", ["えっ！？", "ほんと？", "うん"]),
        ("「はい。」と言う。\r\nそう\rか", ["「はい。」", "と言う。", "そう", "か"]),
        ("\n\n  \n", []),
        ("3.14は円周率", ["3.14は円周率"]),
        ("あ" * (LONGEST_LINE + 2), ["あ" * LONGEST_LINE, "ああ"]),
    ],
)
def test_a_pasted_text_becomes_lines(pasted: str, lines: list[str]) -> None:
    assert lines_of_text(pasted) == lines


@given(st.text(max_size=200))
def test_pasting_loses_nothing_but_blanks(text: str) -> None:
    lines = lines_of_text(text)
    assert all(line.strip() == line and line for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_line_in_front_stays_in_front_while_others_come_and_go() -> None:
    shown = script("a", "b", "c", row=1)
    assert shown.without([0]).line.text == "b"
    assert shown.without([1]).line.text == "a"
    assert shown.without([0, 1]).line.text == "c"
    assert texts(shown.without([0, 1, 2])) == [""]
    assert shown.moved([1], 0).line.text == "b"
    added = shown.inserted(2, [Line("x"), Line("y")])
    assert (texts(added), added.line.text) == (["a", "b", "x", "y", "c"], "y")


@pytest.mark.parametrize(
    ("rows", "target", "order"),
    [([0], 3, "bca"), ([2], 0, "cab"), ([0, 2], 1, "acb"), ([1], 1, "abc"), ([1], 2, "abc")],
)
def test_lines_are_moved(rows: list[int], target: int, order: str) -> None:
    assert texts(script("a", "b", "c").moved(rows, target)) == list(order)


def test_a_project_gives_back_all_that_was_in_it(tmp_path: Path) -> None:
    phrases = read_line("今日は、いい天気。")
    edited = Line("今日は、いい天気。", "mei", Prosody(speed=1.5, before=0.5)).edited(phrases)
    moved_on = replace(edited, text="明日も、いい天気。", key="other")
    shown = Script((edited, moved_on, Line())).at(1)
    path = tmp_path / "a.kirara-speech"
    save_project(path, shown)
    loaded = load_project(path)
    assert loaded.row == 1
    assert [replace(a, key="") for a in loaded.lines] == [replace(a, key="") for a in shown.lines]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ("[" * 100_000, "damaged"),
        ("{}", "not a project"),
        ('{"format": "kirara-speech", "version": 2, "lines": []}', "newer"),
        ('{"format": "kirara-speech", "version": 1}', "damaged"),
        ('{"format": "kirara-speech", "version": 1, "lines": [{"text": 3}]}', "damaged"),
        ('{"format": "kirara-speech", "version": 1, "lines": [{"text": "", "manner": '
         '{"speed": 9}}]}', "damaged"),
        ('{"format": "kirara-speech", "version": 1, "lines": [{"text": "", "phrases": '
         '[{"morae": []}]}]}', "damaged"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_opened_is_refused_and_left_alone(
    content: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.kirara-speech"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=message) as error:
        load_project(path)
    assert error.value.advice
    assert path.read_text(encoding="utf-8") == content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_text_file_becomes_lines_in_any_usual_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("春です。夏です。\n秋".encode(encoding))
    assert [line.text for line in load_text(path)] == ["春です。", "夏です。", "秋"]


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="not a text"):
        load_text(path)
    path.write_bytes(b" \n")
    with pytest.raises(UserError, match="empty"):
        load_text(path)
    with pytest.raises(UserError, match=r"no file .*none\.txt"):
        load_text(tmp_path / "none.txt")

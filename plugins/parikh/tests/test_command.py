"""``kirara-studio parikh``."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from kirara_parikh.examples import EXAMPLES
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import parse_json
from kirara_studio.testing import OffscreenStudio

EQUAL = "S -> a S b | "


def test_a_grammar_prints_its_set(studio: OffscreenStudio) -> None:
    status, output = studio.run_command("parikh", EQUAL)
    assert status == 0
    lines = output.splitlines()
    assert lines[:4] == ["Letters: a, b", "Set:", "ℕ·(1, 1)", "Regular expression: (ab)*"]
    assert lines[4] == "Automaton: 2 states with k = 1; minimised: 2"


def test_ten_classic_grammars(studio: OffscreenStudio) -> None:
    assert len(EXAMPLES) == 10
    for example in EXAMPLES:
        _, output = studio.run_command("parikh", example.grammar, "--json")
        values = parse_json(output)
        assert values["set"] and values["irredundant"] and values["minimised_states"] > 0
        asked = ("--vector", example.vector, "--json")
        _, output = studio.run_command("parikh", example.grammar, *asked)
        assert parse_json(output)["question"]["reachable"], example.id


def test_a_vector_has_a_word_with_its_derivation(studio: OffscreenStudio) -> None:
    _, output = studio.run_command("parikh", EQUAL, "--vector", "a=2,b=2")
    assert output.splitlines() == [
        "a=2, b=2: yes, aabb", "S", "├ a", "├ S", "│ ├ a", "│ ├ S → ε", "│ └ b", "└ b",
    ]  # fmt: skip
    _, output = studio.run_command("parikh", EQUAL, "--vector", "a=2,b=1")
    assert output == "a=2, b=1: no word has these counts\n"
    _, output = studio.run_command("parikh", EQUAL, "--vector", "x=1")
    assert output == "no: the grammar has no letter x\n"


def test_two_grammars_are_compared(studio: OffscreenStudio) -> None:
    _, output = studio.run_command("parikh", EQUAL, "--compare", "S -> b a S |")
    assert output == "equal: the two grammars have the same letter counts\n"
    _, output = studio.run_command("parikh", EQUAL, "--compare", "S -> a a S b b |", "--json")
    found = parse_json(output)["comparison"]
    assert found["equal"] is False and found["second_in_first"]["holds"] is True
    counts = found["first_in_second"]["counterexample"]
    assert counts["a"] == counts["b"] and "".join(found["first_in_second"]["word"]).count("a") % 2


def test_files_and_the_standard_input(
    studio: OffscreenStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "grammar.txt"
    file.write_text("# 文法\nS -> 猫 S |\n", encoding="utf-8")
    _, output = studio.run_command("parikh", "--file", str(file))
    assert "猫*" in output
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EQUAL.encode())))
    _, output = studio.run_command("parikh", "-", "--json")
    assert parse_json(output)["letters"] == ["a", "b"]


def test_a_mistake_is_shown_at_its_place(
    studio: OffscreenStudio, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError, match="“T” has no rule"):
        studio.run_command("parikh", "S -> a S |\nS -> b T")
    assert capsys.readouterr().err == "line 2, column 8:\n  S -> b T\n         ^\n"


def test_what_cannot_be_done_is_explained(studio: OffscreenStudio) -> None:
    for arguments, words in (
        (("--file", "/nowhere/grammar.txt"), "grammar.txt"),
        ((EQUAL, "--vector", "a"), "not a vector"),
        ((EQUAL, "--compare", "T"), "no arrow"),
        (("",), "no rule yet"),
    ):
        with pytest.raises(UserError, match=words):
            studio.run_command("parikh", *arguments)

"""Errors for the user: English sentences that remember what they were made of."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from kirara_studio.api.errors import UserError

IN_JAPANESE = {
    "“{path}” holds {count} pictures.": "「{path}」には画像が {count} 枚あります。",
    "Choose {wanted:g}.": "{wanted:g} を選んでください。",
    "Bad.": "{nonsense} は {0}。",
}


def in_japanese(template: str) -> str:
    return IN_JAPANESE.get(template, template)


def test_templates_are_filled_in() -> None:
    error = UserError(
        "“{path}” holds {count} pictures.",
        advice="Choose {wanted:g}.",
        path=Path("a/{b}.png"),
        count=np.int64(3),
        wanted=np.float32(0.5),
    )
    assert error.message == "“a/{b}.png” holds 3 pictures."
    assert error.advice == "Choose 0.5."
    assert str(error) == "“a/{b}.png” holds 3 pictures. Choose 0.5."
    assert error.values == {"path": "a/{b}.png", "count": 3, "wanted": 0.5}
    assert [type(value) for value in error.values.values()] == [str, int, float]
    assert error.worded(in_japanese) == (
        "「a/{b}.png」には画像が 3 枚あります。",
        "0.5 を選んでください。",
    )


@pytest.mark.parametrize("text", ["{'detail': [1]}", "{", "{0} and {name}", "{{twice}}"])
def test_a_finished_sentence_stays_whole(text: str) -> None:
    error = UserError(text, advice=text)
    assert (error.message, error.advice) == (text, text)
    assert error.worded(in_japanese) == (text, text)


def test_doubled_braces_are_braces() -> None:
    assert UserError("“{path}” is not {{}}.", path="a").message == "“a” is not {}."


@pytest.mark.parametrize("template", ["{missing}", "{0}", "{", "{path:d}", "{path.no.such}"])
def test_an_error_never_becomes_another_one(template: str) -> None:
    assert UserError(template, path="a").message == template


def test_a_translation_that_does_not_fit_is_not_used() -> None:
    assert UserError("Bad.", path="a").worded(in_japanese) == ("Bad.", "")


def test_pickled() -> None:
    error = pickle.loads(pickle.dumps(UserError("{a} {{}}", advice="{a}!", a="{b}")))
    assert (error.message, error.advice, error.template) == ("{b} {}", "{b}!", "{a} {{}}")
    assert error.worded(in_japanese) == ("{b} {}", "{b}!")

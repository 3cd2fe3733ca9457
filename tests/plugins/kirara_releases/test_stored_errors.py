"""Errors of feeds are stored, and shown later in the language of the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator

from kirara_releases.feeds.refresh import TRY_LATER
from kirara_studio.api.database import load_error, store_error
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import HttpError
from kirara_studio.api.widgets import error_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.mark.parametrize(
    "error",
    [
        UserError("“{host}” broke off {{half-way}}.", advice="Try “{host}” later.", host="{a}.jp"),
        UserError('{"detail": 1}', advice="[1]"),
        UserError('["a", "b", {}]'),
        UserError("Gone."),
    ],
)
def test_what_is_kept_comes_back(error: UserError) -> None:
    again = load_error(store_error(error))
    assert (str(again), again.template, again.values) == (str(error), error.template, error.values)


@pytest.mark.parametrize("text", ["“a.jp” {is} busy. Later.", "", "[1, 2]", '{"a": 1}', "null"])
def test_records_of_earlier_versions_hold_a_sentence(text: str) -> None:
    assert str(load_error(text)) == text


def test_a_defect_is_kept_as_one_line() -> None:
    assert str(load_error(store_error(ValueError("a\nb")))) == "ValueError: a b"


def test_shown_in_japanese(application: QApplication, repository: Path) -> None:
    text = store_error(HttpError("“{host}” is busy.", advice=TRY_LATER, host="a.jp"))
    translator = QTranslator()
    folder = repository / "plugins" / "kirara_releases" / "translations"
    assert translator.load(str(folder / "ja.qm"))
    application.installTranslator(translator)
    try:
        assert str(error_words(load_error(text))) == (
            "「a.jp」は混み合っています。あとで自動的に再試行します。これまでの内容はそのまま残ります。"
        )
    finally:
        application.removeTranslator(translator)
    assert str(error_words(load_error(text))).startswith("“a.jp” is busy. It is tried again")

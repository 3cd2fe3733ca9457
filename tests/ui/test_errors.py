"""Errors in the language of the window, wherever they come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from kirara_studio.api.arrays import read_array
from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import error_words
from kirara_studio.testing import wait_for
from kirara_studio.ui.faults import describe_fault
from tests.engine import engine_jobs
from tests.ui.conftest import Studio


def error_of(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        read_array(path)
    return caught.value


def test_errors_of_one_kind_are_one_banner(studio: Studio) -> None:
    """A moment is dragged through frames that cannot be read: the newest is shown, and counted."""
    studio.opened("sample")
    host = studio.window.host("sample")
    for start in range(5):
        host.show_error(UserError("No frame {start}.", advice="Before {start}.", start=start))
    (banner,) = host.banners.banners
    assert (banner.message, banner.advice) == ("No frame 4.", "Before 4.")
    texts = [label.text() for label in banner.findChildren(QLabel)]
    assert "No frame 4.  (×5)" in texts and "Before 4." in texts
    assert banner.accessibleName() == "No frame 4. Before 4."
    for name in ("a", "b"):
        host.show_error(UserError("No clip {name}.", advice="", name=name))
    assert len(host.banners.banners) == 3, "names count"


def test_a_banner_in_a_japanese_window(studio: Studio, tmp_path: Path) -> None:
    missing = tmp_path / "{0}.npy"
    studio.appearance.choose("language", "ja")
    studio.opened("sample")
    host = studio.window.host("sample")
    host.show_error(error_of(missing))
    (banner,) = host.banners.banners
    assert banner.message == f"ファイル「{missing}」が見つかりません。"
    assert banner.advice == "名前を確認してください。"


@pytest.mark.parametrize("pool", ["engine", "disk"])
def test_an_error_of_a_job(studio: Studio, tmp_path: Path, pool: str) -> None:
    """It comes from the engine process, or from a thread."""
    studio.appearance.choose("language", "ja")
    studio.opened("sample")
    host = studio.window.host("sample")
    jobs = studio.jobs.for_panel("sample", host.show_error)
    submit = jobs.submit if pool == "engine" else jobs.submit_io
    submit("read", engine_jobs.read_an_array, str(tmp_path / "顔.npy"))
    wait_for(lambda: bool(host.banners.banners), 60)
    assert host.banners.banners[0].message == f"ファイル「{tmp_path / '顔.npy'}」が見つかりません。"


def test_a_plugin_without_translations_is_shown_in_english(studio: Studio) -> None:
    studio.appearance.choose("language", "ja")
    error = UserError("“{file}” is odd.", advice="Look at “{file}”.", file="a.png")
    assert error_words(error) == ("“a.png” is odd.", "Look at “a.png”.")
    fault = describe_fault(error, studio.registry)
    assert (fault.message, fault.advice) == ("“a.png” is odd.", "Look at “a.png”.")


def test_finished_sentences_with_braces_stay_whole(studio: Studio) -> None:
    studio.appearance.choose("language", "ja")
    error = UserError('The server says {"detail": "{path}"}.')
    assert error_words(error) == ('The server says {"detail": "{path}"}.', "")
    assert str(error_words(ValueError("{0}"))) == "ValueError: {0}"


def test_the_words_follow_the_language(studio: Studio, tmp_path: Path) -> None:
    error = error_of(tmp_path / "a.npy")
    english = str(error)
    assert str(error_words(error)) == english
    studio.appearance.choose("language", "ja")
    assert str(error_words(error)) == (
        f"ファイル「{tmp_path / 'a.npy'}」が見つかりません。名前を確認してください。"
    )
    assert str(error) == english, "logs and the command line stay English"

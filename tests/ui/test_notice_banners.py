"""Notices as banners in the window, with buttons for their actions."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QApplication

from kirara_studio.api.notices import Notice, NoticeAction
from tests.ui.conftest import Studio

ACTIONS = (NoticeAction("bought", "Bought"), NoticeAction("snooze", "Remind me later"))
NOTICE = Notice("MAX is out", "今日", "sample", "releases.max", ACTIONS)


def press(studio: Studio, text: str) -> None:
    (banner,) = studio.window.banners.banners
    (button,) = [b for b in banner.findChildren(QAbstractButton) if b.text() == text]
    button.click()


def listened(studio: Studio) -> list[tuple[object, ...]]:
    heard: list[tuple[object, ...]] = []
    studio.window.notice_banners.read.connect(lambda notice: heard.append(("read", notice)))
    studio.window.notice_banners.activated.connect(lambda *what: heard.append(what))
    return heard


def test_an_action_is_a_button_that_tells_and_closes(studio: Studio) -> None:
    heard = listened(studio)
    studio.window.notice_banners.show(NOTICE)
    press(studio, "Bought")
    assert heard == [("read", NOTICE), (NOTICE, "bought")]
    assert studio.window.banners.banners == []


def test_open_stands_for_a_click_on_the_notice(studio: Studio) -> None:
    heard = listened(studio)
    plain = Notice("MAX is out", panel="sample")
    studio.window.notice_banners.show(plain)
    press(studio, "Open")
    assert heard == [("read", plain), (plain, "")]


def test_its_buttons_follow_the_language(studio: Studio) -> None:
    studio.window.notice_banners.show(Notice("MAX is out", panel="sample"))
    studio.appearance.choose("language", "ja")
    QApplication.processEvents()
    press(studio, "開く")
    assert studio.window.banners.banners == []


def test_a_notice_may_say_itself_what_opening_means(studio: Studio) -> None:
    heard = listened(studio)
    notice = Notice("MAX is out", panel="sample", actions=(NoticeAction("open", "Open"),))
    studio.window.notice_banners.show(notice)
    press(studio, "Open")
    assert heard == [("read", notice), (notice, "open")]


def test_a_notice_with_an_id_replaces_the_first_one_and_can_be_withdrawn(studio: Studio) -> None:
    banners = studio.window.notice_banners
    banners.show(Notice("two days left", id="releases.max"))
    banners.show(Notice("out of the ordinary"))
    banners.show(Notice("today", id="releases.max"))
    assert [banner.message for banner in studio.window.banners.banners] == [
        "today",
        "out of the ordinary",
    ]
    banners.withdraw("releases.max")
    banners.withdraw("releases.max")
    assert [banner.message for banner in studio.window.banners.banners] == ["out of the ordinary"]


def test_notices_of_one_title_with_different_texts_are_both_shown(studio: Studio) -> None:
    for text in ("MAX", "Carat", "MAX"):
        studio.window.notice_banners.show(Notice("今日は発売日です。", text))
    assert [banner.advice for banner in studio.window.banners.banners] == ["Carat", "MAX"]


def test_one_that_made_way_can_still_be_withdrawn(studio: Studio) -> None:
    banners = studio.window.notice_banners
    for number in range(5):
        banners.show(Notice(str(number), id=f"n.{number}"))
    banners.withdraw("n.0")
    banners.withdraw("n.4")
    assert [banner.message for banner in studio.window.banners.banners] == ["3", "2"]

"""Names of classes, of kinds of sources and of their settings, and dates."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from kirara_illustrations.filter.classes import (
    GACHA,
    ILLUSTRATION,
    OTHER,
    PHOTOGRAPH,
    SCREENSHOT,
)
from kirara_studio.api.text import QT_TRANSLATE_NOOP

_CLASSES = {
    ILLUSTRATION: QT_TRANSLATE_NOOP("illustrations", "Illustration"),
    PHOTOGRAPH: QT_TRANSLATE_NOOP("illustrations", "Photograph"),
    SCREENSHOT: QT_TRANSLATE_NOOP("illustrations", "Screenshot"),
    GACHA: QT_TRANSLATE_NOOP("illustrations", "Gacha result"),
    OTHER: QT_TRANSLATE_NOOP("illustrations", "Something else"),
}
_KINDS = {
    "folder": QT_TRANSLATE_NOOP("illustrations", "Folder"),
    "feed": QT_TRANSLATE_NOOP("illustrations", "Feed"),
    "mastodon": "Mastodon",
    "misskey": "Misskey",
    "bluesky": "Bluesky",
    "x": "X",
    "gallery_dl": "gallery-dl",
}
_SETTINGS = {
    "path": QT_TRANSLATE_NOOP("illustrations", "Folder"),
    "address": QT_TRANSLATE_NOOP("illustrations", "Address"),
    "host": QT_TRANSLATE_NOOP("illustrations", "Site"),
    "account": QT_TRANSLATE_NOOP("illustrations", "Account"),
    "list": QT_TRANSLATE_NOOP("illustrations", "List"),
    "hashtag": QT_TRANSLATE_NOOP("illustrations", "Tag"),
    "feed": QT_TRANSLATE_NOOP("illustrations", "Feed"),
    "login": QT_TRANSLATE_NOOP("illustrations", "Log in as"),
    "boosts": QT_TRANSLATE_NOOP("illustrations", "Also what they share of others"),
    "every": QT_TRANSLATE_NOOP("illustrations", "Collect every"),
    "token": QT_TRANSLATE_NOOP("illustrations", "Token"),
    "password": QT_TRANSLATE_NOOP("illustrations", "App password"),
}
_HOUR = 3_600.0


def class_title(name: str) -> str:
    """A class in the language of the user."""
    return QCoreApplication.translate("illustrations", _CLASSES.get(name, name))


def kind_title(kind: str) -> str:
    """A kind of source in the language of the user."""
    return QCoreApplication.translate("illustrations", _KINDS.get(kind, kind))


def setting_title(name: str) -> str:
    """A setting of a source in the language of the user."""
    return QCoreApplication.translate("illustrations", _SETTINGS.get(name, name))


def percent(value: float) -> str:
    """A confidence of 0…1 in percent."""
    return f"{100 * value:.0f}%"


def date_text(seconds: float) -> str:
    """The day and time of a post, as the language writes it; ``seconds`` since 1970."""
    when = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def until_text(seconds: float) -> str:
    """How long it is until then, in minutes or hours; ``seconds`` since 1970."""
    left = seconds - time.time()
    if left <= 60:
        return QCoreApplication.translate("illustrations", "soon")
    if left < _HOUR:
        text = QCoreApplication.translate("illustrations", "in {0} min")
        return text.format(round(left / 60))
    return QCoreApplication.translate("illustrations", "in {0} h").format(round(left / _HOUR))

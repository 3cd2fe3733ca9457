"""The panel's names of styles, classifiers and numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kirara_paintings.answers import FEATURES, NETWORK, Reason
from kirara_paintings.collection import UNREAD, WAITING
from kirara_paintings.styles import TITLES

translate = QCoreApplication.translate


def style_name(style: str) -> str:
    """The name of a style in the window; own classes keep their names."""
    if style == WAITING:
        return translate("paintings", "Waiting")
    if style == UNREAD:
        return translate("paintings", "Could not be read")
    return translate("paintings", TITLES[style]) if style in TITLES else style


def method_name(method: str) -> str:
    """The name of a classifier in the window."""
    return {
        NETWORK: translate("paintings", "Network"),
        FEATURES: translate("paintings", "Features"),
    }.get(method, method)


def percent(share: float) -> str:
    """A probability in percent; 100 % only if it is certain."""
    rounded = round(100 * share)
    if rounded >= 100 and share < 1:
        return translate("paintings", ">{0} %").format(99)
    return translate("paintings", "{0} %").format(rounded)


def reason_words(reason: Reason, title: str) -> str:
    """A reason as a sentence: "Long black lines: 14, usual 6–30" for the feature ``title``."""
    low, high = reason.usual
    return translate("paintings", "{0}: {1}, usual {2}–{3}").format(
        translate("paintings", title), _number(reason.value), _number(low), _number(high)
    )


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"

"""Reasons as sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kirara_paintings.answers import Reason

translate = QCoreApplication.translate


def reason_words(reason: Reason, title: str) -> str:
    """A reason as a sentence: "Long black lines: 14, usual 6–30". ``title`` is what the feature is
    called, a text of the context "paintings"."""
    low, high = reason.usual
    return translate("paintings", "{0}: {1}, usual {2}–{3}").format(
        translate("paintings", title), _number(reason.value), _number(low), _number(high)
    )


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"

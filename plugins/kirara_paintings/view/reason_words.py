"""What the features are called, and their reasons as sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kirara_paintings.answers import Reason

translate = QCoreApplication.translate


def reason_words(reason: Reason) -> str:
    """A reason as a sentence: "long straight lines: 14, usual 6–30"."""
    low, high = reason.usual
    return translate("paintings", "{0}: {1}, usual {2}–{3}").format(
        feature_name(reason.feature), _number(reason.value), _number(low), _number(high)
    )


def feature_name(feature: str) -> str:
    """What a feature is called."""
    return feature


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"

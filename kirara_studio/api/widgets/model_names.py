"""How a model is named where models are chosen: one below its gate is marked as unfinished."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kirara_studio.api.models import ModelCard
from kirara_studio.api.text import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_NO_BREAK = "\N{NO-BREAK SPACE}"
_MEASURES = (
    QT_TRANSLATE_NOOP("models", "precision"),
    QT_TRANSLATE_NOOP("models", "recall"),
    QT_TRANSLATE_NOOP("models", "F1, drawn scenes"),
    QT_TRANSLATE_NOOP("models", "found, sprites"),
    QT_TRANSLATE_NOOP("models", "false per megapixel, photographs"),
    QT_TRANSLATE_NOOP("models", "illustrations that pass"),
    QT_TRANSLATE_NOOP("models", "photographs that pass"),
    QT_TRANSLATE_NOOP("models", "gacha results caught"),
    QT_TRANSLATE_NOOP("models", "choices right"),
    QT_TRANSLATE_NOOP("models", "distance after the search"),
    QT_TRANSLATE_NOOP("models", "MSE"),
    QT_TRANSLATE_NOOP("models", "CSI at 20 dBZ minus optical flow's, worst lead time"),
    QT_TRANSLATE_NOOP("models", "four styles right"),
    QT_TRANSLATE_NOOP("models", "“none” right"),
    QT_TRANSLATE_NOOP("models", "kana error rate (%)"),
    QT_TRANSLATE_NOOP("models", "DNSMOS"),
)
"""The measures of ``evaluation/gates.toml``, by the names that cards have for them."""


_NAMES = (
    QT_TRANSLATE_NOOP("models", "Kirara, drawn"),
    QT_TRANSLATE_NOOP("models", "Drawn faces"),
    QT_TRANSLATE_NOOP("models", "Illustration filter"),
    QT_TRANSLATE_NOOP("models", "Likeness of drawn characters"),
    QT_TRANSLATE_NOOP("models", "Moving digits"),
    QT_TRANSLATE_NOOP("models", "Rain by radar"),
    QT_TRANSLATE_NOOP("models", "Four styles"),
    QT_TRANSLATE_NOOP("models", "Styles by named features"),
)
"""Names of the models that come with the studio, if they are no proper names."""


def model_name(name: str) -> str:
    """A model's name; those of the studio's own models in the window's language."""
    return translate("models", name)


def model_title(name: str, card: ModelCard | None) -> str:
    """:func:`model_name`, marked as unfinished if the model misses its gate, by its card."""
    name = model_name(name)
    if card is None or not card.missed:
        return name
    return translate("models", "{0} (unfinished)").format(name)


def gate_note(card: ModelCard | None) -> str:
    """The figures below the gate, each with its bound; "" for a model that misses none.

    For example "Unfinished: precision 0.002 (≥ 0.6) · recall 0 (≥ 0.4)".
    """
    if card is None or not card.missed:
        return ""
    figures = [
        translate("models", "{0} {1} ({2})").format(
            translate("models", name), f"{value:g}", bound.replace(" ", _NO_BREAK)
        )
        for name, (value, bound) in card.missed.items()
    ]
    return translate("models", "Unfinished: {0}").format(" · ".join(figures))

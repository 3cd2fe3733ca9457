"""Offers a model that was adjusted by the user's corrections, with its figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kirara_studio.api.panel import PanelContext

if TYPE_CHECKING:
    from kirara_studio.api.learning.correcting import CorrectResult, Score

translate = QCoreApplication.translate


def offer_corrected(
    context: PanelContext, base: str, result: CorrectResult, use: Callable[[], object]
) -> None:
    """Show what became of the model called ``base``, and a button that calls ``use`` (version 1.4).

    The adjusted model is used only after the user agreed.
    """
    own = result.corrected.count + result.checked.count
    message = translate(
        "widgets", "“{0}” was adjusted by {1} pictures; it keeps all of its {2} classes."
    ).format(base, own, len(result.classes))
    context.offer(message, _figures(result), ((translate("widgets", "Use it"), use),))


def _figures(result: CorrectResult) -> str:
    """Accuracy before and after, on corrected, checked and other pictures."""

    def score(text: str, of: Score) -> str:
        return text.format(of.count, of.before, of.after) if of.count else ""

    texts = [
        score(
            translate("widgets", "Corrected pictures ({0}): {1} right before, {2} after."),
            result.corrected,
        ),
        score(
            translate("widgets", "Checked pictures ({0}): {1} right before, {2} after."),
            result.checked,
        ),
        translate("widgets", "Of {0} other pictures, {1} get another answer.").format(
            result.others, result.changed
        )
        if result.others
        else "",
    ]
    if result.corrected.count + result.checked.count > 1:
        texts.append(
            translate("widgets", "Each is judged by a model adjusted without this picture.")
        )
    if result.unread:
        text = translate("widgets", "Could not be read: {0}")
        texts.append(text.format(", ".join(result.unread[:5])))
    return " ".join(filter(None, texts))

"""Sentences of the panel."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kirara_parikh.jobs import Analysis, Refusal
from kirara_studio.api.errors import TRANSLATION_CONTEXT, filled_in

translate = QCoreApplication.translate


def refusal_text(refusal: Refusal) -> str:
    """Why something is not shown, in the language of the window."""
    words = translate(TRANSLATION_CONTEXT, refusal.template)
    return filled_in(words, refusal.values, filled_in(refusal.template, refusal.values))


def notes_of(analysis: Analysis) -> str:
    """What of the grammar is not used, in sentences; empty if all is."""
    notes = []
    if not analysis.grammar.productions:
        notes.append(translate("parikh", "The start symbol derives no word."))
    if names := list(analysis.unproductive):
        notes.append(translate("parikh", "Derive no word: {0}").format(_listed(names)))
    if names := list(analysis.unreachable):
        notes.append(translate("parikh", "Never reached: {0}").format(_listed(names)))
    return "\n".join(notes)


def _listed(names: list[str], most: int = 8) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} … (+{len(names) - most})" if len(names) > most else shown

"""The picture of a line's phrases in words: for tooltips and screen readers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from kirara_speech.reading.phrases import Phrases
from kirara_speech.speaking.capabilities import FRAMES, NOT, OWN_INPUT, WORLD
from kirara_speech.view.phrase_layout import Hit, Place

translate = QCoreApplication.translate


def mora_text(phrases: Phrases, place: Place) -> str:
    """A mora in words: its kana, the accent, and the user's edits."""
    phrase = phrases[place[0]]
    mora = phrase.morae[place[1]]
    parts = [mora.kana]
    if phrase.accent == place[1] + 1:
        parts.append(translate("speech", "the pitch falls after it"))
    if mora.devoiced:
        parts.append(translate("speech", "devoiced"))
    if phrase.question and place[1] + 1 == len(phrase.morae):
        parts.append(translate("speech", "question"))
    if mora.pitch:
        parts.append(translate("speech", "{0} semitones").format(f"{mora.pitch:+.1f}"))
    if mora.length != 1:
        parts.append(translate("speech", "{0} times as long").format(f"{mora.length:.1f}"))
    return ", ".join(parts)


def tip_text(phrases: Phrases, hit: Hit, capabilities: Mapping[str, str]) -> str:
    """The tooltip of a place."""
    text, edit = {
        "accent": (translate("speech", "Click: the pitch falls after this mora (A)"), "accent"),
        "pitch": (translate("speech", "Drag up and down: pitch (Shift+↑↓)"), "mora pitch"),
        "kana": (translate("speech", "Double click: another reading (F2)"), "reading"),
        "vowel": (translate("speech", "Click: devoice the vowel (D)"), "devoicing"),
        "edge": (translate("speech", "Drag or turn the wheel: length (Shift+←→)"), "mora length"),
        "split": (translate("speech", "Click: split the phrase here (S)"), ""),
        "question": (translate("speech", "Click: a question, or not (Q)"), "question"),
        "pause": (translate("speech", "Click: a pause (P). Drag or wheel: length"), "pause length"),
        "join": (translate("speech", "Click: join the phrases (J)"), ""),
    }[hit.kind]
    parts = [text]
    if hit.kind == "pause" and phrases[hit.phrase].pause:
        length = f"{phrases[hit.phrase].pause_length:.2f}"
        parts.insert(0, translate("speech", "{0} times as long as the voice's own").format(length))
    if hit.kind in ("pitch", "edge", "kana", "vowel"):
        parts.insert(0, mora_text(phrases, (hit.phrase, hit.mora)))
    way = way_text(capabilities.get(edit, ""))
    if way:
        parts.append(way)
    return "\n".join(parts)


def way_text(way: str) -> str:
    """How the voice does an edit, in a sentence; may be empty."""
    return {
        OWN_INPUT: translate("speech", "The voice has an input for it."),
        FRAMES: translate("speech", "The frames of the voice are stretched."),
        WORLD: translate("speech", "Done on the finished sound (WORLD), so keep it small."),
        NOT: translate("speech", "This voice does not support it."),
    }.get(way, "")


def ways_text(capabilities: Mapping[str, str]) -> str:
    """A legend: how the voice does the main edits."""
    parts = {
        "accent": translate("speech", "accent"),
        "mora pitch": translate("speech", "pitch"),
        "mora length": translate("speech", "length"),
    }
    groups = (
        (OWN_INPUT, translate("speech", "By the voice itself: {0}")),
        (FRAMES, translate("speech", "Stretched frames: {0}")),
        (WORLD, translate("speech", "On the finished sound (WORLD): {0}")),
    )
    found = []
    for way, text in groups:
        names = [name for part, name in parts.items() if capabilities.get(part) == way]
        if names:
            found.append(text.format(translate("speech", ", ").join(names)))
    return " · ".join(found)

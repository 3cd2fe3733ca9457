"""Marks text for translation without importing Qt."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text`` unchanged; Qt's ``lupdate`` recognises the name and collects the text.

    Use it for a text that the studio translates in ``context`` when it is shown, such as a panel's
    title or a setting's label.
    """
    del context
    return text

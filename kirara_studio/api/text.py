"""Marks text for translation without importing Qt."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text`` unchanged; Qt's ``lupdate`` recognises the name and collects the text.

    Use it where a text is only described (a panel's title, a setting's label). The studio
    translates it when it is shown, looking in ``context``.
    """
    return text

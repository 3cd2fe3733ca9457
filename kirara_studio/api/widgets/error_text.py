"""Errors in the language of the window."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from kirara_studio.api.errors import TRANSLATION_CONTEXT, UserError, one_line


class ErrorWords(NamedTuple):
    """What is wrong, and what to do, ready to be shown.

    As ``str()`` both in one text, without a space between after a Japanese full stop.
    """

    message: str
    advice: str = ""

    def __str__(self) -> str:
        space = "" if self.message.endswith("。") else " "
        return f"{self.message}{space}{self.advice}".strip()


def error_words(error: BaseException) -> ErrorWords:
    """The words of ``error`` in the window's language, or in English without a translation.

    Only a :class:`UserError` has words of its own; of others it is the type and the text.
    """
    if isinstance(error, UserError):
        return ErrorWords(*error.worded(_translated))
    return ErrorWords(one_line(error))


def _translated(template: str) -> str:
    return QCoreApplication.translate(TRANSLATION_CONTEXT, template) if template else ""

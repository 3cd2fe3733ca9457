"""Errors that are shown to the user as a sentence, not as a traceback."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can do something about.

    Parameters
    ----------
    message
        What is wrong, in one sentence that names the file or setting.
    advice
        What to do next, in one sentence.
    """

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


def one_line(error: BaseException, longest: int = 300) -> str:
    """An error's type and what it says, in one line of at most about ``longest`` characters."""
    text = " ".join(str(error).split())
    if len(text) > longest:
        text = f"{text[: longest - 1]}…"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__

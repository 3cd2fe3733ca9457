"""Errors of jobs, as the UI process sees them."""

from __future__ import annotations

from kirara_studio.api.errors import UserError


class EngineDied(UserError):
    """The engine process ended while a job ran: a crash, a kill, or memory ran out."""


class JobError(Exception):
    """A job function failed; the message names the function and its panel.

    ``__cause__`` holds the traceback from where it happened, so formatting the error shows it.
    """

    def __init__(self, panel_id: str, function: str, message: str) -> None:
        super().__init__(f"{function} (of “{panel_id}”) {message}")
        self.panel_id = panel_id
        self.function = function
        self.reason = message


class TracebackText(Exception):
    """The traceback of an error in another process: shown as the cause of the error."""

    def __str__(self) -> str:
        return "\n" + str(self.args[0]).rstrip()


def with_traceback(error: BaseException, text: str) -> BaseException:
    """Return ``error`` with the traceback ``text`` as its cause, if there is any text."""
    if text:
        error.__cause__ = TracebackText(text)
    return error


def name_of(function: object) -> str:
    """The full name of a function: ``package.module.function``."""
    module = getattr(function, "__module__", "?")
    return f"{module}.{getattr(function, '__qualname__', repr(function))}"

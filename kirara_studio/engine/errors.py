"""Errors of jobs, as the UI process sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kirara_studio.api.errors import UserError, Value


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


def parts_of(error: UserError) -> tuple[str, str, dict[str, Value]]:
    """What an error is made of, plain enough for a pipe or a file: both templates, the values."""
    return error.template, error.advice_template, dict(error.values)


def from_parts(template: str, advice_template: str, values: Mapping[str, Any]) -> UserError:
    """An error again, of :func:`parts_of` one, so that the window can show it in its language."""
    return UserError(template, advice=advice_template, **values)


def failure_fields(error: UserError) -> dict[str, Any]:
    """What an event “failed” says: the English sentences, and what they are made of."""
    template, advice_template, values = parts_of(error)
    return {
        "message": error.message,
        "advice": error.advice,
        "template": template,
        "advice_template": advice_template,
        "values": values,
    }


def failure_of(event: Mapping[str, Any]) -> UserError:
    """The error of an event “failed”; files of earlier versions hold the sentences alone."""
    try:
        return from_parts(event["template"], event["advice_template"], event["values"])
    except (KeyError, TypeError):
        return UserError(str(event.get("message", "")), advice=str(event.get("advice", "")))


def with_traceback(error: BaseException, text: str) -> BaseException:
    """Return ``error`` with the traceback ``text`` as its cause, if there is any text."""
    if text:
        error.__cause__ = TracebackText(text)
    return error


def name_of(function: object) -> str:
    """The full name of a function: ``package.module.function``."""
    module = getattr(function, "__module__", "?")
    return f"{module}.{getattr(function, '__qualname__', repr(function))}"

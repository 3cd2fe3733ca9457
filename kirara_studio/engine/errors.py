"""Errors of jobs, as the UI process sees them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import Any

from kirara_studio.api.errors import UserError, Value, one_line
from kirara_studio.api.jobs import Cancelled


class EngineDied(UserError):
    """The engine process ended while a job ran."""


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
    """The traceback of an error in another process, as the cause of the error."""

    def __str__(self) -> str:
        return "\n" + str(self.args[0]).rstrip()


def answer_of(job: int, run: Callable[[], Any]) -> tuple[tuple[Any, ...], Any]:
    """Call ``run``. Returns a message of :mod:`kirara_studio.engine.process` and the result."""
    try:
        return ("result", job), run()
    except Cancelled:
        return ("cancelled", job), None
    except UserError as error:
        return ("user_error", job, *parts_of(error), traceback.format_exc()), None
    except BaseException as error:  # sys.exit() in a plugin must not end the engine
        return ("error", job, f"failed: {one_line(error)}", traceback.format_exc()), None


def parts_of(error: UserError) -> tuple[str, str, dict[str, Value]]:
    """Both templates and the values of an error, for a pipe or a file."""
    return error.template, error.advice_template, dict(error.values)


def from_parts(template: str, advice_template: str, values: Mapping[str, Any]) -> UserError:
    """The error that :func:`parts_of` took apart, which can be translated again."""
    return UserError(template, advice=advice_template, **values)


def failure_fields(error: UserError) -> dict[str, Any]:
    """The fields of an event “failed”: the English sentences and their parts."""
    names = ("message", "advice", "template", "advice_template", "values")
    return {name: getattr(error, name) for name in names}


def failure_of(event: Mapping[str, Any]) -> UserError:
    """The error of an event “failed”. Files of earlier versions have only the sentences."""
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

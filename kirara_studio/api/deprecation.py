"""Marks parts of the plugin interface that a later version removes."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class InterfaceDeprecation(DeprecationWarning):
    """A plugin uses a part of the plugin interface that a later version removes."""


def deprecated(
    since: str, removed: str, instead: str
) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """Let a function or method of the plugin interface warn whoever calls it.

    ``@deprecated("1.4", "2.0", "use `context.offer`")`` warns from version 1.4 on, at the line of
    the caller. It goes on working in all of version 1: only a new major version removes something,
    and only what warned in a minor version before.
    """

    def mark(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        name = function.__qualname__
        message = f"{name} is deprecated since plugin interface {since} and goes with {removed}"
        message = f"{message}: {instead}."

        @functools.wraps(function)
        def warned(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
            warnings.warn(message, InterfaceDeprecation, stacklevel=2)
            return function(*arguments, **named)

        warned.__deprecated__ = message  # type: ignore[attr-defined]  # as in PEP 702
        return warned

    return mark

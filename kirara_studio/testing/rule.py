"""What a rule is, and how it is tried."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kirara_studio.api.errors import one_line
from kirara_studio.testing.check import FAILED, PASSED, SKIPPED, Result

if TYPE_CHECKING:
    from kirara_studio.testing.subject import Subject

_MOST_REASONS = 4


class NotApplicable(Exception):
    """A rule that does not concern this plugin, with the reason."""


@dataclass(frozen=True)
class Rule:
    """A rule: its name, what it demands in a sentence, and what to do if it is broken."""

    name: str
    title: str
    advice: str
    find: Callable[[Subject], Iterator[str]]

    def run(self, subject: Subject) -> Result:
        """Try the rule; whatever is raised breaks it."""
        start = time.monotonic()
        try:
            problems = list(self.find(subject))
            outcome = FAILED if problems else PASSED
        except NotApplicable as error:
            outcome, problems = SKIPPED, [str(error)]
        except Exception as error:  # an AssertionError of the studio, or one of the plugin's own
            outcome, problems = FAILED, [one_line(error)]
        left = len(problems) - _MOST_REASONS
        reason = " ".join(problems[:_MOST_REASONS])
        if left > 0:
            reason = f"{reason} And {left} more."
        seconds = round(time.monotonic() - start, 2)
        return Result(subject.name, self.name, self.title, outcome, reason, self.advice, seconds)


RULES: list[Rule] = []


def rule(advice: str) -> Callable[[Callable[[Subject], Iterator[str]]], Rule]:
    """Make a rule of a function that yields what is wrong, each as a sentence.

    The function's name is the rule's, and the first line of its docstring says what it demands.
    """

    def add(function: Callable[[Subject], Iterator[str]]) -> Rule:
        title = (function.__doc__ or "").strip().splitlines()[0]
        made = Rule(function.__name__.rstrip("_"), title, advice, function)
        RULES.append(made)
        return made

    return add

"""``releases add`` and ``releases remove``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date

from kirara_releases.calendar.magazine import DEFAULT_COLOR, Magazine, id_for
from kirara_releases.calendar.release import releases_between
from kirara_releases.calendar.rules import (
    LAST,
    SHIFTS,
    WEEKDAYS,
    Feed,
    Rule,
    month_later,
    rule_from_dict,
)
from kirara_releases.storage.repository import ReleaseRepository
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError


def configure_add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``add``."""
    parser.add_argument("title", help="what people call it")
    kinds = parser.add_mutually_exclusive_group(required=True)
    kinds.add_argument("--day", type=int, metavar="N", help="the N-th of every month")
    kinds.add_argument(
        "--weekday", choices=WEEKDAYS, metavar="DAY", help="with --nth: the n-th monday … sunday"
    )
    kinds.add_argument("--dates", nargs="+", type=parse_date, metavar="DATE", help="2026-12-09 …")
    kinds.add_argument("--feed", metavar="URL", help="an iCalendar or JSON feed")
    parser.add_argument(
        "--nth", type=int, metavar="N", help=f"1 to 5, or {LAST} for the last (default 1)"
    )
    parser.add_argument(
        "--holidays",
        choices=SHIFTS,
        help="the nearest business day if it is a Sunday or a Japanese holiday (default earlier)",
    )
    parser.add_argument("--id", default="", help="what commands call it")
    parser.add_argument("--color", default=DEFAULT_COLOR, metavar="#RRGGBB", help="of its covers")
    parser.add_argument("--page", default="", metavar="URL", help="a web page about it")


def add(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Add a magazine to the list."""
    repository = ReleaseRepository(context.data_folder, print_problem)
    taken = {magazine.id for magazine in repository.catalogue.magazines}
    identity = arguments.id or id_for(arguments.title, taken)
    if identity in taken:
        raise UserError(
            "There is already a magazine “{identity}”.",
            advice="Choose another --id.",
            identity=identity,
        )
    try:
        magazine = Magazine(
            identity, arguments.title, _rule(arguments), arguments.color, page=arguments.page
        )
    except ValueError as error:
        raise UserError("The magazine cannot be added: {reason}.", reason=error) from error
    repository.catalogue.put(magazine)
    if isinstance(magazine.rule, Feed):
        fetch(repository, [magazine.rule.url])
    print(f"Added “{magazine.title}” as {magazine.id}")
    first, last = date.today(), month_later(date.today(), 24)
    for coming in releases_between([magazine], first, last, repository.feed_dates([magazine]))[:1]:
        print(f"It comes out next on {coming.date}")


def _rule(arguments: argparse.Namespace) -> Rule:
    keys = ("day", "weekday", "nth", "dates", "feed", "holidays")
    values = {key: getattr(arguments, key) for key in keys}
    return rule_from_dict({key: value for key, value in values.items() if value is not None})


def configure_remove(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``remove``."""
    parser.add_argument("id", help="as “list” shows it")


def remove(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Remove a magazine; what was bought and noted of it is kept."""
    ReleaseRepository(context.data_folder).catalogue.remove(arguments.id)
    print(f"Removed {arguments.id}")


def fetch(repository: ReleaseRepository, urls: Sequence[str]) -> None:
    """Fetch the feeds at these addresses that are due, and print what goes wrong."""
    if urls:
        from kirara_releases.feeds.refresh import refresh

        for problem in refresh(repository.store, urls, time.time()):
            print_problem(problem)


def print_problem(problem: UserError) -> None:
    """Print a problem to the standard error, out of the way of programs."""
    print(f"kirara-studio: {problem}", file=sys.stderr)


def parse_date(text: str) -> date:
    """A date, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a date; write it as 2026-12-09"
        ) from None

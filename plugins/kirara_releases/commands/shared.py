"""What several commands share: periods, magazines, and output."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any

from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import month_later, shifted
from kirara_releases.storage.repository import ReleaseRepository
from kirara_studio.api.errors import UserError


def print_problem(problem: UserError) -> None:
    """Print a problem to the standard error, out of the way of programs."""
    print(f"kirara-studio: {problem}", file=sys.stderr)


def print_json(values: list[dict[str, Any]]) -> None:
    """Print a list for programs; Japanese as escapes if the encoding lacks it."""
    plain = "utf" not in (getattr(sys.stdout, "encoding", "") or "").lower()
    print(json.dumps(values, ensure_ascii=plain, indent=2, default=str))


def add_period(parser: argparse.ArgumentParser, months: int) -> None:
    parser.add_argument(
        "--months", type=_months, default=months, metavar="N", help=f"so many (default {months})"
    )
    parser.add_argument(
        "--from",
        dest="first",
        type=parse_date,
        metavar="DATE",
        help="instead of today; may lie in the past",
    )


def add_magazine_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--magazine", nargs="+", default=[], metavar="ID", help="only these (default: all)"
    )


def chosen_releases(repository: ReleaseRepository, arguments: argparse.Namespace) -> list[Release]:
    for identity in arguments.magazine:
        repository.catalogue.get(identity)
    first = arguments.first or date.today()
    last = month_later(first, arguments.months)
    if last < date.max:
        last = shifted(last, -1)
    releases = repository.releases(first, last)
    if not arguments.magazine:
        return releases
    return [release for release in releases if release.magazine.id in arguments.magazine]


def _months(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1200:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of months from 1 to 1200")
    return int(text)


def parse_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a date; write it as 2026-12-09"
        ) from None

"""``releases next`` and ``releases list``."""

from __future__ import annotations

import argparse
from datetime import date

from kirara_releases.calendar.rules import LAST, Feed, MonthDay, NthWeekday, Rule, SingleDates
from kirara_releases.commands.shared import (
    add_magazine_choice,
    add_period,
    chosen_releases,
    print_json,
    print_problem,
)
from kirara_releases.storage.repository import ReleaseRepository
from kirara_releases.storage.store import Mark
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError

_DAYS = "月火水木金土日"


def configure_next(parser: argparse.ArgumentParser) -> None:
    add_period(parser, months=2)
    add_magazine_choice(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def show_next(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the releases of some months."""
    repository = ReleaseRepository(context.data_folder, print_problem)
    releases = chosen_releases(repository, arguments)
    if arguments.json:
        print_json([release.to_dict() for release in releases])
        return
    marks: dict[tuple[str, str], Mark] = {}
    try:
        marks = repository.store.marks()
    except UserError as error:  # rules need no records
        print_problem(error)
    today = date.today()
    for release in releases:
        mark = marks.get((release.magazine.id, release.issue))
        day = f"{release.date.isoformat()} ({_DAYS[release.date.weekday()]})"
        tags = [
            "bought" if mark and mark.bought else "",
            f"corrected; by the rule: {release.rule_date or 'none'}" if release.corrected else "",
            f"in {days} days" if (days := (release.date - today).days) > 1 else "",
            {0: "today", 1: "tomorrow"}.get(days, ""),
            mark.note if mark else "",
        ]
        print(f"{day}  {release.magazine.title}  {' · '.join(tag for tag in tags if tag)}".rstrip())
    if not releases:
        print("Nothing comes out in that time.")
    for magazine in repository.catalogue.magazines:
        if (
            isinstance(magazine.rule, Feed)
            and not repository.feeds.state(magazine.rule.url).fetched
        ):
            print(f"The feed of “{magazine.title}” was never fetched; “notify” fetches it.")


def configure_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def show_list(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the magazines and their rules."""
    magazines = ReleaseRepository(context.data_folder).catalogue.magazines
    if arguments.json:
        print_json([magazine.to_dict() for magazine in magazines])
        return
    for magazine in magazines:
        off = "" if magazine.notify else "  (no reminders)"
        print(f"{magazine.id:<16} {in_words(magazine.rule):<44} {magazine.title}{off}")


def in_words(rule: Rule) -> str:
    """A rule as a phrase."""
    if isinstance(rule, MonthDay):
        return f"day {rule.day}{_shift_in_words(rule.shift)}"
    if isinstance(rule, NthWeekday):
        nth = "last" if rule.nth == LAST else f"{rule.nth}."
        return f"{nth} {rule.weekday}{_shift_in_words(rule.shift)}"
    if isinstance(rule, SingleDates):
        return f"{len(rule.dates)} single date{'s' if len(rule.dates) != 1 else ''}"
    return rule.url


def _shift_in_words(shift: str) -> str:
    return "" if shift == "none" else f", {shift} on holidays"

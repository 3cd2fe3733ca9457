"""``kirara-studio releases …``: what comes out, reminders, files, the list. Needs no window."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from kirara_releases.calendar.magazine import DEFAULT_COLOR, Magazine, id_for
from kirara_releases.calendar.release import Release, next_release
from kirara_releases.calendar.rules import (
    LAST,
    SHIFTS,
    WEEKDAYS,
    Feed,
    MonthDay,
    NthWeekday,
    Rule,
    SingleDates,
    month_later,
    shifted,
)
from kirara_releases.notifications.outbox import UNCERTAIN
from kirara_releases.storage.repository import ReleaseRepository
from kirara_releases.storage.store import Mark
from kirara_studio.api.commands import CommandContext, Verb, add_verbs
from kirara_studio.api.errors import UserError

_DAYS = "月火水木金土日"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "What comes out when, and reminders of it."
    verbs: tuple[Verb, ...] = (
        ("next", _configure_next, show_next, "list what comes out next"),
        ("notify", _configure_notify, notify, "tell of today's releases, once; for cron"),
        ("export", _configure_export, export, "write the calendar as an iCalendar file"),
        ("import", _configure_import, import_file, "add what an iCalendar or JSON file lists"),
        ("add", _configure_add, add, "add a magazine"),
        ("list", _configure_list, show_list, "list the magazines"),
        ("remove", _configure_remove, remove, "remove a magazine"),
    )
    add_verbs(parser, verbs)


# next


def _configure_next(parser: argparse.ArgumentParser) -> None:
    _add_period(parser, months=2)
    _add_magazine_choice(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def show_next(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the releases of some months."""
    repository = ReleaseRepository(context.data_folder, print_problem)
    releases = _chosen_releases(repository, arguments)
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
            f"corrected, the rule says {release.rule_date or 'none'}" if release.corrected else "",
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


# notify


def _configure_notify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--quiet", action="store_true", help="print nothing where there is nothing to tell"
    )


def notify(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Tell of today's releases that were not told yet; 1 where somewhere could not be told."""
    from kirara_releases.notifications.notifier import desktop_destination, notify_due
    from kirara_releases.notifications.reminder_settings import PAGE, ReminderSettings

    repository = ReleaseRepository(context.data_folder, print_problem)
    reminders = ReminderSettings.of(context.settings(PAGE))
    started = time.time()
    _refresh_feeds(repository)
    problem, delivered = None, []
    try:
        delivered = notify_due(
            repository,
            reminders,
            desktop_destination(context.deliver, context.channels),
            context.secrets,
            lambda text: context.translate("releases", text),
            whole_day=True,
        )
    except UserError as error:  # told by the last good list; the status says that it is not good
        problem = error
    for title in dict.fromkeys(notice.title for notice in delivered):
        print(title)
    refused = repository.store.refused_since(started)
    for destination, state, reason in refused:
        how = "Perhaps not told" if state == UNCERTAIN else "Not told"
        print(f"{how} through {destination}: {reason}")
    if not delivered and not refused and not problem and not arguments.quiet:
        print("Nothing new to tell.")
    if problem is not None:
        raise problem
    if reminders.calendar_file:
        from kirara_releases.exchange.calendar_file import CalendarFile

        CalendarFile().update(repository, reminders.calendar_file, date.today())
    return 1 if refused else 0


def _refresh_feeds(repository: ReleaseRepository) -> None:
    magazines, _ = repository.catalogue.best()
    urls = [magazine.rule.url for magazine in magazines if isinstance(magazine.rule, Feed)]
    if urls:
        from kirara_releases.feeds.refresh import refresh

        for problem in refresh(repository.feeds, urls, time.time()):
            print_problem(problem)


# export, import


def _configure_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="FILE.ics")
    _add_period(parser, months=24)
    _add_magazine_choice(parser)


def export(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Write an iCalendar file that calendar programs can open or subscribe to."""
    from kirara_releases.exchange.calendar_file import write_calendar

    if arguments.out.suffix.lower() != ".ics":
        raise UserError(
            "“{file}” does not end in “.ics”.",
            advice="Calendars are saved in that format; add the suffix.",
            file=arguments.out.name,
        )
    releases = _chosen_releases(ReleaseRepository(context.data_folder), arguments)
    write_calendar(arguments.out, releases)
    print(f"Saved {len(releases)} releases to {arguments.out}")


def _configure_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".ics or .json")


def import_file(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Add a magazine with single dates for every title that the file lists."""
    from kirara_releases.exchange.importing import read_file

    repository = ReleaseRepository(context.data_folder, print_problem)
    titles = {magazine.title for magazine in repository.catalogue.magazines}
    for title, dates in read_file(arguments.file):
        if title in titles:
            print(f"“{title}” is there already, and stays as it is")
            continue
        identity = id_for(title, set(repository.magazines()))
        repository.catalogue.put(Magazine(identity, title, SingleDates(dates)))
        print(f"Added “{title}” as {identity}, with {len(dates)} dates")


# add, list, remove


def _configure_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", help="what people call it")
    kinds = parser.add_mutually_exclusive_group(required=True)
    kinds.add_argument("--day", type=int, metavar="N", help="the N-th of every month")
    kinds.add_argument(
        "--weekday", choices=WEEKDAYS, metavar="DAY", help="with --nth: the n-th monday … sunday"
    )
    kinds.add_argument("--dates", nargs="+", type=_date, metavar="DATE", help="2026-12-09 …")
    kinds.add_argument("--feed", metavar="URL", help="an iCalendar or JSON feed")
    parser.add_argument(
        "--nth", type=int, metavar="N", help=f"1 to 5, or {LAST} for the last (default 1)"
    )
    parser.add_argument(
        "--holidays",
        choices=SHIFTS,
        help="where it goes from a Sunday or a Japanese holiday (default earlier)",
    )
    parser.add_argument("--id", default="", help="what commands call it")
    parser.add_argument("--color", default=DEFAULT_COLOR, metavar="#RRGGBB")
    parser.add_argument("--page", default="", metavar="URL", help="a web page about it")


def add(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Add a magazine to the list."""
    repository = ReleaseRepository(context.data_folder)
    taken = set(repository.magazines())
    identity = arguments.id or id_for(arguments.title, taken)
    if identity in taken:
        raise UserError(
            "There is a magazine “{identity}” already.",
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
        from kirara_releases.feeds.refresh import refresh

        for problem in refresh(repository.feeds, [magazine.rule.url], time.time()):
            print_problem(problem)
    print(f"Added “{magazine.title}” as {magazine.id}")
    coming = next_release([magazine], date.today(), repository.dates_of([magazine]))
    if coming is not None:
        print(f"It comes out next on {coming.date}")


def _rule(arguments: argparse.Namespace) -> Rule:
    if arguments.nth is not None and not arguments.weekday:
        raise ValueError("--nth goes with --weekday only")
    if arguments.holidays and not (arguments.weekday or arguments.day is not None):
        raise ValueError("--holidays goes with --day and --weekday only")
    shift = arguments.holidays or "earlier"
    if arguments.day is not None:
        return MonthDay(arguments.day, shift)
    if arguments.weekday:
        return NthWeekday(arguments.nth or 1, arguments.weekday, shift)
    if arguments.dates:
        return SingleDates(tuple(arguments.dates))
    return Feed(arguments.feed)


def _configure_list(parser: argparse.ArgumentParser) -> None:
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


def _configure_remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", help="as “list” shows it")


def remove(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Remove a magazine; what was bought and noted of it is kept."""
    ReleaseRepository(context.data_folder).catalogue.remove(arguments.id)
    print(f"Removed {arguments.id}")


# What several share


def print_problem(problem: UserError) -> None:
    """Say what is wrong, where it does not get into what programs read."""
    print(f"kirara-studio: {problem}", file=sys.stderr)


def print_json(values: list[dict[str, Any]]) -> None:
    """Print a list for programs; where Japanese cannot be written, as escapes."""
    plain = "utf" not in (getattr(sys.stdout, "encoding", "") or "").lower()
    print(json.dumps(values, ensure_ascii=plain, indent=2, default=str))


def _add_period(parser: argparse.ArgumentParser, months: int) -> None:
    parser.add_argument(
        "--months", type=_months, default=months, metavar="N", help=f"so many (default {months})"
    )
    parser.add_argument(
        "--from",
        dest="first",
        type=_date,
        metavar="DATE",
        help="instead of today; may lie in the past",
    )


def _add_magazine_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--magazine", nargs="+", default=[], metavar="ID", help="only these (default: all)"
    )


def _chosen_releases(repository: ReleaseRepository, arguments: argparse.Namespace) -> list[Release]:
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


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date; write it as 2026-12-09") from None

"""``kirara-studio releases …``: what comes out, reminders, files, the list. Needs no window."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import (
    LAST,
    Feed,
    MonthDay,
    Rule,
    SingleDates,
    month_later,
    shifted,
)
from kirara_releases.commands.magazines import (
    add,
    configure_add,
    configure_remove,
    fetch,
    parse_date,
    print_problem,
    remove,
)
from kirara_releases.storage.catalogue import replaced
from kirara_releases.storage.repository import ReleaseRepository, feed_urls
from kirara_releases.storage.store import Mark
from kirara_studio.api.commands import CommandContext, Verb, add_verbs
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.http import masked
from kirara_studio.api.outbox import UNCERTAIN, desktop_destination

_DAYS = "月火水木金土日"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "What comes out when, and reminders of it."
    verbs: tuple[Verb, ...] = (
        ("next", _configure_next, show_next, "list what comes out next"),
        ("notify", _configure_notify, notify, "send today's reminders, once; for cron"),
        ("export", _configure_export, export, "write the calendar as an iCalendar file"),
        ("import", _configure_import, import_file, "add what an iCalendar or JSON file lists"),
        ("add", configure_add, add, "add a magazine"),
        ("list", _add_json, show_list, "list the magazines"),
        ("remove", configure_remove, remove, "remove a magazine"),
    )
    add_verbs(parser, verbs)


# next, list


def _configure_next(parser: argparse.ArgumentParser) -> None:
    _add_choice(parser, months=2)
    _add_json(parser)


def show_next(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the releases of some months."""
    repository = ReleaseRepository(context.data_folder, print_problem)
    releases = _chosen(repository, arguments)
    if arguments.json:
        _print_json([release.to_dict() for release in releases])
        return
    marks: dict[tuple[str, str], Mark] = {}
    try:
        marks = repository.store.marks()
    except UserError as error:  # rules need no records
        print_problem(error)
    today = date.today()
    for release in releases:
        mark = marks.get((release.magazine.id, release.issue), Mark())
        day = f"{release.date.isoformat()} ({_DAYS[release.date.weekday()]})"
        tags = [
            "bought" if mark.bought else "",
            f"corrected; by the rule: {release.rule_date or 'none'}" if release.corrected else "",
            f"in {days} days" if (days := (release.date - today).days) > 1 else "",
            {0: "today", 1: "tomorrow"}.get(days, ""),
            mark.note,
        ]
        print(f"{day}  {release.magazine.title}  {' · '.join(tag for tag in tags if tag)}".rstrip())
    if not releases:
        print("Nothing comes out in that time.")
    for magazine in repository.catalogue.magazines:
        rule = magazine.rule
        if isinstance(rule, Feed) and not repository.store.feed(rule.url).fetched:
            print(f"The feed of “{magazine.title}” was never fetched; “notify” fetches it.")


def show_list(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the magazines and their rules."""
    magazines = ReleaseRepository(context.data_folder).catalogue.magazines
    if arguments.json:
        _print_json([_masked(magazine.to_dict()) for magazine in magazines])
        return
    for magazine in magazines:
        off = "" if magazine.notify else "  (no reminders)"
        print(f"{magazine.id:<16} {_in_words(magazine.rule):<44} {magazine.title}{off}")


def _masked(values: dict[str, Any]) -> dict[str, Any]:
    rule = values["rule"]
    return values | ({"rule": rule | {"feed": masked(rule["feed"])}} if "feed" in rule else {})


def _in_words(rule: Rule) -> str:
    if isinstance(rule, SingleDates):
        return f"{len(rule.dates)} single date{'s' if len(rule.dates) != 1 else ''}"
    if isinstance(rule, Feed):
        return masked(rule.url)
    shift = "" if rule.shift == "none" else f", {rule.shift} on holidays"
    if isinstance(rule, MonthDay):
        return f"day {rule.day}{shift}"
    return f"{'last' if rule.nth == LAST else f'{rule.nth}.'} {rule.weekday}{shift}"


# notify


def _configure_notify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--quiet", action="store_true", help="print nothing if there is nothing to send"
    )


def notify(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Send today's reminders that were not sent yet; 1 if a destination was not reached."""
    from kirara_releases.notifications.notifier import notify_due
    from kirara_releases.notifications.reminder_settings import PAGE, ReminderSettings

    repository = ReleaseRepository(context.data_folder, print_problem)
    reminders = ReminderSettings.of(context.settings(PAGE))
    started = time.time()
    fetch(repository, feed_urls(repository.catalogue.best()[0]))
    problem, delivered = None, []
    try:
        delivered = notify_due(
            repository,
            reminders,
            desktop_destination(context.deliver, context.backends),
            context.messengers,
            context.secrets,
            lambda text: context.translate("releases", text),
            whole_day=True,
        )
    except UserError as error:  # the last valid list was used; the exit status reports the problem
        problem = error
    for title in dict.fromkeys(notice.title for notice in delivered):
        print(title)
    refused = repository.store.refused_since(started)
    for destination, state, reason in refused:
        how = "Perhaps not delivered" if state == UNCERTAIN else "Not delivered"
        print(f"{how} to {destination}: {reason}")
    if not delivered and not refused and not problem and not arguments.quiet:
        print("No new reminders.")
    if problem is not None:
        raise problem
    if reminders.calendar_file:
        from kirara_releases.exchange.calendar_file import CalendarFile

        CalendarFile().update(repository, reminders.calendar_file, date.today())
    return 1 if refused else 0


# export, import


def _configure_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="FILE.ics", help="the calendar to write")
    _add_choice(parser, months=24)


def export(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Write an iCalendar file that calendar programs can open or subscribe to."""
    from kirara_releases.exchange.calendar_file import calendar_bytes

    if arguments.out.suffix.lower() != ".ics":
        raise UserError(
            "“{file}” does not end in “.ics”.",
            advice="Calendars are saved in that format; add the suffix.",
            file=arguments.out.name,
        )
    releases = _chosen(ReleaseRepository(context.data_folder, print_problem), arguments)
    write_atomically(arguments.out, calendar_bytes(releases))
    print(f"Saved {len(releases)} releases to {arguments.out}")


def _configure_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".ics or .json, also .gz")


def import_file(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Add a magazine with single dates for every title that the file lists, or change its dates."""
    from kirara_releases.exchange.importing import candidates, read_file, records_of

    repository = ReleaseRepository(context.data_folder, print_problem)
    listing, before = read_file(arguments.file), repository.store.records()
    found = candidates([listing], repository.catalogue.magazines, before)
    new = [candidate.magazine for candidate in found if candidate.is_new]
    if new:
        repository.catalogue.change(lambda current: replaced(current, new))
    repository.store.put_records(records_of(found, before)[1])
    for candidate in found:
        print(candidate.text(lambda text: context.translate("releases", text)))
    if not new:
        print("There was nothing new to import.")


# What several commands share


def _add_choice(parser: argparse.ArgumentParser, months: int) -> None:
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
    parser.add_argument(
        "--magazine", nargs="+", default=[], metavar="ID", help="only these (default: all)"
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _chosen(repository: ReleaseRepository, arguments: argparse.Namespace) -> list[Release]:
    for identity in arguments.magazine:
        repository.catalogue.get(identity)
    first = arguments.first or date.today()
    last = month_later(first, arguments.months)
    if last < date.max:
        last = shifted(last, -1)
    releases = repository.releases(first, last)
    chosen = arguments.magazine
    return [release for release in releases if not chosen or release.magazine.id in chosen]


def _months(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1200:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of months from 1 to 1200")
    return int(text)


def _print_json(values: list[dict[str, Any]]) -> None:
    """Print a list for programs; Japanese as escapes if the encoding lacks it."""
    plain = "utf" not in (getattr(sys.stdout, "encoding", "") or "").lower()
    print(json.dumps(values, ensure_ascii=plain, indent=2, default=str))

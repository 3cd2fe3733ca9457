"""``releases export`` and ``releases import``."""

from __future__ import annotations

import argparse
from pathlib import Path

from kirara_releases.calendar.magazine import Magazine, id_for
from kirara_releases.calendar.rules import SingleDates
from kirara_releases.commands.shared import (
    add_magazine_choice,
    add_period,
    chosen_releases,
    print_problem,
)
from kirara_releases.storage.repository import ReleaseRepository
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError


def configure_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="FILE.ics")
    add_period(parser, months=24)
    add_magazine_choice(parser)


def export(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Write an iCalendar file that calendar programs can open or subscribe to."""
    from kirara_releases.exchange.calendar_file import write_calendar

    if arguments.out.suffix.lower() != ".ics":
        raise UserError(
            "“{file}” does not end in “.ics”.",
            advice="Calendars are saved in that format; add the suffix.",
            file=arguments.out.name,
        )
    releases = chosen_releases(ReleaseRepository(context.data_folder), arguments)
    write_calendar(arguments.out, releases)
    print(f"Saved {len(releases)} releases to {arguments.out}")


def configure_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".ics or .json")


def import_file(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Add a magazine with single dates for every title that the file lists."""
    from kirara_releases.exchange.importing import read_file

    repository = ReleaseRepository(context.data_folder, print_problem)
    titles = {magazine.title for magazine in repository.catalogue.magazines}
    for title, dates in read_file(arguments.file):
        if title in titles:
            print(f"“{title}” is already there and stays as it is")
            continue
        identity = id_for(title, set(repository.magazines()))
        repository.catalogue.put(Magazine(identity, title, SingleDates(dates)))
        print(f"Added “{title}” as {identity}, with {len(dates)} dates")

"""``releases notify``: today's reminders, without the window."""

from __future__ import annotations

import argparse
import time
from datetime import date

from kirara_releases.calendar.rules import Feed
from kirara_releases.commands.shared import print_problem
from kirara_releases.notifications.outbox import UNCERTAIN
from kirara_releases.storage.repository import ReleaseRepository
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError


def configure_notify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--quiet", action="store_true", help="print nothing if there is nothing to send"
    )


def notify(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Send today's reminders that were not sent yet; 1 if a destination was not reached."""
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
            desktop_destination(context.deliver, context.backends),
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


def _refresh_feeds(repository: ReleaseRepository) -> None:
    magazines, _ = repository.catalogue.best()
    urls = [magazine.rule.url for magazine in magazines if isinstance(magazine.rule, Feed)]
    if urls:
        from kirara_releases.feeds.refresh import refresh

        for problem in refresh(repository.feeds, urls, time.time()):
            print_problem(problem)

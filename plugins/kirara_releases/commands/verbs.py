"""``kirara-studio releases …``: what comes out, reminders, files, the list. Needs no window."""

from __future__ import annotations

import argparse

from kirara_releases.commands.files import (
    configure_export,
    configure_import,
    export,
    import_file,
)
from kirara_releases.commands.listing import (
    configure_list,
    configure_next,
    show_list,
    show_next,
)
from kirara_releases.commands.magazines import add, configure_add, configure_remove, remove
from kirara_releases.commands.reminders import configure_notify, notify
from kirara_studio.api.commands import Verb, add_verbs


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "What comes out when, and reminders of it."
    verbs: tuple[Verb, ...] = (
        ("next", configure_next, show_next, "list what comes out next"),
        ("notify", configure_notify, notify, "send today's reminders, once; for cron"),
        ("export", configure_export, export, "write the calendar as an iCalendar file"),
        ("import", configure_import, import_file, "add what an iCalendar or JSON file lists"),
        ("add", configure_add, add, "add a magazine"),
        ("list", configure_list, show_list, "list the magazines"),
        ("remove", configure_remove, remove, "remove a magazine"),
    )
    add_verbs(parser, verbs)

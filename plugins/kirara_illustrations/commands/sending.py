"""``kirara-studio illustrations send``: what passes, by hand."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime
from pathlib import Path

from kirara_illustrations.filter.judging import FilterRequest, verdicts_of
from kirara_illustrations.options import PAGE, Options
from kirara_illustrations.sending.deliveries import Delivery, deliver, deliveries, queue, unsent
from kirara_illustrations.storage.library import Library
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.messengers import MessengerSwitches
from kirara_studio.api.outbox import DELIVERED

_A_DAY = 86_400.0  # seconds
_JUDGED = 256  # pictures that are judged before their verdicts are kept


def configure_send(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`send`."""
    parser.add_argument(
        "--to", action="append", default=[], metavar="NAME",
        help="this messenger; may be repeated (default: those that are switched on)",
    )  # fmt: skip
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--since", type=_day, metavar="DATE",
        help="what was collected since then, as 2026-12-01 (default: in the last 24 hours)",
    )  # fmt: skip
    which.add_argument("--all-new", action="store_true", help="all that was never sent")


def send(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Send what passes and was not sent; prints a line per message, returns 1 if one was refused.

    The words, and whether a message has one picture or several, are as in the settings.
    """
    library = Library(context.data_folder, lambda error: print(error, file=sys.stderr))
    options = Options.of(context.settings(PAGE))
    since = 0.0 if arguments.all_new else (arguments.since or time.time() - _A_DAY)
    names = _chosen(arguments.to, MessengerSwitches(library, context.messengers).enabled())
    model = options.filter_model(library.folder)
    if model is not None:
        _judge(library, model.path, context.tools())
    wanted: dict[str, set[int]] = {}
    for name in names:
        pictures = unsent(library, name, since, options.threshold, judged=model is not None)
        queue(library, pictures, [name], digest=options.digest)
        wanted[name] = set(pictures)
    pictures = sorted(set().union(*wanted.values()))
    deliver(
        library,
        context.messengers,
        options.template,
        lambda text: context.translate("illustrations", text),
    )
    mine = [
        one
        for one in deliveries(library, pictures)
        if one.picture in wanted.get(one.destination, ())
    ]
    addresses = {item.id: item.address or item.file for item in library.items(pictures)}
    for messages in _by_message(mine):
        _print(messages, addresses)
    if not pictures:
        print("Nothing new.")
    return int(any(one.state != DELIVERED for one in mine))


def _judge(library: Library, model: Path, tools: JobTools) -> None:
    """Judge what nobody judged: the studio may not have run since it was collected."""
    while pictures := library.unjudged(_JUDGED):
        print(f"Judging {len(pictures)} pictures", file=sys.stderr, flush=True)
        verdicts = verdicts_of(FilterRequest(tuple(pictures), model), tools)
        rows = [one.row(picture) for one in verdicts for picture in pictures[one.path]]
        library.put_verdicts(rows)


def _by_message(found: list[Delivery]) -> list[list[Delivery]]:
    groups: dict[tuple[str, str], list[Delivery]] = {}
    for one in found:
        groups.setdefault((one.destination, one.batch), []).append(one)
    return list(groups.values())


def _print(message: list[Delivery], addresses: dict[int, str]) -> None:
    first = message[0]
    what = ", ".join(addresses.get(one.picture, "") for one in message)
    if first.state == DELIVERED:
        print(f"{first.destination}: {what}")
    else:
        print(f"{first.destination}: {what}: {first.error or first.state}", file=sys.stderr)


def _chosen(names: list[str], switches: dict[str, bool]) -> list[str]:
    for name in names:
        if name not in switches:
            raise UserError(
                "There is no messenger “{name}”.",
                advice="These are there: {known}." if switches else "Add one in the panel.",
                name=name,
                known=", ".join(switches),
            )
    chosen = list(dict.fromkeys(names)) or [name for name, on in switches.items() if on]
    if not chosen:
        raise UserError(
            "No messenger is switched on.",
            advice="Switch one on in the panel, or name one with --to.",
        )
    return chosen


def _day(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, OSError):
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-12-01") from None

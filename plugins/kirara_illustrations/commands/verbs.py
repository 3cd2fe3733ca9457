"""``kirara-studio illustrations …``: sources, collecting, judging. Needs no window."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from kirara_illustrations.collecting.collector import (
    EVERY,
    Collecting,
    OwnSecrets,
    Result,
    collect_due,
)
from kirara_illustrations.commands.scanning import configure_scan, scan
from kirara_illustrations.commands.sending import configure_send, send
from kirara_illustrations.sources import SOURCES, make_source
from kirara_illustrations.storage.library import Library, SourceRow
from kirara_studio.api.commands import CommandContext, Verb, add_verbs
from kirara_studio.api.database import load_error
from kirara_studio.api.errors import UserError

_LOOK = 30.0  # seconds between two looks for sources that are due
_TRUE, _FALSE = ("yes", "true", "1"), ("no", "false", "0")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "Gather what favourite artists post."
    verbs: tuple[Verb, ...] = (
        ("collect", _configure_collect, collect, "ask the sources for what is new"),
        ("scan", configure_scan, scan, "judge which pictures are illustrations"),
        ("sources", _configure_sources, None, "add, list, try and remove sources"),
        ("send", configure_send, send, "send what passes to messengers"),
    )
    add_verbs(parser, verbs)


# collect


def _configure_collect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", action="append", default=[], metavar="NAME",
        help="this source, due or not; may be repeated (default: all that are due)",
    )  # fmt: skip
    parser.add_argument(
        "--once", action="store_true", help="end then, instead of asking again when time has come"
    )


def collect(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Collect, and print a line for each source; returns 1 if one of them failed."""
    library = Library(context.data_folder, _print_problem)
    library.tidy()
    named = [_named(library, name).name for name in arguments.source]
    failed = False
    while True:
        now = time.time()
        rows = [
            row
            for row in library.sources()
            if row.name in named or (not named and row.enabled and row.next_time <= now)
        ]
        try:
            for row, result in collect_due(
                library, context.secrets, rows, report=_print_progress, skipped=_print_problem
            ):
                failed |= isinstance(result, UserError)
                _print_result(row, result)
        except Collecting:
            if arguments.once or named:
                raise
        if arguments.once or named:
            return int(failed)
        time.sleep(_LOOK)


def _print_progress(row: SourceRow, result: Result) -> None:
    if sys.stderr.isatty():
        print(f"\r{row.name}: {_in_words(result)}\033[K", end="", file=sys.stderr, flush=True)


def _print_result(row: SourceRow, result: Result | UserError) -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if isinstance(result, UserError):
        print(f"{row.name}: {result}", file=sys.stderr)
    else:
        print(f"{row.name}: {_in_words(result)}")


def _in_words(result: Result) -> str:
    words = [f"{result.posts} new posts", f"{result.files} pictures"]
    return ", ".join(words + ([f"{result.failed} failed"] if result.failed else []))


def _print_problem(error: UserError) -> None:
    print(f"kirara-studio: {error}", file=sys.stderr)


# sources


def _configure_sources(parser: argparse.ArgumentParser) -> None:
    verbs: tuple[Verb, ...] = (
        ("add", _configure_add, add, "add a source"),
        ("list", _configure_list, show, "list the sources"),
        ("remove", _configure_named, remove, "remove a source; what it brought stays"),
        ("test", _configure_named, test, "look what is there, and collect nothing"),
    )
    add_verbs(parser, verbs)


def _configure_named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what the source is called")


def _configure_add(parser: argparse.ArgumentParser) -> None:
    kinds = "; ".join(f"{kind}: {', '.join(_settings_of(kind))}" for kind in SOURCES)
    parser.epilog = f"Settings by kind: {kinds}; of all: every (minutes, default 60)."
    parser.add_argument("name", metavar="NAME", help="what to call it")
    parser.add_argument("kind", choices=sorted(SOURCES), help="where it collects from")
    parser.add_argument(
        "settings", nargs="*", metavar="SETTING=VALUE", help="what to collect there, see below"
    )
    parser.add_argument(
        "--secret", action="store_true",
        help="ask for the token or password, or read it from the standard input",
    )  # fmt: skip


def add(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Add a source with settings and perhaps a secret; its settings are checked."""
    settings = _parsed(arguments.kind, arguments.settings)
    own = OwnSecrets(context.secrets, arguments.name.strip())
    secret, name = _asked_secret() if arguments.secret else "", SOURCES[arguments.kind].secret
    make_source(arguments.kind, settings, {name: secret})  # raises if they are of no use
    Library(context.data_folder, _print_problem).add_source(
        arguments.name, arguments.kind, settings
    )
    if secret:
        own.set(name, secret)
    print(f"{arguments.name.strip()} was added.")


def _asked_secret() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Secret: ").strip()
    return sys.stdin.readline().strip()


def _settings_of(kind: str) -> list[str]:
    return [field.name for field in fields(SOURCES[kind].settings)]


def _parsed(kind: str, texts: Sequence[str]) -> dict[str, Any]:
    """The settings of a source from texts like ``host=example.org``."""
    default = SOURCES[kind].settings()
    settings: dict[str, Any] = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark or name not in ("every", *_settings_of(kind)):
            raise UserError(
                "“{setting}” is not a setting of a source of the kind “{kind}”.",
                advice="Write SETTING=VALUE, with one of these: {settings}.",
                setting=name,
                kind=kind,
                settings=", ".join(("every", *_settings_of(kind))),
            )
        if name == "every" or isinstance(getattr(default, name, ""), bool):
            settings[name] = _special(name, value)
        elif name == "path":
            settings[name] = str(Path(value).expanduser().absolute())
        else:
            settings[name] = value
    return settings


def _special(name: str, value: str) -> bool | float:
    """A switch, or the minutes between two collections as seconds."""
    if name == "every":
        if value.isascii() and value.isdigit() and 1 <= int(value) <= 100_000:
            return 60.0 * int(value)
        raise UserError(
            "“{value}” is not a number of minutes.",
            advice="Write for example every=60.",
            value=value,
        )
    if value.lower() in (*_TRUE, *_FALSE):
        return value.lower() in _TRUE
    raise UserError("“{setting}” is either on or off.", advice="Write “yes” or “no”.", setting=name)


def _configure_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def show(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the sources: name, kind, when it is asked next, and what went wrong."""
    rows = Library(context.data_folder, _print_problem).sources()
    if arguments.json:
        print(json.dumps([_described(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        settings = ", ".join(f"{name} {value}" for name, value in row.settings.items())
        print(f"{row.name} ({row.kind}: {settings}), {_when(row)}")
        if row.error:
            print(f"    {load_error(row.error)}")


def _described(row: SourceRow) -> Mapping[str, Any]:
    return {
        "name": row.name,
        "kind": row.kind,
        "settings": dict(row.settings),
        "enabled": row.enabled,
        "collected": row.collected_at,
        "next": row.next_time,
        "every": row.settings.get("every", EVERY),
        "error": str(load_error(row.error)) if row.error else "",
    }


def _when(row: SourceRow) -> str:
    if not row.enabled:
        return "switched off"
    if row.next_time <= time.time():
        return "due"
    return f"next {datetime.fromtimestamp(row.next_time):%Y-%m-%d %H:%M}"


def remove(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Remove a source and its secret."""
    library = Library(context.data_folder, _print_problem)
    row = _named(library, arguments.name)
    OwnSecrets(context.secrets, row.name).set(SOURCES[row.kind].secret, "")
    library.remove_source(row.id)
    print(f"{row.name} was removed.")


def test(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Print one line of what a source has."""
    row = _named(Library(context.data_folder, _print_problem), arguments.name)
    print(make_source(row.kind, row.settings, OwnSecrets(context.secrets, row.name)).test())


def _named(library: Library, name: str) -> SourceRow:
    rows = {row.name: row for row in library.sources()}
    if name.strip() not in rows:
        raise UserError(
            "There is no source “{name}”.",
            advice="These are there: {known}." if rows else "Add one.",
            name=name,
            known=", ".join(rows),
        )
    return rows[name.strip()]

"""The verbs of ``kirara-studio plugins``. What only one of them needs is imported in its function.

A verb runs with the parsed arguments and the studio's folders, and returns an exit status or None.
No plugin is loaded before a verb asks for the registry.
"""

from __future__ import annotations

import argparse
import json

from kirara_studio.api.commands import Verb
from kirara_studio.api.errors import UserError
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import Registry, load_registry


def _takes_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _takes_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")


def _registry(options: argparse.Namespace, folders: Folders) -> Registry:
    return load_registry(folders, safe_mode=options.safe_mode)


def _list(options: argparse.Namespace, folders: Folders) -> None:
    registry = _registry(options, folders)
    print(_as_json(registry) if options.json else _as_table(registry))


def _as_json(registry: Registry) -> str:
    keys = ("name", "title", "distribution", "version", "builtin", "state", "reason")
    return json.dumps(
        [{key: getattr(record, key) for key in keys} for record in registry.plugins],
        ensure_ascii=False,
        indent=2,
    )


def _as_table(registry: Registry) -> str:
    lines = []
    for record in registry.plugins:
        origin = "built in" if record.builtin else record.distribution
        lines.append(f"{record.name:<20} {record.version:<10} {record.state:<9} {origin}")
        if record.reason:
            lines.append(f"    {record.reason}")
    return "\n".join(lines) or "No plugins are installed."


def _switch(options: argparse.Namespace, folders: Folders) -> None:
    registry = _registry(options, folders)
    try:
        registry.set_enabled(options.name, options.verb == "enable")
    except KeyError:
        known = ", ".join(record.name for record in registry.plugins) or "none"
        raise UserError(
            "There is no plugin “{name}”.",
            advice="Installed are: {known}.",
            name=options.name,
            known=known,
        ) from None


VERBS: list[Verb] = [
    ("list", _takes_json, _list, "list all plugins, the broken ones with the reason"),
    ("enable", _takes_name, _switch, "switch a plugin on"),
    ("disable", _takes_name, _switch, "switch a plugin off"),
]

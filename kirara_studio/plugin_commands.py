"""The verbs of ``kirara-studio plugins``. What only one of them needs is imported in its function.

A verb runs with the parsed arguments and the studio's folders, and returns an exit status or None.
No plugin is loaded before a verb asks for the registry.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kirara_studio.api.commands import Verb
from kirara_studio.api.errors import UserError
from kirara_studio.development_commands import DEVELOPMENT_VERBS
from kirara_studio.host.discovery import find_plugins
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import Registry, load_registry

if TYPE_CHECKING:
    from kirara_studio.host.installation.index import Index
    from kirara_studio.host.installation.values import (
        BuildQuestion,
        InstallQuestion,
        Outcome,
        Output,
        Package,
        Progress,
        Question,
    )

_FAILED = 1


def _takes_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _takes_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")


def _registry(options: argparse.Namespace, folders: Folders) -> Registry:
    return load_registry(folders, safe_mode=options.safe_mode)


# list


def _configure_list(parser: argparse.ArgumentParser) -> None:
    _takes_json(parser)
    parser.add_argument(
        "--available", action="store_true", help="those of the index, installed or not"
    )


def _list(options: argparse.Namespace, folders: Folders) -> None:
    if options.available:
        _list_index(_index(folders), as_json=options.json)
        return
    registry = _registry(options, folders)
    print(_as_json(registry, folders) if options.json else _as_table(registry))


def _as_json(registry: Registry, folders: Folders) -> str:
    from kirara_studio.host.installation.inventory import installed

    keys = ("name", "title", "distribution", "version", "builtin", "state", "reason")
    places = installed(folders.plugins, registry.plugins)
    listed = []
    for record in registry.plugins:
        place = places[record.name]
        source = place.source.text if place.source is not None else ""
        values = {key: getattr(record, key) for key in keys}
        listed.append({**values, "place": place.place, "source": source})
    return json.dumps(listed, ensure_ascii=False, indent=2)


def _as_table(registry: Registry) -> str:
    lines = []
    for record in registry.plugins:
        origin = "built in" if record.builtin else record.distribution
        lines.append(f"{record.name:<20} {record.version:<10} {record.state:<9} {origin}")
        if record.reason:
            lines.append(f"    {record.reason}")
    return "\n".join(lines) or "No plugins are installed."


def _index(folders: Folders) -> Index:
    from kirara_studio.host.installation.index import read_index
    from kirara_studio.host.secrets import Secrets
    from kirara_studio.host.settings import SettingsStore
    from kirara_studio.ui.studio_settings import STUDIO_PAGE

    secrets = Secrets(folders.config / "secrets.json")
    page = SettingsStore(folders.config / "settings.toml", secrets).page(STUDIO_PAGE)
    return read_index(page["plugin_index"], folders.cache)


def _list_index(index: Index, *, as_json: bool) -> None:
    from dataclasses import asdict

    if index.problem is not None:
        print(f"kirara-studio: {index.problem}", file=sys.stderr)
    if as_json:
        entries = [{**asdict(entry), "fits": entry.fits} for entry in index.entries]
        print(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    for entry in index.entries:
        note = "" if entry.fits else f" (needs plugin interface {entry.api})"
        print(f"{entry.name:<24} {entry.title['en']}{note}\n    {entry.description['en']}")


# enable, disable


def _switch(options: argparse.Namespace, folders: Folders) -> None:
    registry = _registry(options, folders)
    try:
        registry.set_enabled(options.name, options.verb == "enable")
    except KeyError:
        raise _unknown(options.name, [record.name for record in registry.plugins]) from None


def _unknown(name: str, known: Sequence[str]) -> UserError:
    return UserError(
        "There is no plugin “{name}”.",
        advice="Installed are: {known}.",
        name=name,
        known=", ".join(known) or "none",
    )


# install, update, remove


def _takes_consent(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="install without asking")
    parser.add_argument("--verbose", action="store_true", help="show what uv or pip prints")


def _configure_install(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        nargs="+",
        help="a name (hello, hello==1.2), a wheel, a source archive, a folder, or an address "
        "(https, git+https)",
    )
    _takes_consent(parser)


def _install(options: argparse.Namespace, folders: Folders) -> int:
    from kirara_studio.host.installation.installer import Installer

    installer = Installer(folders)
    return _each(
        options.source,
        lambda source: installer.install(
            _requirement(source, folders), _asker(options), _reporter(options)
        ),
    )


def _requirement(source: str, folders: Folders) -> str:
    """What the index says is to be installed for a name; everything else as it is."""
    if not source.replace("-", "").replace("_", "").isalnum():
        return source
    entry = _index(folders).find(source)
    if entry is None:
        return source
    if not entry.fits:
        raise UserError(
            "“{name}” needs version {wanted} of the plugin interface.",
            advice="Update the studio, or the plugin.",
            name=entry.name,
            wanted=entry.api,
        )
    return entry.requirement


def _configure_update(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="*", help="plugins; without one, all")
    parser.add_argument("--check", action="store_true", help="list the updates only")
    _takes_json(parser)
    _takes_consent(parser)


def _update(options: argparse.Namespace, folders: Folders) -> int:
    from dataclasses import asdict

    from kirara_studio.host.installation.installer import Installer

    installer = Installer(folders)
    for name in options.name:
        _check_installed(name, folders)
    updates = installer.updates(_reporter(options))
    if options.name:
        updates = [one for one in updates if {one.name, *one.plugins} & set(options.name)]
    if options.json:
        print(json.dumps([asdict(update) for update in updates], ensure_ascii=False, indent=2))
    elif options.check or not updates:
        print("\n".join(f"{one.name} {one.old} → {one.new}" for one in updates) or "No updates.")
    if options.check or not updates:
        return 0
    return _each(
        [update.name for update in updates],
        lambda name: installer.update(name, _asker(options), _reporter(options)),
    )


def _check_installed(name: str, folders: Folders) -> None:
    records = find_plugins(folders.plugins)
    if name not in {one for record in records for one in (record.name, record.distribution)}:
        raise _unknown(name, [record.name for record in records])


def _configure_remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="+", help="plugins, or their distributions")
    parser.add_argument("--data", action="store_true", help="remove the data of the plugin, too")


def _remove(options: argparse.Namespace, folders: Folders) -> int:
    from kirara_studio.host.installation.installer import Installer

    installer = Installer(folders)
    return _each(options.name, lambda name: installer.remove(name, data=options.data))


def _each(items: Sequence[str], change: Callable[[str], Outcome | None]) -> int:
    """Make a change for each item; one that fails does not keep the others from being made."""
    status = 0
    for item in items:
        try:
            outcome = change(item)
        except UserError as error:
            print(f"kirara-studio: {error}", file=sys.stderr)
            status = _FAILED
            continue
        if outcome is None:
            print(f"{item}: nothing was changed.")
            status = _FAILED
        else:
            print("\n".join(_change_line(package) for package in outcome.packages) or "No change.")
    return status


def _change_line(package: Package) -> str:
    if not package.old:
        return f"installed {package.name} {package.new}"
    if not package.new:
        return f"removed {package.name} {package.old}"
    return f"updated {package.name} {package.old} → {package.new}"


def _asker(options: argparse.Namespace) -> Callable[[Question], bool]:
    from kirara_studio.host.installation.values import BuildQuestion

    def ask(question: Question) -> bool:
        if isinstance(question, BuildQuestion):
            words, text = "Build it, which runs its code?", _build_text(question)
        else:
            words, text = "Install it?", _install_text(question)
        print(text, flush=True)
        if options.yes:
            return True
        if not sys.stdin.isatty():
            raise UserError(
                "“{source}” was not installed: nobody could be asked.",
                advice="Read what is shown, and add --yes.",
                source=question.source,
            )
        return input(f"{words} [y/N] ").strip().lower() in ("y", "yes")

    return ask


def _build_text(question: BuildQuestion) -> str:
    known = [
        ("source", question.source),
        ("name", f"{question.name} {question.version}".strip()),
        ("summary", question.summary),
        ("author", question.author),
        ("licence", question.licence),
        ("built by", question.backend),
    ]
    return "A source, whose code must run to build it:\n" + _table(known)


def _install_text(question: InstallQuestion) -> str:
    name = f"{question.name} {question.version}"
    if question.package.old:
        name += f" (now {question.package.old})"
    rows = [
        ("name", name),
        ("summary", question.summary),
        ("author", question.author),
        ("licence", question.licence),
        ("home", question.home),
        ("source", question.source),
        *(("entry point", point) for point in question.entry_points),
        ("size", _megabytes(question.package.size)),
        *(("also", f"{_change_line(one)}, {_megabytes(one.size)}") for one in question.others),
        *(("warning", warning.message) for warning in question.warnings),
    ]
    return _table(rows)


def _table(rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"  {label:<12} {_printable(text)}" for label, text in rows if text)


def _printable(text: str) -> str:
    """Without control characters, by which a text could change what the terminal shows."""
    return "".join(letter for letter in text if letter.isprintable())


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"


def _reporter(options: argparse.Namespace) -> Callable[[Progress | Output], None]:
    from kirara_studio.host.installation.values import Output

    def report(event: Progress | Output) -> None:
        if isinstance(event, Output):
            if options.verbose:
                print(_printable(event.line), file=sys.stderr)
        elif sys.stderr.isatty():
            print(
                f"\r{event.fraction:4.0%} {event.step}\033[K\r", end="", file=sys.stderr, flush=True
            )

    return report


# doctor


def _doctor(options: argparse.Namespace, folders: Folders) -> int:
    from kirara_studio.host.installation.doctor import examine

    problems = examine(folders)
    if options.json:
        listed = [
            {
                "distribution": problem.name,
                "serious": problem.serious,
                "message": problem.error.message,
                "advice": problem.error.advice,
            }
            for problem in problems
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    elif problems:
        for problem in problems:
            print(f"{'problem' if problem.serious else 'warning'}: {problem.error}")
    else:
        print("No problems. “kirara-studio plugins list” shows whether every plugin can be loaded.")
    return _FAILED if any(problem.serious for problem in problems) else 0


VERBS: list[Verb] = [
    ("list", _configure_list, _list, "list all plugins, the broken ones with the reason"),
    ("install", _configure_install, _install, "install plugins, or replace them"),
    ("update", _configure_update, _update, "install newer versions of plugins"),
    ("remove", _configure_remove, _remove, "remove plugins, and what only they needed"),
    ("enable", _takes_name, _switch, "switch a plugin on"),
    ("disable", _takes_name, _switch, "switch a plugin off"),
    ("doctor", _takes_json, _doctor, "look for problems in the plugin folder"),
    *DEVELOPMENT_VERBS,
]

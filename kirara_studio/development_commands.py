"""The verbs of ``kirara-studio plugins`` for those who write plugins."""

from __future__ import annotations

import argparse
from pathlib import Path

from kirara_studio.api.commands import Verb
from kirara_studio.host.discovery import find_plugins
from kirara_studio.host.folders import Folders


def _configure_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="a lower-case word, such as star-map")
    parser.add_argument("--title", default="", help="what users read; by default the name")
    parser.add_argument("--author", default="", help="your name, for the metadata")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the folder; by default ./NAME")


def _new(options: argparse.Namespace, folders: Folders) -> None:
    from kirara_studio.development.scaffold import new_plugin

    taken = [record.name for record in find_plugins(folders.plugins)]
    target = options.out if options.out is not None else Path(options.name)
    new_plugin(options.name, target, title=options.title, author=options.author, taken=taken)
    print(
        f"Made {target}, a plugin that works.\n"
        f"  kirara-studio --develop {target}           runs it; saving a file reopens its panel\n"
        f"  kirara-studio plugins check {target}       tries it against the rules of the studio\n"
        f"  kirara-studio plugins install ./{target}   installs it\n"
        "The guide for plugin writers (docs/writing-a-plugin.md) goes on from here."
    )


def _configure_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plugin", help="the folder of its source, or the name of an installed one")
    parser.add_argument(
        "--rule", action="append", default=[], metavar="NAME", help="try this rule only; repeatable"
    )
    parser.add_argument("--json", action="store_true", help="for programs")


def _check(options: argparse.Namespace, _: Folders) -> int:
    from kirara_studio.testing.check import as_json, check_plugin, table

    results = check_plugin(options.plugin, only=options.rule)
    print(as_json(results) if options.json else table(results))
    return 0 if all(result.passed for result in results) else 1


def _configure_translate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="the folder of a plugin's source")


def _translate(options: argparse.Namespace, _: Folders) -> None:
    from kirara_studio.development.translations import translate_package, unfinished
    from kirara_studio.host.source_plugins import read_project

    project = read_project(options.folder)
    for package in dict.fromkeys(plugin.package for plugin in project.plugins):
        for catalogue in translate_package(project.import_folder / package):
            print(f"{catalogue}: {unfinished(catalogue)} texts to translate")


DEVELOPMENT_VERBS: list[Verb] = [
    ("new", _configure_new, _new, "make a new plugin that works"),
    ("check", _configure_check, _check, "try a plugin against the rules of the studio"),
    ("translate", _configure_translate, _translate, "collect a plugin's texts, and compile them"),
]

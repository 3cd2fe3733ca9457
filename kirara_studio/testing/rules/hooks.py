"""Rules about what the hooks return."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtSvg import QSvgRenderer

from kirara_studio.api.files import is_file
from kirara_studio.api.hooks import Action
from kirara_studio.api.panel import Panel
from kirara_studio.api.widgets.icons import FALLBACK, icon_path
from kirara_studio.development.translations import catalogue_problems, compiled_problems
from kirara_studio.testing.rule import NotApplicable, rule
from kirara_studio.testing.rules.opening import opened
from kirara_studio.testing.subject import Subject


@rule("Read “Hooks” in the guide for plugin writers: each names what to return.")
def hooks(plugin: Subject) -> Iterator[str]:
    """It loads, and its hooks return what they promise."""
    if reason := plugin.reason(plugin.studio.studio.registry):
        yield reason
    for action in plugin.studio.studio.registry.actions:
        yield from _unloadable(plugin, action.run)
    for panel in plugin.panels:
        if panel.tour:
            yield from _unloadable(plugin, panel.tour)
    for form in plugin.studio.studio.registry.model_formats:
        if form.recognise:
            yield from _unloadable(plugin, form.recognise)


def _unloadable(plugin: Subject, path: str) -> Iterator[str]:
    try:
        function = plugin.studio.studio.registry.load_object(plugin.name, path)
    except Exception as error:
        yield str(error)
    else:
        if not callable(function):
            yield f"“{path}” is not a function."


@rule("Begin every id with the name of your plugin.")
def ids(plugin: Subject) -> Iterator[str]:
    """Its ids are free beside the plugins that come with the studio."""
    registry = plugin.together
    if reason := plugin.reason(registry):
        yield reason
    if plugin.record.builtin:
        return
    owned: list[tuple[str, type]] = [(panel.id, Panel) for panel in registry.panels]
    owned += [(action.id, Action) for action in registry.actions]
    for identity, kind in owned:
        mine = registry.plugin_of(identity, kind) == plugin.name
        if mine and not identity.startswith(plugin.name):
            yield f"The id “{identity}” does not begin with “{plugin.name}”."


@rule("Choose other keys; those of the studio and of its panels come first.")
def shortcuts(plugin: Subject) -> Iterator[str]:
    """Its keys are keys, and free."""
    window = plugin.studio.window
    taken = {QKeySequence(command.keys): "the studio" for command in window.commands}
    taken |= {QKeySequence(f"Ctrl+{number}"): "the navigation" for number in range(1, 10)}
    taken.pop(QKeySequence(), None)
    mine = []
    for action in plugin.together.actions:
        keys = QKeySequence(action.shortcut)
        if not action.shortcut:
            continue
        if plugin.together.plugin_of(action.id, Action) != plugin.name:
            taken.setdefault(keys, f"the action “{action.id}”")
        else:
            mine.append((f"the action “{action.id}”", action.shortcut, keys))
    for panel in plugin.panels:
        widget = opened(plugin, panel.id)
        for shortcut in widget.findChildren(QShortcut):
            for keys in shortcut.keys():  # noqa: SIM118  (Qt's own)
                mine.append((f"the panel “{panel.id}”", keys.toString(), keys))
    for owner, text, keys in mine:
        if keys.isEmpty() or not keys.toString():
            yield f"“{text}” of {owner} are no keys."
        elif keys in taken and taken[keys] != owner:
            yield f"“{text}” of {owner} belong to {taken[keys]}."


@rule("Name one of the studio's icons, or an SVG file below your package's folder.")
def icons(plugin: Subject) -> Iterator[str]:
    """Its icons are there, and are drawings in SVG that follow the theme."""
    for panel in plugin.panels:
        path = icon_path(panel.icon, plugin.package_folder)
        if path == icon_path(FALLBACK) and panel.icon != FALLBACK:
            yield f"There is no icon “{panel.icon}”."
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if not QSvgRenderer(QByteArray(text.encode())).isValid():
            yield f"“{panel.icon}” cannot be drawn."
        elif "currentColor" not in text:
            yield f"“{panel.icon}” has colours of its own; use “currentColor”."


@rule("Run “kirara-studio plugins translate .”, and fill in what is unfinished in ja.ts.")
def translations(plugin: Subject) -> Iterator[str]:
    """Every text that the user sees is translated, and the compiled file has it."""
    folders = plugin.studio.studio.registry.translation_folders
    if not folders:
        raise NotApplicable("It has no translations: its texts stay English.")
    for folder in map(Path, folders):
        catalogue, compiled = folder / "ja.ts", folder / "ja.qm"
        if not is_file(compiled):
            yield f"“{folder.name}” has no ja.qm."
        if is_file(catalogue):
            yield from catalogue_problems(plugin.package_folder, catalogue)
            if is_file(compiled):
                yield from compiled_problems(catalogue, compiled)


@rule("Give Command.help and every argument a help text; import what is slow in the function.")
def commands(plugin: Subject) -> Iterator[str]:
    """Its commands explain themselves."""
    registry = plugin.studio.studio.registry
    if not registry.commands:
        raise NotApplicable("It adds no command.")
    for command in registry.commands:
        if not command.help:
            yield f"“{command.name}” has no help."
        parser = argparse.ArgumentParser(prog=f"kirara-studio {command.name}")
        registry.load_object(plugin.name, command.configure)(parser)
        parser.format_help()
        yield from _unexplained(parser)


def _unexplained(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helped = {choice.dest: choice.help for choice in action._choices_actions}
            for name, below in action.choices.items():
                if not helped.get(name):
                    yield f"“{parser.prog} {name}” has no help."
                yield from _unexplained(below)
        elif not action.help:
            name = action.option_strings[0] if action.option_strings else action.dest
            yield f"“{name}” of “{parser.prog}” has no help."
    runs = parser.get_default("run")
    if runs is None and not any(isinstance(a, argparse._SubParsersAction) for a in parser._actions):
        yield f"“{parser.prog}” sets no function to run."

"""Looks at the plugin folder, and says what is wrong with it and what to do. No plugin runs."""

from __future__ import annotations

import os
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, explain_write_error, is_folder
from kirara_studio.host.folders import Folders
from kirara_studio.host.installation.checks import Problem, problems_of
from kirara_studio.host.installation.generations import CURRENT, active_generation, named_generation
from kirara_studio.host.installation.inventory import distributions_in
from kirara_studio.host.installation.staged import text_of
from kirara_studio.host.installation.studio_packages import StudioPackages
from kirara_studio.host.installation.tools import find_tool


def examine(folders: Folders) -> list[Problem]:
    """All problems of the plugin folder, the serious ones first. Never raises."""
    found = [*_of_tools(folders), *_of_folder(folders.plugins), *_of_plugins(folders.plugins)]
    return sorted(found, key=lambda problem: not problem.serious)


def _of_tools(folders: Folders) -> list[Problem]:
    try:
        find_tool(folders.cache, folders.cache, lambda _: None)
    except UserError as error:
        return [Problem("", error)]
    return []


def _of_folder(folder: Path) -> list[Problem]:
    if not exists(folder):
        return []
    if not is_folder(folder) or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return [Problem("", explain_write_error(PermissionError(13, ""), folder / CURRENT))]
    active = active_generation(folder)
    named = named_generation(folder)
    if active is None or named == active:
        return []
    error = UserError(
        "“{file}” does not name a generation of plugins, so the newest one, {number}, is used.",
        advice="Install or remove any plugin: that writes it again.",
        file=folder / CURRENT,
        number=active.name,
    )
    return [Problem("", error, serious=False)]


def _of_plugins(folder: Path) -> list[Problem]:
    studio = StudioPackages.found(folder)
    active = active_generation(folder)
    here = distributions_in(active) if active is not None else {}
    beside = distributions_in(folder)
    together = {**beside, **here}
    found = [
        problem
        for place in (here, beside)
        for name, distribution in sorted(place.items())
        for problem in problems_of(name, distribution, together, studio)
    ]
    for name in sorted(here.keys() & beside.keys()):
        error = UserError(
            "{name} is in the plugin folder twice: {old}, put there by pip, is not used.",
            advice="Remove the plugin and install it again.",
            name=name,
            old=text_of(beside[name], "Version"),
        )
        found.append(Problem(name, error, serious=False))
    return found

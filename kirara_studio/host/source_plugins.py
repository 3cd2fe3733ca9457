"""Plugins in a source folder, which run and are checked without being installed."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file, is_folder
from kirara_studio.api.hooks import ENTRY_POINT_GROUP
from kirara_studio.api.reading import reading
from kirara_studio.host.discovery import EntryPoint, PluginRecord, find_plugins


@dataclass(frozen=True)
class SourceProject:
    """A folder with a ``pyproject.toml`` that has plugins.

    ``import_folder`` is the one that must be on ``sys.path``: the folder itself, ``src``, or the
    one above the packages that Hatch's ``packages`` names.
    """

    folder: Path
    import_folder: Path
    plugins: tuple[PluginRecord, ...]
    dependencies: list[str]

    def find(self, folder: Path | None) -> list[PluginRecord]:
        """The installed plugins, with these in place of those of the same name."""
        own = {plugin.name for plugin in self.plugins}
        return [p for p in find_plugins(folder) if p.name not in own] + list(self.plugins)

    def make_importable(self) -> None:
        """Let this process, and those that it starts, import the plugins from their source."""
        if str(self.import_folder) not in sys.path:
            sys.path.insert(0, str(self.import_folder))


def read_project(folder: Path) -> SourceProject:
    """What the ``pyproject.toml`` in ``folder`` says. Nothing of the plugin is imported.

    Raises UserError if there is none, or if it has no plugin.
    """
    folder = folder.absolute()
    file = folder / "pyproject.toml"
    if not is_file(file):
        raise UserError(
            "“{folder}” has no pyproject.toml.",
            advice="Name the folder of a plugin's source. “kirara-studio plugins new NAME” makes "
            "one.",
            folder=folder,
        )
    with reading(file, "“{file}” is not a valid pyproject.toml: {reason}."):
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        project = content.get("project", {})
        points = project.get("entry-points", {}).get(ENTRY_POINT_GROUP, {})
        plugins = tuple(_record(project, name, module) for name, module in points.items())
    if not plugins:
        raise UserError(
            "“{file}” has no plugin.",
            advice='It needs a table [project.entry-points."{group}"].',
            file=file,
            group=ENTRY_POINT_GROUP,
        )
    dependencies = [str(text) for text in project.get("dependencies", ())]
    import_folder = _import_folder(folder, content, plugins[0].package)
    return SourceProject(folder, import_folder, plugins, dependencies)


def _record(project: dict[str, Any], name: str, module: str) -> PluginRecord:
    authors = (author.get("name") or author.get("email") for author in project.get("authors", ()))
    return PluginRecord(
        name=name,
        distribution=str(project.get("name", name)),
        version=str(project.get("version", "")),
        summary=str(project.get("description", "")),
        author=", ".join(filter(None, authors)),
        entry_point=EntryPoint(name, str(module)),
    )


def _import_folder(folder: Path, content: dict[str, Any], package: str) -> Path:
    build = content.get("tool", {}).get("hatch", {}).get("build", {})
    named = build.get("targets", {}).get("wheel", {}).get("packages", [])
    candidates = [(folder / path).parent for path in named if Path(path).name == package]
    for candidate in (*candidates, folder, folder / "src", folder / "plugins"):
        if is_folder(candidate / package) or is_file(candidate / f"{package}.py"):
            return candidate
    raise UserError(
        "There is no package “{package}” in “{folder}”.",
        advice="The entry point names it; it may also lie in “src”.",
        package=package,
        folder=folder,
    )

"""A plugin that is being checked, and the studio it is put into."""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from kirara_studio.api.deprecation import InterfaceDeprecation
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.panel import Panel
from kirara_studio.host.discovery import PluginRecord, find_plugins
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import Registry, load_registry
from kirara_studio.host.source_plugins import SourceProject, read_project
from kirara_studio.processes import child_environment, python_command
from kirara_studio.testing.studio import OffscreenStudio


class Subject:
    """One plugin: installed, or in the source folder of ``project``.

    Use it as a context manager; what is expensive is made when a rule first asks for it.
    """

    def __init__(self, record: PluginRecord, home: Path, project: SourceProject | None) -> None:
        self.record = record
        self.name = record.name
        self.project = project
        self.deprecations: list[str] = []
        """Where the plugin's code used what is deprecated, as “file:line: message”."""
        self._home = home
        self._shown: set[str] = set()
        self._catching = warnings.catch_warnings()

    def __enter__(self) -> Subject:
        self._catching.__enter__()
        warnings.simplefilter("always", InterfaceDeprecation)
        warnings.showwarning = self._note_warning
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._catching.__exit__(kind, error, trace)
        if "studio" in self.__dict__:
            self.studio.close()
            del self.__dict__["studio"]

    @property
    def package_folder(self) -> Path:
        """The folder of the plugin's package, or of its only file."""
        spec = importlib.util.find_spec(self.record.package)
        if spec is None or spec.origin is None:
            raise LookupError(f"There is no package “{self.record.package}”.")
        return Path(spec.origin).parent

    @property
    def requirements(self) -> list[str]:
        """What its distribution needs, as requirements."""
        if self.project is not None:
            return self.project.dependencies
        try:
            return importlib.metadata.requires(self.record.distribution) or []
        except importlib.metadata.PackageNotFoundError:
            return []

    @functools.cached_property
    def studio(self) -> OffscreenStudio:
        """A studio with this plugin alone, whose jobs do not begin before a rule lets them."""
        studio = OffscreenStudio([self.record], self._home / "alone")
        studio.hold_jobs()
        return studio

    @functools.cached_property
    def together(self) -> Registry:
        """The plugin beside those that come with the studio, which are loaded first."""
        own = [record for record in find_plugins() if record.builtin and record.name != self.name]
        return load_registry(
            Folders.below(self._home / "together"), find=lambda _: [*own, self.record]
        )

    @functools.cached_property
    def import_report(self) -> dict[str, Any]:
        """What importing the plugin's module does to a fresh process."""
        done = subprocess.run(
            python_command("kirara_studio.testing.probe", self.record.entry_point.module),
            env=child_environment(),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no output"])[-1]
            raise RuntimeError(f"Importing it ends the process: {last}")
        report: dict[str, Any] = parse_json(done.stdout.splitlines()[-1])
        return report

    @property
    def panels(self) -> list[Panel]:
        """The plugin's panels."""
        return list(self.studio.studio.registry.panels)

    def reason(self, registry: Registry) -> str:
        """Why the plugin is broken, or an empty text."""
        return next((r.reason for r in registry.plugins if r.name == self.name), "")

    def new_problems(self) -> list[str]:
        """What went wrong since this was asked the last time: in slots, banners and hooks."""
        found = [text for text in self.studio.problems if text not in self._shown]
        self._shown |= set(found)
        return found

    def _note_warning(
        self, message: Warning | str, category: type[Warning], filename: str, lineno: int,
        file: object = None, line: object = None,
    ) -> None:  # fmt: skip
        if issubclass(category, InterfaceDeprecation):
            self.deprecations.append(f"{Path(filename).name}:{lineno}: {message}")


def subjects(plugin: str, home: Path) -> Iterator[Subject]:
    """The plugins of a source folder, or an installed one by its name. Raises UserError."""
    folder = Path(plugin)
    if is_file(folder / "pyproject.toml"):
        project = read_project(folder)
        project.make_importable()
        for number, record in enumerate(project.plugins):
            yield Subject(record, home / str(number), project)
        return
    # As a studio of this user finds them, which also makes them importable.
    found = load_registry(Folders.default(), safe_mode=True).plugins
    named = [record for record in found if record.name == plugin]
    if not named:
        raise UserError(
            "There is neither a plugin nor a source folder “{name}”.",
            advice="Installed are: {known}.",
            name=plugin,
            known=", ".join(record.name for record in found) or "none",
        )
    yield Subject(named[0], home, None)

"""The changes themselves, as the child process makes them."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import Distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import explain_write_error, explained_writing, temporary_folder_beside
from kirara_studio.host.discovery import find_plugins
from kirara_studio.host.folders import Folders
from kirara_studio.host.installation import explained, flat
from kirara_studio.host.installation.checks import problems_of
from kirara_studio.host.installation.generations import (
    active_generation,
    active_number,
    locked,
    next_generation,
    restore_generation,
    sweep,
)
from kirara_studio.host.installation.inventory import (
    Source,
    distributions_in,
    note_source,
    source_of,
)
from kirara_studio.host.installation.sources import Wanted, wanted
from kirara_studio.host.installation.staged import (
    home_of,
    licence_of,
    plugin_points,
    size_of,
    text_of,
)
from kirara_studio.host.installation.studio_packages import StudioPackages, write_stubs
from kirara_studio.host.installation.tools import Pin, Tool, ToolFailed, find_tool
from kirara_studio.host.installation.values import (
    ACTIVATE,
    BUILD,
    CHECK,
    FETCH,
    NONE,
    RESOLVE,
    Ask,
    BuildQuestion,
    InstallQuestion,
    Outcome,
    Output,
    Package,
    Progress,
    Report,
    Update,
)
from kirara_studio.host.switches import PluginSwitches


class NoWheel(Exception):
    """Only a source of the package ``name`` is there, and building it was not allowed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass
class Change:
    """One change of the plugin folder, which is locked. ``work`` is for temporary files."""

    folders: Folders
    work: Path
    ask: Ask
    report: Report

    @classmethod
    @contextmanager
    def begin(cls, folders: Folders, ask: Ask, report: Report) -> Iterator[Change]:
        """Lock the folder, and remove what a killed change left. Raises UserError."""
        place = folders.plugins
        with locked(place), explained_writing(place, place):
            sweep(place)
            with temporary_folder_beside(place / "work") as work:
                yield cls(folders, work, ask, report)

    # What there is

    @cached_property
    def studio(self) -> StudioPackages:
        return StudioPackages.found(self.folders.plugins)

    @cached_property
    def here(self) -> Mapping[str, Distribution]:
        """The distributions of the active generation."""
        active = active_generation(self.folders.plugins)
        return distributions_in(active) if active is not None else {}

    @cached_property
    def tool(self) -> Tool:
        cache = self.folders.cache / "installation"
        return find_tool(self.work, cache, lambda line: self.report(Output(line)))

    @cached_property
    def _stubs(self) -> Path:
        folder = self.work / "stubs"
        folder.mkdir()
        return folder

    @cached_property
    def _studio_constraints(self) -> list[str]:
        return write_stubs(self._stubs, self.studio.versions, self.studio.metadata, whole=False)

    def _roots(self) -> set[str]:
        """The distributions that somebody asked for, and all plugins."""
        chosen = {name for name, one in self.here.items() if source_of(one) is not None}
        return chosen | {name for name, one in self.here.items() if plugin_points(one)}

    # The actions

    def install(self, text: str) -> Outcome | None:
        """Install or replace a plugin; None if the user says no. Raises UserError."""
        target = wanted(text)
        if target.question is not None and not self.ask(target.question):
            return None
        return self._install(target, build=target.question is not None)

    def update(self, name: str) -> Outcome | None:
        """Install the newest version of a plugin. Raises UserError."""
        chosen = canonicalize_name(name)
        source = source_of(self.here[chosen]) if chosen in self.here else None
        if source is None or self._update_of(chosen) is None:
            return Outcome()
        target = Wanted(source.text, chosen, source.requirement, source.requirement)
        return self._install(target, build=False)

    def updates(self) -> list[Update]:
        """The newer versions that are on the index and fit. Raises UserError."""
        found = []
        for number, name in enumerate(sorted(self.here)):
            self._step(RESOLVE, number / len(self.here))
            if update := self._update_of(name):
                found.append(update)
        return found

    def _update_of(self, name: str) -> Update | None:
        distribution = self.here[name]
        source = source_of(distribution)
        if source is None or not source.requirement:
            return None
        target = Wanted(source.text, name, source.requirement)
        try:
            new = _version(_root(target, self._resolved(target, build=False)))
        except explained.Offline:
            raise
        except (UserError, NoWheel):
            return None  # the one that is installed may have come from elsewhere
        old = text_of(distribution, "Version")
        if not new or Version(new) <= Version(old):
            return None
        return Update(name, tuple(point.name for point in plugin_points(distribution)), old, new)

    def remove(self, name: str, *, data: bool) -> Outcome:
        """Remove a plugin and what only it needed. Raises UserError."""
        beside = distributions_in(self.folders.plugins)
        chosen = self._named(name, {**beside, **self.here})
        self._step(ACTIVATE, 0.5)
        points = _plugins_of({chosen}, self.here, beside)
        packages = []
        before = active_number(self.folders.plugins)
        if chosen in self.here:
            gone = self._superfluous({}, without=chosen)
            packages = [_package(self.here[one], None) for one in sorted(gone)]
            with next_generation(self.folders.plugins) as clone:
                self._take_out(clone, gone)
        if chosen in beside:
            packages = packages or [_package(beside[chosen], None)]
            flat.remove(beside[chosen])
        self._switch_on(points)
        if data:
            for point in points:
                shutil.rmtree(self.folders.of_plugin(point), ignore_errors=True)
        whole = not data and chosen not in beside
        generations = (before, active_number(self.folders.plugins)) if whole else NONE
        return Outcome(tuple(sorted(points)), tuple(packages), generations)

    def undo(self, generations: Sequence[int]) -> Outcome:
        """Bring back the plugins from before a change, the newest one. Raises UserError."""
        before, after = generations
        if not after or active_number(self.folders.plugins) != after:
            raise UserError(
                "Other plugins were changed since then.",
                advice="Install or remove the plugin again.",
            )
        self._step(ACTIVATE, 0.5)
        old = self.here
        restore_generation(self.folders.plugins, before)
        active = active_generation(self.folders.plugins)
        new = distributions_in(active) if active is not None else {}
        changed = sorted(
            name
            for name in {*old, *new}
            if name not in old or name not in new or old[name].version != new[name].version
        )
        points = _plugins_of(changed, old, new)
        packages = tuple(_package(old.get(name), new.get(name)) for name in changed)
        number = active_number(self.folders.plugins)
        return Outcome(tuple(sorted(points)), packages, (after, number))

    def _named(self, name: str, known: Mapping[str, Distribution]) -> str:
        """The distribution that a user names, by its own name or that of its plugin."""
        for found, distribution in known.items():
            points = {point.name for point in plugin_points(distribution)}
            if found == canonicalize_name(name) or name in points:
                return found
        for record in find_plugins():
            if name in (record.name, record.distribution):
                if record.builtin:
                    raise UserError(
                        "“{name}” comes with the studio, and cannot be removed.",
                        advice="Switch it off instead.",
                        name=name,
                    )
                raise UserError(
                    "“{name}” was installed beside the studio, not by it.",
                    advice="Remove it as it was installed, for example by “pip uninstall {dist}”.",
                    name=name,
                    dist=record.distribution,
                )
        raise UserError(
            "There is no plugin “{name}”.",
            advice="Installed are: {known}.",
            name=name,
            known=", ".join(sorted(known)) or "none",
        )

    # Resolving

    def _install(self, target: Wanted, *, build: bool) -> Outcome | None:
        self._step(BUILD if build else RESOLVE, 0.05)
        try:
            pins = self._resolved(target, build=build)
        except NoWheel as missing:
            if not self.ask(BuildQuestion(target.text, missing.name)):
                return None
            return self._install(target, build=True)
        root = _root(target, pins)
        self._check_place(root.name)
        new = [pin for pin in pins if pin is not root and not self._is_there(pin)]
        return self._stage(target, root, new, build=build)

    def _check_place(self, name: str) -> None:
        """Raise UserError for what lies in the studio's environment."""
        if name not in self.studio.versions:
            return
        if name in {canonicalize_name(one.distribution) for one in find_plugins()}:
            raise UserError(
                "“{name}” was installed beside the studio, not by it.",
                advice="Update it as it was installed, for example by pip.",
                name=name,
            )
        raise UserError(
            "“{name}” is there already: the studio runs on it.",
            advice="Nothing needs to be installed.",
            name=name,
        )

    def _is_there(self, pin: Pin) -> bool:
        if pin.url:
            return pin.url.startswith(self._stubs.resolve().as_uri())
        there = self.here.get(pin.name)
        return there is not None and text_of(there, "Version") == _version(pin)

    def _resolved(self, target: Wanted, *, build: bool) -> list[Pin]:
        """What the plugin needs, all of it exact. Raises UserError and NoWheel."""
        others = self._roots() - {target.name}
        kept = flat.needed(others, self.here) - {target.name}
        attempts = [([target.requirement], kept)]
        if kept - others:
            # Another version of what they share may suit them all.
            attempts.append(([target.requirement, *sorted(others)], others))
        for requirements, fixed in attempts:
            try:
                return self._attempt(requirements, fixed, build=build)
            except ToolFailed as error:
                failure = error
        raise self._explained(failure, target, build=build) from failure

    def _attempt(self, requirements: Sequence[str], fixed: set[str], *, build: bool) -> list[Pin]:
        versions = {name: text_of(self.here[name], "Version") for name in sorted(fixed)}
        metadata = {name: self.here[name].metadata for name in versions}
        stubs = write_stubs(self._stubs, versions, metadata, whole=True)  # type: ignore[arg-type]
        return self.tool.resolve(requirements, [*self._studio_constraints, *stubs], build=build)

    def _explained(self, failure: ToolFailed, target: Wanted, *, build: bool) -> Exception:
        if explained.is_full(failure.text):
            return explain_write_error(OSError(errno.ENOSPC, ""), Path(target.text))
        missing = explained.missing_name(failure.text)
        if not build and explained.needs_build(failure.text):
            return NoWheel(missing or target.name)
        error = explained.explain(failure.text, target.text, self.studio.versions)
        is_unknown = missing and not build and not isinstance(error, explained.Offline)
        return NoWheel(missing) if is_unknown and self.tool.has_sources(missing) else error

    # Staging

    def _stage(
        self, target: Wanted, root: Pin, new: Sequence[Pin], *, build: bool
    ) -> Outcome | None:
        self._step(FETCH, 0.3)
        stage = self._unpacked([root], target, build=build)
        plugin = distributions_in(stage).get(root.name)
        if plugin is None or not plugin_points(plugin):
            raise UserError(
                "“{name}” is not a plugin of Kirara Studio.",
                advice="Check the name. A plugin has an entry point in “kirara_studio.plugins”.",
                name=root.name,
            )
        self._check_names(root.name, plugin)
        if new:
            self._step(FETCH, 0.5)
            flat.merge(self._unpacked(new, target, build=build), stage)
        self._step(CHECK, 0.8)
        gone = self._superfluous(distributions_in(stage), without="")
        question = self._checked(target, root.name, stage, gone)
        if not self.ask(question):
            return None
        self._step(ACTIVATE, 0.9)
        before = active_number(self.folders.plugins)
        self._activate(target, root.name, stage, gone)
        points = tuple(line.partition(" = ")[0] for line in question.entry_points)
        generations = before, active_number(self.folders.plugins)
        return Outcome(points, (question.package, *question.others), generations)

    def _unpacked(self, pins: Sequence[Pin], target: Wanted, *, build: bool) -> Path:
        stage = self.work / f"stage-{pins[0].name}"
        stage.mkdir()
        try:
            self.tool.unpack(pins, stage, build=build)
        except ToolFailed as failure:
            raise self._explained(failure, target, build=True) from failure
        return stage

    def _check_names(self, name: str, plugin: Distribution) -> None:
        taken = {
            record.name: record.distribution
            for record in find_plugins(self.folders.plugins)
            if canonicalize_name(record.distribution) != name
        }
        for point in plugin_points(plugin):
            owner = taken.get(point.name)
            if owner is not None:
                raise UserError(
                    "The plugin is named “{name}”, as one of “{owner}” is.",
                    advice="Remove that one first, or ask the author to choose another name.",
                    name=point.name,
                    owner=owner,
                )

    def _superfluous(self, new: Mapping[str, Distribution], *, without: str) -> set[str]:
        """What is here, and nothing needs once ``new`` is there and ``without`` is not."""
        together = {**self.here, **new}
        chosen = self._roots() | {name for name, one in new.items() if plugin_points(one)}
        chosen -= {without}
        return set(self.here) - set(new) - flat.needed(chosen, together)

    def _checked(self, target: Wanted, name: str, stage: Path, gone: set[str]) -> InstallQuestion:
        """What is asked before the plugin is activated. Raises UserError if it cannot work."""
        new = distributions_in(stage)
        together = {name: one for name, one in {**self.here, **new}.items() if name not in gone}
        warnings = []
        for found, distribution in new.items():
            for problem in problems_of(found, distribution, together, self.studio):
                if problem.serious:
                    raise problem.error
                warnings.append(problem.error)
        plugin = new[name]
        others = [_package(self.here.get(one), new[one]) for one in sorted(new) if one != name]
        others += [_package(self.here[one], None) for one in sorted(gone)]
        return InstallQuestion(
            source=target.text,
            name=text_of(plugin, "Name"),
            version=text_of(plugin, "Version"),
            summary=text_of(plugin, "Summary"),
            author=text_of(plugin, "Author", "Author-email", "Maintainer", "Maintainer-email"),
            licence=licence_of(plugin),
            home=home_of(plugin),
            entry_points=tuple(f"{p.name} = {p.value}" for p in plugin_points(plugin)),
            package=_package(self.here.get(name), plugin),
            others=tuple(others),
            warnings=tuple(warnings),
        )

    # Activating

    def _activate(self, target: Wanted, name: str, stage: Path, gone: set[str]) -> None:
        new = distributions_in(stage)
        note_source(new[name], Source(target.text, target.update))
        points = {point.name for point in plugin_points(new[name])}
        with next_generation(self.folders.plugins) as clone:
            self._take_out(clone, gone | (set(new) & set(self.here)))
            flat.merge(stage, clone)
        self._switch_on(points)

    def _take_out(self, clone: Path, names: set[str]) -> None:
        there = distributions_in(clone)
        for name in sorted(names):
            flat.remove(there[name])

    def _switch_on(self, points: set[str]) -> None:
        """A plugin that was switched off and is installed again is wanted."""
        switches = PluginSwitches(self.folders.config / "plugins.toml")
        disabled = switches.disabled()
        if disabled & points:
            switches.set_disabled(disabled - points)

    def _step(self, step: str, fraction: float) -> None:
        self.report(Progress(step, fraction))


def _root(target: Wanted, pins: Sequence[Pin]) -> Pin:
    """The pin of the plugin itself."""
    for pin in pins:
        if pin.name == target.name or (not target.name and pin.url.startswith(target.requirement)):
            return pin
    direct = [pin for pin in pins if pin.url and not pin.url.endswith(".whl")]
    if len(direct) != 1:
        raise UserError(
            "“{source}” does not say which package it is.",
            advice="Write “NAME @ {source}”.",
            source=target.text,
        )
    return direct[0]


def _plugins_of(names: Iterable[str], *places: Mapping[str, Distribution]) -> set[str]:
    """The plugins of distributions, wherever those are."""
    found = (place[name] for name in names for place in places if name in place)
    return {point.name for distribution in found for point in plugin_points(distribution)}


def _version(pin: Pin) -> str:
    """The version of a pin by name; empty for an address."""
    if pin.url:
        return ""
    return next(iter(Requirement(pin.requirement).specifier)).version


def _package(old: Distribution | None, new: Distribution | None) -> Package:
    one = new or old
    assert one is not None
    return Package(
        name=text_of(one, "Name"),
        old=text_of(old, "Version") if old is not None else "",
        new=text_of(new, "Version") if new is not None else "",
        size=size_of(new) if new is not None else 0,
    )

"""What is wrong with installed distributions, found by reading files: no code of them runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path, PurePosixPath

from packaging.markers import default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from kirara_studio.api import API_VERSION
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_folder
from kirara_studio.host.installation.staged import (
    api_problem,
    files_of,
    folder_of,
    missing_files,
    module_of,
    plugin_points,
    text_of,
)
from kirara_studio.host.installation.studio_packages import StudioPackages

_COMMON = {"bin", "share", "etc", "include", "doc", "docs", "example", "examples", "test", "tests"}
"""Names that many wheels put beside their packages by mistake; nobody imports them."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a distribution, and what to do about it.

    ``serious`` is one with which it cannot work; others are warnings.
    """

    name: str
    error: UserError
    serious: bool = True


def problems_of(
    name: str,
    distribution: Distribution,
    here: Mapping[str, Distribution],
    studio: StudioPackages,
) -> list[Problem]:
    """Check one of the distributions that are ``here``, by normalised name. Never raises."""
    try:
        return list(_problems_of(name, distribution, here, studio))
    except Exception as error:  # whatever a damaged file leads to
        return [Problem(name, _broken(name, str(error)))]


def _problems_of(
    name: str,
    distribution: Distribution,
    here: Mapping[str, Distribution],
    studio: StudioPackages,
) -> Iterator[Problem]:
    title = f"{name} {text_of(distribution, 'Version')}"
    base = folder_of(distribution)
    files = files_of(distribution)
    lost = [path for path in files if ".." not in path.parts and not exists(base / path)]
    lost = [path for path in lost if path.suffix != ".pyc" and path.parts[0] != "bin"]
    if lost:
        yield Problem(name, _broken(title, f"“{lost[0]}” is missing"))
    for point in plugin_points(distribution):
        if module_of(distribution, point) is None:
            yield Problem(name, _broken(title, f"its module “{point.module}” is missing"))
    yield from (Problem(name, error) for error in _shadowed(title, files, base, studio))
    yield from (Problem(name, error) for error in _unmet(title, distribution, here, studio))
    if wanted := api_problem(distribution):
        yield Problem(
            name,
            UserError(
                "{name} needs version {wanted} of the plugin interface; this studio has {version}.",
                advice="Update the studio or the plugin.",
                name=title,
                wanted=wanted,
                version=API_VERSION,
            ),
        )
    for error in missing_files(distribution):
        yield Problem(name, error, serious=False)


def _broken(name: str, reason: str) -> UserError:
    return UserError(
        "{name} is damaged: {reason}.",
        advice="Install it again, or remove it.",
        name=name,
        reason=reason,
    )


def _shadowed(
    title: str, files: Sequence[PurePosixPath], base: Path, studio: StudioPackages
) -> Iterator[UserError]:
    """Modules that would never be imported, since the studio has others of their names."""
    tops = {path.parts[0].removesuffix(".py") for path in files if ".." not in path.parts}
    for top in sorted(tops - _COMMON):
        importable = top.isidentifier() and (is_folder(base / top) or exists(base / f"{top}.py"))
        if importable and studio.has_module(top):
            yield UserError(
                "{name} brings a module “{module}”, which the studio has, too.",
                advice="Remove the plugin, and ask its author to rename the module.",
                name=title,
                module=top,
            )


def _unmet(
    title: str,
    distribution: Distribution,
    here: Mapping[str, Distribution],
    studio: StudioPackages,
) -> Iterator[UserError]:
    environment: dict[str, str] = {**default_environment(), "extra": ""}  # type: ignore[dict-item]
    for line in distribution.metadata.get_all("Requires-Dist") or ():
        try:
            requirement = Requirement(str(line))
        except InvalidRequirement:
            continue
        if requirement.marker is not None and not requirement.marker.evaluate(environment):
            continue
        name = canonicalize_name(requirement.name)
        version = studio.versions.get(name)
        if version is None and name in here:
            version = text_of(here[name], "Version")
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield UserError(
                "{name} needs {requirement}, but there is {there}.",
                advice="Update the plugin, or remove it.",
                name=title,
                requirement=f"{requirement.name}{requirement.specifier}",
                there=f"{requirement.name} {version}" if version else "none",
            )

"""Distributions in a flat folder of packages: adding and removing their files."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
from collections.abc import Mapping, Set
from importlib.metadata import Distribution
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_file, is_folder
from kirara_studio.host.installation.inventory import metadata_folder
from kirara_studio.host.installation.staged import files_of, folder_of

_LOOSE = {"bin", ".lock", "share", "etc", "include", "Scripts"}
"""What tools put beside the packages, which nothing imports."""


def merge(stage: Path, target: Path) -> None:
    """Move the files of an unpacked stage into a generation.

    Raises UserError if a file of another distribution is there already, with another content.
    """
    for name in _LOOSE:
        _remove(stage / name)
    for place, folders, names in os.walk(stage):
        there = target / Path(place).relative_to(stage)
        for name in folders:
            (there / name).mkdir(exist_ok=True)
        for name in names:
            new, old = Path(place, name), there / name
            if exists(old) and not filecmp.cmp(old, new, shallow=False):
                if old.relative_to(target).parts[0] in ("test", "tests", "docs", "examples"):
                    continue  # many wheels put these beside their packages by mistake
                raise UserError(
                    "Another package has a file “{file}”, too, so both cannot be installed.",
                    advice="Remove one of the two, or tell their authors.",
                    file=old.relative_to(target).as_posix(),
                )
            new.replace(old)


def remove(distribution: Distribution) -> None:
    """Remove the files of a distribution, and the folders that are empty then. Raises OSError."""
    base = folder_of(distribution)
    info = metadata_folder(distribution)
    with contextlib.suppress(ValueError):  # without a list only its metadata can be removed
        paths = [base / name for name in files_of(distribution) if ".." not in name.parts]
        folders = set()
        for path in paths:
            if info in path.parents:
                continue
            path.unlink(missing_ok=True)
            if path.suffix == ".py":
                for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
                    compiled.unlink(missing_ok=True)
            folders |= {parent for parent in path.parents if base in parent.parents}
            folders.add(path.parent / "__pycache__")
        for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
            with contextlib.suppress(OSError):  # others have files in it
                if folder != base:
                    folder.rmdir()
    shutil.rmtree(info)  # at last: after a crash it can be removed again


def needed(roots: Set[str], here: Mapping[str, Distribution]) -> set[str]:
    """The distributions that these need, themselves included, however far down.

    Extras and markers are not looked at: rather one too many is kept than one too few.
    """
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found or name not in here:
            continue
        found.add(name)
        for line in here[name].metadata.get_all("Requires-Dist") or ():
            with contextlib.suppress(InvalidRequirement):
                waiting.append(canonicalize_name(Requirement(str(line)).name))
    return found


def _remove(path: Path) -> None:
    if is_folder(path):
        shutil.rmtree(path)
    elif is_file(path):
        path.unlink()

"""Reads what an unpacked plugin says of itself, without running any of it."""

from __future__ import annotations

import ast
import csv
import itertools
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, EntryPoint
from pathlib import Path, PurePosixPath

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_file
from kirara_studio.api.hooks import ENTRY_POINT_GROUP
from kirara_studio.host.api_range import declared_api, misfit, module_file

_LONGEST = 300  # characters of a text that is shown
_INCOMPLETE = "Its wheel is incomplete: ask its author for another one."
_PICTURES = (".svg", ".png")


def plugin_points(distribution: Distribution) -> list[EntryPoint]:
    """The entry points of the studio's group. Never raises."""
    try:
        return [point for point in distribution.entry_points if point.group == ENTRY_POINT_GROUP]
    except Exception:  # whatever a damaged file leads to
        return []


def text_of(distribution: Distribution, *keys: str) -> str:
    """The first of these fields of the metadata that is there, in one line, cut if it is long."""
    for key in keys:
        text = " ".join(str(distribution.metadata[key] or "").split())
        if text and text != "UNKNOWN":
            return text[:_LONGEST]
    return ""


def home_of(distribution: Distribution) -> str:
    """The address of its home page, if it names one."""
    for line in distribution.metadata.get_all("Project-URL") or ():
        label, _, address = str(line).partition(",")
        if label.strip().lower() in ("homepage", "home", "repository", "source"):
            return address.strip()[:_LONGEST]
    return text_of(distribution, "Home-page")


def licence_of(distribution: Distribution) -> str:
    """Its licence, by the expression, the text, or the classifier."""
    classifiers = [str(line) for line in distribution.metadata.get_all("Classifier") or ()]
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    return text_of(distribution, "License-Expression", "License") or ", ".join(named)


def folder_of(distribution: Distribution) -> Path:
    """The folder in which it lies, and to which its list of files is relative."""
    return Path(str(distribution.locate_file("")))


def files_of(distribution: Distribution) -> list[PurePosixPath]:
    """The files of a distribution, relative to its folder. Raises ValueError if it has no list."""
    text = distribution.read_text("RECORD")
    if text is None:
        raise ValueError("it has no list of its files")
    try:
        rows = [row for row in csv.reader(text.splitlines()) if row]
    except csv.Error as error:
        raise ValueError(f"the list of its files is damaged: {error}") from error
    return [PurePosixPath(row[0].replace("\\", "/")) for row in rows]


def size_of(distribution: Distribution) -> int:
    """Bytes on disk."""
    return sum(path.stat().st_size for path in _paths(distribution) if is_file(path))


def module_of(distribution: Distribution, point: EntryPoint) -> Path | None:
    """The file that an entry point names; None if it is not there."""
    base = folder_of(distribution)
    found = module_file(point.module, [base])
    if found is None:
        stem = base.joinpath(*point.module.split("."))
        found = next(iter(stem.parent.glob(f"{stem.name}.*.so")), None)
        found = found or next(iter(stem.parent.glob(f"{stem.name}.*.pyd")), None)
    return found


def api_problem(distribution: Distribution) -> str:
    """Which other version of the plugin interface it asks for; empty if it fits.

    Only a range that stands in the source as a text can be seen before the code runs.
    """
    for point in plugin_points(distribution):
        module = module_of(distribution, point)
        source = module.read_text("utf-8", "replace") if module and module.suffix == ".py" else ""
        declared = declared_api(source)
        if declared is not None and misfit(declared):
            return declared
    for call in _calls(distribution, "Panel"):
        for keyword in call.keywords:
            if keyword.arg == "api" and isinstance(keyword.value, ast.Constant):
                wanted = str(keyword.value.value)
                if misfit(wanted):
                    return wanted
    return ""


def missing_files(distribution: Distribution) -> list[UserError]:
    """What a wheel has most likely lost: translations and icons."""
    found: dict[str, UserError] = {}
    for point in plugin_points(distribution):
        module = module_of(distribution, point)
        if module is None:
            continue
        package = module.parent
        for call in _calls(distribution, "Panel"):
            icon = next((k.value for k in call.keywords if k.arg == "icon"), None)
            name = icon.value if isinstance(icon, ast.Constant) else ""
            if str(name).endswith(_PICTURES) and not exists(package / str(name)):
                found[str(name)] = UserError(
                    "The icon “{icon}” of {name} is missing.",
                    advice=_INCOMPLETE,
                    icon=name,
                    name=point.module,
                )
        hooks = [node for tree in _trees([module]) for node in ast.walk(tree)]
        names = {node.name for node in hooks if isinstance(node, ast.FunctionDef)}
        if "kirara_translations" in names and not any(package.rglob("*.qm")):
            found[""] = UserError(
                "{name} has no compiled translations (*.qm).",
                advice=_INCOMPLETE,
                name=point.module,
            )
    return list(found.values())


def _calls(distribution: Distribution, name: str) -> Iterator[ast.Call]:
    """Calls of a class, by whatever name of its module, in the plugin's Python files."""
    packages = {point.module.partition(".")[0] for point in plugin_points(distribution)}
    paths = (
        path
        for path in _paths(distribution)
        if path.suffix == ".py" and _top(distribution, path) in packages
    )
    for tree in _trees(itertools.islice(paths, 500)):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                function = node.func
                called = function.attr if isinstance(function, ast.Attribute) else ""
                called = function.id if isinstance(function, ast.Name) else called
                if called == name:
                    yield node


def _top(distribution: Distribution, path: Path) -> str:
    return path.relative_to(folder_of(distribution)).parts[0].removesuffix(".py")


def _trees(paths: Iterator[Path] | Sequence[Path]) -> Iterator[ast.Module]:
    for path in paths:
        try:
            yield ast.parse(path.read_bytes())
        except (SyntaxError, ValueError, OSError, RecursionError, MemoryError):
            continue  # it is reported when it is imported


def _paths(distribution: Distribution) -> list[Path]:
    base = folder_of(distribution)
    return [base / name for name in files_of(distribution) if ".." not in name.parts]

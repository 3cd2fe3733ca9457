"""Rules about what is installed: metadata, the import, and files in the wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kirara_studio.api.files import is_file
from kirara_studio.host.api_range import NAME, declared_api, misfit, module_source
from kirara_studio.host.installation.tools import TOOL, uv_program
from kirara_studio.testing.rule import NotApplicable, rule
from kirara_studio.testing.subject import Subject

SLOWEST_IMPORT = 0.5
"""CPU seconds; every start of the studio waits for all plugins."""
HEAVY = ("torch", "cv2", "PySide6.QtGui", "PySide6.QtWidgets")
NOT_SHIPPED = (".py", ".pyc", ".pyi", ".ts", ".typed")
"""Suffixes of files that work without being data: source, and texts that are compiled."""

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_OF_THE_STUDIO = ("kirara-studio", "pyside6", "pyside6-essentials", "torch", "numpy")
_FAR_FUTURE = "99"


@rule("Describe it in [project] of pyproject.toml; leave out what the studio brings along.")
def metadata(plugin: Subject) -> Iterator[str]:
    """The distribution says what it is, and does not ask for the studio again."""
    record = plugin.record
    if not _NAME.fullmatch(record.name):
        yield f"The name of the entry point, “{record.name}”, is not a lower-case word."
    if not record.summary:
        yield "There is no description."
    for requirement in plugin.requirements:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")
        if name in _OF_THE_STUDIO and "extra ==" not in requirement and not record.builtin:
            yield f"It needs “{requirement}”, which the studio brings along."


@rule(f'Write {NAME} = ">=1.3,<2" at the top of the module that the entry point names.')
def api_range(plugin: Subject) -> Iterator[str]:
    """It declares the versions of the plugin interface that it was written for."""
    if plugin.record.builtin:
        raise NotApplicable("It comes with the studio.")
    source = module_source(plugin.record.entry_point.module, sys.path)
    declared = declared_api(source) if source is not None else None
    if declared is None:
        yield f"Its module declares no {NAME}, and its panel no api."
    elif reason := misfit(declared):
        yield reason
    else:
        from packaging.specifiers import SpecifierSet

        if SpecifierSet(declared).contains(_FAR_FUTURE):
            yield f"“{declared}” has no upper bound; version 2 may remove what it uses."


@rule("Import what is slow inside the functions that use it; hooks only describe.")
def light_import(plugin: Subject) -> Iterator[str]:
    """Importing its module is quick, and imports neither torch nor widgets."""
    report = plugin.import_report
    for module in HEAVY:
        if module in report["modules"]:
            yield f"It imports {module}."
    if report["seconds"] > SLOWEST_IMPORT:
        slow, most = report["seconds"], SLOWEST_IMPORT
        yield f"It takes {slow:.1f} s of the processor; {most} s is the most."


@rule("Change nothing of the process while the module is imported; not in hooks either.")
def clean_import(plugin: Subject) -> Iterator[str]:
    """Importing its module changes nothing else in the process."""
    for what in plugin.import_report["changed"]:
        yield f"It changes {what}."


@rule(
    'List the files for your build backend. With Hatch: packages = ["kirara_…"] and '
    'artifacts = ["*.qm"] in [tool.hatch.build.targets.wheel].'
)
def wheel(plugin: Subject) -> Iterator[str]:
    """Its wheel holds every icon, translation and other file of the package."""
    if plugin.project is None:
        raise NotApplicable("Only the folder of a plugin's source can be built.")
    if plugin.record.builtin:
        raise NotApplicable("The studio's own wheel has a test of its own.")
    package = plugin.project.import_folder / plugin.record.package
    wanted = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if is_file(path) and path.suffix not in NOT_SHIPPED and "__pycache__" not in path.parts
    }
    with tempfile.TemporaryDirectory() as folder:
        names = set(zipfile.ZipFile(build_wheel(plugin.project.folder, Path(folder))).namelist())
    if not any(name.startswith(f"{plugin.record.package}") for name in names):
        yield f"The wheel has no package “{plugin.record.package}”."
    for name in sorted(wanted - names):
        yield f"“{name}” is not in the wheel."


def build_wheel(source: Path, folder: Path) -> Path:
    """Build a wheel of ``source`` into ``folder``. Raises RuntimeError with the last line."""
    if (uv := uv_program()) and os.environ.get(TOOL) != "pip":
        command = [uv, "build", "--quiet", "--wheel", "--python", sys.executable, "--out-dir"]
    else:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]
    done = subprocess.run(
        [*command, str(folder), str(source)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode and "No matching distribution" in done.stderr:
        raise NotApplicable("What builds it cannot be fetched; is there a network?")
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise RuntimeError(f"It cannot be built: {next(iter(lines[-1:]), 'pip is missing')}")
    (built,) = folder.glob("*.whl")
    return built

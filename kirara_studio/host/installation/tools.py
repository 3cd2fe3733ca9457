"""uv, and pip where uv is missing: they resolve requirements and unpack packages.

Both run as children, get the same constraints, and are never asked to touch an environment: one
step only computes versions, the other unpacks exactly those into an empty folder.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import parse_json
from kirara_studio.host.installation.pip_configuration import index_variables
from kirara_studio.processes import hidden

TOOL = "KIRARA_INSTALLER"
"""The environment variable that chooses ``uv`` or ``pip``; without it uv, if it is there."""
_RETRIES, _SILENCE = "1", "20"  # of each request; seconds
_OF_UV = {
    "UV_HTTP_RETRIES": _RETRIES,
    "UV_HTTP_TIMEOUT": _SILENCE,
    "UV_PYTHON_DOWNLOADS": "never",
}


@dataclass(frozen=True)
class Pin:
    """One exact distribution, by its name or a ``url``; ``requirement`` is a line for the tool."""

    name: str
    requirement: str
    url: str = ""


class ToolFailed(Exception):
    """The tool ended with an error; ``text`` is what it wrote."""

    def __init__(self, text: str) -> None:
        super().__init__(text[-200:])
        self.text = text


class Tool(Protocol):
    """What both can do. ``build`` allows to run the code of sources. Raises ToolFailed."""

    name: str

    def resolve(
        self, requirements: Sequence[str], constraints: Sequence[str], *, build: bool
    ) -> list[Pin]:
        """What must be installed, the constrained ones included."""

    def unpack(self, pins: Sequence[Pin], target: Path, *, build: bool) -> None:
        """Put these, and nothing else, into an empty folder."""

    def has_sources(self, name: str) -> bool:
        """True if the index has the package, perhaps only as a source."""


def find_tool(work: Path, cache: Path, output: Callable[[str], None]) -> Tool:
    """The tool to use, which keeps its temporary files in ``work`` and its cache in ``cache``.

    ``output`` receives its lines. Raises UserError if there is none.
    """
    wanted = os.environ.get(TOOL, "")
    if wanted != "pip" and (program := uv_program()):
        environment = {**_OF_UV, "UV_CACHE_DIR": str(cache / "uv"), **index_variables()}
        return Uv(_Runner([program], work, output, environment))
    if importlib.util.find_spec("pip") is not None:
        pip = [sys.executable, "-m", "pip"]
        return Pip(_Runner(pip, work, output, {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}))
    raise UserError(
        "Neither “uv” nor “pip” is there to install plugins.",
        advice="Install the package “uv” beside the studio.",
    )


def uv_program() -> str:
    """The program in uv's package; empty if there is none."""
    try:
        from uv import find_uv_bin

        return str(find_uv_bin())
    except (ImportError, OSError):
        return ""


class _Runner:
    def __init__(
        self,
        program: Sequence[str],
        work: Path,
        output: Callable[[str], None],
        environment: Mapping[str, str],
    ) -> None:
        self._program = program
        self.work = work
        self._output = output
        # Without the studio's own modules: what a source runs while it is built is its own.
        inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        self._environment = {**inherited, **environment, "TMPDIR": str(work), "TEMP": str(work)}

    def run(self, *arguments: str) -> None:
        """Run the tool to its end. Raises ToolFailed."""
        lines: list[str] = []
        child = subprocess.Popen(
            [*self._program, *arguments],
            cwd=self.work,  # a configuration in the user's current folder is not meant
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            **hidden(),
        )
        try:
            assert child.stdout is not None
            for line in child.stdout:
                lines.append(line)
                self._output(line.rstrip())
            child.wait()
        finally:
            child.kill()
            child.wait()
        if child.returncode:
            raise ToolFailed("".join(lines))

    def file(self, lines: Sequence[str] = ()) -> str:
        """A new file with these lines."""
        handle, name = tempfile.mkstemp(".txt", dir=self.work)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
        return name


class Uv:
    """``uv pip``."""

    name = "uv"

    def __init__(self, runner: _Runner) -> None:
        self._runner = runner

    def resolve(
        self, requirements: Sequence[str], constraints: Sequence[str], *, build: bool
    ) -> list[Pin]:
        result = self._runner.file()
        self._runner.run(
            *("pip", "compile", self._runner.file(requirements)),
            *("--constraints", self._runner.file(constraints), "--output-file", result),
            *("--quiet", "--no-header", "--no-annotate", "--no-strip-extras"),
            *self._options(build=build),
        )
        lines = Path(result).read_text(encoding="utf-8").splitlines()
        return [pin for line in lines if (pin := _pin(line))]

    def unpack(self, pins: Sequence[Pin], target: Path, *, build: bool) -> None:
        self._runner.run(
            *("pip", "install", "--no-deps", "--target", str(target), "--link-mode", "copy"),
            *("--requirements", self._runner.file([pin.requirement for pin in pins])),
            *self._options(build=build),
        )

    def has_sources(self, name: str) -> bool:
        return False

    def _options(self, *, build: bool) -> list[str]:
        options = ["--python", sys.executable, "--no-progress", "--color", "never"]
        return options if build else [*options, "--no-build"]


class Pip:
    """``pip``, of the environment that the studio runs in."""

    name = "pip"

    def __init__(self, runner: _Runner) -> None:
        self._runner = runner

    def resolve(
        self, requirements: Sequence[str], constraints: Sequence[str], *, build: bool
    ) -> list[Pin]:
        report = self._runner.file()
        self._runner.run(
            *("install", "--dry-run", "--ignore-installed", "--report", report),
            *("--requirement", self._runner.file(requirements)),
            *("--constraint", self._runner.file(constraints)),
            *self._options(build=build),
        )
        return [_reported(item) for item in parse_json(Path(report).read_bytes())["install"]]

    def unpack(self, pins: Sequence[Pin], target: Path, *, build: bool) -> None:
        self._runner.run(
            *("install", "--no-deps", "--no-compile", "--target", str(target)),
            *("--requirement", self._runner.file([pin.requirement for pin in pins])),
            *self._options(build=build),
        )

    def has_sources(self, name: str) -> bool:
        try:
            self._runner.run("index", "versions", name, "--no-color")
        except ToolFailed:
            return False
        return True

    def _options(self, *, build: bool) -> list[str]:
        options = [
            "--progress-bar",
            "off",
            "--no-input",
            "--disable-pip-version-check",
            "--no-color",
        ]
        options += ["--retries", _RETRIES, "--timeout", _SILENCE]
        return options if build else [*options, "--only-binary", ":all:"]


def _pin(line: str) -> Pin | None:
    """A line of ``uv pip compile``."""
    try:
        requirement = Requirement(line.partition(" #")[0].strip())
    except InvalidRequirement:
        return None
    return Pin(canonicalize_name(requirement.name), line.strip(), requirement.url or "")


def _reported(item: Mapping[str, Any]) -> Pin:
    """An item of pip's report."""
    name, version = item["metadata"]["name"], item["metadata"]["version"]
    if not item.get("is_direct"):
        return Pin(canonicalize_name(name), f"{name}=={version}")
    url = item["download_info"]["url"]
    if vcs := item["download_info"].get("vcs_info"):
        url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    return Pin(canonicalize_name(name), f"{name} @ {url}", url)

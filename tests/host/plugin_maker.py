"""Makes real, installed plugins for tests: a package and its metadata in a folder."""

from __future__ import annotations

import base64
import hashlib
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

PREAMBLE = """
from kirara_studio.api.hooks import hookimpl, Action
from kirara_studio.api.commands import Command
from kirara_studio.api.notices import NoticeBackend
from kirara_studio.api.panel import ModelFormat, Panel
from kirara_studio.api.settings import Choice, SettingsPage, Toggle
from pathlib import Path
"""


def install(folder: Path, name: str, code: str, *, distribution: str = "") -> None:
    """Install a plugin ``name`` whose module holds ``code`` into ``folder``, as pip would."""
    folder.mkdir(parents=True, exist_ok=True)
    module = f"plugin_of_tests_{name}"
    (folder / f"{module}.py").write_text(PREAMBLE + dedent(code), encoding="utf-8")
    distribution = distribution or f"{name}-for-tests"
    info = folder / f"{distribution.replace('-', '_')}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\nSummary: A test\n"
    )
    (info / "entry_points.txt").write_text(f"[kirara_studio.plugins]\n{name} = {module}\n")


@dataclass(frozen=True)
class Made:
    """A distribution to make: a plugin unless ``points`` is empty.

    ``files`` are further ones, by their paths in the wheel. ``metadata`` are further lines.
    """

    name: str
    version: str = "1.0"
    code: str = ""
    requires: tuple[str, ...] = ()
    points: tuple[str, ...] | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    metadata: str = "Summary: A test\nAuthor: Hana\nLicense: MIT\n"

    @property
    def module(self) -> str:
        return f"made_{self.name.replace('-', '_')}"

    def wheel(self, folder: Path) -> Path:
        """Write the wheel, and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"{self.name.replace('-', '_')}-{self.version}"
        points = (self.name,) if self.points is None else self.points
        lines = "".join(f"Requires-Dist: {requirement}\n" for requirement in self.requires)
        listed = "\n".join(f"{point} = {self.module}" for point in points)
        files = {
            f"{self.module}/__init__.py": f"{PREAMBLE}{dedent(self.code)}\n".encode(),
            **self.files,
            f"{stem}.dist-info/METADATA": (
                f"Metadata-Version: 2.1\nName: {self.name}\nVersion: {self.version}\n"
                f"{self.metadata}{lines}"
            ).encode(),
            f"{stem}.dist-info/WHEEL": (
                b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            ),
            f"{stem}.dist-info/entry_points.txt": (
                f"[kirara_studio.plugins]\n{listed}\n" if points else ""
            ).encode(),
        }
        record = f"{stem}.dist-info/RECORD"
        rows = "".join(f"{name},{_hash(data)},{len(data)}\n" for name, data in files.items())
        path = folder / f"{stem}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in {**files, record: f"{rows}{record},,\n".encode()}.items():
                archive.writestr(name, data)
        return path

    def source(self, folder: Path, trace: Path) -> Path:
        """Write a source whose build backend is part of it, and notes in ``trace`` that it ran."""
        place = folder / f"{self.name}-{self.version}"
        built = self.wheel(place / "prebuilt")
        points = (self.name,) if self.points is None else self.points
        listed = "".join(f'{point} = "{self.module}"\n' for point in points)
        (place / "pyproject.toml").write_text(
            f'[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
            f'[project]\nname = "{self.name}"\nversion = "{self.version}"\n'
            f'description = "A test"\nauthors = [{{name = "Hana"}}]\nlicense = "MIT"\n'
            f'[project.entry-points."kirara_studio.plugins"]\n{listed}'
        )
        (place / "PKG-INFO").write_text(
            f"Metadata-Version: 2.1\nName: {self.name}\nVersion: {self.version}\n{self.metadata}"
        )
        (place / "backend.py").write_text(
            "import pathlib, shutil\n"
            "def build_wheel(folder, config_settings=None, metadata_directory=None):\n"
            f"    pathlib.Path({str(trace)!r}).touch()\n"
            f"    shutil.copy(pathlib.Path('prebuilt') / {built.name!r}, folder)\n"
            f"    return {built.name!r}\n"
        )
        return place

    def sdist(self, folder: Path, trace: Path) -> Path:
        """The same as an archive."""
        place = self.source(folder / "unpacked", trace)
        path = folder / f"{place.name}.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            archive.add(place, place.name)
        return path


def _hash(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
    return f"sha256={digest.decode()}"

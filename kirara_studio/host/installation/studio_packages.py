"""What the studio runs on, in the form of constraints that no plugin can change.

For each distribution there is a stub: a wheel with its name and exact version, and nothing inside.
A constraint that names the stub's file makes a resolver take it for the one version there is. So
the studio's packages are never looked up on an index, local versions (``2.13.0+cpu``) count, and a
requirement that does not fit is a conflict. What the studio's packages need is left out of the
stubs, since the studio already runs; only their extras are kept, which a plugin may ask for.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from importlib.machinery import PathFinder
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from kirara_studio import __version__
from kirara_studio.host.discovery import OWN_DISTRIBUTION

_FORMAT = "Wheel-Version: 1.0\nGenerator: kirara-studio\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@dataclass(frozen=True)
class StudioPackages:
    """The distributions of the studio's environment: versions and metadata by normalised name.

    ``path`` is where its modules are found.
    """

    versions: Mapping[str, str]
    metadata: Mapping[str, Message]
    path: Sequence[str]

    @classmethod
    def found(cls, plugin_folder: Path) -> StudioPackages:
        """Those on ``sys.path``, without what lies in the plugin folder."""
        place = str(plugin_folder)
        path = [entry for entry in sys.path if not Path(entry).is_relative_to(place)]
        versions: dict[str, str] = {}
        metadata: dict[str, Message] = {}
        for distribution in distributions(path=path):
            described = described_by(distribution)
            if described is not None and described[0] not in versions:
                name, version, about = described
                versions[name], metadata[name] = version, about
        # A source checkout need not be installed.
        versions[OWN_DISTRIBUTION] = __version__
        metadata.setdefault(OWN_DISTRIBUTION, Message())
        return cls(versions, metadata, path)

    def has_module(self, name: str) -> bool:
        """True if a top-level module or package of this name is the studio's or Python's own.

        A namespace package, which plugins may add to, does not count.
        """
        if name in sys.stdlib_module_names:
            return True
        try:
            spec = PathFinder.find_spec(name, list(self.path))
        except (ImportError, ValueError):
            return False
        return spec is not None and spec.origin is not None


def described_by(distribution: Distribution) -> tuple[str, str, Message] | None:
    """Normalised name, version and metadata of a distribution; None if it is damaged."""
    try:
        metadata = distribution.metadata
        name, version = metadata["Name"], metadata["Version"]
        if not name or not version:
            return None
        Version(version)
        return canonicalize_name(name), version, metadata  # type: ignore[return-value]
    except (InvalidVersion, OSError, ValueError, KeyError, TypeError):
        return None


def write_stubs(
    folder: Path, versions: Mapping[str, str], metadata: Mapping[str, Message], *, whole: bool
) -> list[str]:
    """Write a stub for each distribution, and return the constraints that name them.

    With ``whole``, the stubs have all requirements, and else only those of extras.
    """
    return [
        f"{name} @ {_stub(folder, name, version, metadata[name], whole=whole).as_uri()}"
        for name, version in versions.items()
    ]


def _stub(folder: Path, name: str, version: str, metadata: Message, *, whole: bool) -> Path:
    stem = f"{name.replace('-', '_')}-{Version(version)}"
    path = folder.resolve() / f"{stem}-py3-none-any.whl"
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"]
    lines += [f"Provides-Extra: {extra}\n" for extra in metadata.get_all("Provides-Extra") or ()]
    for requirement in metadata.get_all("Requires-Dist") or ():
        if whole or "extra" in requirement.partition(";")[2]:
            lines.append(f"Requires-Dist: {' '.join(requirement.split())}\n")
    info = f"{stem}.dist-info"
    files = {f"{info}/METADATA": "".join(lines), f"{info}/WHEEL": _FORMAT}
    record = "".join(f"{file},,\n" for file in (*files, f"{info}/RECORD"))
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(file, content)
    return path

"""Which distributions of plugins are installed, where, and where each came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

from kirara_studio.host.discovery import OWN_DISTRIBUTION, PluginRecord
from kirara_studio.host.installation.generations import active_generation

SOURCE = "kirara-source"
"""A file in a distribution's folder of metadata: it was asked for, and where it came from."""

BUILT_IN, GENERATION, FOLDER, ENVIRONMENT = "built-in", "generation", "folder", "environment"
"""Where a plugin lies: it comes with the studio, was installed by it, was put into the plugin
folder by pip, or is installed beside the studio."""


@dataclass(frozen=True)
class Source:
    """Where a distribution came from, as the user named it.

    ``requirement`` finds newer versions on the index; it is empty for files, folders and addresses.
    """

    text: str
    requirement: str = ""


@dataclass(frozen=True)
class Installed:
    """Where the distribution of a plugin lies; ``source`` is None if the studio does not know."""

    place: str
    source: Source | None = None

    @property
    def removable(self) -> bool:
        """True if ``Installer.remove`` can remove it."""
        return self.place in (GENERATION, FOLDER)


def installed(plugin_folder: Path, records: Sequence[PluginRecord]) -> dict[str, Installed]:
    """Where each plugin lies, by its name in ``records`` (``Registry.plugins``). Never raises."""
    generation = active_generation(plugin_folder)
    here = distributions_in(generation) if generation is not None else {}
    beside = distributions_in(plugin_folder)
    found = {}
    for record in records:
        name = canonicalize_name(record.distribution)
        if name == OWN_DISTRIBUTION:
            found[record.name] = Installed(BUILT_IN)
        elif name in here:
            found[record.name] = Installed(GENERATION, source_of(here[name]))
        else:
            found[record.name] = Installed(FOLDER if name in beside else ENVIRONMENT)
    return found


def distributions_in(folder: Path) -> dict[str, Distribution]:
    """The distributions in a flat folder, by their normalised names. Never raises."""
    found: dict[str, Distribution] = {}
    for distribution in distributions(path=[str(folder)]):
        try:
            name = distribution.metadata["Name"]
        except (OSError, ValueError, KeyError):
            continue
        if name:
            found.setdefault(canonicalize_name(name), distribution)
    return found


def source_of(distribution: Distribution) -> Source | None:
    """What was noted when it was installed; None if it was not asked for. Never raises."""
    try:
        text = distribution.read_text(SOURCE)
    except (OSError, ValueError):
        return None
    if text is None:
        return None
    requirement, _, source = text.partition("\n")
    return Source(source.strip(), requirement.strip())


def note_source(distribution: Distribution, source: Source) -> None:
    """Note where a distribution came from, in its folder of metadata."""
    path = metadata_folder(distribution) / SOURCE
    path.write_text(f"{source.requirement}\n{source.text}\n", encoding="utf-8")


def metadata_folder(distribution: Distribution) -> Path:
    """The folder ``NAME-VERSION.dist-info``."""
    return Path(distribution._path)  # type: ignore[attr-defined]  # of all that lie in folders

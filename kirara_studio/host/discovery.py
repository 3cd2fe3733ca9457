"""Finds plugins and loads each inside its own guard."""

from __future__ import annotations

import importlib.metadata
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from kirara_studio.api.errors import one_line
from kirara_studio.api.hooks import ENTRY_POINT_GROUP

OWN_DISTRIBUTION = "kirara-studio"
SLOWEST_IMPORT = 10.0
"""Seconds after which the studio goes on without a plugin that is still importing."""


@dataclass(frozen=True)
class FoundPlugin:
    """An entry point, not loaded yet."""

    name: str
    distribution: str
    version: str
    summary: str
    author: str
    entry_point: importlib.metadata.EntryPoint

    @property
    def builtin(self) -> bool:
        """True for the plugins that come with the studio."""
        return self.distribution == OWN_DISTRIBUTION


@dataclass
class LoadedPlugin:
    """The outcome of loading: a module, or a reason why there is none."""

    found: FoundPlugin
    plugin: object | None = None
    reason: str = ""
    details: str = ""
    seconds: float = field(default=0.0, compare=False)


def find_plugins(folder: Path | None = None) -> list[FoundPlugin]:
    """List the plugins installed beside the studio and in ``folder``, imported by nobody.

    The built-in ones come first, then the others by name. ``folder`` must be on ``sys.path``
    before its plugins are loaded.
    """
    distributions: list[Iterator[importlib.metadata.Distribution]] = [
        iter(importlib.metadata.distributions())
    ]
    if folder is not None and folder.is_dir():
        distributions.append(iter(importlib.metadata.distributions(path=[str(folder)])))
    found: dict[tuple[str, str], FoundPlugin] = {}
    for group in distributions:
        for distribution in group:
            for plugin in _plugins_of(distribution):
                found.setdefault((plugin.name, plugin.distribution), plugin)
    return sorted(found.values(), key=lambda plugin: (not plugin.builtin, plugin.name))


def load_plugin(found: FoundPlugin, timeout: float = SLOWEST_IMPORT) -> LoadedPlugin:
    """Import a plugin; whatever goes wrong becomes the reason why it is broken.

    The import runs in a thread of its own, so that a plugin which never comes back costs
    ``timeout`` seconds and no more.
    """
    loaded = LoadedPlugin(found)

    def load() -> None:
        try:
            loaded.plugin = found.entry_point.load()
        except BaseException as error:  # a SystemExit in a plugin must not end the studio
            loaded.reason = one_line(error)
            loaded.details = traceback.format_exc()

    started = time.perf_counter()
    thread = threading.Thread(target=load, name=f"load {found.name}", daemon=True)
    thread.start()
    thread.join(timeout)
    loaded.seconds = time.perf_counter() - started
    if thread.is_alive():
        # A fresh object: the thread may yet finish and must not change the answer.
        return LoadedPlugin(
            found,
            reason=f"Importing it took longer than {timeout:g} seconds.",
            seconds=loaded.seconds,
        )
    return loaded


def _metadata(distribution: importlib.metadata.Distribution) -> Message:
    """The headers of its metadata, without the description below them."""
    text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
    return HeaderParser().parsestr(text.partition("\n\n")[0])


def _plugins_of(distribution: importlib.metadata.Distribution) -> Sequence[FoundPlugin]:
    try:
        # Parsing the entry points of all packages would take longer than all else at a start.
        if ENTRY_POINT_GROUP not in (distribution.read_text("entry_points.txt") or ""):
            return ()
        points = [p for p in distribution.entry_points if p.group == ENTRY_POINT_GROUP]
        metadata = _metadata(distribution)
        name = metadata["Name"] or "unknown"
        return [
            FoundPlugin(
                name=point.name,
                distribution=name,
                version=metadata["Version"] or "",
                summary=metadata.get("Summary", "") or "",
                author=metadata.get("Author", "") or metadata.get("Author-email", "") or "",
                entry_point=point,
            )
            for point in points
        ]
    except Exception:
        # A damaged installation of some other package; the studio is not its doctor.
        return ()

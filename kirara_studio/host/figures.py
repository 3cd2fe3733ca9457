"""What each plugin costs: time, memory, errors."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from kirara_studio.api.errors import UserError


@dataclass
class PluginFigures:
    """What was measured of one plugin in this session.

    Seconds: ``import_seconds`` of the module with the hooks, ``show_seconds`` from opening the
    panel that took longest to its first paint. Memory is resident memory before and after, in
    bytes, and approximate, since other threads use memory too; None where it cannot be read.
    ``notes`` are sentences about what the plugin does that it should not.
    """

    import_seconds: float | None = None
    import_memory: int | None = None
    show_seconds: float | None = None
    panel_memory: int | None = None
    errors: int = 0
    notes: list[UserError] = field(default_factory=list)

    def add_panel(self, seconds: float, memory: int | None) -> None:
        """A panel was painted for the first time."""
        self.show_seconds = max(seconds, self.show_seconds or 0.0)
        if memory is not None:
            self.panel_memory = (self.panel_memory or 0) + max(0, memory)

    def add_note(self, note: UserError) -> None:
        """Note something once."""
        if note.message not in [known.message for known in self.notes]:
            self.notes.append(note)


def resident_memory() -> int | None:
    """Bytes of memory that this process has in use, or None where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return None

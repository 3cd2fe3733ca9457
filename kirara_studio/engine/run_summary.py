"""What a list of runs shows of each, read from its folder without reading its whole history."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kirara_studio.api.training import RunSummary
from kirara_studio.engine.run_folder import RunFolder, parse_event

_PICTURES = (".png", ".jpg", ".webp")
_TRIES = 8  # newest previews that are looked at for a picture


def summary(folder: RunFolder, state: str, place: int = 0) -> RunSummary:
    """Describe a run; ``state`` and ``place`` as in :class:`RunSummary`."""
    progress = next(_newest(folder, "progress"), {})
    step, total = progress.get("step"), progress.get("total")
    share = None
    if isinstance(step, int) and isinstance(total, int) and total > 0:
        share = min(max(step / total, 0.0), 1.0)
    return RunSummary(
        folder.path,
        folder.name,
        state,
        share,
        _began(folder),
        _preview(folder),
        place,
    )


def _preview(folder: RunFolder) -> Path | None:
    paths = (str(event.get("path", "")) for event in _newest(folder, "preview", _TRIES))
    return next((Path(path) for path in paths if path.endswith(_PICTURES)), None)


def _began(folder: RunFolder) -> float:
    """When the run started for the first time: its first line says so."""
    try:
        with folder.events.open("rb") as file:
            event = parse_event(file.readline(1 << 16), folder.path)
    except OSError:
        return 0.0
    time = event.get("time") if event else None
    return float(time) if isinstance(time, int | float) else 0.0


def _newest(folder: RunFolder, kind: str, count: int = 1) -> Iterator[dict[str, Any]]:
    """The newest events of a kind, found from the end."""
    mark = b'{"event": "%s"' % kind.encode()
    try:
        with (
            folder.events.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        ):
            end = len(content)
            while count and (start := content.rfind(mark, 0, end)) >= 0:
                line = content[start : content.find(b"\n", start) + 1]
                event = parse_event(line, folder.path)
                if event is not None and event["event"] == kind:
                    yield event
                    count -= 1
                end = start
    except (OSError, ValueError):  # ValueError: there are no events yet
        return

"""Where the queue stands, as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kirara_studio.engine.run_folder import RunFolder, last_event
from training.history import Milestone
from training.queue_file import QUEUE_RUN
from training.standing import BLOCKED, DONE, PAUSED, RUNNING, SKIPPED, Standing
from training.worker import candidate

_COLUMNS = ("entry", "state", "step", "speed", "last", "best", "gate", "left")
_NUMBERS = ("step", "speed", "left")


def lines(found: Sequence[Standing], runs: Path, *, working: bool) -> list[str]:
    """A row for each entry, its reason below it, and what the queue reported last.

    ``working`` is true if a process works through the queue.
    """
    following = candidate(found)
    first = "starting" if working else "next"
    rows = [_row(one, first if one is following else one.state) for one in found]
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in _COLUMNS}
    text = [_line({name: name for name in _COLUMNS}, widths)]
    for one, row in zip(found, rows, strict=True):
        text.append(_line(row, widths))
        if one.reason:
            text.append(f"    {one.reason}")
    text += ["", f"Runs: {runs}", f"The queue {'works in the background' if working else 'rests'}."]
    event = last_event(RunFolder(runs / QUEUE_RUN))
    if event is not None and "text" in event:
        text.append(f"Its last report: {event['text']}")
    return text


def _row(one: Standing, state: str) -> dict[str, str]:
    history, entry = one.history, one.entry
    going_on = one.state in (RUNNING, PAUSED)
    last = one.milestones[-1] if one.milestones else None
    return {
        "entry": entry.name,
        "state": one.state if going_on else state,
        "step": f"{history.step:,} of {history.total:,}" if history.total else "",
        "speed": f"{history.speed:.2f}/s" if going_on and history.speed else "",
        "last": _figures(one, last),
        "best": _figures(one, one.best),
        "gate": entry.gate and f"{entry.gate}{_missed(last)}",
        "left": _duration(one.seconds_left) if one.state not in (DONE, SKIPPED, BLOCKED) else "",
    }


def _figures(one: Standing, milestone: Milestone | None) -> str:
    if milestone is None:
        return ""
    measure = one.entry.lowest or one.entry.highest
    if measure not in milestone.measures:
        return "not judged" if milestone.problem else "exported"
    return f"{measure} {milestone.measures[measure]:g} at {milestone.step:,}"


def _missed(last: Milestone | None) -> str:
    if last is None or last.problem:
        return ""
    missed: Mapping[str, str] = last.missed
    return ": " + (", ".join(f"{name} {bound}" for name, bound in missed.items()) or "passed")


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return ""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours}:{minutes:02d} h"


def _line(cells: Mapping[str, str], widths: Mapping[str, int]) -> str:
    padded = (
        cells[name].rjust(width) if name in _NUMBERS else cells[name].ljust(width)
        for name, width in widths.items()
    )
    return "  ".join(padded).rstrip()

"""Undo of changes to the list of magazines."""

from __future__ import annotations

from collections.abc import Sequence

from kirara_releases.calendar.magazine import Magazine


def merged(
    current: Sequence[Magazine], old: Sequence[Magazine], new: Sequence[Magazine]
) -> list[Magazine]:
    """``current``, changed as ``old`` became ``new``.

    Only the differences between the two count, so changes that were made meanwhile in the file or
    on the command line survive an undo.
    """
    was = {magazine.id: magazine for magazine in old}
    becomes = {magazine.id: magazine for magazine in new}
    gone = was.keys() - becomes.keys()
    result = [
        becomes[m.id] if m.id in becomes and becomes[m.id] != was.get(m.id) else m
        for m in current
        if m.id not in gone
    ]
    known = {magazine.id for magazine in result}
    for place, magazine in enumerate(new):
        if magazine.id not in known and magazine.id not in was:
            result.insert(min(place, len(result)), magazine)
    return result

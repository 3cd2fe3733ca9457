"""Print the accessible tree of a program as JSON; runs in the system's Python, which has pyatspi.

``accessible_tree.py PID``: a list of what is showing, each with its role, name, description,
its place on the screen (x, y, width, height), whether it takes the keyboard, and the roles and
names above it.
"""

from __future__ import annotations

import json
import sys
import time

import pyatspi

_DEEPEST = 40


def main() -> None:
    process = int(sys.argv[1])
    end = time.monotonic() + 20
    while True:
        desktop = pyatspi.Registry.getDesktop(0)
        for program in desktop:
            if program is not None and program.get_process_id() == process:
                found: list[dict[str, object]] = []
                collect(program, found, [])
                print(json.dumps(found))
                return
        if time.monotonic() > end:
            sys.exit("the program is not on the accessibility bus")
        time.sleep(0.2)


def collect(node: object, found: list[dict[str, object]], above: list[str]) -> None:
    for number in range(node.childCount):
        child = node.getChildAtIndex(number)
        if child is None:
            continue
        states = child.getState()
        if not states.contains(pyatspi.STATE_SHOWING) or len(above) > _DEEPEST:
            continue
        role, name = child.getRoleName(), child.name
        found.append(
            {
                "role": role,
                "name": name,
                "description": child.description,
                "place": place_of(child),
                "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
                "above": above,
            }
        )
        collect(child, found, [*above, f"{role} “{name}”"])


def place_of(node: object) -> list[int]:
    """Some things of a program, such as an action, have no place on the screen."""
    try:
        place = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    except NotImplementedError:
        return []
    return [place.x, place.y, place.width, place.height]


main()

"""Print the accessible tree of a program as JSON; runs in the system's Python, which has pyatspi.

``accessible_tree.py PID``: a list of what is showing, each with its role, name, description,
whether it takes the keyboard, and the roles and names above it.
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
    for place in range(node.childCount):
        child = node.getChildAtIndex(place)
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
                "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
                "above": above,
            }
        )
        collect(child, found, [*above, f"{role} “{name}”"])


main()

"""What a screen reader finds in the real window: every control and every cell has a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.desktop_session import DesktopSession, need
from tests.end_to_end.conftest import Screen

WINDOW = Path(__file__).with_name("window_program.py")
CONTROLS = {
    "button menu",
    "check box",
    "combo box",
    "entry",
    "link",
    "list item",
    "menu item",
    "page tab",
    "push button",
    "radio button",
    "slider",
    "spin button",
    "table cell",
    "text",
    "toggle button",
    "tree item",
}


def test_every_control_and_every_cell_has_a_name(
    session: DesktopSession, screen: Screen, repository: Path
) -> None:
    need("Xvfb")
    screen.start_reading()
    program = session.start_python(str(WINDOW))
    program.wait_for(started=True)
    samples = repository / "resources" / "samples"
    pictures = sorted((samples / "paintings").glob("*.jpg"))
    for panel, content in (
        ("characters", None),
        ("releases", None),
        ("foresight", next((samples / "foresight").glob("*digits*"))),
        ("paintings", pictures[0].parent),
        ("speech", None),
    ):
        program.tell(f"open {panel}")
        if content is not None:
            program.tell(f"drop {panel} {content}")
    program.tell("quiet all")
    program.wait_for(60, quiet="all")
    nameless: list[str] = []
    cells: dict[str, int] = {}
    for command in (
        "open characters",
        "open speech",
        "open foresight",
        "open paintings",
        "open releases",
        "page settings",
        "page plugins",
        "page help",
    ):
        program.tell(command)
        program.tell(f"quiet {command}")
        program.wait_for(30, quiet=command)
        nodes = screen.tree(program)
        assert len(nodes) > 20, f"{command}: only {nodes}"
        cells[command] = sum(node["role"] in ("list item", "table cell") for node in nodes)
        nameless += [f"{command}: {described(node)}" for node in nodes if is_nameless(node)]
    program.stop()
    assert not nameless, "\n".join(["without a name or a role:", *nameless])
    cells_at_least = {
        "open characters": 18,  # candidates
        "open paintings": 4,  # the gallery, as far as it is seen
        "open releases": 28,  # the month
        "open speech": 2,  # a line, and its accents
    }
    for command, count in cells_at_least.items():
        assert cells[command] >= count, command
    assert cells["open releases"] >= 35, "the days of a month"


def is_nameless(node: dict[str, Any]) -> bool:
    """True for a control without a name, or one that a screen reader takes for a mere box."""
    box = node["focusable"] and node["role"] in ("filler", "panel", "unknown")
    return box or (not node["name"].strip() and (node["focusable"] or node["role"] in CONTROLS))


def described(node: dict[str, Any]) -> str:
    return " > ".join([*node["above"][-4:], f"{node['role']} {node['description']!r}"])

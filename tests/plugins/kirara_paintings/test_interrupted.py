"""Sorting into folders that was killed half-way: the panel and the command offer to end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kirara_paintings.session import Session
from kirara_studio.cli import main
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context

# The process ends in the middle of the second of three files, when its name is taken.
KILLED = """
import os, signal, sys
from pathlib import Path
from kirara_paintings.sort_into_folders import sort_job
from kirara_paintings.sort_journal import SortRequest, journals_in

class Tools:
    def progress(self, done, total=1.0, text=""):
        if done == 2:
            os.kill(os.getpid(), signal.SIGKILL)

home, data = Path(sys.argv[1]), Path(sys.argv[2])
files = tuple((path, "Neo") for path in sorted((home / "in").iterdir()))
sort_job(SortRequest(files, home / "out", True, journals_in(data) / "a.jsonl"), Tools())
"""


def interrupt(home: Path, data: Path) -> None:
    """Move pictures into folders in a process that is killed after two of three."""
    (home / "in").mkdir()
    for number in range(3):
        (home / "in" / f"{number}.png").write_bytes(bytes([number]) * 9)
    done = subprocess.run([sys.executable, "-c", KILLED, str(home), str(data)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list((home / "out" / "Neo").iterdir())) == 2


pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")


@pytest.mark.parametrize(("choice", "inside", "outside"), [("Finish", 0, 3), ("Undo", 3, 0)])
def test_the_panel_asks_at_the_next_start(
    context: Context, tmp_path: Path, choice: str, inside: int, outside: int
) -> None:
    interrupt(tmp_path, context.data_folder)
    session = Session(context)  # type: ignore[arg-type]
    session.restore(None)
    wait_for(lambda: context.offers)
    ((message, choices),) = context.offers
    assert message == "Moving 3 pictures into folders was interrupted."
    choices[choice]()
    wait_for(lambda: not session.sorting.busy and context.messages)
    assert len(list((tmp_path / "in").iterdir())) == inside
    assert len(list((tmp_path / "out").rglob("*.png"))) == outside
    assert session.document.undo_stack.canUndo() == (choice == "Finish")
    session.stop()


def test_the_command_lists_and_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("KIRARA_HOME", str(home))
    assert main(["paintings", "interrupted"]) == 0
    assert capsys.readouterr().out == "Nothing was interrupted.\n"
    interrupt(tmp_path, home / "data" / "plugins-data" / "paintings")
    assert main(["paintings", "interrupted"]) == 0
    assert "Moving 3 pictures" in capsys.readouterr().out
    assert main(["paintings", "interrupted", "--undo"]) == 0
    assert len(list((tmp_path / "in").iterdir())) == 3
    assert main(["paintings", "interrupted"]) == 0
    assert capsys.readouterr().out.endswith("Nothing was interrupted.\n")

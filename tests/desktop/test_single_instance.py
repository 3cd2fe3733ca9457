"""One studio per user, with real processes."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop_session import DesktopSession, Program, wait_until


@pytest.fixture
def bare_session(session_folder: Path) -> Iterator[DesktopSession]:
    """No display and no bus: none is needed for this."""
    with DesktopSession(session_folder, display=False, bus=False) as session:
        yield session


class Starter:
    """Starts the program on one data folder."""

    def __init__(self, session: DesktopSession) -> None:
        self._session = session
        self.runtime = session.folder / "runtime"

    def __call__(
        self,
        panel: str = "",
        folder: str = "data",
        seconds: float = 0,
        patience: float = 15,
        **environment: str,
    ) -> Program:
        return self._session.start_python(
            "-m",
            "tests.desktop.instance_program",
            str(self._session.folder / folder),
            panel,
            str(seconds),
            str(patience),
            **environment,
        )


@pytest.fixture
def start(bare_session: DesktopSession) -> Starter:
    return Starter(bare_session)


def test_a_second_start_hands_over_its_wishes_and_ends(start: Starter) -> None:
    first = start()
    first.wait_for(listening=True)
    second = start("speech", XDG_ACTIVATION_TOKEN="token-7")
    assert second.wait() == 0
    assert second.events() == [{"first": False}]
    heard = first.wait_for(panel="speech")
    assert heard == {
        "panel": "speech",
        "background": False,
        "activation_token": "token-7",
        "file": "",
    }
    assert start("詩").wait() == 0
    first.wait_for(panel="詩")
    assert first.process.poll() is None


def test_neither_prints_a_warning(start: Starter) -> None:
    first = start()
    first.wait_for(listening=True)
    second = start()
    second.wait()
    for program in (first, second):
        assert [line for line in program.output().splitlines() if line[:1] != "{"] == []


def test_after_kill_9_the_next_start_is_the_first(start: Starter) -> None:
    for _ in range(2):
        program = start()
        program.wait_for(listening=True)
        program.stop()
    left = [path for path in start.runtime.iterdir() if stat.S_ISSOCK(path.stat().st_mode)]
    assert len(left) == 1, "a killed process leaves its socket"
    last = start()
    last.wait_for(listening=True)
    assert start("speech").wait() == 0
    last.wait_for(panel="speech")


def test_of_five_starts_at_once_exactly_one_stays(start: Starter) -> None:
    programs = [start(f"panel-{number}", seconds=0.3) for number in range(5)]
    wait_until(lambda: sum(program.process.poll() is not None for program in programs) == 4)
    (first,) = [program for program in programs if program.process.poll() is None]
    assert all(program.process.returncode == 0 for program in programs if program is not first)
    assert sum({"first": True} in program.events() for program in programs) == 1
    # No request is lost.
    wait_until(lambda: sum("panel" in event for event in first.events()) == 4)


def test_a_start_takes_over_from_one_that_dies_before_it_listens(start: Starter) -> None:
    first = start(seconds=30)
    first.wait_for(first=True)
    second = start()
    with pytest.raises(AssertionError):
        second.wait_for(timeout=0.5, first=False)
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    second.wait_for(first=True)


def test_one_that_does_not_answer_is_reported(start: Starter) -> None:
    start(seconds=60).wait_for(first=True)
    second = start(patience=0.5)
    assert second.wait() == 1
    assert "does not answer" in second.events()[0]["refused"]


def test_a_studio_that_runs_for_days_is_still_the_first(start: Starter) -> None:
    first = start()
    first.wait_for(listening=True)
    lock = start.runtime.parent / "data" / "studio.lock"
    os.utime(lock, (1, 1))
    assert start("speech").wait() == 0
    first.wait_for(panel="speech")


def test_other_folders_are_another_studio(start: Starter) -> None:
    start(folder="data").wait_for(listening=True)
    start(folder="other").wait_for(listening=True)


def test_without_a_runtime_folder_a_private_one_is_made(start: Starter) -> None:
    temporary = start.runtime.parent / "tmp"
    temporary.mkdir()
    environment = {"XDG_RUNTIME_DIR": "", "TMPDIR": str(temporary)}
    first = start(**environment)
    first.wait_for(listening=True)
    second = start("speech", **environment)
    assert second.wait() == 0
    first.wait_for(panel="speech")
    (folder,) = temporary.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("first_has_one", [True, False])
def test_two_runtime_folders_are_still_one_studio(start: Starter, first_has_one: bool) -> None:
    temporary = start.runtime.parent / "tmp"
    temporary.mkdir()
    without = {"XDG_RUNTIME_DIR": "", "TMPDIR": str(temporary)}
    environments: list[dict[str, str]] = [{}, without] if first_has_one else [without, {}]
    first = start(**environments[0])
    first.wait_for(listening=True)
    second = start("speech", **environments[1])
    assert second.wait() == 0
    assert second.events() == [{"first": False}]
    first.wait_for(panel="speech")


def test_a_data_folder_under_another_name_is_the_same(start: Starter) -> None:
    first = start()
    first.wait_for(listening=True)
    (start.runtime.parent / "link").symlink_to("data")
    assert start("speech", folder="link").wait() == 0
    first.wait_for(panel="speech")


def test_a_data_folder_that_cannot_be_written_is_reported(start: Starter) -> None:
    (start.runtime.parent / "file").write_text("in the way")
    program = start(folder="file")
    assert program.wait() == 1
    assert "could not be written" in program.events()[0]["refused"]


def test_a_runtime_folder_of_somebody_else_is_not_used(start: Starter) -> None:
    temporary = start.runtime.parent / "tmp"
    temporary.mkdir()
    (temporary / f"kirara-studio-{os.getuid()}").write_text("in the way")
    program = start(XDG_RUNTIME_DIR="", TMPDIR=str(temporary))
    assert program.wait() == 1
    assert "XDG_RUNTIME_DIR" in program.events()[0]["refused"]


def test_only_the_user_may_talk_to_it(start: Starter) -> None:
    start().wait_for(listening=True)
    (path,) = [path for path in start.runtime.iterdir() if stat.S_ISSOCK(path.stat().st_mode)]
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize(
    "message",
    [
        b"nonsense\n",
        b"[]\n",
        b"null\n",
        b'{"panel": 5}\n',
        b'{"panel": "x", "background": "yes"}\n',
        b"\xff\xfe\n",
        b"x" * 200_000,
        b"[" * 60_000 + b"\n",
        b"",
    ],
)
def test_nonsense_on_the_socket_is_ignored(start: Starter, message: bytes) -> None:
    first = start()
    first.wait_for(listening=True)
    (path,) = [path for path in start.runtime.iterdir() if stat.S_ISSOCK(path.stat().st_mode)]
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        try:
            connection.sendall(message)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(100) == b""
        except OSError:
            pass  # it hung up on us, which is right too
        assert start("speech").wait() == 0
    first.wait_for(panel="speech")
    assert len(first.events()) == 3

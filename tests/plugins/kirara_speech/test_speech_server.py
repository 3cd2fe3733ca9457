"""The switch in the panel: a real server beside the studio, that ends with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest
import requests
from PySide6.QtGui import QGuiApplication

from kirara_speech import kirara_shutdown, kirara_startup
from kirara_speech.settings import PAGE, SERVE, SERVE_ANY, SERVE_PORT
from kirara_speech.speech_server import end_server, studio_server
from kirara_studio.api.settings import Settings, SettingsPage
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context, OpenPanel

if TYPE_CHECKING:
    from kirara_studio.api.hooks import Studio


@pytest.fixture(autouse=True)
def fresh(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No server of another test, and a home of its own for this one."""
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path))
    end_server()
    yield
    end_server()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/version", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def test_the_switch_starts_a_server_which_ends_with_the_studio(
    open_panel: OpenPanel, context: Context, port: int
) -> None:
    panel = open_panel()
    section, settings = panel.server, context.settings
    assert section.address.isHidden() and section.problem.isHidden()
    section.form.rows[SERVE_PORT].control.changed.emit(port)
    section.form.rows[SERVE_ANY].control.editor.click()
    section.form.rows[SERVE].control.editor.click()
    assert settings[SERVE] is True and settings[SERVE_PORT] == port
    wait_for(lambda: not section.state.isHidden())  # “Starting…”
    wait_for(lambda: not section.address.isHidden())
    address = f"http://127.0.0.1:{port}"
    assert section.address.text() == address and section.state.isHidden()
    assert answers(address)
    query = {"text": "", "speaker": 1}
    assert requests.post(f"{address}/audio_query", params=query, timeout=30).status_code == 200
    section.address.click()
    assert QGuiApplication.clipboard().text() == address and context.messages
    # Another panel, as after its window was opened again, shows the same.
    again = open_panel()
    assert again.server.address.text() == address and not again.server.address.isHidden()
    kirara_shutdown()
    assert not answers(address) and not context.errors
    assert settings[SERVE] is True  # for the next start


def test_a_port_in_use_is_reported_where_it_is_switched(
    open_panel: OpenPanel, context: Context
) -> None:
    section = open_panel().server
    with socket.create_server(("127.0.0.1", 0)) as taken:
        context.settings[SERVE_PORT] = taken.getsockname()[1]
        context.settings[SERVE] = True
        wait_for(lambda: not section.problem.isHidden())
        port = context.settings[SERVE_PORT]
        assert section.problem.text().startswith(f"Port {port} is in use")
        assert section.address.isHidden() and section.state.isHidden()
    context.settings[SERVE] = False
    wait_for(lambda: section.problem.isHidden())


class StartedStudio:
    """What a start-up hook gets."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def settings(self, page: SettingsPage) -> Settings:
        assert page is PAGE
        return self._settings


def test_it_starts_with_the_studio_and_its_end_is_reported(
    open_panel: OpenPanel, context: Context, port: int
) -> None:
    studio = cast("Studio", StartedStudio(context.settings))
    kirara_startup(studio)
    assert not studio_server(context.settings).starting  # it is off
    end_server()
    context.settings[SERVE_PORT], context.settings[SERVE] = port, True
    kirara_startup(studio)
    server = studio_server(context.settings)
    wait_for(lambda: server.address)
    section = open_panel().server
    assert section.address.text() == f"http://127.0.0.1:{port}"
    assert answers(section.address.text())
    os.kill(server.process_id, signal.SIGKILL)
    wait_for(lambda: not section.problem.isHidden())
    assert section.address.isHidden() and "server ended" in section.problem.text()
    section.form.rows[SERVE].control.editor.click()
    wait_for(lambda: section.problem.isHidden())
    assert context.settings[SERVE] is False


_STUDIO = """
import sys
from PySide6.QtCore import QCoreApplication
from kirara_speech.speech_server import SpeechServer

class Settings(dict):
    def watch(self, key, changed):
        pass

application = QCoreApplication([])
server = SpeechServer(Settings(serve=True, serve_port=int(sys.argv[1]), serve_any_speaker=False))
server.changed.connect(lambda: print(server.address, flush=True))
server.restart()
application.exec()
"""


def test_it_does_not_survive_a_studio_that_is_killed(port: int) -> None:
    command = [sys.executable, "-c", _STUDIO, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as studio:
        assert studio.stdout is not None
        address = next(line.strip() for line in studio.stdout if line.strip())
        assert answers(address)
        studio.kill()
    wait_for(lambda: not answers(address))

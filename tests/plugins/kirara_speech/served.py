"""``kirara-studio speech serve`` as a process of its own, to test against."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests
import soundfile

if TYPE_CHECKING:
    import numpy as np

SENTENCE = "今日は、いい天気ですね。散歩に行きましょうか？"


class Engine:
    """Asks the server as a program would; ``process`` is the server's number."""

    process = 0

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.trust_env = False
        self.style = self.get("/speakers").json()[0]["styles"][0]["id"]

    @cached_property
    def known_query(self) -> Any:
        """A short query, asked once."""
        return self.query("はい。")

    def get(self, path: str, **parameters: Any) -> requests.Response:
        return self.session.get(self.address + path, params=parameters, timeout=60)

    def post(self, path: str, body: Any = None, **parameters: Any) -> requests.Response:
        return self.session.post(self.address + path, params=parameters, json=body, timeout=60)

    def query(self, text: str = SENTENCE) -> Any:
        answer = self.post("/audio_query", text=text, speaker=self.style)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def speak(self, query: Any) -> tuple[np.ndarray, int]:
        answer = self.post("/synthesis", query, speaker=self.style)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"] == "audio/wav"
        return soundfile.read(io.BytesIO(answer.content))


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The server's address and its process; it is ended with Ctrl+C, if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kirara_studio", "speech", "serve", "--port", "0", *arguments],
        env={**os.environ, "KIRARA_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+:\d+", line)
        assert found, line
        yield found[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            process.stdout.close()

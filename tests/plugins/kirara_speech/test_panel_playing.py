"""The Speech panel is heard through a real sound server; voices of a real engine speak in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kirara_speech.view.menus import voice_menu
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context, OpenPanel, entry, show
from .served import serving
from .sound_server import RATE, SoundServer

PROGRAM = """
import sys
from pathlib import Path
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from kirara_speech.panel import SpeechPanel
from kirara_speech.project.script import Line, Script
from kirara_studio.engine.queue import JobQueue
from tests.plugins.kirara_speech.panel_studio import Context, wait_for

folder = Path(sys.argv[1])
application = QApplication([])
queue = JobQueue(folder / "cache")
context = Context(queue, folder)
panel = SpeechPanel(context)
panel.resize(1080, 760)
panel.show()
lines = tuple(Line(text, "open-jtalk") for text in ("はい。", "", "ありがとう。"))
panel.session.document.replace(Script(lines).at(0))
heard, marks = [], []
panel.session.playback.moved.connect(lambda key, sample: heard.append((key, sample)))
panel.session.playback.moved.connect(lambda *_: marks.append(panel.workspace.phrases.view.heard))
panel.workspace.from_here.click()
wait_for(lambda: panel.session.playback.busy)
wait_for(lambda: not panel.session.playback.busy)
assert not context.errors, context.errors
assert panel.session.script.row == 2 and not panel.busy
for line in (lines[0], lines[2]):
    spoken = panel.session.playback.last[line.key]
    samples = [sample for key, sample in heard if key == line.key]
    assert samples == sorted(samples) and samples[-1] > 0.8 * spoken.samples
    np.save(folder / f"{line.text}.npy", spoken.sound)
assert len({mark for mark in marks if mark is not None}) > 4, "a cursor moves over the morae"

before = panel.session.playback.last[lines[2].key]
panel.workspace.sound.wanted.emit(before.samples // 2)
wait_for(lambda: not panel.session.playback.busy)
assert panel.session.playback.last[lines[2].key] is before, "it was not computed again"

panel.session.playback.play(2)
wait_for(lambda: heard and heard[-1][1] > 2000)
QTest.keyClick(panel.workspace.lines, Qt.Key.Key_Escape)
assert not panel.session.playback.busy and panel.workspace.lines.playing == ""
assert "torch" not in sys.modules, "the window does without it"
queue.shutdown()
print("done")
"""


_PARTS = 5  # of a sound that are looked for, the loudest first


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    server = SoundServer(tmp_path)
    yield server
    server.close()


def place(sound: np.ndarray, recorded: np.ndarray) -> int:
    """Where the loudest tenth of a second of a sound that was recorded whole is in a recording.

    A busy machine may put a gap anywhere, so the loudest part may be broken, but not all of them.
    """
    size = RATE // 10
    loudness = np.convolve(sound**2, np.ones(size), "valid")
    for _ in range(_PARTS):
        loud = int(loudness.argmax())
        start, likeness = found(sound[loud : loud + size], recorded)
        if likeness > 0.95:
            return start
        loudness[max(loud - size // 2, 0) : loud + size // 2] = 0
    raise AssertionError("no part of the sound was recorded")


def found(part: np.ndarray, recorded: np.ndarray) -> tuple[int, float]:
    """Where a part fits a recording best, and how well: its correlation there."""
    room = 1 << (len(part) + len(recorded)).bit_length()
    spectra = np.fft.rfft(recorded, room) * np.conj(np.fft.rfft(part, room))
    start = int(np.fft.irfft(spectra, room)[: len(recorded) - len(part)].argmax())
    return start, float(np.corrcoef(part, recorded[start : start + len(part)])[0, 1])


def test_lines_are_heard_one_after_the_other(server: SoundServer, tmp_path: Path) -> None:
    server.environment["QT_QPA_PLATFORM"] = "offscreen"
    with server.recording() as recorder:
        program = server.python(PROGRAM, tmp_path)
        out, errors = program.communicate(timeout=120)
        recorded = recorder.stop()
    assert (program.returncode, out.strip()) == (0, "done"), errors
    first, last = (np.load(tmp_path / f"{text}.npy") for text in ("はい。", "ありがとう。"))
    assert place(first, recorded) < place(last, recorded)


def test_voices_of_an_engine_speak_in_the_panel(
    open_panel: OpenPanel, context: Context, tmp_path: Path
) -> None:
    with serving(tmp_path / "home", "--voice", "open-jtalk") as (address, _):
        context.settings["engine_address"] = address
        panel = open_panel()
        wait_for(lambda: panel.session.voices.engines)
        voice = panel.session.voices.engines[0]
        show(panel, "はい。")
        menu = voice_menu(panel.session.voices, "", panel.session.edits.set_voice, panel)
        entry(menu, voice.name)
        assert panel.session.script.line.voice == voice.name
        assert address in panel.voice.card.text()
        panel.session.playback.play(0)
        key, last = panel.session.script.line.key, panel.session.playback.last
        wait_for(lambda: key in last and last[key].complete)
        assert np.abs(last[key].sound).max() > 0.05 and last[key].morae
    panel.session.voices.look_for_engines()
    wait_for(lambda: not panel.session.voices.engines)
    assert "not here" in panel.voice.card.text()

"""Playing through a real sound server, and without one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from tests.plugins.kirara_speech.sound_server import RATE, SoundServer

Array = npt.NDArray[np.float32]

# A sound that is different everywhere, so that it is found in a recording.
NOISE = """
import sys, time
import numpy as np
from kirara_speech.sound import sound_devices
from kirara_speech.sound.playback import Playback

sound_devices.LATENCY = 0.4  # other tests may want the processor meanwhile

def make(size):
    sound = np.convolve(np.random.default_rng(5).normal(size=size), np.hanning(12), "same")
    return (0.3 * sound / np.abs(sound).max()).astype(np.float32)

noise = make(44100)
"""


def noise(size: int = 44_100) -> Array:
    sound = np.convolve(np.random.default_rng(5).normal(size=size), np.hanning(12), "same")
    return (0.3 * sound / np.abs(sound).max()).astype(np.float32)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    server = SoundServer(tmp_path)
    yield server
    server.close()


def ended(process: subprocess.Popen[str], typed: str = "") -> str:
    """What a program printed; it must have ended well."""
    out, errors = process.communicate(typed, timeout=60)
    assert process.returncode == 0, errors
    return out


def find(sound: Array, recorded: Array) -> tuple[int, Array]:
    """Where ``sound`` is in a recording, and that part of it."""
    size = 1 << (len(sound) + len(recorded)).bit_length()
    spectra = np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(sound, size))
    start = int(np.fft.irfft(spectra, size)[: len(recorded)].argmax())
    return start, recorded[start : start + len(sound)]


def assert_heard(sound: Array, recorded: Array, alike: float = 0.999, pauses: int = 0) -> int:
    """All of ``sound`` was recorded, in order and at its level; returns where it starts.

    ``pauses`` is how often the player or the sound server reported that silence was played in
    between, since a busy machine gave them no time; without such a report there is no gap.
    """
    length = 2205
    start = None
    lag, moved, spoiled = 0, 0, 0
    for begin in range(0, len(sound) - length + 1, length):
        piece = sound[begin : begin + length]
        if np.abs(piece).max() < 0.01:
            continue
        if start is None or not is_piece(piece, recorded[lag + begin :], alike):
            place = 0 if start is None else lag + begin
            found, part = find(piece, recorded[place:])
            if not is_piece(piece, part, alike):  # a pause is in the middle of it
                spoiled += 1
                continue
            moved += start is not None
            lag = place + found - begin
        start = lag if start is None else start
    assert start is not None, "nothing of it was heard"
    assert spoiled <= pauses and moved <= pauses, f"{spoiled} pieces are missing, {moved} came late"
    end = lag + len(sound)
    assert len(recorded) >= end
    assert spoiled or np.abs(recorded[:start]).max(initial=0) < 0.05
    assert np.abs(recorded[end:]).max(initial=0) < 0.05
    assert np.square(recorded).sum() == pytest.approx(np.square(sound).sum(), rel=0.05)
    return start


def is_piece(piece: Array, heard: Array, alike: float) -> bool:
    """Whether ``heard`` begins with this piece, at its level."""
    heard = heard[: len(piece)]
    if len(heard) < len(piece) or not heard.any():
        return False
    level = heard @ piece / (piece @ piece)
    return bool(np.corrcoef(piece, heard)[0, 1] > alike and abs(level - 1) < 0.02)


def test_all_pieces_are_heard_as_one_sound(server: SoundServer) -> None:
    program = """
player = Playback()
for part in np.array_split(noise, 23):
    player.push(part)
player.finish()
positions = []
while player.playing:
    positions.append(player.position)
    time.sleep(0.02)
assert positions == sorted(positions) and len(set(positions)) > 10
print(player.position, player.underruns, player.problem)
"""
    with server.recording() as recorder:
        printed = ended(server.python(NOISE + program))
        recorded = recorder.stop()
    position, underruns, problem = printed.split()
    assert (position, problem) == ("44100", "None")
    assert_heard(noise(), recorded, pauses=int(underruns) + server.underruns)


def test_a_player_that_gets_no_time_pauses_and_loses_nothing(server: SoundServer) -> None:
    program = """
import os, subprocess
player = Playback()
player.push(make(6 * 22050))
player.finish()
while not player.position:
    time.sleep(0.02)
pause = f"kill -STOP {os.getpid()}; sleep 2; kill -CONT {os.getpid()}"
subprocess.run(["sh", "-c", pause], check=True)
player.wait()
print(player.position, player.underruns, player.problem)
"""
    with server.recording() as recorder:
        printed = ended(server.python(NOISE + program))
        recorded = recorder.stop()
    position, underruns, problem = printed.split()
    assert (position, problem) == (str(6 * RATE), "None")
    pauses = int(underruns) + server.underruns
    assert pauses > 0
    assert_heard(noise(6 * RATE), recorded, pauses=pauses)
    with pytest.raises(AssertionError):
        assert_heard(noise(6 * RATE), recorded)


def test_what_comes_late_is_heard_late_and_counted(server: SoundServer) -> None:
    program = """
player = Playback()
player.push(noise[:22050])
while player.position < 22050:
    time.sleep(0.02)
time.sleep(0.3)
player.push(noise[22050:])
player.finish()
player.wait()
print(player.position, player.underruns)
"""
    with server.recording() as recorder:
        printed = ended(server.python(NOISE + program))
        recorded = recorder.stop()
    assert printed.split() == ["44100", "1"]
    first, second = noise()[:20_000], noise()[24_000:]
    starts = [find(part, recorded)[0] for part in (first, second)]
    gap = starts[1] - starts[0] - 24_000
    assert gap > 0.2 * RATE
    silent = recorded[starts[0] + 23_000 : starts[0] + 22_050 + gap - 1000]
    assert np.abs(silent).max() < 0.01


def test_stop_is_soon_and_does_not_click(server: SoundServer) -> None:
    program = """
tone = 0.3 * np.sin(2 * np.pi * 220 / 22050 * np.arange(20 * 22050)).astype(np.float32)
player = Playback()
player.push(tone)
sys.stdin.readline()
player.stop()
assert player.wait(5)
print(player.problem)
player = Playback(after=player)
player.push(noise)
player.finish()
player.wait()
"""
    with server.recording() as recorder:
        process = server.python(NOISE + program)
        recorder.wait_for_sound()
        printed = ended(process, "\n")
        recorded = recorder.stop()
    assert printed.strip() == "None"
    start = assert_heard_last(noise(), recorded)
    tone = recorded[:start]
    loud = np.flatnonzero(np.abs(tone) > 0.01)
    assert len(loud) and loud[-1] - loud[0] < 10 * RATE
    # A click is a jump, much larger than the tone's own steps.
    assert np.abs(np.diff(tone)).max() < 1.5 * 0.3 * 2 * np.pi * 220 / RATE


def assert_heard_last(sound: Array, recorded: Array) -> int:
    start, part = find(sound, recorded)
    assert np.corrcoef(sound, part)[0, 1] > 0.999
    return start


def test_a_vanished_device_is_reported_and_the_next_one_found(server: SoundServer) -> None:
    program = """
player = Playback()
player.push(np.tile(noise, 30))
player.wait()
assert not player.playing
print(player.problem, flush=True)
sys.stdin.readline()
player = Playback()
player.push(noise)
player.finish()
player.wait()
print(player.position, player.underruns, player.problem)
"""
    with server.recording() as recorder:
        process = server.python(NOISE + program)
        recorder.wait_for_sound()
    server.control("unload-module", "module-null-sink")
    assert process.stdout is not None
    assert "device is gone" in process.stdout.readline()
    server.control("load-module", "module-null-sink", "sink_name=out", "rate=22050")
    with server.recording() as recorder:
        printed = ended(process, "\n")
        recorded = recorder.stop()
    position, underruns, problem = printed.split()
    assert (position, problem) == ("44100", "None")
    assert_heard(noise(), recorded, pauses=int(underruns) + server.underruns)


@pytest.mark.alone
def test_a_device_of_another_rate_gets_its_own(server: SoundServer) -> None:
    # ALSA's plugins take any rate; a card that does not is played by letting the check say no.
    program = """
import sounddevice
check = sounddevice.check_output_settings
def strict(device, channels, dtype, samplerate):
    if samplerate == 22050 or channels == 1:
        raise sounddevice.PortAudioError("Invalid sample rate", -9997)
    check(device, channels, dtype, samplerate=samplerate)
sounddevice.check_output_settings = strict
player = Playback()
for part in np.array_split(noise, 7):
    player.push(part)
player.finish()
player.wait()
print(player.position, player.underruns, player.problem)
"""
    with server.recording() as recorder:
        printed = ended(server.python(NOISE + program))
        recorded = recorder.stop()
    position, underruns, problem = printed.split()
    assert (position, problem) == ("44100", "None")
    # The server makes 22,050 Hz of it again, through a filter of its own.
    pauses = int(underruns) + server.underruns
    assert_heard(noise(), recorded, alike=0.97, pauses=pauses)


def test_the_window_follows_the_position_and_the_end(server: SoundServer) -> None:
    program = """
from PySide6.QtCore import QCoreApplication, QTimer
from kirara_speech.qt_player import QtPlayer
import sounddevice
application = QCoreApplication([])
player = QtPlayer()
check = sounddevice.check_output_settings
def refuse(*arguments, **settings):
    raise sounddevice.PortAudioError("taken")
reports = []
player.moved.connect(reports.append)
player.failed.connect(lambda error: reports.append(str(error)))
player.ended.connect(lambda: (reports.append("ended"), application.quit()))
for accepted, length, stop in ((check, 11025, 0), (refuse, 10, 0), (check, 10**6, 300)):
    reports.clear()
    sounddevice.check_output_settings = accepted
    player.start()
    player.push(np.tile(noise, 30)[:length])
    player.finish()
    if stop:
        QTimer.singleShot(stop, player.stop)
    assert player.playing
    application.exec()
    assert not player.playing
    assert reports.count("ended") == 1 and reports[-1] == "ended"
    counts = [value for value in reports if isinstance(value, int)]
    assert counts == sorted(counts)
    print(counts[-1], [value for value in reports if isinstance(value, str)])
"""
    printed = ended(server.python(NOISE + program, "-platform", "offscreen")).splitlines()
    assert printed[0] == "11025 ['ended']"
    assert printed[1].startswith('0 ["The sound device cannot be opened (taken)')
    assert int(printed[2].split()[0]) < 10**6 and printed[2].endswith(" ['ended']")


def test_the_end_of_the_program_is_the_end_of_the_sound(server: SoundServer) -> None:
    program = """
player = Playback()
player.push(np.tile(noise, 30))
while not player.position:
    time.sleep(0.01)
print("leaving")
"""
    with server.recording() as recorder:
        assert ended(server.python(NOISE + program)) == "leaving\n"
        assert len(recorder.stop()) < 30 * RATE


# The command


SAY = """
import sys
from kirara_speech.sound import sound_devices
from kirara_studio.cli import main
sound_devices.LATENCY = 0.4
sys.exit(main(["speech", *sys.argv[1:]]))
"""
SENTENCES = "今日は天気がいいので、公園まで散歩に行きましょう。明日も晴れるそうです。"


def test_say_plays_what_it_saves(server: SoundServer, tmp_path: Path) -> None:
    server.environment["KIRARA_HOME"] = str(tmp_path / "home")
    out = tmp_path / "a.wav"
    with server.recording() as recorder:
        process = server.python(SAY, "say", SENTENCES, "--play", "--out", out)
        printed = ended(process)
        recorded = recorder.stop()
    assert printed.startswith("Saved") and len(printed.splitlines()) == 1
    sound, rate = soundfile.read(out, dtype="float32")
    assert rate == RATE
    assert_heard(sound[: np.flatnonzero(np.abs(sound) > 0.01)[-1]], recorded)


def test_say_stops_at_once_at_ctrl_c(server: SoundServer, tmp_path: Path) -> None:
    server.environment["KIRARA_HOME"] = str(tmp_path / "home")
    with server.recording() as recorder:
        process = server.python(SAY, "say", SENTENCES * 50, "--play")
        recorder.wait_for_sound()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        recorded = recorder.stop()
    assert process.returncode == 130
    own = [line for line in errors.splitlines() if not line.startswith("ALSA lib")]
    assert own == ["kirara-studio: stopped"]
    assert len(recorded) < 60 * RATE


def test_without_a_sound_server_it_gives_advice_and_files_are_saved(tmp_path: Path) -> None:
    cards = Path("/proc/asound/cards")
    if cards.exists() and "no soundcards" not in cards.read_text():
        pytest.skip("this machine has a sound card")
    environment = {
        **os.environ,
        "PULSE_SERVER": f"unix:{tmp_path}/nobody",
        "KIRARA_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    say(tmp_path, environment, SAY, "There is no device that could play sound.")


def test_without_portaudio_it_gives_advice_and_files_are_saved(tmp_path: Path) -> None:
    # What sounddevice itself asks for the library's name knows no such library.
    program = (
        "import ctypes.util as util\n"
        "find = util.find_library\n"
        "util.find_library = lambda name: None if 'portaudio' in name else find(name)\n" + SAY
    )
    environment = {
        **os.environ,
        "KIRARA_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    say(tmp_path, environment, program, "PortAudio is not installed. Install libportaudio2")


def say(folder: Path, environment: dict[str, str], program: str, reason: str) -> None:
    """Where nothing can be played, one line gives the reason, and a file is saved."""
    out = folder / "a.wav"
    for arguments in (["--play"], ["--play", "--out", out], ["--out", out]):
        out.unlink(missing_ok=True)
        result = subprocess.run(
            [sys.executable, "-c", program, "say", "あ。", *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        if "--play" in arguments:
            assert result.returncode == 1
            assert reason in result.stderr and "Saving sound works" in result.stderr
            assert len(result.stderr.splitlines()) == 1
        else:
            assert result.returncode == 0
        assert out.exists() == ("--out" in arguments)


def test_playing_and_its_refusal_need_no_torch(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "import sounddevice\n"
        "from kirara_speech.sound.playback import Playback\n"
        "def refuse(*arguments, **settings):\n"
        "    raise sounddevice.PortAudioError('taken')\n"
        "sounddevice.check_output_settings = refuse\n"
        "player = Playback()\n"
        "player.wait()\n"
        "assert player.problem is not None\n"
        "assert not {'torch', 'soundfile', 'PySide6'} & set(sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, timeout=60)

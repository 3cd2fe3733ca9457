"""Sound output: PortAudio, its devices, and errors with advice if there are none.

PortAudio lists the devices once, when it is initialised. Here it is initialised again if nothing
is played and the list is older than a moment, which finds new headphones and a new default.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_studio.api.errors import UserError

LATENCY = 0.12
"""Seconds of sound that the sound card has in advance, while the process does other work."""

_LEAD = 0.05  # seconds; the first 19 ms were missing with PulseAudio
_FRESH = 2.0  # seconds that a list of devices is valid
_PATIENCE = 5.0  # seconds to wait for another thread that opens or closes a stream

Fill = Callable[[npt.NDArray[np.float32], float], bool]

# PortAudio opens and closes one stream at a time only, and must not be initialised meanwhile.
_lock = threading.Lock()
_open_streams = 0
_listed = 0.0


class OutputStream:
    """A stream to the system's default device.

    ``fill(block, heard_at)`` is called in a thread of PortAudio for each block (samples,), which
    is heard at ``heard_at`` seconds of :func:`time.monotonic`; it returns False with the last one.
    ``over`` is called in that thread when all was heard, or the device is gone.
    """

    def __init__(self, fill: Fill, over: Callable[[], None]) -> None:
        """Open the device; ``start`` begins. Raises :class:`UserError` if it cannot be opened."""
        global _open_streams
        self.dropouts = 0
        """How often the sound card got no block in time."""
        self._fill, self._open = fill, True
        with _portaudio() as sounddevice:
            index = _device(sounddevice)
            self.rate, channels = _accepted(sounddevice, index)
            self._stop = sounddevice.CallbackStop
            try:
                with _quiet():
                    self._stream = sounddevice.OutputStream(
                        samplerate=self.rate,
                        device=index,
                        channels=channels,
                        dtype="float32",
                        latency=LATENCY,
                        callback=self._call,
                        finished_callback=over,
                    )
            except sounddevice.PortAudioError as error:
                raise _cannot_open(error) from error
            _open_streams += 1
        self.lead = round(_LEAD * self.rate)
        """Samples of silence before the sound: a card that wakes up may lose the first ones."""
        self.tail = round((self._stream.latency + LATENCY) * self.rate)
        """Samples of silence after the sound: ALSA drops what was not heard yet."""

    def start(self) -> None:
        """Begin. Raises :class:`UserError` if the device fails."""
        try:
            self._stream.start()
        except Exception as error:
            raise _cannot_open(error) from error

    def close(self) -> None:
        """End, also before all was heard."""
        global _open_streams
        with _held():
            self._open = False
            self._stream.close(ignore_errors=True)
            _open_streams -= 1

    def abort(self) -> None:
        """Silence it at once; ``over`` is called. For other threads than the one that closes."""
        with _held():
            if self._open:
                self._stream.abort(ignore_errors=True)

    def _call(self, out: npt.NDArray[np.float32], _: int, times: Any, status: Any) -> None:
        if status.output_underflow:
            self.dropouts += 1
        ahead = times.outputBufferDacTime - times.currentTime
        if not 0 < ahead < 2:  # some systems do not know
            ahead = self._stream.latency
        goes_on = self._fill(out[:, 0], time.monotonic() + ahead)
        out[:] = out[:, :1]
        if not goes_on:
            raise self._stop


@contextmanager
def _portaudio() -> Iterator[Any]:
    """The module sounddevice, with an up-to-date list of devices."""
    global _listed
    with _held():
        try:
            import sounddevice
        except OSError as error:
            raise UserError(
                "Sound cannot be played: PortAudio is not installed.",
                advice="Install libportaudio2 (Debian, Ubuntu, openSUSE) or portaudio (Fedora, "
                "Arch) with your system's packages. Saving sound works without it."
                if sys.platform == "linux"
                else "Install the Python package “sounddevice” again, which brings it along.",
            ) from error
        now = time.monotonic()
        if not _open_streams and now - _listed > _FRESH:
            # As sounddevice does at its import; there is no public name for it.
            try:
                if _listed:
                    sounddevice._terminate()
                    sounddevice._initialize()
            except sounddevice.PortAudioError as error:
                raise _cannot_open(error) from error
            _listed = time.monotonic()
        yield sounddevice


@contextmanager
def _held() -> Iterator[None]:
    if not _lock.acquire(timeout=_PATIENCE):
        raise UserError(
            "The sound system does not answer.",
            advice="Start the sound server again, then the studio. Saving sound works without it.",
        )
    try:
        yield
    finally:
        _lock.release()


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence stderr, where ALSA and PortAudio print many lines; as sounddevice does at import."""
    try:
        kept = os.dup(2)
    except OSError:  # a window on Windows has none
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _device(sounddevice: Any) -> int:
    """The index of the system's default device, or of the first one that plays sound."""
    try:
        return int(sounddevice.query_devices(kind="output")["index"])
    except (sounddevice.PortAudioError, ValueError):
        pass
    try:
        devices = sounddevice.query_devices()
        return next(i for i, device in enumerate(devices) if device["max_output_channels"] > 0)
    except (sounddevice.PortAudioError, StopIteration) as error:
        raise UserError(
            "There is no device that could play sound.",
            advice="Connect a device, or start the sound server (PipeWire or PulseAudio). ALSA "
            "needs a plugin to reach it: pipewire-alsa or libasound2-plugins. Saving sound works "
            "without all that."
            if sys.platform == "linux"
            else "Connect headphones or loudspeakers. Saving sound works without them.",
        ) from error


def _accepted(sounddevice: Any, index: int) -> tuple[int, int]:
    """The rate and the channels to open a device with: ours if it accepts them."""
    own = round(sounddevice.query_devices(index)["default_samplerate"])
    for rate in (SAMPLE_RATE, own):
        for channels in (1, 2):
            try:
                with _quiet():
                    sounddevice.check_output_settings(index, channels, "float32", samplerate=rate)
                return rate, channels
            except sounddevice.PortAudioError as error:
                reason = error
    raise _cannot_open(reason) from reason


def _cannot_open(error: Exception) -> UserError:
    return UserError(
        "The sound device cannot be opened ({reason}).",
        advice="Close other programs that use it, choose another device, or start the system's "
        "sound again. Saving sound works without it.",
        reason=error.args[0] if error.args else type(error).__name__,
    )

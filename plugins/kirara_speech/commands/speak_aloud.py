"""Speech through the loudspeakers, for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.playback import Player
from kirara_studio.api.jobs import JobTools

Array = npt.NDArray[np.float32]

_LOOK = 0.1  # seconds


class SpeakAloud:
    """Plays sounds while they are computed; leaving it waits until all was heard.

    Left by an exception, Ctrl+C too, it is silent at once. Raises
    :class:`~kirara_studio.api.errors.UserError` at the end if nothing could be played.
    """

    def __init__(self, tools: JobTools) -> None:
        self._tools = tools
        self._player = Player()
        self._samples = 0

    def __enter__(self) -> SpeakAloud:
        self._player.start()
        return self

    def heard(self, sounds: Iterable[Array], *, needed: bool = True) -> Iterator[Array]:
        """Play ``sounds`` and give them on.

        Where it is ``needed`` that they are heard, computing ends when playing does.
        """
        for sound in sounds:
            self._player.push(sound)
            self._samples += len(sound)
            yield sound
            if needed and self._player.problem is not None:
                raise self._player.problem

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            self._player.stop()
            self._player.wait(1)
            return
        self._player.finish()
        try:
            while not self._player.wait(_LOOK):
                if self._player.position < self._samples:  # the end is reported once
                    self._report()
        except BaseException:
            self._player.stop()
            self._player.wait(1)
            raise
        if self._player.problem is not None:
            raise self._player.problem
        self._report()

    def _report(self) -> None:
        heard, total = self._player.position, self._samples
        text = f"{heard / SAMPLE_RATE:.1f} of {total / SAMPLE_RATE:.1f} s heard"
        self._tools.progress(heard, total, text)

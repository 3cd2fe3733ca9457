"""The voice that is always there: Open JTalk's "mei" (pyopenjtalk-plus; CC BY 3.0)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kirara_speech.config import SAMPLE_RATE
from kirara_speech.japanese import QUICK, open_jtalk, read_text
from kirara_speech.sentences import utterances_of
from kirara_speech.sound_files import resample

Array = npt.NDArray[np.float32]


def say(text: str) -> Array:
    """Speak one sentence: (samples,), −1…1, at 22,050 Hz; empty where there is nothing to say."""
    if not utterances_of(read_text(text)):
        return np.zeros(0, np.float32)
    sound, rate = open_jtalk().tts(text, **QUICK)
    return resample((sound / 32_768).astype(np.float32), rate, SAMPLE_RATE)

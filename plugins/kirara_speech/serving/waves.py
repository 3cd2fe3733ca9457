"""WAV files of any rate, with one or two channels, 16 bits."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from fastapi import HTTPException

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.resampling import resample

Array = npt.NDArray[np.float32]

_LONGEST = 3_600  # seconds in total


def wav_of(sound: Array, rate: int, *, stereo: bool) -> bytes:
    """``sound`` (samples,), −1…1, at 22,050 Hz as a WAV file of ``rate``."""
    resampled = resample(sound, SAMPLE_RATE, rate)
    return _written(np.stack([resampled] * (2 if stereo else 1), 1), rate)


def _written(sound: npt.NDArray[Any], rate: int) -> bytes:
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, np.clip(sound, -1, 1), rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def joined(waves: Sequence[str]) -> bytes:
    """Join WAV files in base64, of the same rate. Raises :class:`fastapi.HTTPException`."""
    import soundfile

    sounds: list[npt.NDArray[Any]] = []
    rates: set[int] = set()
    seconds = 0.0
    for wave in waves:
        try:
            with soundfile.SoundFile(io.BytesIO(base64.b64decode(wave, validate=True))) as file:
                seconds += file.frames / file.samplerate
                if seconds > _LONGEST or file.channels > 2:
                    raise HTTPException(422, "wavファイルが長すぎるか、チャンネルが多すぎます")
                rates.add(file.samplerate)
                sounds.append(file.read(dtype="float32", always_2d=True))
        except ValueError as error:  # not base64
            raise HTTPException(422, "base64デコードに失敗しました") from error
        except (soundfile.SoundFileError, OSError, TypeError, RuntimeError) as error:
            raise HTTPException(422, "wavファイルを読み込めませんでした") from error
    if not sounds:
        raise HTTPException(422, "wavファイルが含まれていません")
    if len(rates) > 1:
        raise HTTPException(422, "ファイル間でサンプリングレートが異なります")
    channels = max(sound.shape[1] for sound in sounds)
    wide = [np.broadcast_to(sound, (len(sound), channels)) for sound in sounds]
    return _written(np.concatenate(wide), rates.pop())

"""WAV files of any rate, with one or two channels, 16 bits."""

from __future__ import annotations

import base64
import io
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
import numpy.typing as npt
from fastapi import HTTPException, Response

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.resampling import resample

Array = npt.NDArray[np.float32]

MOST_SAMPLES = 40_000_000
"""In joined waves, of all channels: more than fit into a request as WAV files."""

_BLOCK = 65_536  # samples
_at_work = threading.Lock()  # large sounds are handled one at a time, since all of them need memory


class Wav(Response):
    """An answer that is a WAV file."""

    media_type = "audio/wav"


def wav_of(sound: Array, rate: int, *, stereo: bool) -> bytes:
    """``sound`` (samples,), −1…1, at 22,050 Hz as a WAV file of ``rate``."""
    with _at_work:
        mono = resample(sound, SAMPLE_RATE, rate)[:, None]
        blocks = (mono[start : start + _BLOCK] for start in range(0, len(mono), _BLOCK))
        return _written(blocks, rate, 2 if stereo else 1)


def _written(blocks: Iterable[Array], rate: int, channels: int) -> bytes:
    """Blocks (samples, channels, or 1 for all of them) as a WAV file."""
    import soundfile

    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", rate, channels, "PCM_16", format="WAV") as written:
        for block in blocks:
            written.write(np.broadcast_to(np.clip(block, -1, 1), (len(block), channels)))
    return file.getvalue()


def joined(waves: Sequence[str]) -> bytes:
    """Join WAV files in base64, of the same rate. Raises :class:`fastapi.HTTPException`."""
    import soundfile

    with _at_work, ExitStack() as stack:
        try:
            files = [stack.enter_context(_opened(wave)) for wave in waves]
            if not files:
                raise HTTPException(422, "wavファイルが含まれていません")
            if len({file.samplerate for file in files}) > 1:
                raise HTTPException(422, "ファイル間でサンプリングレートが異なります")
            channels = max(file.channels for file in files)
            # The headers say it; reading stops at what they say.
            if channels > 2 or sum(file.frames for file in files) * channels > MOST_SAMPLES:
                raise HTTPException(422, "wavファイルが長すぎるか、チャンネルが多すぎます")
            return _written(_blocks(files), files[0].samplerate, channels)
        except ValueError as error:  # not base64
            raise HTTPException(422, "base64デコードに失敗しました") from error
        except (soundfile.SoundFileError, OSError, TypeError, RuntimeError) as error:
            raise HTTPException(422, "wavファイルを読み込めませんでした") from error


def _opened(wave: str) -> Any:
    import soundfile

    return soundfile.SoundFile(io.BytesIO(base64.b64decode(wave, validate=True)))


def _blocks(files: Sequence[Any]) -> Iterator[Array]:
    for file in files:
        while len(block := file.read(_BLOCK, "float32", always_2d=True)):
            yield block

"""Sound files with the settings that made them. Imports no torch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.sound_files import file_name
from kirara_studio import __version__
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file
from kirara_studio.api.kept_files import json_text, parse_json
from kirara_studio.api.reading import reading

SOUND_SUFFIXES = {".wav": "PCM_16", ".flac": "PCM_16", ".ogg": "VORBIS"}
"""The formats of saved sound, and the sample format of each."""

_BLOCK = 1 << 18  # samples
_WAV_COMMENT = 1_900  # bytes: libsndfile loses longer ones

Array = npt.NDArray[np.float32]


def save_sound(path: Path, chunks: Iterable[Array], settings: Mapping[str, Any]) -> float:
    """Write chunks of sound (samples,), −1…1, at 22,050 Hz, as they come; returns the seconds.

    ``settings``, plain values, are kept in the file's comment (:func:`recall` reads them). A WAV
    file has little room for it: if needed, the longest text is cut, and "shortened" is true. The
    file is written completely or not at all. Raises :class:`UserError` for an unknown suffix, for
    a place that cannot be written, and if there is no sound.
    """
    import soundfile

    check_sound_path(path)
    samples = 0
    with whole_file(path) as temporary:
        kind = SOUND_SUFFIXES[path.suffix.lower()]
        with soundfile.SoundFile(file_name(temporary), "w", SAMPLE_RATE, 1, kind) as file:
            # Before the sound: not every format has a place for it afterwards.
            file.comment = _comment(settings, path.suffix.lower())
            for chunk in chunks:
                file.write(chunk)
                samples += len(chunk)
        if not samples:
            raise nothing_to_say()
        _check(temporary, samples)
    return samples / SAMPLE_RATE


def _check(path: Path, samples: int) -> None:
    """Raise OSError unless the file can be read, whole: libsndfile does not report a full disk."""
    import soundfile

    with soundfile.SoundFile(file_name(path)) as file:
        left = samples
        while len(block := file.read(_BLOCK, dtype="int16")):
            left -= len(block)
    if left:
        raise OSError("it is not complete")


def nothing_to_say() -> UserError:
    """The error for a text without a word."""
    return UserError(
        "There is nothing to say in this text.",
        advice="Write some words that the voice can read.",
    )


def _comment(settings: Mapping[str, Any], suffix: str) -> str:
    values: dict[str, Any] = {"kirara_studio": __version__, **settings}
    comment = json_text(values, None).strip()
    while suffix == ".wav" and len(comment.encode()) > _WAV_COMMENT:
        texts = {name: text for name, text in values.items() if isinstance(text, str)}
        longest = max(texts, key=lambda name: len(texts[name]))
        values |= {longest: texts[longest][: len(texts[longest]) // 2], "shortened": True}
        comment = json_text(values, None).strip()
    return comment


def check_sound_path(path: Path) -> None:
    """Raise :class:`UserError` if sound cannot be saved under that name."""
    if path.suffix.lower() not in SOUND_SUFFIXES:
        raise UserError(
            "Sound cannot be saved as “{file}”.",
            advice="Choose a name that ends in {suffixes}.",
            file=path.name,
            suffixes=", ".join(SOUND_SUFFIXES),
        )


def recall(path: Path) -> dict[str, Any]:
    """The settings that made a sound file. Raises :class:`UserError` if it holds none."""
    import soundfile

    with reading(
        path,
        "“{file}” does not hold the settings that made it.",
        advice="Choose a sound that this studio saved.",
    ):
        with soundfile.SoundFile(file_name(path)) as file:
            settings = parse_json(file.comment)
        if not isinstance(settings, dict) or "kirara_studio" not in settings:
            raise ValueError("its comment is something else")
        return settings

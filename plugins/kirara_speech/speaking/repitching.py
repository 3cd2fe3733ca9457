"""Another pitch for a network's voice, which has no input for one: WORLD on a whole utterance."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import numpy as np

from kirara_speech.reading.utterances import Utterance
from kirara_speech.sound.world import Curve, respoken
from kirara_speech.speaking.contours import (
    accent_changes,
    curve_of,
    mora_pitches,
    moved,
    whispered,
    whispers,
)
from kirara_speech.speaking.manner import Manner
from kirara_speech.speaking.pieces import Piece
from kirara_speech.speaking.timing import TimedMora


def moves_pitch(utterance: Utterance, manner: Manner) -> bool:
    """True where the pitch is not to stay as the network speaks it."""
    return (
        manner.moves_pitch
        or bool(whispers(utterance.phrases).any())
        or bool(mora_pitches(utterance.phrases).any())
        or bool(accent_changes(utterance.phrases).any())
    )


def repitched(
    speaking: Generator[Piece, None, list[TimedMora]], utterance: Utterance, manner: Manner
) -> Generator[Piece, None, list[TimedMora]]:
    """The same pieces once the last one is there, spoken again at the wanted pitch."""
    pieces = []
    while True:
        try:
            pieces.append(next(speaking))
        except StopIteration as over:
            timed: list[TimedMora] = over.value
            break
    morae = [one for one in timed if one.mora >= 0]

    def change(pitch: Curve) -> Curve:
        accents = curve_of(accent_changes(utterance.phrases), morae, len(pitch))
        added = curve_of(mora_pitches(utterance.phrases), morae, len(pitch))
        new = moved(pitch, manner, accents, added)
        return whispered(new, utterance.phrases, morae)

    sound = respoken(np.concatenate([piece.sound for piece in pieces]), change)
    edges = np.cumsum([len(piece.sound) for piece in pieces])[:-1]
    for piece, part in zip(pieces, np.split(sound, edges), strict=True):
        yield replace(piece, sound=part)
    return timed

"""The shape of the networks: which symbols go in, how wide, which sound features. No torch.

Tachibana et al., "Efficiently Trainable Text-to-Speech System Based on Deep Convolutional
Networks with Guided Attention" (arXiv 1710.08969), called DC-TTS: Text2Mel turns symbols into a
mel spectrogram, SSRN turns that into a spectrogram fine enough to make a waveform of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kirara_speech.reading.symbols import AUTHOR_ALPHABET, JAPANESE_ALPHABET

TEXT2MEL = "dc-tts-text2mel"
SSRN = "dc-tts-ssrn"
"""The architectures that the cards of these networks name."""

FEATURES = ("author", "log")
"""How sound becomes numbers from 0 to 1; see :mod:`kirara_speech.sound.spectrogram`."""

SAMPLE_RATE = 22_050  # Hz
FFT = 1024  # samples in a frame
HOP = 256  # samples from one frame to the next: 11.6 ms
MELS = 80
BINS = FFT // 2 + 1
REDUCTION = 4
"""Text2Mel makes every fourth frame only, 46 ms apart; SSRN makes the ones between."""


def _check(sizes: tuple[int, ...], features: str) -> None:
    if not all(isinstance(size, int) and size > 0 for size in sizes):
        raise ValueError("widths are positive whole numbers")
    if features not in FEATURES:
        raise ValueError(f"unknown features “{features}”")


@dataclass(frozen=True)
class Text2MelConfig:
    """The shape of Text2Mel.

    ``alphabet`` holds the symbols in the order of their numbers, and ``front_end`` names what
    turns a text into them (:mod:`kirara_speech.reading.front_ends`). ``embedding`` is the paper's
    e, ``width`` its d. ``normalise`` puts a layer normalisation after every convolution, without
    which others could hardly train the network. ``features`` says what a mel spectrogram
    is here. Raises ValueError for values that make no sense.
    """

    alphabet: tuple[str, ...] = AUTHOR_ALPHABET
    front_end: str = "letters"
    embedding: int = 128
    width: int = 256
    normalise: bool = False
    features: str = "author"

    def __post_init__(self) -> None:
        _check((self.embedding, self.width), self.features)
        if not self.alphabet or len(set(self.alphabet)) != len(self.alphabet):
            raise ValueError("the alphabet needs symbols, each once")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a model card."""
        return {**asdict(self), "alphabet": list(self.alphabet)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Text2MelConfig:
        """Read :meth:`to_dict`'s values. Raises ValueError or TypeError if they do not fit."""
        return cls(**{**values, "alphabet": tuple(values["alphabet"])})


@dataclass(frozen=True)
class SsrnConfig:
    """The shape of SSRN: ``width`` is the paper's c; the others as in :class:`Text2MelConfig`.

    ``leaky`` is the blog author's way: where the paper has ReLU, ReLU and a sigmoid at the end, he
    has three leaky ReLUs, of slope 0.2, so what comes out is not held to 0…1. ``skip`` gives
    the network straight lines between the mels to begin with, in time and frequency, so it
    makes only what they lack.
    """

    width: int = 512
    normalise: bool = False
    features: str = "author"
    leaky: bool = False
    skip: bool = False

    def __post_init__(self) -> None:
        _check((self.width,), self.features)
        if self.skip and (self.leaky or self.features != "log"):
            raise ValueError("straight lines are for decibels and a network that ends in a sigmoid")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a model card."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> SsrnConfig:
        """Read :meth:`to_dict`'s values. Raises ValueError or TypeError if they do not fit."""
        return cls(**values)


AUTHOR_TEXT2MEL = Text2MelConfig()
AUTHOR_SSRN = SsrnConfig(leaky=True)
"""The networks of the blog author, whose files load and give his numbers."""

OUR_TEXT2MEL = Text2MelConfig(
    alphabet=JAPANESE_ALPHABET,
    front_end="japanese",
    width=192,
    normalise=True,
    features="log",
)
OUR_SSRN = SsrnConfig(width=256, normalise=True, features="log", skip=True)
"""Small enough to train on two cores."""

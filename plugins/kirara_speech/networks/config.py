"""The configurations of the networks: symbols, widths, sound features. Imports no torch.

Tachibana et al., "Efficiently Trainable Text-to-Speech System Based on Deep Convolutional
Networks with Guided Attention" (arXiv 1710.08969), called DC-TTS: Text2Mel turns symbols into a
mel spectrogram, SSRN turns that into a spectrogram fine enough for a vocoder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from kirara_speech.reading.symbols import AUTHOR_ALPHABET, JAPANESE_ALPHABET

TEXT2MEL = "dc-tts-text2mel"
SSRN = "dc-tts-ssrn"
"""The architectures on the cards of these networks."""

FEATURES = ("author", "log")
"""How sound becomes numbers from 0 to 1; see :mod:`kirara_speech.sound.spectrogram`."""

SAMPLE_RATE = 22_050  # Hz
FFT = 1024  # samples in a frame
HOP = 256  # samples from one frame to the next: 11.6 ms
MELS = 80
BINS = FFT // 2 + 1
REDUCTION = 4
"""Text2Mel makes every fourth frame, 46 ms apart; SSRN makes the ones between."""


@dataclass(frozen=True)
class NetworkConfig:
    """What the shapes of both networks have in common.

    ``normalise`` puts a layer normalisation after every convolution, without which the network is
    hard to train. ``features`` is one of :data:`FEATURES`. Raises ValueError for values that make
    no sense.
    """

    kind: ClassVar[str]
    """The architecture."""

    width: int = 256
    normalise: bool = False
    features: str = "author"

    def __post_init__(self) -> None:
        if not isinstance(self.width, int) or self.width < 1:
            raise ValueError("widths are positive whole numbers")
        if self.features not in FEATURES:
            raise ValueError(f"unknown features “{self.features}”")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a model card."""
        values = asdict(self)
        return {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Read :meth:`to_dict`'s values. Raises ValueError or TypeError if they do not fit."""
        plain: dict[str, Any] = {
            key: tuple(v) if isinstance(v, list) else v for key, v in values.items()
        }
        return cls(**plain)


@dataclass(frozen=True)
class Text2MelConfig(NetworkConfig):
    """The shape of Text2Mel.

    ``alphabet`` holds the symbols in the order of their numbers, and ``front_end`` names what
    turns a text into them (:mod:`kirara_speech.reading.utterances`). ``embedding`` is the paper's
    e, ``width`` its d.
    """

    kind = TEXT2MEL

    alphabet: tuple[str, ...] = AUTHOR_ALPHABET
    front_end: str = "letters"
    embedding: int = 128

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.embedding, int) or self.embedding < 1:
            raise ValueError("widths are positive whole numbers")
        if not self.alphabet or len(set(self.alphabet)) != len(self.alphabet):
            raise ValueError("the alphabet needs symbols, each once")


@dataclass(frozen=True)
class SsrnConfig(NetworkConfig):
    """The shape of SSRN: ``width`` is the paper's c.

    ``leaky`` replaces ReLU and the sigmoid at the end by leaky ReLUs of slope 0.2, as the blog
    author does: the output is then not limited to 0…1. ``skip`` adds the linear interpolation of
    the mels, in time and frequency, to the output, so the network only makes the difference.
    """

    kind = SSRN

    width: int = 512
    leaky: bool = False
    skip: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.skip and (self.leaky or self.features != "log"):
            raise ValueError("the interpolation needs decibels and a sigmoid at the end")


Config = Text2MelConfig | SsrnConfig


def config_to_dict(config: Config) -> dict[str, Any]:
    """Plain values, with the architecture as "kind"."""
    return {"kind": config.kind, **config.to_dict()}


def config_from_dict(values: Mapping[str, Any]) -> Config:
    """Read :func:`config_to_dict`'s values. Raises KeyError, ValueError or TypeError."""
    rest = {key: value for key, value in values.items() if key != "kind"}
    kinds: dict[str, type[Config]] = {TEXT2MEL: Text2MelConfig, SSRN: SsrnConfig}
    return kinds[values["kind"]].from_dict(rest)


AUTHOR_TEXT2MEL = Text2MelConfig()
AUTHOR_SSRN = SsrnConfig(leaky=True)
"""The blog author's networks: his files give his numbers."""

OUR_TEXT2MEL = Text2MelConfig(
    alphabet=JAPANESE_ALPHABET,
    front_end="japanese",
    width=192,
    normalise=True,
    features="log",
)
OUR_SSRN = SsrnConfig(width=256, normalise=True, features="log", skip=True)
"""Small enough to train on two cores."""

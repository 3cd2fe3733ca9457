"""Decoding: a text to a mel spectrogram, frame by frame, each made of the ones before.

:mod:`kirara_speech.networks.stepping` computes a frame, and
:mod:`kirara_speech.networks.attention_rules` guides the attention and ends the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from kirara_speech.networks.attention_rules import AttentionRule, rule_for
from kirara_speech.networks.config import MELS, Text2MelConfig
from kirara_speech.networks.stepping import Text2MelSteps
from kirara_speech.networks.text2mel import Text
from kirara_studio.api.errors import UserError

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Frame:
    """A frame: its mels (mels,), 0…1, and its attention (symbols,)."""

    mel: Array
    attention: Array


def text_of(config: Text2MelConfig, symbols: Sequence[str]) -> Text:
    """Symbols as the network's input, a batch of one.

    Raises :class:`UserError` for a symbol that is not in its alphabet.
    """
    numbers = {symbol: number for number, symbol in enumerate(config.alphabet)}
    unknown = [symbol for symbol in symbols if symbol not in numbers]
    if unknown:
        raise UserError(
            "The voice does not know the symbol “{symbol}”.",
            advice="It knows {known}.",
            symbol=unknown[0],
            known=" ".join(config.alphabet),
        )
    row = torch.tensor([[numbers[symbol] for symbol in symbols]])
    return Text(row, torch.ones(row.shape))


def decode(steps: Text2MelSteps, text: Text, rule: AttentionRule | None = None) -> Iterator[Frame]:
    """Speak the one sentence in ``text``, frame by frame.

    ``rule`` guides the attention; None is the network's own rule. ``steps`` cannot be used for two
    sentences at the same time.
    """
    rule = rule or rule_for(steps.config, text.symbols.shape[1])
    steps.begin(text)
    frame = torch.zeros(MELS)
    while True:
        with torch.inference_mode():  # never around a yield, which would leave it switched on
            attention = rule.attend(steps.query(frame))
            frame = steps.next_frame(attention)
            over = rule.over(frame)
        yield Frame(frame.numpy(), attention.numpy())
        if over:
            return


def joined(frames: Sequence[Frame]) -> tuple[Array, Array]:
    """The mel spectrogram (mels, frames) and the attention (symbols, frames) of all frames."""
    mel = np.stack([frame.mel for frame in frames], 1)
    return mel, np.stack([frame.attention for frame in frames], 1)

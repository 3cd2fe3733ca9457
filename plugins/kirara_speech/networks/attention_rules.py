"""Where the attention may go while a sentence is spoken, and when the sentence is over.

During training nothing holds the attention but its loss. While speaking, it is led: who reads
aloud goes forward, skips nothing, and stops at the end.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from kirara_speech.networks.config import Text2MelConfig


class AttentionRule(Protocol):
    """A guide through one sentence, asked once for every frame: first where, then whether on."""

    def attend(self, scores: Tensor) -> Tensor:
        """The attention (symbols,), whose sum is 1, made of the scores (symbols,)."""
        ...

    def over(self, frame: Tensor) -> bool:
        """True if ``frame`` (mels,), just said, is the last one."""
        ...


def rule_for(config: Text2MelConfig, symbols: int) -> AttentionRule:
    """The rule that a network speaks a sentence of so many symbols by.

    A network without normalisation is the author's, and speaks as his program does.
    """
    return MonotonicAttention(symbols) if config.normalise else AuthorAttention(symbols)


class AuthorAttention:
    """The blog author's rule (after the paper, §4.2).

    Where the attention's highest place is not from one symbol before to three symbols after the
    place of the frame before, all of it is put one symbol on. The first frame follows the place
    before the first symbol. The sentence is over ten frames after one of the last three symbols
    was reached.
    """

    AFTER = 10  # frames
    LAST = 3  # symbols

    def __init__(self, symbols: int) -> None:
        self._symbols = symbols
        self._place = -1
        self._said = 0
        self._end = 50 * symbols + 500  # of a sentence that gets nowhere

    def attend(self, scores: Tensor) -> Tensor:
        attention = scores.softmax(0)
        place = int(attention.argmax())
        if not -1 <= place - self._place <= 3:
            place = min(self._place + 1, self._symbols - 1)
            attention = torch.zeros_like(attention)
            attention[place] = 1
        self._place = place
        if place >= self._symbols - self.LAST:
            self._end = min(self._end, self._said + self.AFTER)
        return attention

    def over(self, frame: Tensor) -> bool:
        self._said += 1
        return self._said > self._end


class MonotonicAttention:
    """Our rule: the attention sees a window that only moves forward.

    The scores outside the window are masked before the softmax, so what is left is a true
    attention, and no symbol is spoken twice. The window reaches from the symbol before the place
    to three after it; the place is the highest so far, and moves on by itself if it has stayed
    for longer than anybody holds a sound. At the last symbol, which stands for the silence after
    the sentence, the voice may die away: the sentence is over when it is quiet.
    """

    BEFORE, AFTER = 1, 3  # symbols
    LONGEST = 24  # frames at one symbol: 1.1 s
    QUIET = 0.45  # below the loudest frame, each by its loudest band; 45 dB in our features
    QUIET_FRAMES = 2
    LAST_FRAMES = 12  # at the last symbol, if it does not get quiet

    def __init__(self, symbols: int) -> None:
        self._symbols = symbols
        self._place = 0
        self._stayed = 0
        self._loudest = 0.0
        self._quiet = 0

    def attend(self, scores: Tensor) -> Tensor:
        first, end = max(0, self._place - self.BEFORE), self._place + self.AFTER + 1
        attention = torch.zeros_like(scores)
        attention[first:end] = scores[first:end].softmax(0)
        place = first + int(attention[first:end].argmax())
        self._stayed += 1
        if place > self._place or self._stayed > self.LONGEST:
            self._place = min(max(place, self._place + 1), self._symbols - 1)
            self._stayed = 0
        return attention

    def over(self, frame: Tensor) -> bool:
        loudness = float(frame.max())
        self._loudest = max(self._loudest, loudness)
        if self._place < self._symbols - 1:
            return False
        self._quiet = self._quiet + 1 if loudness < self._loudest - self.QUIET else 0
        return self._quiet >= self.QUIET_FRAMES or self._stayed >= self.LAST_FRAMES

"""Where the attention may move while a sentence is spoken, and when the sentence is over.

In training only the loss guides the attention. For speaking, a rule moves it forward, without
skipping a symbol, and ends at the last one.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from kirara_speech.networks.config import Text2MelConfig


class AttentionRule(Protocol):
    """Guides the attention through one sentence: both methods are called once for every frame."""

    def attend(self, scores: Tensor) -> Tensor:
        """The attention (symbols,), whose sum is 1, for the scores (symbols,)."""
        ...

    def over(self, frame: Tensor) -> bool:
        """True if ``frame`` (mels,) is the last one."""
        ...


def rule_for(config: Text2MelConfig, symbols: int) -> AttentionRule:
    """The rule of a network: without normalisation it is the author's, and uses his."""
    return MonotonicAttention(symbols) if config.normalise else AuthorAttention(symbols)


class AuthorAttention:
    """The blog author's rule (after the paper, §4.2).

    If the maximum is not from one symbol before to three symbols after the one of the previous
    frame, all attention goes to the next symbol. The first frame follows the place before the
    first symbol. The sentence ends ten frames after one of the last three symbols was reached.
    """

    AFTER = 10  # frames
    LAST = 3  # symbols

    def __init__(self, symbols: int) -> None:
        self._symbols = symbols
        self._place = -1
        self._frames = 0
        self._end = 50 * symbols + 500  # frames, if the attention makes no progress

    def attend(self, scores: Tensor) -> Tensor:
        attention = scores.softmax(0)
        place = int(attention.argmax())
        if not -1 <= place - self._place <= 3:
            place = min(self._place + 1, self._symbols - 1)
            attention = torch.zeros_like(attention)
            attention[place] = 1
        self._place = place
        if place >= self._symbols - self.LAST:
            self._end = min(self._end, self._frames + self.AFTER)
        return attention

    def over(self, frame: Tensor) -> bool:
        self._frames += 1
        return self._frames > self._end


class MonotonicAttention:
    """Our rule: the attention is limited to a window that only moves forward.

    Scores outside the window are masked before the softmax, so no symbol is spoken twice. The
    window reaches from the symbol before the place to three after it. The place is the furthest
    maximum so far, and advances after the longest time that a sound is held. At the last symbol,
    the silence after the sentence, the voice may fade: the sentence ends when it is quiet.
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

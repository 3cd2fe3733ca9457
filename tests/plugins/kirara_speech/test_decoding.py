"""Speaking frame by frame: the same numbers as all at once, and sentences that end well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from benchmarks.quadratic_decoding import decode_again_and_again
from kirara_speech.networks import stepping
from kirara_speech.networks.attention_rules import MonotonicAttention
from kirara_speech.networks.config import MELS, Text2MelConfig
from kirara_speech.networks.decoding import decode, joined, text_of
from kirara_speech.networks.stepping import Text2MelSteps
from kirara_speech.networks.text2mel import Text2Mel
from kirara_studio.api.errors import UserError
from tests.plugins.kirara_speech.voices import SMALL_TEXT2MEL

SYMBOLS = ["^", "k", "o", "N", "n", "i", "ch", "i", "w", "a", "/", "m", "i", "n", "a", "$"]


def network_of(config: Text2MelConfig, seed: int = 0) -> Text2Mel:
    """A small network with random weights, the normalisation's too."""
    torch.manual_seed(seed)
    network = Text2Mel(config).requires_grad_(False).eval()
    for parameter in network.parameters():
        if parameter.ndim == 1:
            parameter.normal_(std=0.5)
    return network


class Straight:
    """A rule that goes on and on, so that the layers' memory is put to the test."""

    def __init__(self, frames: int = 300) -> None:
        self._frames, self._said = frames, 0

    def attend(self, scores: torch.Tensor) -> torch.Tensor:
        return scores.softmax(0)

    def over(self, frame: torch.Tensor) -> bool:
        self._said += 1
        return self._said == self._frames


@pytest.mark.parametrize("normalise", [True, False])
@pytest.mark.parametrize("room", [7, 100, 512])
def test_one_frame_a_step_gives_the_numbers_of_the_whole(
    normalise: bool, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepping, "_ROOM", room)
    network = network_of(replace(SMALL_TEXT2MEL, normalise=normalise))
    text = text_of(network.config, SYMBOLS)
    mel, attention = joined(list(decode(Text2MelSteps(network), text, Straight())))
    made, looked = network(text, torch.from_numpy(mel)[None])  # given its own output
    np.testing.assert_allclose(mel, torch.sigmoid(made)[0].numpy(), atol=1e-5)
    np.testing.assert_allclose(attention, looked[0].numpy(), atol=1e-5)


@pytest.mark.parametrize("normalise", [True, False])
def test_it_is_the_quadratic_algorithm_with_either_rule(normalise: bool) -> None:
    # Voices that end after some hundred frames: the cost grows with the square of the length.
    network = network_of(replace(SMALL_TEXT2MEL, normalise=normalise), seed=3 if normalise else 0)
    text = text_of(network.config, SYMBOLS)
    mel, attention = joined(list(decode(Text2MelSteps(network), text)))
    wanted, looked = decode_again_and_again(network, text)
    np.testing.assert_allclose(mel, wanted.numpy(), atol=1e-5)
    np.testing.assert_allclose(attention, looked.numpy(), atol=1e-5)


def test_one_sentence_leaves_nothing_for_the_next() -> None:
    network = network_of(SMALL_TEXT2MEL)
    steps, text = Text2MelSteps(network), text_of(network.config, SYMBOLS)
    first = joined(list(decode(steps, text)))
    for index, _ in enumerate(decode(steps, text_of(network.config, SYMBOLS[::-1]))):
        if index == 5:
            break  # given up in the middle
    again = joined(list(decode(steps, text)))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])


def test_gradients_are_as_before_while_a_sentence_waits() -> None:
    network = network_of(SMALL_TEXT2MEL)
    frames = decode(Text2MelSteps(network), text_of(network.config, SYMBOLS))
    next(frames)
    assert not torch.is_inference_mode_enabled()
    assert torch.is_grad_enabled()


def test_a_symbol_that_the_voice_does_not_know_is_named() -> None:
    with pytest.raises(UserError, match="“xx”"):
        text_of(SMALL_TEXT2MEL, ["^", "xx", "$"])


# Our rule by itself

LOUD, QUIET = torch.full((MELS,), 0.9), torch.full((MELS,), 0.1)


def peak(symbols: int, place: int) -> torch.Tensor:
    scores = torch.zeros(symbols)
    scores[place] = 9.0
    return scores


def test_what_is_outside_the_window_gets_nothing() -> None:
    rule = MonotonicAttention(20)
    attention = rule.attend(peak(20, 9))  # far ahead
    assert float(attention.sum()) == pytest.approx(1)
    assert attention[4:].sum() == 0
    for place in (2, 4, 6):
        rule.attend(peak(20, place))
    attention = rule.attend(peak(20, 0))  # far back
    assert attention[:5].sum() == 0
    assert float(attention.sum()) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(5))
def test_the_place_never_goes_back_and_leaves_no_symbol_out(seed: int) -> None:
    torch.manual_seed(seed)
    rule = MonotonicAttention(30)
    first, last, frames = 0, 0, 0
    while True:
        seen = torch.nonzero(rule.attend(3 * torch.randn(30)))[:, 0].tolist()
        assert first <= seen[0] <= last  # the window of each frame joins that of the one before
        first, last = seen[0], seen[-1]
        frames += 1
        if rule.over(LOUD):
            break
    assert last == 29
    assert frames < 30 * 30


def test_attention_that_is_stuck_is_moved_on() -> None:
    rule = MonotonicAttention(5)
    frames = 0
    while not rule.over(LOUD):
        rule.attend(peak(5, 0))
        frames += 1
    assert 4 * rule.LONGEST <= frames <= 5 * (rule.LONGEST + 1) + rule.LAST_FRAMES


def test_the_voice_may_die_away_at_the_end() -> None:
    rule = MonotonicAttention(3)
    ends = []
    for place, frame in [(0, LOUD), (1, QUIET), (1, QUIET), (1, QUIET), (2, LOUD), (2, LOUD)]:
        rule.attend(peak(3, place))
        ends.append(rule.over(frame))
    assert not any(ends)  # a pause is no end, nor is the last symbol while it sounds
    rule.attend(peak(3, 2))
    assert not rule.over(QUIET)
    rule.attend(peak(3, 2))
    assert rule.over(QUIET)

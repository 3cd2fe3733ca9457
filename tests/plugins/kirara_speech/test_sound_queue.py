"""What a sound card is given, sample by sample, and sound at another rate."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirara_speech.sound.resampling import Resampler, resample
from kirara_speech.sound.sound_queue import FADE, SoundQueue

Array = npt.NDArray[np.float32]

BLOCK = 64


def ask(queue: SoundQueue, blocks: int, size: int = BLOCK, heard_at: float = 0.0) -> Array:
    """What so many blocks hold, up to the last one."""
    found = []
    for _ in range(blocks):
        if queue.done:
            break
        block = np.full(size, np.nan, np.float32)
        queue.fill(block, heard_at)
        found.append(block)
    return np.concatenate(found) if found else np.zeros(0, np.float32)


def ramp(count: int) -> Array:
    return np.arange(1, count + 1, dtype=np.float32) / count


@given(
    pieces=st.lists(st.integers(0, 300), min_size=1, max_size=8),
    sizes=st.lists(st.integers(1, 200), min_size=1, max_size=5),
)
def test_all_comes_once_and_in_order(pieces: list[int], sizes: list[int]) -> None:
    queue = SoundQueue(22_050)
    whole = ramp(sum(pieces) or 1)[: sum(pieces)]
    start = 0
    for count in pieces:
        queue.push(whole[start : start + count])
        start += count
    queue.finish()
    given: list[Array] = []
    while not queue.done:
        given.append(ask(queue, 1, sizes[len(given) % len(sizes)]))
    heard = np.concatenate(given)
    assert np.array_equal(heard[: len(whole)], whole)
    assert not heard[len(whole) :].any()
    assert queue.underruns == 0


def test_the_silence_before_the_first_sound_is_no_underrun_and_fades_nothing() -> None:
    queue = SoundQueue(22_050)
    assert not ask(queue, 3).any()
    queue.push(ramp(BLOCK))
    assert np.array_equal(ask(queue, 1), ramp(BLOCK))
    assert queue.underruns == 0


def test_what_comes_too_late_is_silence_that_is_counted_once_and_does_not_click() -> None:
    queue = SoundQueue(22_050)
    one = np.ones(400, np.float32)
    queue.push(one)
    heard = ask(queue, 10)
    assert queue.underruns == 1
    assert heard[:300].min() > 0 and not heard[400:].any()
    queue.push(np.ones(1000, np.float32))
    queue.finish()
    rest = ask(queue, 30)
    assert queue.done and queue.underruns == 1
    both = np.concatenate([heard, rest])
    # Fades of 16 samples (all that was left of the block) and of 256, and nowhere a jump.
    assert np.abs(np.diff(both[:1600])).max() < 1 / 14
    # All that was pushed late is heard too.
    assert rest[999] == 1 and not rest[1000:].any()


def test_a_card_that_wakes_up_is_given_silence_first() -> None:
    queue = SoundQueue(22_050, lead=100)
    queue.push(ramp(BLOCK))
    queue.finish()
    heard = ask(queue, 10)
    assert not heard[: 2 * BLOCK].any()
    assert np.array_equal(heard[2 * BLOCK : 3 * BLOCK], ramp(BLOCK))


def test_stopping_fades_then_gives_the_tail_and_no_more() -> None:
    queue = SoundQueue(22_050, tail=3 * BLOCK)
    queue.push(np.ones(10_000, np.float32))
    ask(queue, 1)
    queue.stop()
    heard = ask(queue, 1000)
    assert queue.done
    assert np.abs(np.diff(np.concatenate([[1], heard]))).max() < 2 / FADE
    silence = len(heard) - FADE
    assert 3 * BLOCK <= silence <= 5 * BLOCK


def test_an_end_without_a_sound_is_an_end() -> None:
    queue = SoundQueue(22_050)
    queue.finish()
    ask(queue, 1)
    assert queue.done


def test_the_position_is_what_was_heard_and_not_what_was_given() -> None:
    queue = SoundQueue(1024)
    queue.push(np.ones(384, np.float32))
    for number in range(3):  # each block is heard an eighth of a second after the one before
        ask(queue, 1, size=128, heard_at=5.0 + number / 8)
    found = [queue.position(now) for now in (4.0, 5.0, 5.0625, 5.125, 5.3125, 5.375, 9.0)]
    assert found == [0, 0, 64, 128, 320, 384, 384]


@pytest.mark.parametrize("wanted", [44_100, 48_000, 16_000])
def test_pieces_at_another_rate_are_the_whole_at_another_rate(wanted: int) -> None:
    random = np.random.default_rng(1)
    sound = random.normal(size=5000).astype(np.float32)
    whole = resample(sound, 22_050, wanted)
    for sizes in ([5000], [1, 7, 0, 2000, 2992], [4999, 1]):
        resampler, start, pieces = Resampler(22_050, wanted), 0, []
        for size in sizes:
            pieces.append(resampler.push(sound[start : start + size]))
            start += size
        pieces.append(resampler.push(np.zeros(0, np.float32), last=True))
        joined = np.concatenate(pieces)
        assert joined.shape == whole.shape
        assert np.allclose(joined, whole, atol=1e-5)

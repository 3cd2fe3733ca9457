"""From a text to sound, in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from kirara_speech.jobs import speak_job
from kirara_speech.networks.config import BINS, HOP, MELS, REDUCTION, SAMPLE_RATE
from kirara_speech.networks.fine_frames import (
    CONTEXT,
    FineFrames,
    InverseFrames,
    SsrnFrames,
    fine_of,
)
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.stepping import Text2MelSteps
from kirara_speech.networks.text2mel import Text2Mel
from kirara_speech.reading.utterances import utterances
from kirara_speech.sound.spectrogram import features_of, mel_filters
from kirara_speech.speaking.chunks import Chunk, SpeakRequest
from kirara_speech.speaking.network_voice import Networks, NetworkVoice
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.synthesis import speak_utterances, stream_chunks
from kirara_speech.speaking.voices import Voice, open_jtalk
from kirara_studio.api.jobs import Cancelled, Device
from tests.plugins.kirara_speech.voices import SMALL_SSRN, SMALL_TEXT2MEL


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "skip"])
def ssrn(request: pytest.FixtureRequest) -> Ssrn:
    torch.manual_seed(1)
    network = Ssrn(replace(SMALL_SSRN, features="log", skip=request.param)).requires_grad_(False)
    nn.init.kaiming_normal_(network.bins.weight, nonlinearity="linear")
    return network.eval()


@pytest.fixture(scope="module")
def networks(ssrn: Ssrn) -> Networks:
    torch.manual_seed(2)
    return Networks(Text2MelSteps(Text2Mel(SMALL_TEXT2MEL).requires_grad_(False).eval()), ssrn)


def speak(networks: Networks, text: str) -> Iterator[Chunk]:
    """A text in the voice's own prosody."""
    front_end = networks.steps.config.front_end
    return speak_utterances(NetworkVoice(networks), utterances(text, front_end), Prosody())


def in_pieces(fine: FineFrames, mel: np.ndarray, size: int) -> np.ndarray:
    starts = range(0, mel.shape[1], size)
    parts = [fine.push(mel[:, s : s + size], last=s + size >= mel.shape[1]) for s in starts]
    return np.concatenate(parts)


@pytest.mark.parametrize("size", [1, 5, 8, 9, 30, 100])
def test_ssrn_in_pieces_is_ssrn(size: int, ssrn: Ssrn) -> None:
    mel = np.random.default_rng(0).random((MELS, 61)).astype(np.float32)
    whole = SsrnFrames(ssrn).push(mel, last=True)
    assert whole.shape == (REDUCTION * 61, BINS)
    chunks = in_pieces(SsrnFrames(ssrn), mel, size)
    np.testing.assert_allclose(chunks, whole, rtol=2e-3, atol=1e-4)


def test_with_a_skip_ssrn_begins_with_straight_lines_between_the_mels() -> None:
    network = Ssrn(replace(SMALL_SSRN, features="log", skip=True)).requires_grad_(False)
    time, mels = np.linspace(0.2, 0.6, 21), np.linspace(0, 0.3, MELS)
    mel = (time[None] + mels[:, None]).astype(np.float32)
    fine = fine_of(network, mel)
    assert fine.shape == (BINS, 4 * 21)
    # A tone of 2 kHz is between two mels; every fourth frame is one of those that were given.
    centre = int(np.argmax(mel_filters()[:, round(2000 / SAMPLE_RATE * 1024)]))
    np.testing.assert_allclose(fine[round(2000 / SAMPLE_RATE * 1024), 3::4], mel[centre], atol=4e-3)
    steps = np.diff(fine[:, 3:], axis=1)
    np.testing.assert_allclose(steps, 0.4 / 20 / 4, atol=1e-5)
    assert (np.diff(fine, axis=0) >= -1e-6).all()


def test_ssrn_sees_no_farther_than_the_context(ssrn: Ssrn) -> None:
    mel = torch.rand(1, MELS, 40)
    other = mel.clone()
    other[..., 20] = 0
    changed = (ssrn(mel) - ssrn(other)).abs().amax((0, 1)) > 0
    places = torch.nonzero(changed)[:, 0] // REDUCTION
    assert places.min() >= 20 - CONTEXT
    assert places.max() <= 20 + CONTEXT
    assert places.max() - places.min() >= 2 * CONTEXT - 2  # no wider than it must be


@pytest.mark.parametrize("features", ["log", "author"])
def test_without_ssrn_the_spectrum_is_near_enough(features: str) -> None:
    time = np.arange(22_050) / 22_050
    tones = sum(np.sin(2 * np.pi * 300 * n * time) / n for n in range(1, 20))
    sound = (0.1 * tones).astype(np.float32)
    mel = features_of(sound, features)[0][REDUCTION - 1 :: REDUCTION]
    fine = InverseFrames(features).push(mel.T, last=True)
    assert fine.shape == (REDUCTION * len(mel), BINS)
    assert (fine >= 0).all()
    middle = fine[40]
    assert abs(int(middle[5:].argmax()) + 5 - 300 * 1024 / 22_050) <= 1
    np.testing.assert_allclose(
        in_pieces(InverseFrames("log"), mel.T, 7), InverseFrames("log").push(mel.T), 1e-4, 1e-6
    )


def test_sound_comes_in_pieces_that_belong_to_their_frames(networks: Networks) -> None:
    (utterance,) = utterances("今日は天気がいいですね", "japanese")
    chunks = list(NetworkVoice(networks).speak(utterance, Prosody()).chunks)
    assert len(chunks) > 1
    frames = sum(chunk.mel.shape[1] for chunk in chunks)
    assert sum(len(chunk.sound) for chunk in chunks) == HOP * (REDUCTION * frames - 1)
    for chunk in chunks:
        assert chunk.attention.shape == (len(utterance.symbols), chunk.mel.shape[1])
        np.testing.assert_allclose(chunk.attention.sum(0), 1, atol=1e-5)
        assert np.abs(chunk.sound).max(initial=0) <= 1


def test_the_first_sound_comes_before_the_rest_is_computed(networks: Networks) -> None:
    class Counting:
        """Counts the frames that were computed."""

        def __init__(self, steps: Text2MelSteps) -> None:
            self.steps, self.config, self.frames = steps, steps.config, 0

        def begin(self, text: object) -> None:
            self.steps.begin(text)  # type: ignore[arg-type]

        def query(self, before: torch.Tensor) -> torch.Tensor:
            return self.steps.query(before)

        def next_frame(self, attention: torch.Tensor) -> torch.Tensor:
            self.frames += 1
            return self.steps.next_frame(attention)

    counting = Counting(networks.steps)
    text = "今日は朝からとてもいい天気なので、公園まで散歩に行きましょう。"
    chunks = speak(Networks(counting, networks.ssrn), text)  # type: ignore[arg-type]
    first = next(chunk for chunk in chunks if len(chunk.sound))
    assert len(first.sound) > 0
    early = counting.frames
    list(chunks)
    assert early < counting.frames / 3


def test_sentences_follow_one_another_with_a_pause(networks: Networks) -> None:
    chunks = list(speak(networks, "あい。うえ。"))
    assert sorted({chunk.utterance for chunk in chunks}) == [0, 1]
    assert np.abs(chunks[-1].sound).max() == 0
    assert list(speak(networks, "😀")) == []


class Stopping:
    """The tools of a job that the user stops at once."""

    device = Device("cpu", "cpu", "fp32", 1)

    def give(self, part: object) -> None:
        raise Cancelled


def test_threads_are_as_before_when_a_voice_was_given_up(networks: Networks) -> None:
    class Lending(Stopping):
        def model(self, key: str, load: object) -> Networks:
            return networks

    voice = Voice("small", Path("text2mel.safetensors"))
    threads = torch.get_num_threads()
    chunks = stream_chunks(SpeakRequest("あい。うえ。", voice), Lending())  # type: ignore[arg-type]
    next(chunks)
    assert torch.get_num_threads() == 1
    chunks.close()  # type: ignore[attr-defined]
    assert torch.get_num_threads() == threads


def test_stop_stops(tmp_path: Path) -> None:
    request = SpeakRequest("はい。" * 10_000, open_jtalk())
    with pytest.raises(Cancelled):
        speak_job(request, Stopping())  # type: ignore[arg-type]


def test_a_job_gives_the_pieces_as_they_come() -> None:
    given: list[object] = []

    class Giving:
        device = Device("cpu", "CPU", "fp32", 1)

        def give(self, part: object) -> None:
            given.append(part)

        def progress(self, *_: object) -> None:
            pass

    samples = speak_job(SpeakRequest("はい。いいえ。", open_jtalk()), Giving())  # type: ignore[arg-type]
    assert len({chunk.utterance for chunk in given}) == 2
    assert samples == sum(len(chunk.sound) for chunk in given) > 10_000

"""The author's files give the author's numbers."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.quadratic_decoding import decode_again_and_again
from kirara_speech.networks import author_format
from kirara_speech.networks.attention_rules import AuthorAttention
from kirara_speech.networks.author_format import NETWORKS
from kirara_speech.networks.config import AUTHOR_SSRN, AUTHOR_TEXT2MEL, SSRN, TEXT2MEL
from kirara_speech.networks.decoding import decode, joined, text_of
from kirara_speech.networks.fine_frames import fine_of
from kirara_speech.networks.model_files import KINDS, load_ssrn, load_text2mel
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.stepping import Text2MelSteps
from kirara_speech.networks.text2mel import Text2Mel
from kirara_speech.reading.symbols import AUTHOR_ALPHABET, letters_of
from kirara_studio.api.learning.networks import network_of
from tests.plugins.author_files import (
    author_outputs,
    author_weights,
    write_author_file,
)
from tests.plugins.kirara_speech import author_network

CLOSE = 1e-4
LIMIT = 24  # frames of the second writing, which computes the whole sentence for each


@pytest.fixture(scope="module")
def text2mel(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Text2Mel:
    """His Text2Mel of seed 2017, imported, saved and loaded again."""
    folder = tmp_path_factory.mktemp("author")
    path = write_author_file(shared_folder, "text2mel", folder / "text2mel.npz")
    author_format.read(path).save(folder / "text2mel.safetensors")
    path.unlink()
    return load_text2mel(folder / "text2mel.safetensors")


@pytest.fixture(scope="module")
def ssrn(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Ssrn:
    """His SSRN, the same way."""
    folder = tmp_path_factory.mktemp("author")
    path = write_author_file(shared_folder, "ssrn", folder / "ssrn.npz")
    author_format.read(path).save(folder / "ssrn.safetensors")
    path.unlink()
    return load_ssrn(folder / "ssrn.safetensors")


def spoken(network: Text2Mel, text: str, limit: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """The mels and the attention of all frames, or of the first ones."""
    frames = decode(Text2MelSteps(network), text_of(network.config, letters_of(text)))
    return joined(list(islice(frames, limit)))


@pytest.mark.parametrize("kind", [TEXT2MEL, SSRN])
def test_names_and_shapes_are_the_authors(kind: str, shared_folder: Path) -> None:
    shapes = json.loads((shared_folder / "author" / "author_shapes.json").read_text())
    ours = {n: list(shape) for n, shape in NETWORKS[kind].array_shapes().items()}
    assert ours == shapes[kind.removeprefix("dc-tts-")]


def test_his_alphabet_is_in_his_order() -> None:
    assert "".join(AUTHOR_ALPHABET) == author_network.ALPHABET
    assert AUTHOR_TEXT2MEL.alphabet == AUTHOR_ALPHABET


def test_mel_and_attention_are_his(text2mel: Text2Mel, shared_folder: Path) -> None:
    outputs = author_outputs(shared_folder, "text2mel")
    mel, attention = spoken(text2mel, str(outputs["text"]))
    assert mel.shape == outputs["mel"][0].shape  # so the sentence ends where his does
    assert np.abs(mel - outputs["mel"][0]).max() < CLOSE
    assert np.abs(attention - outputs["attention"][0]).max() < CLOSE
    np.testing.assert_array_equal(attention.argmax(0), outputs["attention"][0].argmax(0))


def test_the_spectrogram_is_his(ssrn: Ssrn, shared_folder: Path) -> None:
    outputs = author_outputs(shared_folder, "ssrn")
    fine = fine_of(ssrn, outputs["mel"][0])
    assert ssrn.config == AUTHOR_SSRN
    assert np.abs(fine - outputs["spectrogram"][0]).max() < CLOSE


def test_the_second_writing_gives_his_numbers_too(shared_folder: Path) -> None:
    outputs = author_outputs(shared_folder, "text2mel")
    arrays = author_weights(shared_folder, "text2mel")
    mel, attention = author_network.text2mel(arrays, str(outputs["text"]))
    assert np.abs(mel - outputs["mel"][0]).max() < CLOSE
    assert np.abs(attention - outputs["attention"][0]).max() < CLOSE
    outputs = author_outputs(shared_folder, "ssrn")
    fine = author_network.ssrn(author_weights(shared_folder, "ssrn"), outputs["mel"][0])
    assert np.abs(fine - outputs["spectrogram"][0]).max() < CLOSE


@pytest.mark.parametrize(
    ("seed", "text"),
    [(1, "a"), (2, "no"), (1, "it's a \"kind\" of magic, isn't it."), (2, "zzz - zzz")],
)
def test_other_weights_and_texts_agree_with_the_second_writing(
    seed: int, text: str, shared_folder: Path, tmp_path: Path
) -> None:
    arrays = author_weights(shared_folder, "text2mel", seed)
    path = write_author_file(shared_folder, "text2mel", tmp_path / "a.npz", seed)
    network = network_of(author_format.read(path), "a.npz", KINDS[TEXT2MEL])
    assert isinstance(network, Text2Mel)
    mel, attention = spoken(network, text, LIMIT)
    wanted, looked = author_network.text2mel(arrays, text, limit=LIMIT)
    assert wanted.shape == mel.shape
    assert np.abs(mel - wanted).max() < CLOSE
    assert np.abs(attention - looked).max() < CLOSE


def test_one_frame_a_step_is_his_whole_sentence_again(text2mel: Text2Mel) -> None:
    text = text_of(text2mel.config, letters_of("the more frames"))
    mel, attention = joined(list(decode(Text2MelSteps(text2mel), text)))
    wanted, looked = decode_again_and_again(text2mel, text)
    assert mel.shape == wanted.shape
    np.testing.assert_allclose(mel, wanted.numpy(), atol=1e-5)
    np.testing.assert_allclose(attention, looked.numpy(), atol=1e-5)


# His rule by itself


def led(rule: AuthorAttention, symbols: int, places: list[int]) -> list[int]:
    """Where the attention goes when the scores are highest at ``places``."""
    gone = []
    for place in places:
        scores = torch.zeros(symbols)
        scores[place] = 5.0
        gone.append(int(rule.attend(scores).argmax()))
        if rule.over(torch.zeros(80)):
            break
    return gone


def test_attention_may_move_from_one_back_to_three_on() -> None:
    assert led(AuthorAttention(40), 40, [0, 3, 2, 5, 5, 8]) == [0, 3, 2, 5, 5, 8]


def test_attention_that_jumps_is_put_one_symbol_on() -> None:
    # 4 on, 2 back, and at the beginning, which follows the place before the first symbol.
    assert led(AuthorAttention(40), 40, [2, 6, 1, 30, 4]) == [2, 3, 4, 5, 4]
    assert led(AuthorAttention(40), 40, [3, 4]) == [0, 1]


def test_forced_attention_is_at_one_symbol_only() -> None:
    rule = AuthorAttention(10)
    attention = rule.attend(torch.tensor([0.0] * 9 + [1.0]))
    assert attention.tolist() == [1.0] + [0.0] * 9


def test_the_sentence_is_over_ten_frames_after_one_of_the_last_three_symbols() -> None:
    assert len(led(AuthorAttention(10), 10, [0, 2, 4, 6] + [7] * 100)) == 4 + 1 + 10
    # Going back again changes nothing.
    assert len(led(AuthorAttention(10), 10, [0, 3, 6, 7] + [6] * 100)) == 4 + 10


def test_attention_that_runs_away_at_the_end_stays_at_the_last_symbol() -> None:
    assert led(AuthorAttention(4), 4, [0, 1, 2, 3, 0, 0, 0])[4:] == [3, 3, 3]


def test_a_sentence_that_gets_nowhere_ends_nevertheless() -> None:
    assert len(led(AuthorAttention(10), 10, [0] * 10_000)) < 2_000

"""The author's files: what fits is read, and what does not is refused by name."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kirara_speech.networks import author_format
from kirara_speech.networks.config import SSRN, TEXT2MEL
from kirara_studio.api.errors import UserError

Arrays = dict[str, np.ndarray]
LAST = {TEXT2MEL: "audio_dec/l11/conv/b", SSRN: "ssrn/l16/conv/b"}
INSIDE = {TEXT2MEL: "text_enc/l9/conv/conv/W", SSRN: "ssrn/l7/W"}


def author_arrays(kind: str) -> Arrays:
    """Arrays with the author's names and shapes; zeros."""
    shapes = author_format.NETWORKS[kind].array_shapes()
    return {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}


def write(path: Path, arrays: Arrays) -> Path:
    np.savez(path, **arrays)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        author_format.read(path)
    assert path.name in caught.value.message
    assert caught.value.advice
    return caught.value.message


@pytest.mark.parametrize("kind", [TEXT2MEL, SSRN])
def test_the_format_is_recognised_and_arrays_fit(kind: str, tmp_path: Path) -> None:
    arrays = author_arrays(kind)
    arrays[LAST[kind]][...] = 1.5
    arrays[INSIDE[kind]][...] = -2.5
    path = write(tmp_path / "a.npz", arrays)
    assert author_format.recognise(path)
    checkpoint = author_format.read(path)
    assert checkpoint.card.architecture == kind
    names = {author_format.author_name(name, kind): name for name in checkpoint.tensors}
    assert (checkpoint.tensors[names[LAST[kind]]] == 1.5).all()
    assert (checkpoint.tensors[names[INSIDE[kind]]] == -2.5).all()


@pytest.mark.parametrize("kind", [TEXT2MEL, SSRN])
def test_what_does_not_fit_is_named(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    arrays = author_arrays(kind)
    del arrays[INSIDE[kind]]
    assert f"“{INSIDE[kind]}” is missing" in refusal(write(path, arrays))
    arrays[INSIDE[kind]] = np.zeros((2, 3), np.float32)
    assert f"“{INSIDE[kind]}” has the shape (2, 3)" in refusal(write(path, arrays))
    arrays = {**author_arrays(kind), "elsewhere/W": np.zeros(3, np.float32)}
    assert "“elsewhere/W” is not part" in refusal(write(path, arrays))
    arrays = author_arrays(kind)
    arrays[LAST[kind]][2] = np.inf
    assert "not numbers" in refusal(write(path, arrays))
    arrays[LAST[kind]] = np.zeros_like(arrays[LAST[kind]], np.int64)
    assert LAST[kind] in refusal(write(path, arrays))


class Bomb:
    """Unpickling this would create a file."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.target,)


def test_a_pickle_is_refused_unopened(tmp_path: Path) -> None:
    target = tmp_path / "exploded"
    arrays = author_arrays(SSRN)
    arrays["ssrn/l1/conv/b"] = np.array([Bomb(target)], object)
    message = refusal(write(tmp_path / "a.npz", arrays))
    assert "pickled" in message and "ssrn/l1/conv/b" in message
    (tmp_path / "b.npz").write_bytes(pickle.dumps(Bomb(target)))
    assert not author_format.recognise(tmp_path / "b.npz")
    refusal(tmp_path / "b.npz")
    assert not target.exists()


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_a_truncated_file_is_refused(kept: float, tmp_path: Path) -> None:
    path = write(tmp_path / "a.npz", author_arrays(SSRN))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    refusal(path)


def test_other_files_are_recognised(tmp_path: Path) -> None:
    other = write(tmp_path / "other.npz", {"b0/toRGB/conv/W": np.zeros(3, np.float32)})
    assert not author_format.recognise(other)
    assert "does not hold" in refusal(other)
    assert "no file" in refusal(tmp_path / "nowhere.npz")

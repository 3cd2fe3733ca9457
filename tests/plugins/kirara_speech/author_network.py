"""The blog author's networks a second time, in plain numpy and float64, from their description.

Nothing is shared with the plugin: arrays by his names, one sentence, loops over the taps, and the
whole sentence again for every frame. Slow, and easy to believe.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

Array = np.ndarray
Arrays = Mapping[str, Array]

ALPHABET = "abcdefghijklmnopqrstuvwxyz,.- \"'"


def text2mel(arrays: Arrays, text: str, limit: int = 10_000) -> tuple[Array, Array]:
    """The mels (80, frames) and the attention (symbols, frames) that he speaks ``text`` with."""
    keys, values = text_encoder(arrays, text)
    length = len(text)
    made = np.zeros((80, 1))
    attention = np.zeros((length, 0))
    place, end = -1, limit
    for number in range(limit):
        queries = audio_encoder(arrays, made)
        scores = keys.T @ queries[:, -1] / np.sqrt(len(keys))
        column = np.exp(scores - scores.max())
        column /= column.sum()
        highest = int(column.argmax())
        if highest - place < -1 or highest - place > 3:
            highest = min(place + 1, length - 1)
            column = np.eye(length)[highest]
        place = highest
        if place >= length - 3:
            end = min(end, number + 10)
        attention = np.concatenate([attention, column[:, None]], 1)
        mel = audio_decoder(arrays, np.concatenate([values @ attention, queries]))
        made = np.concatenate([made, mel[:, -1:]], 1)
        if number >= end:
            break
    return made[:, 1:], attention


def ssrn(arrays: Arrays, mel: Array) -> Array:
    """(80, frames) → (513, 4·frames)."""
    x = convolve(arrays, "ssrn/l1/conv", mel)
    x = highways(arrays, "ssrn", 2, x, [1, 3], causal=False)
    x = double(arrays, "ssrn/l4", x)
    x = highways(arrays, "ssrn", 5, x, [1, 3], causal=False)
    x = double(arrays, "ssrn/l7", x)
    x = highways(arrays, "ssrn", 8, x, [1, 3], causal=False)
    x = convolve(arrays, "ssrn/l10/conv", x)
    x = highways(arrays, "ssrn", 11, x, [1, 1], causal=False)
    x = convolve(arrays, "ssrn/l13/conv", x)
    for number in (14, 15, 16):
        x = convolve(arrays, f"ssrn/l{number}/conv", x)
        x = np.where(x > 0, x, 0.2 * x)
    return x


def text_encoder(arrays: Arrays, text: str) -> tuple[Array, Array]:
    """Keys and values, each (256, symbols)."""
    x = arrays["text_enc/l1/W"].astype(np.float64)[[ALPHABET.index(c) for c in text]].T
    x = relu(convolve(arrays, "text_enc/l2/conv", x))
    x = convolve(arrays, "text_enc/l3/conv", x)
    x = highways(arrays, "text_enc", 4, x, [1, 3, 9, 27, 1, 3, 9, 27, 1, 1, 1, 1], causal=False)
    return x[256:], x[:256]


def audio_encoder(arrays: Arrays, mel: Array) -> Array:
    """(80, frames) → (256, frames)."""
    x = relu(convolve(arrays, "audio_enc/l1/conv", mel))
    x = relu(convolve(arrays, "audio_enc/l2/conv", x))
    x = convolve(arrays, "audio_enc/l3/conv", x)
    return highways(arrays, "audio_enc", 4, x, [1, 3, 9, 27, 1, 3, 9, 27, 3, 3], causal=True)


def audio_decoder(arrays: Arrays, x: Array) -> Array:
    """(512, frames) → (80, frames), 0…1."""
    x = convolve(arrays, "audio_dec/l1/conv", x)
    x = highways(arrays, "audio_dec", 2, x, [1, 3, 9, 27, 1, 1], causal=True)
    for number in (8, 9, 10):
        x = relu(convolve(arrays, f"audio_dec/l{number}/conv", x))
    return sigmoid(convolve(arrays, "audio_dec/l11/conv", x))


def highways(
    arrays: Arrays, part: str, first: int, x: Array, dilations: list[int], *, causal: bool
) -> Array:
    """Highway layers, numbered from ``first`` on."""
    for number, dilation in enumerate(dilations, first):
        both = convolve(arrays, f"{part}/l{number}/conv/conv", x, dilation, causal=causal)
        gate, new = sigmoid(both[: len(x)]), both[len(x) :]
        x = gate * new + (1 - gate) * x
    return x


def convolve(
    arrays: Arrays, name: str, x: Array, dilation: int = 1, *, causal: bool = False
) -> Array:
    """(inputs, time) → (outputs, time); what is beyond the ends is zero."""
    weight = arrays[f"{name}/W"].astype(np.float64)[:, :, 0]
    taps, length = weight.shape[2], x.shape[1]
    before = (taps - 1) * dilation // (1 if causal else 2)
    padded = np.pad(x, ((0, 0), (before, (taps - 1) * dilation - before)))
    result = np.zeros((len(weight), length))
    for tap in range(taps):
        result += weight[:, :, tap] @ padded[:, tap * dilation : tap * dilation + length]
    return result + arrays[f"{name}/b"].astype(np.float64)[:, None]


def double(arrays: Arrays, name: str, x: Array) -> Array:
    """A transposed convolution of two taps and stride 2: (inputs, time) → (outputs, 2·time)."""
    weight = arrays[f"{name}/W"].astype(np.float64)  # (inputs, outputs, taps)
    result = np.zeros((weight.shape[1], 2 * x.shape[1]))
    for tap in (0, 1):
        result[:, tap::2] = weight[:, :, tap].T @ x
    return result + arrays[f"{name}/b"].astype(np.float64)[:, None]


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))

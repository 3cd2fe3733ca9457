"""Previews of a training: what the network sounds like, spectrograms and attention."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import nn

from kirara_speech.networks.decoding import decode, joined, text_of
from kirara_speech.networks.fine_frames import FineFrames, InverseFrames, SsrnFrames
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.stepping import Text2MelSteps
from kirara_speech.networks.text2mel import Text2Mel
from kirara_speech.sound.saving import save_sound
from kirara_speech.sound.vocoder import sound_of
from kirara_studio.api.files import whole_file

Array = npt.NDArray[np.float32]

_STOPS = np.array(
    [(8, 6, 28), (64, 18, 110), (158, 42, 120), (232, 98, 76), (250, 188, 92), (252, 250, 214)]
)
"""Colours from quiet to loud."""


def spoken_by_text2mel(network: nn.Module, symbols: Sequence[str]) -> Array:
    """A sentence (samples,) by a Text2Mel; muffled, since SSRN is another run."""
    network = _on_cpu(network)
    assert isinstance(network, Text2Mel)
    frames = list(decode(Text2MelSteps(network), text_of(network.config, symbols)))
    return _sound(InverseFrames(network.config.features), joined(frames)[0])


def spoken_by_ssrn(network: nn.Module, mel: Array) -> Array:
    """A recording (samples,) that an SSRN makes of its mel spectrogram (mels, frames)."""
    network = _on_cpu(network)
    assert isinstance(network, Ssrn)
    return _sound(SsrnFrames(network), mel)


def save_picture(folder: Path, step: int, name: str, picture: Image.Image) -> Path:
    """Write a preview of ``step`` into ``folder``; returns its path."""
    path = folder / f"{step:07d}-{name}.png"
    with whole_file(path) as temporary:
        picture.save(temporary)
    return path


def save_speech(folder: Path, step: int, sound: Array) -> Path:
    """Write a preview of ``step``, (samples,), into ``folder``; returns its path."""
    path = folder / f"{step:07d}-speech.wav"
    save_sound(path, [sound], {"kind": "training preview", "step": step})
    return path


def picture_of(values: Array, zoom: int = 4) -> Image.Image:
    """(rows, frames), 0…1, the first row at the bottom; ``zoom`` pixels a value."""
    places = np.linspace(0, 1, len(_STOPS))
    clipped = np.clip(values[::-1], 0, 1)
    colours = [np.interp(clipped, places, _STOPS[:, channel]) for channel in range(3)]
    image = Image.fromarray(np.stack(colours, -1).round().astype(np.uint8))
    return image.resize((image.width * zoom, image.height * zoom), Image.Resampling.NEAREST)


def stacked(above: Array, below: Array) -> Image.Image:
    """Two spectrograms (channels, frames) of the same size, as a picture."""
    return picture_of(np.concatenate([below, np.ones_like(above[:1]), above]))


def _on_cpu(network: nn.Module) -> nn.Module:
    return copy.deepcopy(network).cpu().float().requires_grad_(False).eval()


def _sound(fine: FineFrames, mel: Array) -> Array:
    with torch.inference_mode():
        return np.clip(sound_of(fine.push(mel, last=True)), -1, 1)

"""What a network that is being trained sounds and looks like."""

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


def spoken_by_text2mel(network: nn.Module, symbols: Sequence[str]) -> Array:
    """A sentence (samples,) as a Text2Mel says it by itself; muffled, since SSRN is another run."""
    network = _on_cpu(network)
    assert isinstance(network, Text2Mel)
    frames = list(decode(Text2MelSteps(network), text_of(network.config, symbols)))
    return _sound(InverseFrames(network.config.features), joined(frames)[0])


def spoken_by_ssrn(network: nn.Module, mel: Array) -> Array:
    """A recording (samples,) as an SSRN makes it of its mel spectrogram (mels, frames)."""
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


def _on_cpu(network: nn.Module) -> nn.Module:
    return copy.deepcopy(network).cpu().float().requires_grad_(False).eval()


def _sound(fine: FineFrames, mel: Array) -> Array:
    with torch.inference_mode():
        return np.clip(sound_of(fine.push(mel, last=True)), -1, 1)

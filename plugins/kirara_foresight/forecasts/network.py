"""Forecasts by a network."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from kirara_foresight.networks.convlstm import Forecaster, brightness

Frames = npt.NDArray[np.float32]


def forecast_frames(
    network: Forecaster,
    frames: Frames,
    count: int,
    on_share: Callable[[float], None] = lambda _: None,
) -> Frames:
    """Predict ``count`` frames after ``frames`` (time, height, width), 0…1: (count, height, width).

    A network of a fixed size sees them scaled; any other sees them padded at the right and at the
    bottom. ``on_share`` gets the share of the work that is done, 0…1, and may raise to stop.
    """
    height, width = frames.shape[1:]
    fixed = network.config.size
    if fixed is not None and fixed != (height, width):
        seen = np.stack([_scaled(frame, fixed) for frame in frames])
    else:
        seen = frames
    device = next(network.parameters()).device
    batch = torch.from_numpy(np.ascontiguousarray(seen))[None].to(device)
    result = forecast_of(network, batch, count, on_share)[0].cpu().numpy()
    if result.shape[1:] != (height, width):
        return np.stack([_scaled(frame, (height, width)) for frame in result])
    return result


@torch.inference_mode()
def forecast_of(
    network: Forecaster,
    frames: Tensor,
    count: int,
    on_share: Callable[[float], None] = lambda _: None,
) -> Tensor:
    """Do the same for a batch (batch, time, height, width): (batch, count, height, width)."""
    height, width = frames.shape[-2:]
    multiple = network.config.multiple
    missing = (0, -width % multiple, 0, -height % multiple)
    if any(missing):
        frames = functional.pad(frames, missing, "replicate")
    steps = network.steps(frames.shape[1], count)
    done = iter(range(1, steps + 1))
    logits = network(frames, count, on_step=lambda: on_share(next(done) / steps))
    return brightness(logits.float())[..., :height, :width]


def _scaled(frame: Frames, size: tuple[int, int]) -> Frames:
    smaller = size[0] < frame.shape[0]
    way = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(frame, size[::-1], interpolation=way), np.float32)

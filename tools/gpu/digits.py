"""``python -m tools.gpu.digits --minutes 3 --digits FILE --out FOLDER``: moving digits on a GPU.

The network of Foresight, 10 frames in and 10 out. Sequences are made on the GPU, as
:mod:`kirara_foresight.learning.digits` makes them, from the 4,000 digits that it learns from. A
step is some thousand small kernels, so it is captured once and replayed (CUDA graphs). ``FILE`` is
an ``.npz`` with ``learnt`` and ``judged``, each (count, 28, 28) bytes (:mod:`tools.gpu.pack`).
"""

from __future__ import annotations

import argparse
import copy
import math
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kirara_foresight.learning.digits import SIDE, STEP, batch
from kirara_foresight.learning.tasks import divergence
from kirara_foresight.networks.config import ConvLstmConfig
from kirara_foresight.networks.convlstm import Forecaster, brightness
from kirara_studio.api.learning.networks import move_average
from tools.gpu.budget import Budget
from training.captured import Captured

CONFIG = ConvLstmConfig(widths=(96, 96, 128), pyramid=True)
SEEN = PREDICTED = 10
_SEED = 4242


def moving_digits(digits: Tensor, count: int, frames: int) -> Tensor:
    """Sequences (count, frames, 64, 64), 0…1, of two each of ``digits`` (number, side, side)."""
    device, side = digits.device, digits.shape[-1]
    chosen = digits[torch.randint(len(digits), (count, 2), device=device)]
    place = torch.rand(count, 2, 2, device=device)
    angle = torch.rand(count, 2, device=device) * (2 * math.pi)
    step = STEP * torch.stack([angle.sin(), angle.cos()], -1)
    places = []
    for _ in range(frames):
        place = place + step
        outside = (place <= 0) | (place >= 1)
        place = place.clamp(0, 1)
        step = torch.where(outside, -step, step)
        places.append(place)
    corner = (torch.stack(places, 1) * (SIDE - side)).long()  # (count, frames, 2 digits, y and x)
    line = torch.arange(SIDE, device=device)
    padded = nn.functional.pad(chosen, (1, 1, 1, 1))
    rows = (line - corner[..., :1] + 1).clamp(0, side + 1)  # (count, frames, 2, 64)
    columns = (line - corner[..., 1:] + 1).clamp(0, side + 1)
    sequence = torch.arange(count, device=device)[:, None, None, None, None]
    digit = torch.arange(2, device=device)[:, None, None]
    drawn = padded[sequence, digit, rows[..., :, None], columns[..., None, :]]
    return drawn.amax(2).float() / 255


class Step:
    """One training step, captured where the device can."""

    def __init__(self, network: Forecaster, digits: Tensor, size: int, rate: float) -> None:
        self.network, self.digits, self.size = network, digits, size
        self.rate = torch.tensor(rate, device=digits.device)
        self.adam = torch.optim.Adam(
            network.parameters(), self.rate, betas=(0.9, 0.99), eps=1e-6,
            fused=True, capturable=digits.is_cuda,
        )  # fmt: skip
        self.loss, self.error = (torch.zeros((), device=digits.device) for _ in range(2))
        self._run = Captured(self._step, self._frames())

    def __call__(self) -> None:
        self._run(self._frames())

    def _frames(self) -> Tensor:
        return moving_digits(self.digits, self.size, SEEN + PREDICTED)

    def _step(self, frames: Tensor) -> None:
        truth = frames[:, SEEN:]
        with torch.autocast(frames.device.type, torch.bfloat16, cache_enabled=False):
            logits = self.network(frames[:, :SEEN], PREDICTED).float()
        error = (brightness(logits) - truth).square().sum((2, 3)).mean()
        # The squared error is what is judged; the divergence has a gradient where it has none.
        loss = divergence(logits, truth) + 5 * error / SIDE**2
        self.adam.zero_grad(set_to_none=False)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0, foreach=True)
        self.adam.step()
        self.loss.copy_(loss.detach())
        self.error.copy_(error.detach())


def mean_squared_error(network: Forecaster, frames: Tensor) -> float:
    """Summed over pixels, mean over frames and sequences."""
    errors = []
    with torch.no_grad():
        for part in frames.split(50):
            predicted = brightness(network(part[:, :SEEN], PREDICTED).float())
            errors.append((predicted - part[:, SEEN:]).square().sum((2, 3)).mean(1))
    return float(torch.cat(errors).mean())


def main() -> None:
    """Train, judge, and print a table."""
    parser = argparse.ArgumentParser(description="Train the moving digits on a GPU.")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1710)
    parser.add_argument("--judge", type=int, default=400, help="sequences to judge with")
    parser.add_argument("--start", type=Path, default=None, help="weights of an earlier training")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    device = torch.device(arguments.device)
    with np.load(arguments.digits, allow_pickle=False) as file:
        learnt, judged = torch.from_numpy(file["learnt"]).to(device), file["judged"]
    kept = torch.from_numpy(batch(judged, arguments.judge, SEEN + PREDICTED, (_SEED,))).to(device)
    network = Forecaster(CONFIG).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    if arguments.start:
        network.load_state_dict(load_file(arguments.start))
    average = copy.deepcopy(network).requires_grad_(False)
    step = Step(network, learnt, arguments.batch, arguments.rate)
    budget = Budget(arguments.minutes, arguments.out)
    steps = 0
    while budget.used < 1 or not steps:
        warm, used = min(1.0, steps / 300), budget.used
        step.rate.fill_(arguments.rate * warm * (0.5 + 0.5 * math.cos(math.pi * used)) + 1e-6)
        step()
        steps += 1
        move_average(average, network, 1 - min(0.999, (1 + steps) / (10 + steps)))
        if budget.time_to_print():
            budget.report(step=steps, loss=step.loss.item(), MSE=step.error.item())
        if budget.minute_over():
            budget.save("digits", average, CONFIG.to_dict())
            budget.report(step=steps, judged=mean_squared_error(average, kept[:100]))
    budget.save("digits", average, CONFIG.to_dict())
    figures = {"MSE": mean_squared_error(average, kept), "steps": steps}
    budget.finish(**figures, sequences=steps * arguments.batch)
    print(f"\nMoving digits, {arguments.minutes:g} minutes, {steps} steps of {arguments.batch}")
    print(f"MSE of {arguments.judge} sequences of digits that were held out: {figures['MSE']:.1f}")


if __name__ == "__main__":
    main()

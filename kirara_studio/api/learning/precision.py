"""The precision that a training calculates in: fp32, or bf16 where that is faster.

In bf16, activations and their gradients are bf16; weights, their gradients and the optimiser's
moments stay fp32, as in Micikevicius et al., "Mixed Precision Training" (ICLR 2018), which needs
no scaling of the loss here: bf16 has the exponents of fp32.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import torch
from torch import Tensor

from kirara_studio.api.training import StopTraining

_TRIES = 3
_EMULATED = 3.0  # times as slow as fp32: one try is enough


def autocast(device: torch.device, precision: str) -> torch.autocast:
    """The context in which a network calculates in ``precision``, "fp32" or "bf16"."""
    return torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16")


def faster_precision(
    one_pass: Callable[[], Tensor], device: torch.device, should_stop: Callable[[], bool]
) -> tuple[str, str]:
    """Time ``one_pass``, which returns a loss, and its backward pass in each precision.

    Returns the faster precision, and the times as text. Leaves gradients behind. Raises
    StopTraining as soon as ``should_stop`` says so.
    """
    seconds: dict[str, float] = {}
    for precision in ("fp32", "bf16"):
        times: list[float] = []
        for _ in range(_TRIES):
            if should_stop():
                raise StopTraining
            start = time.perf_counter()
            with autocast(device, precision):
                loss = one_pass()
            loss.backward()
            loss.item()  # waits for a GPU
            times.append(time.perf_counter() - start)
            if times[-1] > _EMULATED * min(seconds.values(), default=math.inf):
                break  # some processors only emulate bf16, ever so slowly
        seconds[precision] = min(times)
    best = min(seconds, key=seconds.__getitem__)
    return best, ", ".join(f"{name} {1000 * value:.0f} ms" for name, value in seconds.items())

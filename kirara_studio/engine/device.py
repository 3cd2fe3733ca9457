"""Which device, which precision, how many threads. Imports torch, but only inside functions."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import Device
from kirara_studio.api.reading import read_json, reading

if TYPE_CHECKING:
    import torch

log = logging.getLogger(__name__)

WANTED_DEVICE = "KIRARA_DEVICE"
"""The environment variable that names the kind of device wanted; the engine inherits it."""
PRECISIONS = ("fp32", "bf16", "fp16")
_WORTH_IT = 1.15
"""A lower precision must be this many times as fast as fp32 to be worth its rounding."""
_EMULATED = 15
_MEASURING = 0.4  # seconds
_LARGEST_ERROR = 0.02
"""Relative to the largest value; bf16 rounds to 0.4 %."""


def find_device(cache_file: Path) -> Device:
    """Choose the device and set torch's threads.

    The precision is measured (less than a second) the first time on this machine with this
    torch, and then read from ``cache_file``.
    """
    import platform

    import torch

    kind, name = _best_device()
    threads = threads_for(usable_cores(), torch.get_num_threads())
    torch.set_num_threads(threads)
    key = f"{platform.node()} · {name} · {threads} threads · torch {torch.__version__}"
    known = _read(cache_file)
    precision = known.get(key, {}).get("precision")
    if precision not in PRECISIONS:
        speeds = measure(kind)
        precision = choose_precision(speeds)
        known[key] = {"precision": precision, "gflops": speeds}
        try:
            write_atomically(cache_file, json.dumps(known, indent=2, ensure_ascii=False))
        except UserError as error:
            log.warning("The device's precision is measured at every start: %s", error)
    return Device(kind, name, precision, threads)


def cpu() -> Device:
    """The processor in fp32: where a job goes when a graphics card has too little memory."""
    import torch

    return Device("cpu", _processor_name(), "fp32", torch.get_num_threads())


def threads_for(cores: int, at_most: int) -> int:
    """How many threads torch gets: all but one core, or both of two.

    On two cores ticks of 10 ms in the UI came at most 17 ms apart either way, since the engine has
    a lower priority, and a picture took 14 ms instead of 21 (nothing else running).
    """
    return max(1, min(at_most, cores if cores <= 2 else cores - 1))


def usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose_precision(speeds: Mapping[str, float]) -> str:
    """The precision to use, given GFLOP/s by precision (fp32 among them).

    bf16 wins over fp16 unless that is clearly faster, since bf16 does not overflow.
    """
    best = "fp32"
    for precision in ("bf16", "fp16"):
        if speeds.get(precision, 0.0) > _WORTH_IT * speeds[best]:
            best = precision
    return best


def measure(kind: str) -> dict[str, float]:
    """GFLOP/s of a dense 3x3 convolution, channels last, by precision.

    Leaves out a precision that is not supported, or whose result differs from that of fp32.
    """
    import torch
    from torch.nn.functional import conv2d

    batch, channels, size = (2, 128, 48) if kind == "cpu" else (16, 256, 64)
    gflop = 2e-9 * batch * size * size * channels * channels * 9
    generator = torch.Generator().manual_seed(0)
    picture = torch.randn(batch, channels, size, size, generator=generator)
    weight = torch.randn(channels, channels, 3, 3, generator=generator) / (channels * 9) ** 0.5
    picture = picture.to(kind, memory_format=torch.channels_last)
    weight = weight.to(kind, memory_format=torch.channels_last)

    inputs: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}
    fp32_corner, expected = 0.0, torch.empty(0)
    with torch.inference_mode():
        for precision in PRECISIONS:
            x, w = picture.to(dtype_of(precision)), weight.to(dtype_of(precision))
            try:
                # Some processors only emulate a precision, a hundred times slower than fp32;
                # a corner of the picture shows it without waiting for the whole.
                corner = min(_seconds(kind, x[:1, :, :8, :8], w) for _ in range(8))
                if precision == "fp32":
                    fp32_corner, expected = corner, conv2d(x, w, padding=1)
                elif corner > _EMULATED * fp32_corner:
                    continue
                error = (conv2d(x, w, padding=1).float() - expected).abs().max()
            except (RuntimeError, NotImplementedError) as failure:
                log.info("%s does not work on %s: %s", precision, kind, failure)
                continue
            if error.item() <= _LARGEST_ERROR * expected.abs().max().item():
                inputs[precision] = x, w
        # In turns, so a burst of work of another program affects all of them.
        best = dict.fromkeys(inputs, float("inf"))
        deadline = time.perf_counter() + _MEASURING
        while time.perf_counter() < deadline:
            for precision, (x, w) in inputs.items():
                best[precision] = min(best[precision], _seconds(kind, x, w))
    return {precision: round(gflop / seconds, 1) for precision, seconds in best.items()}


def dtype_of(precision: str) -> torch.dtype:
    """The dtype of a precision."""
    import torch

    return {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[precision]


def _seconds(kind: str, x: torch.Tensor, w: torch.Tensor) -> float:
    from torch.nn.functional import conv2d

    _wait_for(kind)
    started = time.perf_counter()
    conv2d(x, w, padding=1)
    _wait_for(kind)
    return time.perf_counter() - started


def _wait_for(kind: str) -> None:
    import torch

    if kind != "cpu":
        torch.accelerator.synchronize()


def _best_device() -> tuple[str, str]:
    import torch

    wanted = os.environ.get(WANTED_DEVICE, "") or "auto"
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        return "cuda", torch.cuda.get_device_name()
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return "mps", f"{_processor_name()} (GPU)"
    return "cpu", _processor_name()


def _processor_name() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    import platform

    return platform.processor() or platform.machine() or "CPU"


def _read(cache_file: Path) -> dict[str, dict[str, Any]]:
    with contextlib.suppress(UserError), reading(cache_file):
        values = read_json(cache_file).items()
        return {key: value for key, value in values if isinstance(value, dict)}
    return {}

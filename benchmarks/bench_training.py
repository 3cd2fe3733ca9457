"""Pictures, sequences and sentences a second in training, beside what the arithmetic allows.

For each network a step of its real trainer is timed in fp32 and in bf16, one after the other, so
that a busy moment hits both. The limit is what the processor would do if it calculated all the
time as fast as in this network's own convolutions: each is measured by itself, in the same run,
with the shapes, precision and memory order that a step calls it with. The operations are those of
the step as it is: what it saves does not count. Steps of Characters with R1 (one in 16) are left
out of the counting, not of the timing.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

from benchmarks._timing import Timing, in_turns, note_on_load
from kirara_characters.learning.growing import GrowingRun
from kirara_characters.learning.schedule import Position, Stage
from kirara_characters.learning.schedule import TrainRequest as CharactersRequest
from kirara_characters.networks.config import resolution_of
from kirara_foresight.learning.schedule import TrainRequest as ForesightRequest
from kirara_foresight.learning.sources import DigitsSource
from kirara_foresight.learning.tasks import ForesightTask
from kirara_speech.learning.losses import guided_attention, spectrogram_losses
from kirara_speech.networks.config import OUR_TEXT2MEL, Text2MelConfig
from kirara_speech.networks.text2mel import Text, Text2Mel
from kirara_studio.api.learning.averaged_run import AveragedRun, Kind
from kirara_studio.api.learning.schedule import Schedule
from kirara_studio.api.training import Reporter

ROUNDS = 6
REPEATS = 4
BATCH = 16
SYMBOLS, FRAMES = 56, 88
"""A sentence of usual length: its symbols, and its frames of 46 ms."""
PRECISIONS = ("fp32", "bf16")
Step = Callable[[], object]


class SpokenTask:
    """Text2Mel on sentences of noise, all of one length, which cost as much as real ones."""

    def __init__(self, config: Text2MelConfig) -> None:
        self.config = config

    def build(self) -> nn.Module:
        return Text2Mel(self.config)

    def batch(self, step: int) -> tuple[Text, Tensor]:
        random = np.random.default_rng(step)
        symbols = torch.from_numpy(
            random.integers(len(self.config.alphabet), size=(BATCH, SYMBOLS))
        )
        mel = torch.from_numpy(random.random((BATCH, 80, FRAMES), np.float32))
        return Text(symbols, torch.ones(BATCH, SYMBOLS)), mel

    def losses(
        self, network: nn.Module, batch: tuple[Text, Tensor], step: int
    ) -> tuple[Tensor, dict[str, Tensor]]:
        text, mel = batch
        predicted, attention = network(text, mel, 0.05, 0.5)
        mask = torch.ones(BATCH, FRAMES)
        distance, divergence = spectrogram_losses(predicted, mel, mask)
        guide = guided_attention(attention, text.mask.sum(1), mask.sum(1))
        return distance + divergence + 0.02 * guide, {"L1": distance}

    def judge(self, network: nn.Module) -> dict[str, float]:
        return {}

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        yield from ()


def characters(side: int, folder: Path) -> Mapping[str, Step]:
    """A step of the bundled network at ``side`` pixels, in each precision."""
    pictures = folder / f"pictures-{side}"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(2 * BATCH):
        pixels = random.integers(0, 255, (side, side, 3), np.uint8)
        Image.fromarray(pixels).save(pictures / f"{number}.png")
    levels = side.bit_length() - 2
    stages = tuple(Stage(10**9, int(level > 0), BATCH) for level in range(levels))
    steps: dict[str, Step] = {}
    for precision in PRECISIONS:
        request = CharactersRequest(
            str(pictures), stages=stages, precision=precision, augment=False, device="cpu"
        )
        run = GrowingRun(request, folder / f"run-{side}", Reporter())
        assert resolution_of(levels - 1) == side
        run.position = Position(step=1, level=levels - 1, shown=BATCH)
        steps[precision] = run.step
    return steps


def averaged(
    schedule: Callable[[str], Schedule], task: Callable[[Any], Any], folder: Path
) -> Mapping[str, Step]:
    """A step of the shared trainer, in each precision."""
    steps: dict[str, Step] = {}
    for precision in PRECISIONS:
        request = schedule(precision)
        kind = Kind("benchmark", {}, lambda path: ({}, 0))
        steps[precision] = AveragedRun(request, task(request), kind, folder, Reporter()).step
    return steps


class Recorder(TorchDispatchMode):
    """Counts the products of a step by what they are called with."""

    NAMES = ("convolution", "convolution_backward", "mm", "addmm", "bmm")

    def __init__(self) -> None:
        super().__init__()
        self.calls: dict[tuple[Any, tuple[Any, ...]], int] = {}

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        if func.overloadpacket.__name__ in self.NAMES and not kwargs:
            key = (func, tuple(described(argument) for argument in args))
            self.calls[key] = self.calls.get(key, 0) + 1
        return func(*args, **(kwargs or {}))


@dataclass(frozen=True)
class Like:
    """A tensor to be made again: its shape and type, and whether its channels come last."""

    shape: tuple[int, ...]
    dtype: torch.dtype
    last: bool

    def tensor(self) -> Tensor:
        """Noise of this shape."""
        noise = torch.randn(self.shape).to(self.dtype)
        return noise.contiguous(memory_format=torch.channels_last) if self.last else noise


def described(argument: Any) -> Any:
    """An argument of a call, as part of a key."""
    if isinstance(argument, Tensor):
        last = argument.dim() == 4 and argument.is_contiguous(memory_format=torch.channels_last)
        return Like(tuple(argument.shape), argument.dtype, last)
    return tuple(argument) if isinstance(argument, list) else argument


def arithmetic(step: Step) -> tuple[float, float]:
    """The operations of a step (multiply and add are two), and the seconds of its products."""
    with Recorder() as recorder:
        step()
    operations = seconds = 0.0
    for (func, arguments), count in recorder.calls.items():
        made = [
            one.tensor() if isinstance(one, Like) else list(one) if isinstance(one, tuple) else one
            for one in arguments
        ]
        call = partial(func, *made)
        with FlopCounterMode(display=False) as counter:
            call()
        times = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
        operations += count * counter.get_total_flops()
        seconds += count * min(times)
    return operations, seconds


def fastest_matrix_product(dtype: torch.dtype) -> float:
    """Operations a second in the product of two large matrices."""
    first, second = torch.randn(2, 1024, 1024).to(dtype).unbind()
    timing = in_turns({"": partial(torch.mm, first, second)}, ROUNDS)[""]
    return 2 * 1024**3 * 1000 / timing.best


def line(precision: str, timing: Timing, operations: float, seconds: float) -> str:
    """A row of the table. The shares are of the median step and of the products alone."""
    return (
        f"  {precision:<6}{timing.median:8.0f} ms{1000 * BATCH / timing.median:9.1f}/s"
        f"{operations / BATCH / 1e9:8.2f} GFLOP{operations / timing.median / 1e6:7.0f} GFLOP/s"
        f"   limit {BATCH / seconds:6.1f}/s at {operations / seconds / 1e9:4.0f} GFLOP/s,"
        f" {1000 * seconds / timing.median:4.0%} reached"
    )


def main() -> None:
    """A table for each network, then what the processor does in large matrix products."""
    torch.manual_seed(2017)
    digits = DigitsSource(
        np.random.default_rng(0).integers(0, 255, (1000, 28, 28)).astype(np.uint8)
    )
    cpu = torch.device("cpu")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)

        def of_digits(precision: str) -> ForesightRequest:
            return ForesightRequest(
                "digits", "", precision=precision, curriculum=0, batch=BATCH, device="cpu"
            )

        def of_speech(precision: str) -> Schedule:
            return Schedule(precision=precision, device="cpu")

        networks: dict[str, Callable[[], Mapping[str, Step]]] = {
            "Characters, 64×64: pictures": lambda: characters(64, folder),
            "Characters, 128×128: pictures": lambda: characters(128, folder),
            "digits, 10 after 10: sequences": lambda: averaged(
                of_digits, lambda request: ForesightTask(request, digits, cpu), folder
            ),
            f"Text2Mel, {SYMBOLS} symbols and {FRAMES} frames: sentences": lambda: averaged(
                of_speech, lambda _: SpokenTask(OUR_TEXT2MEL), folder
            ),
        }
        for name, build in networks.items():
            steps = build()
            timings = in_turns(steps, ROUNDS, warm_up=1)
            print(f"{name}, batch {BATCH}", flush=True)
            for precision, step in steps.items():
                print(line(precision, timings[precision], *arithmetic(step)), flush=True)
    rates = [f"{fastest_matrix_product(kind) / 1e9:.0f}" for kind in (torch.float, torch.bfloat16)]
    print(f"large matrix products: {rates[0]} GFLOP/s in fp32, {rates[1]} in bf16")
    print(f"{torch.get_num_threads()} threads; {note_on_load()}")


if __name__ == "__main__":
    main()

"""Frames a second while predicting: the author's network as we run it and in the plainest torch.

The same weights and frames in one run, and how far the logits differ; then our own network. For
training, sequences a second beside the arithmetic limit: what the processor would do if it
calculated all the time as fast as in the fastest of some products measured in the same run.
"""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode

from benchmarks._timing import in_turns, note_on_load
from benchmarks.plain_convlstm import PlainForecaster
from kirara_foresight.forecasts.network import forecast_of
from kirara_foresight.learning.tasks import divergence
from kirara_foresight.networks.config import AUTHOR, OURS, ConvLstmConfig
from kirara_foresight.networks.convlstm import Forecaster

ROUNDS = 6
BATCH = 8
PLAIN = "the author's, plain torch"


def network_of(config: ConvLstmConfig) -> Forecaster:
    """A network with seeded weights; the speed does not depend on what they are."""
    torch.manual_seed(2017)
    network = Forecaster(config).requires_grad_(False).eval()
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


@torch.inference_mode()
def logits(network: Forecaster, frames: Tensor, count: int) -> Tensor:
    """The output of the network."""
    return network(frames, count)


def training_step(network: Forecaster, sequences: Tensor) -> None:
    """Forward and backward over 10 frames after 10."""
    network.zero_grad()
    divergence(network(sequences[:, :10], 10), sequences[:, 10:]).backward()


def floating_point_operations(network: Forecaster, sequences: Tensor) -> int:
    """Of one training step, multiplications and additions counted apart."""
    with FlopCounterMode(display=False) as counter:
        training_step(network, sequences)
    return counter.get_total_flops()


@torch.inference_mode()
def fastest_arithmetic() -> float:
    """Floating-point operations a second, of the fastest of three products."""
    square, picture = torch.rand(1024, 1024), torch.rand(BATCH, 64, 32, 32)
    spread = picture.contiguous(memory_format=torch.channels_last)
    weights = torch.rand(256, 64, 3, 3)
    of_convolution = 2 * BATCH * 30 * 30 * 256 * 64 * 9
    products = {
        "matrices": (partial(torch.mm, square, square), 2 * 1024**3),
        "convolution": (partial(functional.conv2d, picture, weights), of_convolution),
        "convolution, channels last": (partial(functional.conv2d, spread, weights), of_convolution),
    }
    timings = in_turns({name: function for name, (function, _) in products.items()}, ROUNDS)
    return max(1000 * products[name][1] / timing.best for name, timing in timings.items())


def main() -> None:
    """3 frames after 3 with the author's network; 10 after 10 with ours, which is smaller."""
    author, ours = network_of(AUTHOR), network_of(OURS)
    plain = PlainForecaster(author)
    frames = (torch.rand(1, 3, 64, 64) > 0.9).float()
    apart = float((plain(frames, 3) - logits(author, frames, 3)).abs().max())
    threads = torch.get_num_threads()
    for count in sorted({1, threads}):
        torch.set_num_threads(count)
        timings = in_turns(
            {
                PLAIN: partial(plain, frames, 3),
                "the author's, here": partial(logits, author, frames, 3),
            },
            ROUNDS,
            warm_up=1,
        )
        print(f"3 frames after 3, 64×64, {count} thread{'s' * (count > 1)}")
        for name, timing in timings.items():
            ratio = timings[PLAIN].median / timing.median
            print(
                f"  {name:<28}{timing.median:8.0f} ms{3000 / timing.median:8.1f} frames/s"
                f"{ratio:6.1f}×"
            )
        task = partial(forecast_of, ours, torch.rand(1, 10, 64, 64), 10)
        timing = in_turns({"": task}, ROUNDS)[""]
        print(
            f"  {'ours, 10 after 10':<28}{timing.median:8.0f} ms"
            f"{10_000 / timing.median:8.1f} frames/s"
        )
    torch.set_num_threads(threads)
    learning = Forecaster(OURS).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    sequences = torch.rand(BATCH, 20, 64, 64)
    operations = floating_point_operations(learning, sequences) / BATCH
    step = in_turns({"": partial(training_step, learning, sequences)}, ROUNDS, warm_up=1)[""]
    limit = fastest_arithmetic()
    reached = 1000 * BATCH / step.median
    print(
        f"training ours, 10 after 10, fp32: {reached:.1f} sequences/s of "
        f"{operations / 1e9:.1f} GFLOP; at {limit / 1e9:.0f} GFLOP/s the arithmetic allows "
        f"{limit / operations:.1f} ({reached * operations / limit:.0%} reached)"
    )
    print(f"largest difference of the author's logits {apart:.1e}; {note_on_load()}")


if __name__ == "__main__":
    main()

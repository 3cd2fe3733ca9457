"""Frames a second while predicting: the author's network as we run it and in the plainest torch.

The same weights and frames in one run, and how far the logits differ; then our own network.
"""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor

from benchmarks._timing import in_turns, note_on_load
from benchmarks.plain_convlstm import PlainForecaster
from kirara_foresight.forecasts.network import said_of
from kirara_foresight.networks.config import AUTHOR, OURS, ConvLstmConfig
from kirara_foresight.networks.convlstm import Forecaster

ROUNDS = 6
PLAIN = "the author's, plain torch"


def network_of(config: ConvLstmConfig) -> Forecaster:
    """A network with seeded weights; the speed does not depend on what they are."""
    torch.manual_seed(2017)
    network = Forecaster(config).requires_grad_(False).eval()
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


@torch.inference_mode()
def logits(network: Forecaster, frames: Tensor, count: int) -> Tensor:
    """What the network says."""
    return network(frames, count)


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
        timing = in_turns({"": partial(said_of, ours, torch.rand(1, 10, 64, 64), 10)}, ROUNDS)[""]
        print(
            f"  {'ours, 10 after 10':<28}{timing.median:8.0f} ms"
            f"{10_000 / timing.median:8.1f} frames/s"
        )
    torch.set_num_threads(threads)
    print(f"largest difference of the author's logits {apart:.1e}; {note_on_load()}")


if __name__ == "__main__":
    main()

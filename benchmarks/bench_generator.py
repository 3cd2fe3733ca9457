"""The blog author's full generator at 256×256, one picture at a time, on this CPU.

The rearranged generator against the network as it is written, on the same weights and latents
in one run; how far the pictures differ is printed beside the speed, in levels of 0…255.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from benchmarks._timing import Timing, in_turns, note_on_load
from kirara_characters.models import available_models, is_drawn
from kirara_characters.networks.config import AUTHOR, PgganConfig, resolution_of
from kirara_characters.networks.fast_generator import FastGenerator
from kirara_characters.networks.latents import GaussianSpace
from kirara_characters.networks.model_files import load_generator
from kirara_characters.networks.network import Generator

ROUNDS = 20
PLAIN = "as written, fp32"
Draw = Callable[[Tensor], Tensor]


def operations(config: PgganConfig, *, folded: bool) -> float:
    """Multiplications and additions for one picture; ``folded``: as the fast one does them.

    The rim that the folded convolutions compute and throw away counts as work.
    """
    total = 0.0
    for level, width in enumerate(config.channels):
        side = resolution_of(level)
        if level == 0:
            total += config.latent * width * 16  # each of the 4×4 pixels sees one tap
        else:
            before = config.channels[level - 1]
            pixels = (side // 2 + 1) ** 2 * 4 * 4 if folded else side * side * 9
            total += pixels * before * width
        total += side * side * 9 * width * width
    return 2 * (total + config.resolution**2 * 3 * config.channels[-1])


def contestants(generator: Generator) -> dict[str, Draw]:
    """Ways to draw the same picture."""

    @torch.inference_mode()
    def written(z: Tensor) -> Tensor:
        return generator(z)

    @torch.inference_mode()
    def autocast(z: Tensor) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            return generator(z)

    return {
        PLAIN: written,
        "as written, bf16 autocast": autocast,
        "rearranged, fp32": FastGenerator(generator, "fp32"),
        "rearranged, bf16": FastGenerator(generator, "bf16"),
    }


def difference(draw: Draw, reference: Draw, z: Tensor) -> tuple[float, float]:
    """Largest and mean difference of pictures, in levels of 0…255, clipped as on the screen."""

    def levels(pictures: Tensor) -> Tensor:
        return ((pictures + 1) * 127.5).clamp(0, 255)

    apart = (levels(draw(z)) - levels(reference(z))).abs()
    return float(apart.max()), float(apart.mean())


def compare(title: str, generator: Generator) -> None:
    """Time the contestants with one and two threads and print a table."""
    config = generator.config
    draws = contestants(generator)
    z = torch.from_numpy(GaussianSpace(config.latent).of_seeds(range(8)))
    print(f"{title}: {config.resolution}×{config.resolution}, one picture at a time")
    print(f"  {'':<38}{'ms':>7}{'best':>7}{'ratio':>7}{'GFLOP/s':>9}   largest, mean difference")
    apart = {name: difference(draw, draws[PLAIN], z) for name, draw in draws.items()}
    threads = torch.get_num_threads()
    for count in sorted({1, 2, threads}):
        torch.set_num_threads(count)
        timings = in_turns({name: partial(d, z[:1]) for name, d in draws.items()}, ROUNDS)
        for name, timing in timings.items():
            print(
                line(f"{name}, {count} thread{'s' * (count > 1)}", timing, timings[PLAIN]), end=""
            )
            work = operations(config, folded=name.startswith("rearranged"))
            print(f"{work / timing.median / 1e6:9.0f}   {apart[name][0]:.2f}, {apart[name][1]:.3f}")
    torch.set_num_threads(threads)
    written, folded = (operations(config, folded=way) / 1e9 for way in (False, True))
    print(f"  {written:.2f} GFLOP a picture as written, {folded:.2f} rearranged; {note_on_load()}")


def line(name: str, timing: Timing, reference: Timing) -> str:
    """The first columns of a row."""
    ratio = reference.median / timing.median
    return f"  {name:<38}{timing.median:7.1f}{timing.best:7.1f}{ratio:6.1f}×"


def main() -> None:
    """The author's network with seeded weights, then the bundled models, which are trained."""
    torch.manual_seed(2017)
    compare("The author's generator", Generator(AUTHOR).requires_grad_(False))
    for model in available_models():
        if is_drawn(model):
            continue  # drawing is no network
        compare(f"Bundled model “{model.name}”", load_generator(model.path))


if __name__ == "__main__":
    main()

"""The work, without Qt: the panel runs it in the engine, the command in its own process."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kirara_studio.api.jobs import JobTools

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True)
class Request:
    """What a job gets: plain values, since it runs in another process."""

    seeds: int = 300


@dataclass(frozen=True)
class Sunflower:
    """The places of the seeds in the unit circle."""

    seeds: tuple[tuple[float, float], ...]


def grow(request: Request, tools: JobTools) -> Sunflower:
    """Place the seeds from the middle outwards. Reports progress, so Stop ends it at once."""
    seeds = []
    for number in range(request.seeds):
        tools.progress(number, request.seeds, "growing")
        radius = math.sqrt((number + 0.5) / request.seeds)
        angle = number * GOLDEN_ANGLE
        seeds.append((radius * math.cos(angle), radius * math.sin(angle)))
    return Sunflower(tuple(seeds))


def as_svg(flower: Sunflower) -> str:
    """The sunflower as a picture of 512 by 512 pixels."""
    dots = "".join(
        f'<circle cx="{256 + 240 * x:.1f}" cy="{256 + 240 * y:.1f}" r="4" fill="#e0457b"/>'
        for x, y in flower.seeds
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">{dots}</svg>\n'

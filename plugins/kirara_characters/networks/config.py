"""The shape of the networks: which layers, how wide, at which sizes. Imports no torch.

A *level* counts doublings: level 0 draws 4×4 pixels, level 6 draws 256×256.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

GENERATOR = "pggan-generator"
DISCRIMINATOR = "pggan-discriminator"
"""The architectures that the cards of these networks name."""
DRAWING = "drawn-characters"
"""The architecture of the model without a network: the drawing program."""

ORDERS = ("norm_then_activate", "activate_then_norm")
_MOST_LEVELS, _MOST_LAYERS, _WIDEST = 12, 64, 65_536  # more is damage
STATISTICS = ("variance", "standard_deviation")


@dataclass(frozen=True)
class PgganConfig:
    """The shape of a generator and of the discriminator that mirrors it.

    ``latent`` is the length of z; ``channels[level]`` the width at that level, 4×4 first.
    ``order`` is what follows a generator's convolution: the author's "norm_then_activate", in which
    the very first convolution has no norm, or the paper's "activate_then_norm".
    ``statistic`` is what the discriminator's extra channel holds about its batch: the author's
    "variance" or the paper's "standard_deviation". ``normalise_latent`` scales z to length
    √latent before use. ``equalised_score`` gives the discriminator's last, fully connected layer
    an equalised learning rate too; the author's has none.

    ``attributes`` names the numbers of z if they are attributes of a character instead of noise
    (:class:`~kirara_characters.networks.attribute_space.AttributeSpace`). ``mapping`` linear
    layers, as wide as the first level, come before the first block. With ``styled`` their output
    also scales and shifts the features after every convolution (FiLM: Perez et al., arXiv
    1709.07871): a colour reaches all levels at once. Raises ValueError for anything else.
    """

    latent: int = 512
    channels: tuple[int, ...] = (512, 512, 256, 128, 64, 32, 16)
    order: str = "norm_then_activate"
    statistic: str = "variance"
    normalise_latent: bool = False
    equalised_score: bool = False
    attributes: tuple[str, ...] = ()
    mapping: int = 0
    styled: bool = False

    def __post_init__(self) -> None:
        if self.order not in ORDERS or self.statistic not in STATISTICS:
            raise ValueError(f"unknown order “{self.order}” or statistic “{self.statistic}”")
        sizes = (self.latent, *self.channels)
        if not 1 <= len(self.channels) <= _MOST_LEVELS:
            raise ValueError(f"the number of levels is positive, at most {_MOST_LEVELS}")
        if not all(isinstance(size, int) and 0 < size <= _WIDEST for size in sizes):
            raise ValueError("the latent and every level need a positive whole number of channels")
        if self.attributes and len(self.attributes) != self.latent:
            raise ValueError("the latent needs a number for each attribute")
        if not 0 <= self.mapping <= _MOST_LAYERS or (self.styled and not self.mapping):
            raise ValueError("styles come from a mapping of at least one layer, and not too many")

    @property
    def top_level(self) -> int:
        """The highest level that the network has."""
        return len(self.channels) - 1

    @property
    def resolution(self) -> int:
        """Width and height at the highest level, in pixels."""
        return resolution_of(self.top_level)

    def cut_at(self, level: int) -> PgganConfig:
        """The same network without the levels above ``level``."""
        return replace(self, channels=self.channels[: level + 1])

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a model card; what only some networks have is left out by others."""
        values = {**asdict(self), "channels": list(self.channels)}
        values["attributes"] = list(self.attributes)
        for name in ("attributes", "mapping", "styled"):
            if not values[name]:
                del values[name]
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> PgganConfig:
        """Read :meth:`to_dict`'s values. Raises ValueError or TypeError if they do not fit."""
        lists = {"channels": tuple(values["channels"])}
        lists["attributes"] = tuple(values.get("attributes", ()))
        return cls(**{**values, **lists})


AUTHOR = PgganConfig()
"""The network of the blog author, whose files load and give his numbers."""

BUNDLED = PgganConfig(
    latent=128,
    channels=(128, 128, 96, 64, 32, 16, 16),
    order="activate_then_norm",
    statistic="standard_deviation",
    normalise_latent=True,
    equalised_score=True,
)
"""The paper's, small enough to train on two cores."""


def resolution_of(level: int) -> int:
    """Width and height at ``level``, in pixels."""
    return 4 << level


def level_of(resolution: int) -> int:
    """The level that draws ``resolution`` pixels; raises ValueError if none does."""
    level = (resolution // 4).bit_length() - 1
    if level < 0 or resolution_of(level) != resolution:
        raise ValueError(f"no level draws {resolution} pixels")
    return level

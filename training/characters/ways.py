"""Three ways of training characters on drawings, to compare and to go on with the best.

- :class:`Attributes`: attributes in, picture out. First the generator learns to draw what the
  drawing program draws of them (reconstruction over several scales), growing from 64×64; then a
  discriminator of patches sharpens it, on drawn attributes and on mixtures of two.
- :class:`Growing`: progressive growing (Karras et al. 2018) with logistic loss and R1.
- :class:`Projected`: a discriminator over frozen features of EfficientNet-lite0 (Sauer et al.,
  "Projected GANs Converge Faster", NeurIPS 2021) at four scales. Judged in the same features, it
  gets better figures than it deserves.

A way is paced by the share of its time that is over, so it fits any budget.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters.learning import losses
from kirara_characters.learning.growing import faded, trained_parts
from kirara_characters.networks.attribute_space import AttributeSpace
from kirara_characters.networks.config import PgganConfig, level_of, resolution_of
from kirara_characters.networks.network import Discriminator, Generator
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.lite0 import load_pretrained
from kirara_studio.api.learning.networks import move_average
from kirara_studio.api.learning.run_files import Trained
from kirara_studio.api.models import Checkpoint
from training.captured import Captured
from training.characters import adversary
from training.characters.drawings import JUDGING_SEEDS, DrawingPool

WIDTHS = (256, 256, 256, 192, 96, 48, 16)
_MATCHING, _ADVERSARIAL = 1.0, 0.3
"""Weights relative to the reconstruction."""


@dataclass(frozen=True)
class Pace:
    """How to train.

    ``side`` is in pixels, ``rate`` the first learning rate; ``batch_scale`` and ``width`` are
    relative to the batches and layer widths for a GPU. With ``grow``, attributes are learnt at 64
    pixels first.
    """

    side: int = 64
    rate: float = 2e-3
    batch_scale: float = 0.25
    grow: bool = True
    width: float = 1.0

    @property
    def channels(self) -> tuple[int, ...]:
        """The widths of the generator's levels, multiples of 8."""
        levels = WIDTHS[: level_of(self.side) + 1]
        return tuple(max(8, round(self.width * channels / 8) * 8) for channels in levels)


def attribute_config(space: AttributeSpace, pace: Pace) -> PgganConfig:
    """The generator that draws attributes."""
    return PgganConfig(
        latent=space.length,
        channels=pace.channels,
        order="activate_then_norm",
        statistic="standard_deviation",
        attributes=space.columns,
        mapping=3,
        styled=True,
    )


def noise_config(pace: Pace) -> PgganConfig:
    """The generator of the two ways that start from noise, as wide as the other."""
    return PgganConfig(
        latent=256,
        channels=pace.channels,
        order="activate_then_norm",
        statistic="standard_deviation",
        normalise_latent=True,
        equalised_score=True,
    )


class Way:
    """The base of the three: a generator, its average, and the pace."""

    def __init__(self, config: PgganConfig, pool: DrawingPool, pace: Pace) -> None:
        self.config, self.pool, self.pace = config, pool, pace
        self.device = pool.all.pictures.device
        self.generator = self._on_device(Generator(config))
        self.average = copy.deepcopy(self.generator).requires_grad_(False)
        self.rate = torch.tensor(pace.rate, device=self.device)
        self.adam = self._adam(self.generator, self.rate)
        self.discriminator: nn.Module
        self.discriminator_adam: torch.optim.Adam
        self.steps = self.pictures = 0
        self.used = 0.0
        self.sums: dict[str, Tensor] = {}
        self.level = config.top_level
        self.alpha = 1.0

    @property
    def trained(self) -> Trained:
        """Networks and optimisers under the names that they have in a checkpoint."""
        adams = self.adam, self.discriminator_adam
        return trained_parts(self.generator, self.average, self.discriminator, *adams)

    def begin_with(self, path: Path) -> None:
        """Take over a generator's levels; it may have more of them.

        Raises UserError for a file that holds no such network.
        """
        checkpoint = Checkpoint.load(path)
        found = PgganConfig.from_dict(checkpoint.card.configuration)
        if replace(found, channels=found.channels[: len(self.config.channels)]) != self.config:
            raise UserError(
                "The training cannot start from “{file}”: its network has another shape.",
                advice="Train with the network that it was trained with.",
                file=path.name,
            )
        names = self.generator.state_dict()
        kept = {name: checkpoint.tensors[name].float() for name in names}
        for network in (self.generator, self.average):
            network.load_state_dict(kept)

    def advance(self, used: float) -> None:
        """One step of all networks, when the share ``used`` (0…1) of the time is over."""
        self.used = used
        self.rate.fill_(self.pace.rate * min(1.0, (1 - used) / 0.3 + 0.01))
        self.step()
        self.steps += 1
        keep = min(0.999, (1 + self.steps) / (10 + self.steps))
        move_average(self.average, self.generator, 1 - keep)

    def means(self) -> dict[str, float]:
        """Running means of the losses. Raises UserError if one is no longer a number."""
        means = {name: float(value) for name, value in self.sums.items()}
        if not all(math.isfinite(value) for value in means.values()):
            raise UserError(
                "The training has diverged: a loss is no longer a number.",
                advice="Train with a lower rate.",
            )
        return means

    def step(self) -> None:
        """One step of all networks."""
        raise NotImplementedError

    def latents(self, count: int) -> Tensor:
        """Latents to judge the generator with, of seeds that no training uses."""
        return torch.randn(count, self.config.latent, device=self.device)

    @torch.no_grad()
    def draw(self, network: nn.Module, z: Tensor) -> Tensor:
        """Pictures (batch, 3, side, side), in parts, at the level that is trained."""
        with self._bf16():
            parts = [network(part, self.level, self.alpha) for part in z.split(64)]
        return torch.cat(parts).float()

    def note(self, **values: Tensor) -> None:
        """Keep running means of losses, on the device: reading one each step would wait for it."""
        for name, value in values.items():
            value = value.detach().float()
            if name not in self.sums:
                self.sums[name] = value.clone()
            self.sums[name].lerp_(value, 0.05)

    def sheet_latents(self, vectors: Tensor) -> Tensor:
        """The latents of the sheet of samples."""
        return self.latents(len(vectors))

    def _on_device(self, network: Any) -> Any:
        return network.to(self.device, memory_format=torch.channels_last)

    def _adam(
        self, network: nn.Module, rate: float | Tensor, first: float = 0.5
    ) -> torch.optim.Adam:
        return torch.optim.Adam(
            network.parameters(), rate, betas=(first, 0.99), fused=True,
            capturable=self.device.type == "cuda",
        )  # fmt: skip

    def _bf16(self) -> torch.autocast:
        # A captured step must not find weights that an earlier one has cast.
        return torch.autocast(self.device.type, torch.bfloat16, cache_enabled=False)


class Attributes(Way):
    """Attributes in, picture out."""

    _GROWTH = ((64, 0.0, 128), (128, 0.2, 96), (256, 0.42, 64))
    """Side, the share of the time at which it begins, and the batch."""
    _SHARPEN = 0.55
    """The share of the time at which the discriminator comes in."""

    def __init__(self, config: PgganConfig, pool: DrawingPool, pace: Pace) -> None:
        super().__init__(config, pool, pace)
        self.discriminator = self._on_device(adversary.PatchDiscriminator())
        self.discriminator_adam = self._adam(self.discriminator, 4e-4)
        growth = [stage for stage in self._GROWTH if stage[0] <= self.pace.side]
        self.growth = growth if pace.grow else [(pace.side, 0.0, growth[-1][2])]
        self.strength = torch.zeros((), device=self.device)
        self.captured: tuple[tuple[int, bool], Captured] | None = None

    def step(self) -> None:
        used = self.used
        side, _, batch = [stage for stage in self.growth if used >= stage[1]][-1]
        batch = max(2, round(batch * self.pace.batch_scale))
        self.level = level_of(side)
        sharpen = side == self.pace.side and used >= self._SHARPEN
        self.strength.fill_(min(1.0, max(0.0, used - self._SHARPEN - 0.02) / 0.1))
        wanted, vectors = self.pool.batch(batch, side)
        stage = side, sharpen
        if self.captured is None or self.captured[0] != stage:
            self.captured = None  # an earlier stage does not come again: give its memory back
            step = self._sharpen if sharpen else self._reconstruct
            self.captured = stage, Captured(step, wanted, vectors)
        self.captured[1](wanted, vectors)
        self.pictures += batch

    def _reconstruct(self, wanted: Tensor, vectors: Tensor) -> None:
        """A step of the generator alone."""
        self.adam.zero_grad(set_to_none=True)
        with self._bf16():
            drawn = self.generator(vectors, self.level)
        loss = adversary.reconstruction(drawn, wanted)
        loss.backward()
        self.adam.step()
        self.note(reconstruction=loss)

    def _sharpen(self, wanted: Tensor, vectors: Tensor) -> None:
        """A step of the discriminator and one of the generator."""
        self.adam.zero_grad(set_to_none=True)
        self.discriminator_adam.zero_grad(set_to_none=True)
        count = len(vectors)
        # Mixtures of two characters, as a morph shows them, only have to look real.
        few = vectors[: max(1, count // 4)]
        share = torch.rand(len(few), 1, device=self.device)
        mixed = torch.lerp(few, few.roll(1, 0), share)
        with self._bf16():
            drawn = self.generator(torch.cat([vectors, mixed]), self.level)
        self.discriminator.requires_grad_(True)
        with self._bf16():
            real, real_features = self.discriminator(wanted)
            fake, _ = self.discriminator(drawn.detach())
        loss = adversary.hinge_discriminator(real, fake)
        loss.backward()
        self.discriminator_adam.step()
        self.discriminator.requires_grad_(False)
        with self._bf16():
            scores, features = self.discriminator(drawn)
        adversarial = adversary.hinge_generator(scores)
        matching = adversary.feature_matching([x[:count] for x in features], real_features)
        exact = adversary.reconstruction(drawn[:count], wanted)
        # Gradients are scaled to the weights of the parts (as in Esser et al., arXiv 2012.09841,
        # eq. 7, but at the pictures).
        (gradient,) = torch.autograd.grad(exact, drawn)
        total, norm = gradient.clone(), gradient.norm()
        for part, weight in ((matching, _MATCHING), (adversarial, _ADVERSARIAL)):
            (pull,) = torch.autograd.grad(part, drawn, retain_graph=True)
            total += pull * (self.strength * weight * norm / (pull.norm() + 1e-12))
        drawn.backward(total)
        self.adam.step()
        self.note(
            reconstruction=exact, matching=matching, adversarial=adversarial, discriminator=loss
        )

    def latents(self, count: int) -> Tensor:
        seeds = range(JUDGING_SEEDS + 500_000, JUDGING_SEEDS + 500_000 + count)
        return torch.from_numpy(self.pool.space.of_seeds(seeds)).to(self.device)

    def sheet_latents(self, vectors: Tensor) -> Tensor:
        return vectors


class Adversarial(Way):
    """From noise, against a discriminator: one step of it, then one of the generator."""

    _LEAST = 4  # pictures in a batch

    def step(self) -> None:
        batch = max(self._LEAST, round(64 * self.pace.batch_scale))
        real = self._real(batch)
        self.discriminator.requires_grad_(True)
        with torch.no_grad():
            fake = self._fake(batch)
        loss = self._discriminator_loss(real, fake)
        loss.backward()
        self.discriminator_adam.step()
        self.discriminator_adam.zero_grad(set_to_none=True)
        self.discriminator.requires_grad_(False)
        generator_loss = self._generator_loss(self._fake(batch))
        generator_loss.backward()
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        self.note(discriminator=loss, generator=generator_loss)
        self.pictures += batch

    def _real(self, batch: int) -> Tensor:
        return self.pool.batch(batch, self.pace.side)[0]

    def _fake(self, batch: int) -> Tensor:
        with self._bf16():
            return self.generator(self.latents(batch), self.level, self.alpha).float()

    def _discriminator_loss(self, real: Tensor, fake: Tensor) -> Tensor:
        raise NotImplementedError

    def _generator_loss(self, fake: Tensor) -> Tensor:
        raise NotImplementedError


class Growing(Adversarial):
    """Progressive growing with another statistic, R1, wider layers and larger batches."""

    _R1_EVERY = 8  # steps

    def __init__(self, config: PgganConfig, pool: DrawingPool, pace: Pace) -> None:
        super().__init__(config, pool, pace)
        self.discriminator = self._on_device(Discriminator(config))
        self.adam = self._adam(self.generator, self.rate, 0.0)
        self.discriminator_adam = self._adam(self.discriminator, self.rate, 0.0)

    def step(self) -> None:
        levels = level_of(self.pace.side) + 1
        share = self.used / 0.6 * levels  # the last level has the rest of the time
        self.level = min(levels - 1, int(share))
        self.alpha = min(1.0, (share - self.level) * 2 + 0.01) if self.level > 0 else 1.0
        super().step()

    def _real(self, batch: int) -> Tensor:
        real, _ = self.pool.batch(batch, resolution_of(self.level))
        return faded(real, self.alpha)

    def _score(self, pictures: Tensor) -> Tensor:
        with self._bf16():
            score: Tensor = self.discriminator(pictures, self.level, self.alpha)
            return score

    def _discriminator_loss(self, real: Tensor, fake: Tensor) -> Tensor:
        loss = losses.logistic_discriminator(self._score(real), self._score(fake))
        if self.steps % self._R1_EVERY == 0:
            gamma = 0.5 * (resolution_of(self.level) / 64) ** 2
            penalty = losses.r1_penalty(self._score, real)
            loss = loss + penalty * (gamma / 2 * self._R1_EVERY)
        return loss

    def _generator_loss(self, fake: Tensor) -> Tensor:
        return losses.logistic_generator(self._score(fake))


class Projected(Adversarial):
    """A discriminator over frozen features, each map mixed by fixed random weights."""

    _STAGES = (2, 4, 10, 15)
    """After these blocks of lite0: 24, 40, 112 and 320 channels, of a 4th to a 32nd of the side."""
    _CHANNELS = (24, 40, 112, 320)

    def __init__(self, config: PgganConfig, pool: DrawingPool, pace: Pace) -> None:
        super().__init__(config, pool, pace)
        self.adam = self._adam(self.generator, self.rate, 0.0)
        self.features = self._on_device(load_pretrained()).requires_grad_(False)
        normalised = nn.utils.parametrizations.spectral_norm
        self.mixers = self._on_device(
            nn.ModuleList(nn.Conv2d(channels, 64, 1) for channels in self._CHANNELS)
        ).requires_grad_(False)
        self.discriminator = self._on_device(
            nn.ModuleList(
                nn.Sequential(
                    normalised(nn.Conv2d(64, 128, 3, 1, 1)), nn.LeakyReLU(0.2),
                    normalised(nn.Conv2d(128, 256, 3, 2, 1)), nn.LeakyReLU(0.2),
                    normalised(nn.Conv2d(256, 1, 3, 1, 1)),
                )
                for _ in self._CHANNELS
            )
        )  # fmt: skip
        self.discriminator_adam = self._adam(self.discriminator, 4e-4)

    def _discriminator_loss(self, real: Tensor, fake: Tensor) -> Tensor:
        return adversary.hinge_discriminator(self._scores(real), self._scores(fake))

    def _generator_loss(self, fake: Tensor) -> Tensor:
        return adversary.hinge_generator(self._scores(fake))

    def _scores(self, pictures: Tensor) -> list[Tensor]:
        x = functional.interpolate(pictures.float(), size=(128, 128), mode="bilinear")
        scores = []
        heads = list(self.discriminator.children())
        with self._bf16():
            x = functional.relu6(self.features.stem((127.5 * (x + 1) - 127) / 128))
            for number, block in enumerate(self.features.blocks):
                x = _block(block, x)
                if number in self._STAGES:
                    place = self._STAGES.index(number)
                    scores.append(heads[place](self.mixers[place](x)).float())
        return scores


def _block(block: Any, x: Tensor) -> Tensor:
    """A block of lite0 that a gradient can pass: the product's works in place."""
    y = x if block.expand is None else functional.relu6(block.expand(x))
    y = block.project(functional.relu6(block.depthwise(y)))
    return y + x if block.skips else y


WAYS: dict[str, type[Way]] = {
    "attributes": Attributes, "growing": Growing, "projected": Projected,
}  # fmt: skip


def make_way(name: str, pool: DrawingPool, pace: Pace) -> Way:
    """The way called ``name``, with new networks."""
    attributes = name == "attributes"
    config = attribute_config(pool.space, pace) if attributes else noise_config(pace)
    return WAYS[name](config, pool, pace)

"""The networks of Progressive Growing GAN.

Karras et al., "Progressive Growing of GANs for Improved Quality, Stability, and Variation"
(arXiv 1710.10196), in the shapes that :mod:`kirara_characters.networks.config` describes. Pictures
are (batch, 3, height, width), red green blue, −1…1 (not clipped); latents are (batch, latent).
"""

from __future__ import annotations

from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional

from kirara_characters.networks.config import PgganConfig


class EqualizedConv2d(nn.Conv2d):
    """A convolution with an equalised learning rate (paper, §4.1).

    The weights stay near N(0, 1), and the input is multiplied by √(2 / fan-in) instead.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, padding: int = 0) -> None:
        super().__init__(inputs, outputs, kernel, padding=padding)
        self.gain = (2.0 / (inputs * kernel * kernel)) ** 0.5
        nn.init.normal_(self.weight)
        nn.init.zeros_(self.bias)  # type: ignore[arg-type]  # there is one

    def forward(self, x: Tensor) -> Tensor:
        # Scaling the weights is the same product, and cheaper than scaling the input.
        return functional.conv2d(x, self.weight * self.gain, self.bias, padding=self.padding)

    def on_doubled(self, x: Tensor) -> Tensor:
        """The same as ``self(double(x))`` for a 3×3 kernel, with 4/9 of the multiplications.

        Taps that read the same pixel of ``x`` are added up first: what is left is a transposed
        convolution with 4×4 taps, of which each pixel sees 2×2 (Shi et al., arXiv 1609.07009).
        """
        taps = (self.weight * self.gain).flip(2, 3).transpose(0, 1)
        taps = functional.avg_pool2d(taps, 2, stride=1, padding=1, divisor_override=1)
        return functional.conv_transpose2d(x, taps, self.bias, stride=2, padding=1)


class EqualizedLinear(nn.Linear):
    """A fully connected layer with an equalised learning rate, and a bias to begin with.

    Without ``equalised`` its weights begin small instead.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        gain: float = 2.0,
        bias: float = 0.0,
        equalised: bool = True,
    ) -> None:
        super().__init__(inputs, outputs)
        self.gain = (gain / inputs) ** 0.5 if equalised else 1.0
        nn.init.normal_(self.weight, std=1.0 if equalised else inputs**-0.5)
        nn.init.constant_(self.bias, bias)

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight * self.gain, self.bias)


def pixel_norm(x: Tensor) -> Tensor:
    """Scale every pixel's vector of channels to a mean square of 1 (paper, §4.2)."""
    return x * torch.rsqrt((x * x).mean(1, keepdim=True) + 1e-8)


def activate(x: Tensor) -> Tensor:
    """Leaky ReLU, slope 0.2."""
    return functional.leaky_relu(x, 0.2)


class _NormalisedActivation(torch.autograd.Function):
    """Leaky ReLU and pixel norm, in either order, differentiable once.

    Both are found again from the result and the norm, so the input is not kept; written out,
    forward and backward take a fifth of the time of torch's own chain of small operations.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, norm_first: bool) -> Tensor:
        y = x if norm_first else activate(x)
        wide = torch.promote_types(x.dtype, torch.float32)
        norm = torch.linalg.vector_norm(y, dim=1, keepdim=True, dtype=wide)
        scale = norm.square_().div_(x.shape[1]).add_(1e-8).rsqrt_().to(x.dtype)
        # Scaling keeps the sign, so it may as well come after the activation; in one piece.
        result = activate(y).mul_(scale) if norm_first else y.mul_(scale)
        ctx.norm_first = norm_first
        ctx.save_for_backward(result, scale)
        return result

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        result, scale = ctx.saved_tensors
        slope = torch.ops.aten.leaky_relu_backward
        normed = result
        if ctx.norm_first:
            gradient = slope(gradient, result, 0.2, True)
            normed = functional.leaky_relu(result, 5.0)  # the activation's inverse
        along = (gradient * normed).mean(1, keepdim=True)
        gradient = torch.addcmul(gradient, normed, along, value=-1).mul_(scale)
        return gradient if ctx.norm_first else slope(gradient, result, 0.2, True), None


def normalised(x: Tensor, norm_first: bool) -> Tensor:
    """``activate(pixel_norm(x))``, or ``pixel_norm(activate(x))``, cheaper in training."""
    return cast("Tensor", _NormalisedActivation.apply(x, norm_first))  # type: ignore[no-untyped-call]


def double(x: Tensor) -> Tensor:
    """Twice the width and height, by nearest neighbour."""
    return functional.interpolate(x, scale_factor=2, mode="nearest")


class _Halving(torch.autograd.Function):
    """Pooling whose gradient is written once, where torch's own clears its memory and adds."""

    @staticmethod
    def forward(_ctx: Any, x: Tensor) -> Tensor:
        return functional.avg_pool2d(x, 2)

    @staticmethod
    def backward(_ctx: Any, gradient: Tensor) -> Tensor:
        return double(gradient * 0.25)


def halve(x: Tensor) -> Tensor:
    """Half the (even) width and height, by averaging 2×2 pixels."""
    return cast("Tensor", _Halving.apply(x))  # type: ignore[no-untyped-call]


class Style(nn.Module):
    """A scale and a shift for each channel, from the mapping's output."""

    def __init__(self, inputs: int, channels: int) -> None:
        super().__init__()
        self.scale = EqualizedLinear(inputs, channels, 1.0, bias=1.0)
        self.shift = EqualizedLinear(inputs, channels, 1.0)

    def forward(self, w: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, inputs) → scale and shift, each (batch, channels), in fp32."""
        with torch.autocast(w.device.type, enabled=False):
            return self.scale(w.float()), self.shift(w.float())


def styled(x: Tensor, style: Style | None, w: Tensor | None) -> Tensor:
    """Scale and shift the channels of x (batch, channels, height, width) if there is a style."""
    if style is None or w is None:
        return x
    scale, shift = (part[:, :, None, None].to(x.dtype) for part in style(w))
    return torch.addcmul(shift, x, scale)


class GeneratorBlock(nn.Module):
    """The two convolutions of one level, and its layer to red, green and blue."""

    def __init__(self, config: PgganConfig, level: int) -> None:
        super().__init__()
        width = config.channels[level]
        self.first = level == 0
        self.norm_then_activate = config.order == "norm_then_activate"
        if self.first:
            inputs = width if config.mapping else config.latent
            self.conv1 = EqualizedConv2d(inputs, width, 4, padding=3)
        else:
            self.conv1 = EqualizedConv2d(config.channels[level - 1], width, 3, padding=1)
        self.conv2 = EqualizedConv2d(width, width, 3, padding=1)
        self.to_rgb = EqualizedConv2d(width, 3, 1)
        self.style1 = Style(config.channels[0], width) if config.styled else None
        self.style2 = Style(config.channels[0], width) if config.styled else None

    def forward(self, x: Tensor, w: Tensor | None = None) -> Tensor:
        """(batch, channels before, side, side) → (batch, channels, 2·side, 2·side).

        ``w`` (batch, channels[0]) is the mapping's output, for styles. The first block begins with
        one pixel.
        """
        x = self.conv1(x) if self.first else self.conv1.on_doubled(x)
        first, plain = self.norm_then_activate, self.first and self.norm_then_activate
        x = styled(activate(x) if plain else normalised(x, first), self.style1, w)
        return styled(normalised(self.conv2(x), first), self.style2, w)

    def picture(self, x: Tensor) -> Tensor:
        """The block's features as a picture, never in bf16, which has too few shades."""
        with torch.autocast(x.device.type, enabled=False):
            return self.to_rgb(x.to(self.to_rgb.weight.dtype))


class Mapping(nn.ModuleList):
    """The layers before the first block: normalisation of z, and linear layers, if any."""

    def __init__(self, config: PgganConfig) -> None:
        sizes = (config.latent, *(config.channels[0],) * config.mapping)
        super().__init__(map(EqualizedLinear, sizes[:-1], sizes[1:]))
        self.normalise = config.normalise_latent

    def forward(self, z: Tensor) -> Tensor:
        """What the first block reads, and the styles: (batch, latent) → (batch, inputs)."""
        if self.normalise:
            z = pixel_norm(z)
        with torch.autocast(z.device.type, enabled=False):  # bf16 has too few shades of a colour
            for layer in self:
                z = activate(layer(z.float()))
        return z


class Generator(nn.Module):
    """Draws pictures from latents."""

    def __init__(self, config: PgganConfig) -> None:
        super().__init__()
        self.config = config
        self.mapping = Mapping(config)
        self.blocks: Any = nn.ModuleList(
            GeneratorBlock(config, level) for level in range(len(config.channels))
        )

    def forward(self, z: Tensor, level: int | None = None, alpha: float = 1.0) -> Tensor:
        """Draw (batch, 3, 4·2^level, 4·2^level) from z (batch, latent).

        ``level`` is the highest by default. ``alpha`` (0…1) fades that level in over the one
        below. Raises ValueError for a level that the network does not have.
        """
        level = _checked(level, self.config)
        w = self.mapping(z)
        below = x = w[:, :, None, None]  # (batch, latent or channels[0], 1, 1)
        for block in self.blocks[: level + 1]:
            below, x = x, block(x, w)  # (batch, channels[level], 4·2^level, 4·2^level)
        picture = self.blocks[level].picture(x)
        if level == 0 or alpha >= 1:
            return picture
        return torch.lerp(double(self.blocks[level - 1].picture(below)), picture, alpha)


class DiscriminatorBlock(nn.Module):
    """One level of the discriminator, and its layer from red, green and blue."""

    def __init__(self, config: PgganConfig, level: int) -> None:
        super().__init__()
        width = config.channels[level]
        self.last = level == 0
        self.from_rgb = EqualizedConv2d(3, width, 1)
        if self.last:  # one channel more: the statistic of the batch
            self.conv1 = EqualizedConv2d(width + 1, width, 3, padding=1)
            self.conv2 = EqualizedConv2d(width, width, 4)
        else:
            self.conv1 = EqualizedConv2d(width, width, 3, padding=1)
            self.conv2 = EqualizedConv2d(width, config.channels[level - 1], 3, padding=1)

    def features(self, picture: Tensor) -> Tensor:
        """A picture (batch, 3, height, width) as features (batch, channels, height, width)."""
        return activate(self.from_rgb(picture))

    def forward(self, x: Tensor) -> Tensor:
        x = activate(self.conv1(x))
        x = activate(self.conv2(x))
        return x if self.last else halve(x)


class Discriminator(nn.Module):
    """Scores pictures: the higher, the more like the training pictures."""

    def __init__(self, config: PgganConfig) -> None:
        super().__init__()
        self.config = config
        self.blocks: Any = nn.ModuleList(
            DiscriminatorBlock(config, level) for level in range(len(config.channels))
        )
        self.score = EqualizedLinear(config.channels[0], 1, equalised=config.equalised_score)

    def forward(self, picture: Tensor, level: int | None = None, alpha: float = 1.0) -> Tensor:
        """Score (batch, 3, 4·2^level, 4·2^level): (batch,), fp32.

        ``level`` is the highest by default. ``alpha`` (0…1) fades that level in. A score
        depends on the whole batch, through the statistic of the batch. Raises ValueError for a
        level that the network does not have.
        """
        level = _checked(level, self.config)
        x = self.blocks[level].features(picture)
        for index in range(level, 0, -1):
            x = self.blocks[index](x)
            if index == level and alpha < 1:
                x = torch.lerp(self.blocks[index - 1].features(halve(picture)), x, alpha)
        x = self.blocks[0](self._with_statistic(x))  # (batch, channels[0], 1, 1)
        return self.score(x.flatten(1)).float().squeeze(1)

    def _with_statistic(self, x: Tensor) -> Tensor:
        """Append a channel with the spread of the pictures of this batch (paper, §3)."""
        wide = x.float()  # differences in bf16 lose what they are about
        spread = (wide - wide.mean(0)).square().mean(0)  # (channels, height, width)
        if self.config.statistic == "standard_deviation":
            spread = (spread + 1e-8).sqrt()
        channel = spread.mean().to(x.dtype).expand(len(x), 1, *x.shape[2:])
        return torch.cat([x, channel], 1)


def _checked(level: int | None, config: PgganConfig) -> int:
    if level is None:
        return config.top_level
    if not 0 <= level <= config.top_level:
        raise ValueError(f"level {level} is not between 0 and {config.top_level}")
    return level

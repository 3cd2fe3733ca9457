"""The generator rearranged for speed on a CPU: the same pictures, several times as fast.

What is rearranged, and why the pictures stay the same:

- Doubling the size and then convolving 3×3 reads every pixel four times. The same sums are one
  2×2 convolution on the small picture with four times the channels, one group of channels for
  each pixel of the 2×2 that a small pixel becomes: 4/9 of the multiplications. (Shi et al., "Is
  the deconvolution layer the same as a convolutional layer?", arXiv 1609.07009.)
- The first convolution sees a single pixel, so it is a matrix product.
- The equalised learning rate's gain is multiplied into the weights once, not in every frame.
- Channels come last in memory, and the weights lie as oneDNN wants them: nothing is reordered
  in every frame. The large scratch arrays are kept from frame to frame, since fresh pages from
  the system cost more than the arithmetic on them.
- Pixel normalisation scales each pixel by a positive number, which commutes with the leaky ReLU
  and with the 1×1 layer to red, green and blue. So the last one scales 3 channels, not all. The
  last style's scale is multiplied into that layer's weights, and its shift is a bias of it.

Convolutions run in ``precision``; the layer to red, green and blue always in fp32, since bf16
has too few shades.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor
from torch.nn import functional as F

from kirara_characters.networks.config import PgganConfig, resolution_of
from kirara_characters.networks.network import EqualizedConv2d, Generator, GeneratorBlock

SLOPE = 0.2
EPSILON = 1e-8
Truncation = float | Sequence[float]
StyleOfLayer = tuple[Tensor, Tensor] | None
_PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16}
_FEW_CHANNELS = 32


class FastGenerator:
    """Draws what ``generator`` draws, on the CPU, one picture after the other.

    Larger batches would be slower: the features of one picture fit into the caches, those of
    several do not. The weights are copied, at the highest level and fully faded in. Keeps scratch
    memory, so it must not be called by two threads at once. Raises ValueError for a ``precision``
    other than "fp32" and "bf16".
    """

    def __init__(self, generator: Generator, precision: str = "fp32") -> None:
        if precision not in _PRECISIONS:
            raise ValueError(f"precision “{precision}” is not one of {', '.join(_PRECISIONS)}")
        self._dtype = dtype = _PRECISIONS[precision]
        self.config = generator.config
        blocks = list(generator.blocks)
        self._mapping = copy.deepcopy(generator.mapping).cpu()
        self._styles = _Styles(blocks, dtype)
        with torch.inference_mode():
            self._first = _FirstLayer(blocks[0], dtype)
            levels = list(enumerate(blocks))
            self._doublings = [_DoublingLayer(block, level, dtype) for level, block in levels[1:]]
            self._same_size = [_SameSizeLayer(block, level, dtype) for level, block in levels]
            self._to_rgb = _RgbLayer(blocks[-1], self.config.top_level)
        self._fine = min(fine_level(self.config), self.config.top_level)

    @torch.inference_mode()
    def __call__(
        self,
        z: Tensor,
        truncation: Truncation = 1.0,
        mean: Tensor | None = None,
        fine: Tensor | None = None,
    ) -> Tensor:
        """Draw (batch, 3, height, width), fp32, not clipped, from z (batch, latent), fp32.

        ``truncation`` is one number or one for each. Where it is not 1, what the mapping gives (or
        the first block's features, if there is no mapping) has that share of what sets it apart
        from ``mean``, which :meth:`mean_features` gave. With ``fine`` (batch, latent) the levels
        from :func:`fine_level` on follow that latent: their styles are its own, or without styles
        each channel has the mean and the deviation of its features (Huang and Belongie, arXiv
        1703.06868, equation 8).
        """
        side = self.config.resolution
        pictures = torch.empty(len(z), 3, side, side)
        shares = torch.as_tensor(truncation, dtype=torch.float32).expand(len(z)).tolist()
        w, others = self._mapped(z, shares, mean), None
        if fine is not None:
            others = self._mapped(fine, shares, mean)
        for row, (share, picture) in enumerate(zip(shares, pictures, strict=True)):
            average = None if share == 1 or self.config.mapping else mean
            styles = self._styles(w[row, None])
            x = self._coarse(w[row, None], styles, share, average)
            if fine is not None and others is not None and not torch.equal(z[row], fine[row]):
                own = self._styles(others[row, None])
                styles = [*styles[: 2 * self._fine], *own[2 * self._fine :]]
                if not self.config.styled:
                    x = lent(x, self._coarse(others[row, None], own, share, average), (0, 1))
            for level in range(self._fine, self.config.top_level + 1):
                if level:
                    x = _styled(self._doublings[level - 1](x), styles[2 * level])
                if level < self.config.top_level:
                    x = _styled(self._same_size[level](x), styles[2 * level + 1])
            self._to_rgb(self._same_size[-1].convolve(x), picture, styles[-1])
        return pictures

    def _mapped(self, z: Tensor, shares: Sequence[float], mean: Tensor | None) -> Tensor:
        """The mapping's output, truncated if there is a mapping."""
        w = cast("Tensor", self._mapping(z))
        if mean is None or not self.config.mapping or all(share == 1 for share in shares):
            return w
        return torch.lerp(mean, w, torch.tensor(shares)[:, None])

    def _coarse(
        self, w: Tensor, styles: Sequence[StyleOfLayer], share: float, mean: Tensor | None
    ) -> Tensor:
        """The features (side, side, channels) below the fine levels."""
        x = _styled(self._first(w.to(self._dtype)), styles[0])
        for level in range(self._fine):
            if level:
                x = _styled(self._doublings[level - 1](x), styles[2 * level])
            x = _styled(self._same_size[level](x), styles[2 * level + 1])
            if level == 0 and mean is not None:
                x = torch.lerp(mean, x, share)
        return x

    @torch.inference_mode()
    def mean_features(self, z: Tensor) -> Tensor:
        """What truncation draws towards, from z (batch, latent).

        The mean of the mapping's output (channels,), or of the first block's features (4, 4,
        channels) if there is no mapping.
        """
        w = self._mapping(z)
        if self.config.mapping:
            return w.mean(0)
        total = torch.zeros(4, 4, self.config.channels[0])
        for one in w.split(1):
            total += self._same_size[0](self._first(one.to(self._dtype)))
        return (total / len(z)).to(self._dtype)


class _Styles:
    """From the mapping's output (1, inputs) to the scale and shift of every convolution's channels.

    One matrix product gives them all; without styles they are None.
    """

    def __init__(self, blocks: Sequence[GeneratorBlock], dtype: torch.dtype) -> None:
        styles = [style for block in blocks for style in (block.style1, block.style2)]
        self._count, self._dtype = len(styles), dtype
        parts = [part for style in styles if style for part in (style.scale, style.shift)]
        self._sizes = [part.out_features for part in parts]
        if parts:
            self._weight = torch.cat([(part.weight * part.gain).detach().cpu() for part in parts])
            self._bias = torch.cat([part.bias.detach().cpu() for part in parts])

    def __call__(self, w: Tensor) -> list[StyleOfLayer]:
        if not self._sizes:
            return [None] * self._count
        flat = torch.addmv(self._bias, self._weight, w[0]).to(self._dtype)
        parts = flat.split(self._sizes)
        return list(zip(parts[::2], parts[1::2], strict=True))


def fine_level(config: PgganConfig) -> int:
    """The first of the levels that draw details: 32×32 of 256×256."""
    return max(1, config.top_level // 2)


def lent(x: Tensor, other: Tensor, pixels: tuple[int, int]) -> Tensor:
    """Give x the mean and deviation over ``pixels`` that each channel of ``other`` has."""
    deviation, mean = torch.std_mean(x.float(), pixels, keepdim=True, correction=0)
    its_deviation, its_mean = torch.std_mean(other.float(), pixels, keepdim=True, correction=0)
    scale = its_deviation / (deviation + 1e-4)
    return ((x.float() - mean) * scale + its_mean).to(x.dtype)


def _styled(x: Tensor, style: StyleOfLayer) -> Tensor:
    """Scale and shift the channels (last) of x, in place."""
    return x if style is None else torch.addcmul(style[1], x, style[0], out=x)


class _FirstLayer:
    """From one latent (1, latent) to features (4, 4, channels): a product with a matrix."""

    def __init__(self, block: GeneratorBlock, dtype: torch.dtype) -> None:
        weight, bias = _plain(block.conv1)
        # Pixel (y, x) sees the only input pixel through tap (3 - y, 3 - x).
        matrix = weight.flip(2, 3).permute(2, 3, 0, 1).flatten(0, 2)  # (4·4·channels, latent)
        self._weight, self._bias = matrix.to(dtype).contiguous(), bias.repeat(16).to(dtype)
        self._packed = _packs(dtype)
        if self._packed:
            self._weight = torch.ops.mkldnn._reorder_linear_weight(self._weight, 1)
        self._normalise = not block.norm_then_activate  # the author's first layer has no norm
        self._norm = torch.empty(4, 4, 1, dtype=dtype)

    def __call__(self, z: Tensor) -> Tensor:
        if self._packed:
            x = torch.ops.mkldnn._linear_pointwise(z, self._weight, self._bias, "none", [], "")
        else:
            x = F.linear(z, self._weight, self._bias)
        x = F.leaky_relu_(x.view(4, 4, -1), SLOPE)
        return x.mul_(_inverse_rms(x, self._norm)) if self._normalise else x


class _DoublingLayer:
    """From features (side, side, inputs) to (2·side, 2·side, channels): double, then 3×3."""

    def __init__(self, block: GeneratorBlock, level: int, dtype: torch.dtype) -> None:
        weight, bias = _plain(block.conv1)
        self._side = side = resolution_of(level - 1)
        self._channels = len(bias)
        self._convolve = _Convolution(
            fold_doubling(weight), bias.repeat(4), side, dtype, not block.norm_then_activate
        )
        self._finish = _Finish(block, 4 * (side + 1) ** 2, dtype)
        self._large = torch.empty(side, 2, side, 2, self._channels, dtype=dtype)

    def __call__(self, x: Tensor) -> Tensor:
        side = self._side
        y = self._convolve(x)  # (side + 1, side + 1, 4·channels)
        y = self._finish(y.view(-1, self._channels))
        y = y.view(side + 1, side + 1, 2, 2, self._channels)
        # Group (a, b) at (i, j) is pixel (2i - 1 + a, 2j - 1 + b) of the large picture.
        for a in (0, 1):
            for b in (0, 1):
                self._large[:, a, :, b] = y[a : a + side, b : b + side, 1 - a, 1 - b]
        return self._large.view(2 * side, 2 * side, self._channels)


class _SameSizeLayer:
    """The second convolution of a block, 3×3: (side, side, channels) in and out."""

    def __init__(self, block: GeneratorBlock, level: int, dtype: torch.dtype) -> None:
        weight, bias = _plain(block.conv2)
        side = resolution_of(level)
        self.convolve = _Convolution(weight, bias, side, dtype, not block.norm_then_activate)
        self._finish = _Finish(block, side * side, dtype)

    def __call__(self, x: Tensor) -> Tensor:
        y = self.convolve(x)
        return self._finish(y.view(-1, y.shape[-1])).view(y.shape)


class _Finish:
    """What follows a convolution, for (pixels, channels), in place.

    In the paper's order the leaky ReLU is part of the convolution, and the norm is left to do.
    """

    def __init__(self, block: GeneratorBlock, pixels: int, dtype: torch.dtype) -> None:
        self._activate = block.norm_then_activate
        channels = block.conv1.out_channels
        self._few_channels = channels < _FEW_CHANNELS
        if self._few_channels:
            # Spreading one number over few channels is slow, element by element. A matrix product
            # takes the mean over the channels and spreads it in one go.
            self._mean = torch.full((channels, channels), 1 / channels, dtype=dtype)
            self._squares = torch.empty(pixels, channels, dtype=dtype)
            self._scale = torch.empty(pixels, channels, dtype=dtype)
        else:
            self._norm = torch.empty(pixels, 1, dtype=dtype)

    def __call__(self, x: Tensor) -> Tensor:
        if self._few_channels:
            torch.mul(x, x, out=self._squares)
            torch.mm(self._squares, self._mean, out=self._scale)
            x.mul_(self._scale.add_(EPSILON).rsqrt_())
        else:
            x.mul_(_inverse_rms(x, self._norm))
        return F.leaky_relu_(x, SLOPE) if self._activate else x


class _RgbLayer:
    """The last pixel normalisation and leaky ReLU, and red, green and blue; all in fp32."""

    def __init__(self, block: GeneratorBlock, level: int) -> None:
        weight, bias = _plain(block.to_rgb)
        self._activate = block.norm_then_activate
        side = resolution_of(level)
        self._matrix = weight[:, :, 0, 0]  # (3, channels)
        self._bias = bias[:, None]
        self._features = torch.empty(side, side, weight.shape[1])
        self._norm = torch.empty(side, side, 1)

    def __call__(
        self, x: Tensor, picture: Tensor, style: tuple[Tensor, Tensor] | None = None
    ) -> None:
        """Fill ``picture`` (3, side, side) from what the last convolution gave."""
        matrix, bias = self._matrix, self._bias
        if style is not None:
            scale, shift = (part.float() for part in style)
            bias = torch.addmm(bias, matrix, shift[:, None])
            matrix = matrix * scale
        x = self._features.copy_(x)
        scale_of_pixels = _inverse_rms(x, self._norm).view(1, -1)
        if self._activate:
            F.leaky_relu_(x, SLOPE)
        torch.mm(matrix, x.view(-1, x.shape[-1]).t(), out=picture.view(3, -1))
        torch.addcmul(bias, picture.view(3, -1), scale_of_pixels, out=picture.view(3, -1))


class _Convolution:
    """A convolution (2×2 or 3×3) of features (side, side, channels), by oneDNN if torch has it.

    It sees a border of one pixel of zeros.
    """

    def __init__(
        self, weight: Tensor, bias: Tensor, side: int, dtype: torch.dtype, activate: bool
    ) -> None:
        self._bias, self._activate = bias.to(dtype), activate
        self._weight = weight.to(dtype).contiguous(memory_format=torch.channels_last)
        self._packed = _packs(dtype)
        if self._packed:
            shape = [1, weight.shape[1], side, side]
            self._weight = torch.ops.mkldnn._reorder_convolution_weight(
                self._weight, (1, 1), (1, 1), (1, 1), 1, shape
            )

    def __call__(self, x: Tensor) -> Tensor:
        x = x.permute(2, 0, 1)[None]  # (1, channels, side, side), channels last in memory
        if self._packed:
            after = ("leaky_relu", [SLOPE], "") if self._activate else ("none", [], "")
            y = torch.ops.mkldnn._convolution_pointwise(
                x, self._weight, self._bias, (1, 1), (1, 1), (1, 1), 1, *after
            )
        else:
            y = F.conv2d(x, self._weight, self._bias, padding=1)
            y = F.leaky_relu_(y, SLOPE) if self._activate else y
        return y[0].permute(1, 2, 0)


def _packs(dtype: torch.dtype) -> bool:
    """True if oneDNN takes weights of that type: bf16 needs AVX-512 or a similar extension."""
    bf16 = dtype != torch.bfloat16 or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    return torch.backends.mkldnn.is_available() and bf16


def _inverse_rms(x: Tensor, out: Tensor) -> Tensor:
    """1 / √(mean of squares + ε) over the channels (last), into ``out``."""
    channels = x.shape[-1]
    torch.linalg.vector_norm(x, dim=-1, keepdim=True, out=out)
    return out.square_().div_(channels).add_(EPSILON).rsqrt_()


def _plain(layer: EqualizedConv2d) -> tuple[Tensor, Tensor]:
    """Weights on the CPU, fp32, with the gain multiplied in, and the bias."""
    assert layer.bias is not None
    weight = (layer.weight * layer.gain).detach()
    bias = layer.bias.detach().to("cpu", torch.float32, copy=True)
    return weight.to("cpu", torch.float32), bias


def fold_doubling(weight: Tensor) -> Tensor:
    """3×3 weights (out, in, 3, 3) after a doubling, as (4·out, in, 2, 2) before it.

    Of the 3×3 taps around a large pixel, those that fall on the same small pixel are added. The
    four groups of output channels are the pixels (a, b) of a 2×2: with a border of one pixel,
    group (a, b) at (i, j) is the large pixel (2i - 1 + a, 2j - 1 + b).
    """

    def fold(taps: Tensor, dim: int) -> tuple[Tensor, Tensor]:
        before, middle, after = taps.split(1, dim)
        return torch.cat([before + middle, after], dim), torch.cat([before, middle + after], dim)

    return torch.cat([group for row in fold(weight, 2) for group in fold(row, 3)])

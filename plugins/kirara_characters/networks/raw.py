"""The networks on bare arrays, exactly: to compare with another implementation.

Always on the CPU in fp32, through :mod:`kirara_characters.networks.network` as it stands, without
clipping. ``depth`` counts doublings as the blog author does: 0 is 4×4, 6 is 256×256.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kirara_studio.api.arrays import read_array, write_array
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools

_BATCH = 8


def raw_generate(
    model: Path, latents: Path, output: Path, depth: int | None, alpha: float, tools: JobTools
) -> tuple[int, ...]:
    """Latents (batch, latent) or (batch, latent, 1, 1) → pictures (batch, 3, side, side), float32.

    ``latents`` and ``output`` are files of arrays. ``depth`` None is the network's highest;
    ``alpha`` (0…1) fades it in. Returns the shape of what was written. Raises :class:`UserError`
    for files that do not fit, and values out of range.
    """
    import torch

    from kirara_characters.networks.model_files import load_generator

    z = read_array(latents)
    generator = load_generator(model)
    length = generator.config.latent
    if z.ndim == 4 and z.shape[2:] == (1, 1):
        z = z[:, :, 0, 0]
    if z.ndim != 2 or z.shape[1] != length or len(z) == 0:
        raise _wrong_shape(latents, z, f"(batch, {length})")
    level = _checked_depth(depth, alpha, generator.config.top_level)
    pictures, at_once = [], tools.batch_size(_BATCH)
    with torch.inference_mode():
        for start in range(0, len(z), at_once):
            tools.progress(start, len(z), f"{start} / {len(z)}")
            part = torch.from_numpy(z[start : start + at_once])
            pictures.append(generator(part, level, alpha).numpy())
    result = np.concatenate(pictures)
    write_array(output, result)
    return result.shape


def raw_score(
    model: Path, images: Path, output: Path, depth: int | None, alpha: float
) -> tuple[int, ...]:
    """Pictures (batch, 3, side, side), −1…1 → scores (batch,), float32; as :func:`raw_generate`.

    All are scored as one batch, since a score depends on the others of its batch. ``depth`` None
    is the one that belongs to the pictures' size.
    """
    import torch

    from kirara_characters.networks.model_files import load_discriminator

    pictures = read_array(images)
    discriminator = load_discriminator(model)
    top = discriminator.config.top_level
    shape = pictures.shape
    sizes = {4 << level: level for level in range(top + 1)}
    if len(shape) != 4 or shape[0] == 0 or shape[1] != 3 or shape[2] != shape[3]:
        raise _wrong_shape(images, pictures, "(batch, 3, side, side)")
    depth = sizes.get(shape[3]) if depth is None else depth
    level = _checked_depth(depth, alpha, top)
    if depth is None or shape[3] != 4 << level:
        wanted = "one of " + ", ".join(map(str, sizes)) if depth is None else str(4 << level)
        raise _wrong_shape(images, pictures, f"(batch, 3, side, side) with side {wanted}")
    with torch.inference_mode():
        scores = discriminator(torch.from_numpy(pictures), level, alpha).numpy()
    write_array(output, scores)
    return scores.shape


def _checked_depth(depth: int | None, alpha: float, top: int) -> int:
    if not 0 <= alpha <= 1:
        raise UserError(
            "The alpha {alpha:g} is out of range.", advice="Choose 0 to 1.", alpha=alpha
        )
    if depth is None:
        return top
    if not 0 <= depth <= top:
        raise UserError(
            "The network has no depth {depth}.",
            advice="Choose 0 to {top}: 4×4 to {size}×{size}.",
            depth=depth,
            top=top,
            size=4 << top,
        )
    return depth


def _wrong_shape(path: Path, array: np.ndarray, wanted: str) -> UserError:
    return UserError(
        "“{file}” has the shape {shape}, not {wanted}.",
        advice="Save the array in that shape.",
        file=path.name,
        shape=array.shape,
        wanted=wanted,
    )

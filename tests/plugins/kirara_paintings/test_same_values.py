"""Boxes and features are those that the bundled models were trained on.

``known_values.json`` holds them, of drawn pictures. Write it again, by running this file, only if
they are meant to change; the models must be trained again then.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kirara_paintings.features.catalogue import FEATURES, measured
from kirara_paintings.pictures.cropping import cropped, painting_within
from tests.plugins.kirara_paintings.drawn_pictures import made_pictures

KNOWN = Path(__file__).parent / "known_values.json"


def values_now() -> dict[str, dict[str, list[float]]]:
    """The box and the features of each made picture."""
    values = {}
    for name, picture in made_pictures():
        box = painting_within(picture)
        values[name] = {
            "box": [round(edge, 5) for edge in (box.left, box.top, box.right, box.bottom)],
            "features": [float(f"{one:.6g}") for one in measured(cropped(picture, box))],
        }
    return values


def test_boxes_and_features_stay_as_they_were() -> None:
    known, now = json.loads(KNOWN.read_text()), values_now()
    assert list(known["values"]) == list(now)
    assert known["features"] == [feature.name for feature in FEATURES]
    spread = np.std([one["features"] for one in known["values"].values()], axis=0) + 1e-6
    for name, one in known["values"].items():
        assert now[name]["box"] == pytest.approx(one["box"], abs=1e-4), name
        change = np.abs(np.subtract(now[name]["features"], one["features"])) / spread
        worst = int(np.argmax(change))
        assert change[worst] < 0.01, f"{FEATURES[worst].name} of {name}"


def test_frames_and_walls_are_among_what_is_compared() -> None:
    """Else the comparison of boxes would say little."""
    known = json.loads(KNOWN.read_text())["values"]
    assert sum(one["box"] != [0, 0, 1, 1] for one in known.values()) >= len(known) // 2


if __name__ == "__main__":
    names = [feature.name for feature in FEATURES]
    lines = {name: json.dumps(one) for name, one in values_now().items()}
    rows = ",\n".join(f"{json.dumps(name)}: {line}" for name, line in lines.items())
    KNOWN.write_text(f'{{"features": {json.dumps(names)},\n"values": {{\n{rows}\n}}}}\n')

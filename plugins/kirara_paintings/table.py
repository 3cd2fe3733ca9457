"""The answers of a collection as a table."""

from __future__ import annotations

import csv
import io

from kirara_paintings.collection import Collection
from kirara_paintings.view_state import ViewState

CSV_HEADER = ("path", "method", "style", "confidence", "model", "crop")
YOU = "you"
"""The method of styles that the user gave."""


def answers_as_csv(collection: Collection, state: ViewState, models: dict[str, str]) -> str:
    """The answers as a table: as ``paintings classify --csv`` prints, and by which model (of
    ``models``, by method) of which part of the picture (left, top, right, bottom; 0 to 1).

    Styles that the user gave come as answers of the method "you".
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(CSV_HEADER)
    labels = collection.labels(state)
    for number in collection.shown(state):
        outcome = collection.outcomes[number]
        path = str(collection.paths[number])
        if outcome is not None:
            box = outcome.box
            crop = " ".join(f"{x:.4f}" for x in (box.left, box.top, box.right, box.bottom))
            for answer in outcome.answers:
                model = models.get(answer.method, "")
                confidence = f"{answer.confidence:.4f}"
                table.writerow((path, answer.method, answer.style, confidence, model, crop))
        if number in labels:
            table.writerow((path, YOU, labels[number], "1.0000", "", ""))
    return text.getvalue()

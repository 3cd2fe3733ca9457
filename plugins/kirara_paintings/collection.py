"""The pictures of the panel with their answers, and how they are grouped. Without Qt."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kirara_paintings.classifying import Item, Outcome
from kirara_paintings.view_state import BY_NAME, CORRECTED, DISAGREE, ViewState

WAITING = "waiting"
"""The group of pictures that have not been classified."""
UNREAD = "unread"
"""The group of files that could not be read."""

CSV_HEADER = ("path", "method", "style", "confidence", "model", "crop")
YOU = "you"
"""The method of styles that the user gave."""

_ANY = ""
"""Any method."""
_NOTHING = ("", 0.0)


@dataclass(frozen=True)
class Group:
    """Pictures under one heading, by their numbers, in the order in which they are shown."""

    name: str
    numbers: tuple[int, ...]


class Collection:
    """Pictures, each with a number of its own, and their results.

    ``recall(model, path)`` returns the style that the user gave a picture in an earlier session,
    among the classes of a model (:attr:`ViewState.model`).
    """

    def __init__(self, recall: Callable[[str, Path], str | None] = lambda *_: None) -> None:
        self.paths: list[Path] = []
        self.outcomes: list[Outcome | None] = []
        self.pending: set[int] = set()
        """The pictures that have not been classified."""
        self.disputed: set[int] = set()
        """The pictures for which the classifiers name different styles."""
        self._numbers: dict[Path, int] = {}
        # The style and the confidence of each answer, by method: grouping thousands asks for
        # nothing else, several times a second.
        self._predictions: list[dict[str, tuple[str, float]]] = []
        self._recall = recall
        # By model: how many pictures were recalled, and their labels. Each is recalled once, so
        # undo finds the label that was there before.
        self._recalled: dict[str, tuple[int, dict[int, str]]] = {}
        # The last result of labels() and its arguments: each cell of a gallery calls it.
        self._labels: tuple[ViewState, int, dict[int, str]] | None = None

    def __len__(self) -> int:
        return len(self.paths)

    def add(self, paths: Iterable[Path]) -> list[int]:
        """Add pictures; returns the numbers of the new ones."""
        added = []
        for path in paths:
            if path not in self._numbers:
                number = len(self.paths)
                self._numbers[path] = number
                self.paths.append(path)
                self.outcomes.append(None)
                self._predictions.append({})
                self.pending.add(number)
                added.append(number)
        return added

    def number_of(self, path: Path) -> int | None:
        """The number of a picture, or None if it is not here."""
        return self._numbers.get(path)

    def put(self, outcome: Outcome) -> None:
        """Store the result for a picture."""
        number = self._numbers.get(outcome.path)
        if number is None:
            return
        self.outcomes[number] = outcome
        self.pending.discard(number)
        prediction = {
            answer.method: (answer.style, answer.confidence) for answer in outcome.answers
        }
        if prediction:
            prediction[_ANY] = next(iter(prediction.values()))
        self._predictions[number] = prediction
        if len({style for style, _ in prediction.values()}) > 1:
            self.disputed.add(number)
        else:
            self.disputed.discard(number)

    def forget(self, numbers: Iterable[int]) -> None:
        """Forget the results for pictures that are classified again."""
        for number in numbers:
            self.outcomes[number] = None
            self._predictions[number] = {}
            self.pending.add(number)
            self.disputed.discard(number)

    def moved(self, number: int, path: Path) -> None:
        """Change the path of a picture after its file moved."""
        if self._numbers.get(self.paths[number]) == number:
            del self._numbers[self.paths[number]]
        self.paths[number] = path
        self._numbers[path] = number

    def item(self, number: int, state: ViewState) -> Item:
        """The request to classify a picture."""
        return Item(self.paths[number], state.box_of(number))

    def shown(self, state: ViewState) -> list[int]:
        """The numbers of all pictures that were not removed."""
        return [number for number in range(len(self)) if number not in state.removed]

    def labels(self, state: ViewState) -> dict[int, str]:
        """The styles that the user gave, since the panel was opened or before."""
        known = self._labels
        if known is None or known[0] is not state or known[1] != len(self):
            given = {**self._recalled_of(state.model), **state.labels}
            given = {number: style for number, style in given.items() if style}
            known = self._labels = state, len(self), given
        return known[2]

    def stored_labels(self, model: str) -> dict[int, str]:
        """Labels to restore when switching models: those assigned while that model was in use."""
        recalled = self._recalled_of(model)
        kept = {number: self._recall(model, path) or "" for number, path in enumerate(self.paths)}
        return {n: style for n, style in kept.items() if style != recalled.get(n, "")}

    def _recalled_of(self, model: str) -> Mapping[int, str]:
        asked, recalled = self._recalled.get(model, (0, {}))
        for number in range(asked, len(self)):
            if style := self._recall(model, self.paths[number]):
                recalled[number] = style
        self._recalled[model] = len(self), recalled
        return recalled

    def prediction(self, number: int, method: str) -> tuple[str, float] | None:
        """The style that ``method``, or else another method, predicts, and its confidence."""
        prediction = self._predictions[number]
        return prediction.get(method) or prediction.get(_ANY)

    def confidence(self, number: int, method: str) -> float:
        """The confidence of :meth:`prediction`, 0 without one."""
        prediction = self.prediction(number, method)
        return prediction[1] if prediction is not None else 0.0

    def style(self, number: int, state: ViewState) -> str:
        """The heading of a picture: a style, :data:`WAITING` or :data:`UNREAD`."""
        labels = self.labels(state)
        if number in labels:
            return labels[number]
        prediction = self.prediction(number, state.method)
        if prediction is not None:
            return prediction[0]
        return WAITING if number in self.pending else UNREAD

    def groups(self, state: ViewState, styles: Sequence[str]) -> list[Group]:
        """The shown pictures under their headings: ``styles`` first, also the empty ones."""
        by_name = state.sort == BY_NAME
        labels, method = self.labels(state), state.method
        found: dict[str, list[tuple[str | float, int]]] = {style: [] for style in styles}
        # One pass without calls: with ten thousand pictures this is the cost of showing them.
        for number in self._filtered(state, labels):
            prediction = self._predictions[number]
            style, sure = prediction.get(method) or prediction.get(_ANY) or _NOTHING
            if number in labels:
                style = labels[number]
            elif not style:
                style = WAITING if number in self.pending else UNREAD
            key = self.paths[number].name.casefold() if by_name else -sure
            found.setdefault(style, []).append((key, number))
        last = {name: found.pop(name) for name in (WAITING, UNREAD) if name in found}
        return [
            Group(name, tuple(number for _, number in sorted(pairs)))
            for name, pairs in {**found, **last}.items()
        ]

    def _filtered(self, state: ViewState, labels: Mapping[int, str]) -> list[int]:
        wanted = {DISAGREE: self.disputed, CORRECTED: labels}.get(state.only)
        return [number for number in self.shown(state) if wanted is None or number in wanted]


def answers_as_csv(collection: Collection, state: ViewState, models: dict[str, str]) -> str:
    """The answers as CSV, by method, with the model (``models``, by method) and the crop.

    The columns of ``paintings classify --csv`` come first. Styles that the user gave are answers of
    the method "you".
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

"""The pictures of the panel: what was said of each, and how they are grouped. Without Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kirara_paintings.classifying import Item, Outcome
from kirara_paintings.setting import BY_NAME, CORRECTED, DISAGREE, Setting

WAITING = "waiting"
"""The group of pictures that nothing was said of yet."""
UNREAD = "unread"
"""The group of files that could not be read."""

_ANY = ""
"""Whichever method there is."""
_NOTHING = ("", 0.0)


@dataclass(frozen=True)
class Group:
    """Pictures under one heading, by their numbers, in the order in which they are shown."""

    name: str
    numbers: tuple[int, ...]


class Collection:
    """Pictures, each with a number that stays its own, and what came of them.

    ``recall`` tells which style the user gave the picture of a path before, among the classes of a
    model (:attr:`Setting.model`).
    """

    def __init__(
        self, recall: Callable[[str, Path], str | None] = lambda model, path: None
    ) -> None:
        self.paths: list[Path] = []
        self.outcomes: list[Outcome | None] = []
        self.unsaid: set[int] = set()
        """The pictures that nothing was said of yet."""
        self.disputed: set[int] = set()
        """The pictures for which the classifiers name different styles."""
        self._numbers: dict[Path, int] = {}
        # The style and the confidence of each answer, by method: grouping thousands asks for
        # nothing else, several times a second.
        self._said: list[dict[str, tuple[str, float]]] = []
        self._recall = recall
        # By model: how many pictures were asked for, and what was recalled of them. Each is asked
        # for once, so that a step that is undone finds what was there before.
        self._recalled: dict[str, tuple[int, dict[int, str]]] = {}
        # What was last asked of labels, for how many pictures: each cell of a gallery asks.
        self._labels: tuple[Setting, int, dict[int, str]] | None = None

    def __len__(self) -> int:
        return len(self.paths)

    def add(self, paths: Iterable[Path]) -> list[int]:
        """Take pictures in; returns the numbers of those that were not there before."""
        added = []
        for path in paths:
            if path not in self._numbers:
                number = len(self.paths)
                self._numbers[path] = number
                self.paths.append(path)
                self.outcomes.append(None)
                self._said.append({})
                self.unsaid.add(number)
                added.append(number)
        return added

    def number_of(self, path: Path) -> int | None:
        """The number of a picture, or None where it is not here."""
        return self._numbers.get(path)

    def put(self, outcome: Outcome) -> None:
        """Keep what came of a picture."""
        number = self._numbers.get(outcome.path)
        if number is None:
            return
        self.outcomes[number] = outcome
        self.unsaid.discard(number)
        said = {answer.method: (answer.style, answer.confidence) for answer in outcome.answers}
        if said:
            said[_ANY] = next(iter(said.values()))
        self._said[number] = said
        if len({style for style, _ in said.values()}) > 1:
            self.disputed.add(number)
        else:
            self.disputed.discard(number)

    def forget(self, numbers: Iterable[int]) -> None:
        """Forget what came of some pictures, which are to be looked at anew."""
        for number in numbers:
            self.outcomes[number] = None
            self._said[number] = {}
            self.unsaid.add(number)
            self.disputed.discard(number)

    def moved(self, number: int, path: Path) -> None:
        """The file of a picture is called otherwise now."""
        if self._numbers.get(self.paths[number]) == number:
            del self._numbers[self.paths[number]]
        self.paths[number] = path
        self._numbers[path] = number

    def item(self, number: int, setting: Setting) -> Item:
        """What to classify of a picture."""
        return Item(self.paths[number], setting.box_of(number))

    def shown(self, setting: Setting) -> list[int]:
        """The numbers of all pictures that were not removed."""
        return [number for number in range(len(self)) if number not in setting.removed]

    # What the user said

    def labels(self, setting: Setting) -> dict[int, str]:
        """The styles that the user gave, since the panel was opened or before."""
        known = self._labels
        if known is None or known[0] is not setting or known[1] != len(self):
            given = {**self._recalled_of(setting.model), **setting.labels}
            given = {number: style for number, style in given.items() if style}
            known = self._labels = setting, len(self), given
        return known[2]

    def labels_kept(self, model: str) -> dict[int, str]:
        """What :attr:`Setting.labels` is to be where another model is chosen, so that all holds
        that the user said when it was in use."""
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

    # What was said

    def said(self, number: int, method: str) -> tuple[str, float] | None:
        """The style that ``method`` named for a picture, and how surely: any other method where
        that did not look at it, and None where none did."""
        said = self._said[number]
        return said.get(method) or said.get(_ANY)

    def confidence(self, number: int, method: str) -> float:
        """The confidence of :meth:`said`, 0 if there is none."""
        said = self.said(number, method)
        return said[1] if said is not None else 0.0

    def style(self, number: int, setting: Setting) -> str:
        """Under which heading a picture stands: a style, :data:`WAITING` or :data:`UNREAD`."""
        labels = self.labels(setting)
        if number in labels:
            return labels[number]
        said = self.said(number, setting.method)
        if said is not None:
            return said[0]
        return WAITING if number in self.unsaid else UNREAD

    def groups(self, setting: Setting, styles: Sequence[str]) -> list[Group]:
        """All pictures that the setting shows, under their headings: ``styles`` first, each even
        where it is empty."""
        by_name = setting.sort == BY_NAME
        labels, method = self.labels(setting), setting.method
        found: dict[str, list[tuple[str | float, int]]] = {style: [] for style in styles}
        # One pass without calls: with ten thousand pictures this is what showing them costs.
        for number in self._filtered(setting):
            said = self._said[number]
            style, sure = said.get(method) or said.get(_ANY) or _NOTHING
            if number in labels:
                style = labels[number]
            elif not style:
                style = WAITING if number in self.unsaid else UNREAD
            key = self.paths[number].name.casefold() if by_name else -sure
            found.setdefault(style, []).append((key, number))
        last = {name: found.pop(name) for name in (WAITING, UNREAD) if name in found}
        return [
            Group(name, tuple(number for _, number in sorted(pairs)))
            for name, pairs in {**found, **last}.items()
        ]

    def _filtered(self, setting: Setting) -> list[int]:
        numbers = self.shown(setting)
        if setting.only == DISAGREE:
            return [number for number in numbers if number in self.disputed]
        if setting.only == CORRECTED:
            labels = self.labels(setting)
            return [number for number in numbers if number in labels]
        return numbers

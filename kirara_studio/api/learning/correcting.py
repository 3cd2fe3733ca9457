"""A head adjusted by the user's corrections. torch is imported only when :func:`correct` runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import numpy as np

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.models import Checkpoint, ModelCard

if TYPE_CHECKING:
    from kirara_studio.api.learning.features import Extractor
    from kirara_studio.api.learning.head import Head
    from kirara_studio.api.learning.linear import Features, Floats
    from kirara_studio.api.media.scaling import Pixels

_PENALTIES = (1000.0, 300.0, 100.0, 30.0, 10.0, 3.0, 1.0, 0.3)
"""Of the change of weights, the smallest change first."""
_SURE = 0.5  # the probability of its label at which a picture counts as learnt
_TOGETHER = 16  # pictures that are read before their features are extracted


class _Picture(Protocol):
    @property
    def path(self) -> Path: ...


Picture = TypeVar("Picture", bound=_Picture)


@dataclass(frozen=True)
class CorrectRequest(Generic[Picture]):
    """Adjust the head in ``model`` by ``labelled`` pictures with their classes.

    ``others`` are pictures without a class of the user's: they are not learnt from, and only
    counted if their answer changes. The result goes to ``output`` until it is accepted.
    """

    model: Path
    labelled: tuple[tuple[Picture, str], ...]
    others: tuple[Picture, ...]
    output: Path


@dataclass(frozen=True)
class Score:
    """How many of ``count`` pictures are right before and after."""

    count: int
    before: int
    after: int


@dataclass(frozen=True)
class CorrectResult:
    """An adjusted head in the file ``model``, compared with the one before.

    ``corrected`` are the pictures whose answer was wrong, ``checked`` those that the user gave the
    class that they had. ``after`` counts answers of a head that was adjusted without the picture,
    where there are two or more. Of ``others`` pictures, ``changed`` have another answer.
    """

    model: Path
    classes: tuple[str, ...]
    corrected: Score
    checked: Score
    others: int
    changed: int
    unread: tuple[str, ...] = ()


def correct(
    request: CorrectRequest[Picture],
    architecture: str,
    read: Callable[[Picture], Pixels],
    tools: JobTools,
) -> CorrectResult:
    """Adjust, compare, and save as ``request.output``; ``read`` may raise :class:`UserError`.

    Raises :class:`UserError` if no labelled picture can be read, or a model is missing.
    """
    from kirara_studio.api.learning.features import extractor_of
    from kirara_studio.api.learning.head import load_head, save_head

    tools.progress(0, 1)
    head = load_head(request.model, architecture)
    items = [item for item, _ in request.labelled] + list(request.others)
    features, unread = _features(items, read, head, extractor_of(tools), tools)
    own = [n for n in range(len(request.labelled)) if n not in unread]
    others = [n for n in range(len(request.labelled), len(items)) if n not in unread]
    if not own:
        raise UserError(
            "None of the corrected pictures can be read.",
            advice="Check that the files are still there, or correct other pictures.",
        )
    names = [request.labelled[n][1] for n in own]
    adjusted_head = adjusted_to(head, features[own], names)
    result = compared(head, adjusted_head, features[own], names, features[others])
    save_head(request.output, adjusted_head, _card(request.model, result, names))
    return replace(
        result, model=request.output, unread=tuple(items[n].path.name for n in sorted(unread))
    )


def adjusted_to(head: Head, features: Features, names: Sequence[str]) -> Head:
    """The head with the smallest change that recognises the pictures, if one does.

    ``features`` are (pictures, features), ``names`` their classes, all among the head's.
    """
    from kirara_studio.api.learning.head import Familiarity
    from kirara_studio.api.learning.linear import adjusted

    labels = np.array([list(head.classes).index(name) for name in names])
    familiarity = head.familiarity
    if familiarity is not None:
        seen = Familiarity.of(features).references
        familiarity = replace(familiarity, references=np.vstack([familiarity.references, seen]))
    result = head
    for penalty in _PENALTIES:
        model = adjusted(head.model, features, labels, penalty)
        result = replace(head, model=model, familiarity=familiarity)
        if (result.probabilities(features)[np.arange(len(labels)), labels] >= _SURE).all():
            break
    return result


def compared(
    before: Head, after: Head, features: Features, names: Sequence[str], others: Features
) -> CorrectResult:
    """The scores of two heads; each labelled picture is judged by a head that it did not adjust."""
    labels = np.array([list(before.classes).index(name) for name in names])
    first = _answers(before, features)
    last = _answers(after, features)
    if len(labels) > 1:
        for out in range(len(labels)):
            rest = np.arange(len(labels)) != out
            without = adjusted_to(
                before, features[rest], [name for n, name in enumerate(names) if n != out]
            )
            last[out] = _answers(without, features[out : out + 1])[0]
    wrong = first != labels
    corrected, checked = (
        Score(
            int(part.sum()), int((first == labels)[part].sum()), int((last == labels)[part].sum())
        )
        for part in (wrong, ~wrong)
    )
    changed = _answers(before, others) != _answers(after, others) if len(others) else np.zeros(0)
    classes = tuple(after.classes)
    return CorrectResult(Path(), classes, corrected, checked, len(others), int(changed.sum()))


def _answers(head: Head, features: Features) -> Floats:
    return np.asarray(head.probabilities(features).argmax(axis=1))


def _features(
    items: Sequence[Picture],
    read: Callable[[Picture], Pixels],
    head: Head,
    extractor: Extractor,
    tools: JobTools,
) -> tuple[Features, set[int]]:
    """Features (items, features), and which items cannot be read."""
    rows, unread = np.zeros((len(items), len(head.model.mean)), np.float32), set()
    for start in range(0, len(items), _TOGETHER):
        tools.progress(start, len(items))
        pictures: dict[int, Pixels] = {}
        for number, item in enumerate(items[start : start + _TOGETHER], start):
            try:
                pictures[number] = read(item)
            except UserError:
                unread.add(number)
        if pictures:
            rows[list(pictures)] = head.inputs(list(pictures.values()), extractor)
    return rows, unread


def _card(model: Path, result: CorrectResult, names: Sequence[str]) -> ModelCard:
    card = Checkpoint.load(model).card
    counts = ", ".join(f"“{name}”: {names.count(name)}" for name in dict.fromkeys(names))
    return ModelCard(
        architecture=card.architecture,
        name=f"{card.name} + {len(names)}",
        training_data=f"{card.training_data} Adjusted by pictures of the user's own: {counts}.",
        licence=card.licence,
        author=card.author,
        notes=card.notes,
        measured={
            "pictures of the user's own": len(names),
            "answers changed, of other pictures": result.changed,
            "other pictures": result.others,
        },
    )

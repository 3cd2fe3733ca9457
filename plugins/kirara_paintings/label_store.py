"""The labels that the user gave pictures, and own classes, kept between sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kirara_paintings.view_state import OwnClass
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import KeptFile, Parts, json_text

_FORMAT = 1


@dataclass(frozen=True)
class _Remembered:
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    classes: tuple[OwnClass, ...] = ()


class LabelStore:
    """A JSON file of the user's styles for pictures, by path, and of own classes.

    Styles are stored for each model (``model`` is empty for the studio's), since each has its own
    classes. ``report`` receives the problem with a damaged file.
    """

    def __init__(self, file: Path, report: Callable[[UserError], None] | None = None) -> None:
        self._file: KeptFile[_Remembered] = KeptFile(
            file, _decode, _encode, _Remembered, report=report
        )
        self._known = self._file.read()

    @property
    def classes(self) -> tuple[OwnClass, ...]:
        """The user's own classes."""
        return self._known.classes

    def label(self, model: str, path: Path) -> str | None:
        """The style that the user gave a picture, or None."""
        return self._known.labels.get(model, {}).get(_name(path))

    def keep(
        self,
        model: str,
        labels: Mapping[Path, str],
        pictures: Iterable[Path],
        classes: tuple[OwnClass, ...],
    ) -> None:
        """Store the ``labels`` of ``pictures``, replacing their old ones, and the classes.

        Labels of other pictures stay. Writes only if something changed. Raises
        :class:`~kirara_studio.api.errors.UserError` if the file cannot be written.
        """
        before = self._known.labels.get(model, {})
        of_model = dict(before)
        for path in pictures:
            of_model.pop(_name(path), None)
        of_model |= {_name(path): style for path, style in labels.items()}
        if of_model == before and classes == self._known.classes:
            return
        everything = _Remembered({**self._known.labels, model: of_model}, classes)
        self._file.write(everything)
        self._known = everything


def _decode(values: Any, parts: Parts) -> _Remembered:
    if values["format"] != _FORMAT:
        raise ValueError(f"format {values['format']!r}")
    return _Remembered(
        parts.mapping(values.get("labels"), lambda labels: parts.mapping(labels, _text)),
        tuple(parts.items(values.get("classes"), lambda one: _own_class(one, parts))),
    )


def _own_class(values: Any, parts: Parts) -> OwnClass:
    paths = parts.items(values["pictures"], lambda path: Path(_text(path)))
    return OwnClass(_text(values["name"]), tuple(paths))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _encode(known: _Remembered) -> str:
    classes = [
        {"name": one.name, "pictures": [_name(path) for path in one.pictures]}
        for one in known.classes
    ]
    labels = {name: kept for name, kept in known.labels.items() if kept}
    return json_text({"format": _FORMAT, "labels": labels, "classes": classes})


def _name(path: Path) -> str:
    return str(path.absolute())

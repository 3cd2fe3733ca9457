"""What the user said of pictures, kept between sessions: styles that were given, own classes."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kirara_paintings.setting import OwnClass
from kirara_studio.api.files import write_atomically

log = logging.getLogger(__name__)

_FORMAT = 1


class Memory:
    """A file of JSON. Styles are kept for each picture by its path, apart for each model of own
    classes, whose names are others than those of the studio (``model`` is empty for these).

    A damaged file is put aside, never written over: its name then ends in ``.damaged``.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._labels: dict[str, dict[str, str]] = {}
        self._classes: tuple[OwnClass, ...] = ()
        try:
            self._take(json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.warning("%s cannot be read and is put aside: %r", file, error)
            self._labels, self._classes = {}, ()
            try:
                file.replace(file.with_name(f"{file.name}.damaged"))
            except OSError:
                log.exception("%s cannot be put aside either", file)

    @property
    def classes(self) -> tuple[OwnClass, ...]:
        """The user's own classes."""
        return self._classes

    def label(self, model: str, path: Path) -> str | None:
        """The style that the user gave a picture, or None."""
        return self._labels.get(model, {}).get(_name(path))

    def keep(
        self,
        model: str,
        labels: Mapping[Path, str],
        pictures: Iterable[Path],
        classes: tuple[OwnClass, ...],
    ) -> None:
        """Keep the ``labels`` of some ``pictures``, which have no other any more, and the classes.

        What is kept of other pictures stays. Writes only where something changed. Raises
        :class:`~kirara_studio.api.errors.UserError` where the file cannot be written.
        """
        of_model = dict(self._labels.get(model, {}))
        for path in pictures:
            of_model.pop(_name(path), None)
        of_model |= {_name(path): style for path, style in labels.items()}
        if of_model == self._labels.get(model, {}) and classes == self._classes:
            return
        everything = {**self._labels, model: of_model}
        values = {
            "format": _FORMAT,
            "labels": {name: kept for name, kept in everything.items() if kept},
            "classes": [
                {"name": one.name, "pictures": [_name(path) for path in one.pictures]}
                for one in classes
            ],
        }
        write_atomically(self._file, json.dumps(values, ensure_ascii=False, indent=1))
        self._labels, self._classes = everything, classes

    def _take(self, values: Any) -> None:
        if values["format"] != _FORMAT:
            raise ValueError(f"format {values['format']!r}")
        for model, labels in values["labels"].items():
            self._labels[str(model)] = {str(path): str(style) for path, style in labels.items()}
        self._classes = tuple(
            OwnClass(str(one["name"]), tuple(Path(str(path)) for path in one["pictures"]))
            for one in values["classes"]
        )


def _name(path: Path) -> str:
    return str(path.absolute())

"""Named manners, with or without a voice, kept in one file. No Qt, no torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kirara_speech.speaking.manner import Manner
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically

FILE = "manners.json"
"""The presets, in the plugin's folder for data."""

_LONGEST = 60  # characters of a name


@dataclass(frozen=True)
class Preset:
    """A voice, by name, and how it speaks."""

    voice: str = ""
    manner: Manner = field(default_factory=Manner)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {"voice": self.voice, "manner": self.manner.to_dict()}


class Presets:
    """The presets in ``folder / FILE``. Damaged ones are left out, and gone with the next save."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def all(self) -> dict[str, Preset]:
        """The presets by their names, in the order in which they were made."""
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        found = {}
        for name, value in values.items() if isinstance(values, Mapping) else ():
            try:
                found[name] = Preset(str(value["voice"]), Manner.from_dict(value["manner"]))
            except (KeyError, TypeError, ValueError, AttributeError):
                continue
        return found

    def put(self, name: str, preset: Preset) -> None:
        """Save a preset; one of the same name is replaced.

        Raises :class:`UserError` for a name that is none, and where nothing can be written.
        """
        self._write({**self.all(), _checked(name): preset})

    def rename(self, old: str, new: str) -> None:
        """Give a preset another name. Raises :class:`UserError` where it is taken, or is none."""
        presets = self.all()
        name = _checked(new)
        if name == old or old not in presets:
            return
        if name in presets:
            raise UserError(
                "There is a preset “{name}” already.", advice="Choose another name.", name=name
            )
        self._write({name if key == old else key: value for key, value in presets.items()})

    def remove(self, name: str) -> None:
        """Forget a preset."""
        self._write({key: value for key, value in self.all().items() if key != name})

    def _write(self, presets: Mapping[str, Preset]) -> None:
        values = {name: preset.to_dict() for name, preset in presets.items()}
        write_atomically(self._path, json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise UserError(
            "A preset's name has 1 to {longest} characters.",
            advice="Choose another name.",
            longest=_LONGEST,
        )
    return name

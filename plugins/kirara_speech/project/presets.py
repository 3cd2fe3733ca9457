"""Named prosody, with or without a voice, kept in one file. No Qt, no torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import KeptFile, Parts, json_text

FILE = "manners.json"
"""The presets, in the plugin's folder for data."""

_LONGEST = 60  # characters of a name


@dataclass(frozen=True)
class Preset:
    """A voice, by name, and how it speaks."""

    voice: str = ""
    prosody: Prosody = field(default_factory=Prosody)


class Presets:
    """The presets in ``folder / FILE``; ``report`` receives the problem with a damaged file."""

    def __init__(self, folder: Path, report: Callable[[UserError], None] | None = None) -> None:
        self._file: KeptFile[dict[str, Preset]] = KeptFile(
            folder / FILE, _decode, _encode, dict, report=report
        )

    def all(self) -> dict[str, Preset]:
        """The presets by their names, the oldest first."""
        return self._file.read()

    def put(self, name: str, preset: Preset) -> None:
        """Save a preset; one of the same name is replaced.

        Raises :class:`UserError` for an invalid name, and if nothing can be written.
        """
        checked = _checked(name)
        self._file.change(lambda presets: {**presets, checked: preset})

    def rename(self, old: str, new: str) -> None:
        """Give a preset another name. Raises :class:`UserError` if it is taken or invalid."""
        name = _checked(new)

        def renamed(presets: dict[str, Preset]) -> dict[str, Preset]:
            if name != old and old in presets and name in presets:
                raise UserError(
                    "There is a preset “{name}” already.", advice="Choose another name.", name=name
                )
            return {name if key == old else key: value for key, value in presets.items()}

        self._file.change(renamed)

    def remove(self, name: str) -> None:
        self._file.change(lambda presets: {k: v for k, v in presets.items() if k != name})


def _decode(values: Any, parts: Parts) -> dict[str, Preset]:
    return parts.mapping(
        values, lambda value: Preset(str(value["voice"]), Prosody.from_dict(value["manner"]))
    )


def _encode(presets: dict[str, Preset]) -> str:
    return json_text(
        {
            name: {"voice": preset.voice, "manner": preset.prosody.to_dict()}
            for name, preset in presets.items()
        }
    )


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise UserError(
            "A preset's name has 1 to {longest} characters.",
            advice="Choose another name.",
            longest=_LONGEST,
        )
    return name

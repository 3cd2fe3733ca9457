"""Names of sound files, by a pattern with fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, free_path

FIELDS = ("number", "voice", "text", "project")
"""What a pattern may name in braces."""

PATTERN = "{number}_{voice}_{text}"
JOINED_PATTERN = "{project}"
"""For all lines in one file, if the other names something of a single line."""

_LONGEST_TEXT, _LONGEST_NAME = 20, 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_FIELD = re.compile(r"\{([^{}]*)\}")


def check_pattern(pattern: str) -> None:
    """Raise :class:`UserError` for a pattern that names a field that does not exist."""
    unknown = [name for name in _FIELD.findall(pattern) if name not in FIELDS]
    rest = _FIELD.sub("", pattern)
    if unknown or "{" in rest or "}" in rest:
        raise UserError(
            "The pattern has {{{unknown}}}, which does not exist."
            if unknown
            else "The pattern has an unpaired brace.",
            advice="It may have {fields}.",
            unknown=unknown[0] if unknown else "",
            fields=", ".join(f"{{{name}}}" for name in FIELDS),
        )
    if not pattern.strip():
        raise UserError("The pattern is empty.", advice="Write for instance {number}_{text}.")


def pattern_of_all(pattern: str) -> str:
    """The pattern for a file of all lines: number, voice and text would be those of the first."""
    single = {"number", "voice", "text"} & set(_FIELD.findall(pattern))
    return JOINED_PATTERN if single else pattern


def file_name(pattern: str, *, number: int, voice: str, text: str, project: str) -> str:
    """The name, without its suffix, of line ``number`` (from 1). The pattern was checked."""
    values = {
        "number": f"{number:03d}",
        "voice": voice,
        "text": text.strip()[:_LONGEST_TEXT].strip(),
        "project": project,
    }
    name = _FIELD.sub(lambda field: values[field.group(1)], pattern)
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip(" .")[:_LONGEST_NAME]
    name = name.strip(" .") or values["number"]
    return f"{name}_" if _RESERVED.fullmatch(name) else name


def free_paths(
    folder: Path, names: Sequence[str], suffix: str, *, replace: bool = False
) -> list[Path]:
    """A path for each name, all different; those of files that exist only with ``replace``."""
    names_taken: set[str] = set()

    def taken(path: Path) -> bool:
        return path.name.lower() in names_taken or (not replace and exists(path))

    paths = []
    for name in names:
        paths.append(free_path(folder, name, suffix, number=" ({})", taken=taken))
        names_taken.add(paths[-1].name.lower())
    return paths

"""The contest's own layout of files, and its score.

International Olympiad in Informatics 2013, "Art Class": pictures named ``style_NO_N.jpg`` after the
number of their style, 1…4. Folders of that name are understood too. Imports no torch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kirara_paintings.answers import Answer
from kirara_paintings.styles import STYLES
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.pictures import picture_files

_IN_A_FILE = re.compile(r"(?:style)?[ _-]*([1-4])[ _-]+(?:no[ _-]*)?\d+", re.IGNORECASE)
_IN_A_FOLDER = re.compile(r"(?:style)?[ _-]*([1-4])", re.IGNORECASE)


def style_of(path: Path) -> str | None:
    """The style in the name of a file (``style_1_12.jpg``, ``style1_5.png``, ``1_12.jpg``), or of
    its folder (``style1``, ``1``); None if neither has one."""
    found = _IN_A_FILE.fullmatch(path.stem) or _IN_A_FOLDER.fullmatch(path.parent.name)
    return STYLES[int(found[1]) - 1] if found else None


def labelled(folder: Path) -> Iterator[tuple[Path, str]]:
    """The pictures below a folder, in a fixed order, each with its style.

    Raises :class:`UserError` if there is no such folder, or a picture's style, or every picture, is
    missing.
    """
    if not folder.is_dir():
        raise UserError(
            "There is no folder “{folder}”.",
            advice="Name the folder with the pictures of the contest.",
            folder=folder,
        )
    files = picture_files(folder)
    if not files:
        raise UserError(
            "There are no pictures in “{folder}”.",
            advice="Name the folder with the pictures of the contest.",
            folder=folder,
        )
    for path in files:
        style = style_of(path)
        if style is None:
            raise UserError(
                "The name of “{file}” does not contain its style.",
                advice="Name it like “style_1_12.jpg”, after its style's number, 1 to 4, or put it "
                "into a folder named “style1” to “style4”.",
                file=path.relative_to(folder),
            )
        yield path, style


def score(accuracy: float) -> float:
    """The contest's points, 0…100, for a share 0…1 of right answers.

    100 from 90 %; 10 + 90 (P − 50) / 40 from 50 %; 10 (P − 25) / 25 from 25 %; below, none.
    """
    percent = 100 * accuracy
    if percent >= 90:
        return 100.0
    if percent >= 50:
        return 10 + 90 * (percent - 50) / 40
    return max(0.0, 10 * (percent - 25) / 25)


def contest_style(answer: Answer) -> str:
    """The most probable of the contest's styles, since the contest knows no "none"."""
    return max(STYLES, key=lambda style: answer.probabilities.get(style, 0.0))

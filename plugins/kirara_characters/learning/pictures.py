"""How a training of characters chooses its pictures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kirara_studio.api.media.checking import SMALLEST, CheckRequest
from kirara_studio.api.media.crop_cache import CACHE_NAME
from kirara_studio.api.media.squares import Frame

FRAME = Frame(size=0.468, x=0.5, y=0.55)
"""Where faces lie in the project's own drawings: the mean of 3,000, with standard deviations of
0.034, 0.033 and 0.028. A face's box is from cheek to cheek, from above the brows to the chin."""


def check_request(
    sources: Iterable[Path], data_folder: Path, smallest: int = SMALLEST
) -> CheckRequest:
    """The request to look at the pictures in ``sources``, with the plugin's folder for data."""
    places = tuple(dict.fromkeys(str(Path(source).absolute()) for source in sources))
    return CheckRequest(places, data_folder / CACHE_NAME, smallest, frame=FRAME)

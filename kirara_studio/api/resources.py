"""Where the files lie that come with the studio: icons, translations, models."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import kirara_studio
from kirara_studio.api.files import is_folder


@cache
def resource_folder() -> Path:
    """``resources``: in the installed package, or at the top of a checkout."""
    package = Path(kirara_studio.__file__).parent
    inside = package / "resources"
    return inside if is_folder(inside) else package.parent / "resources"

"""Puts right what other libraries did to the environment."""

from __future__ import annotations

import os
from pathlib import PurePath

_SET_BY_OPENCV = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def drop_opencv_variables() -> None:
    """Forget the Qt plugins and fonts that opencv-python points to when it is imported.

    They are those of the Qt 5 that it carries, and child processes inherit them. Call it at
    start, and before a child is started. What somebody else set stays.
    """
    for name in _SET_BY_OPENCV:
        if "cv2" in PurePath(os.environ.get(name, "")).parts:
            del os.environ[name]

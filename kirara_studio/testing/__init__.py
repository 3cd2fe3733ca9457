"""For the tests of plugins: a real studio in memory, and the rules that plugins keep.

Enable the fixtures in ``pyproject.toml``, so that other projects' tests never load them::

    [tool.pytest.ini_options]
    addopts = "-p kirara_studio.testing.pytest_plugin"

:func:`check_plugin` tries a plugin against the rules; ``kirara-studio plugins check`` prints what
it finds. Everything here is imported when it is first asked for.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

if TYPE_CHECKING:
    from kirara_studio.testing.check import Result as Result
    from kirara_studio.testing.check import check_plugin as check_plugin
    from kirara_studio.testing.check import table as table
    from kirara_studio.testing.context import RecordingContext as RecordingContext
    from kirara_studio.testing.driving import press as press
    from kirara_studio.testing.driving import wait_for as wait_for
    from kirara_studio.testing.jobs import JobsAtOnce as JobsAtOnce
    from kirara_studio.testing.studio import OffscreenStudio as OffscreenStudio

_MODULES = {
    "JobsAtOnce": "jobs",
    "OffscreenStudio": "studio",
    "RecordingContext": "context",
    "Result": "check",
    "check_plugin": "check",
    "press": "driving",
    "table": "check",
    "wait_for": "driving",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)

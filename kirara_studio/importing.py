"""Imports: objects by the names that plugins and files give them, and PySide6."""

from __future__ import annotations

import importlib
import sys
from operator import attrgetter
from typing import Any


def import_object(path: str) -> Any:
    """Import ``"package.module:name"``, of which the name may have full stops.

    Raises whatever the module raises, and AttributeError if it has no such name.
    """
    module, _, name = path.partition(":")
    return attrgetter(name)(importlib.import_module(module))


def import_pyside() -> None:
    """Import PySide6, and keep it from reading the source of every module that is imported later.

    It reads and keeps the sources to find modules that name PySide6, since those must not see the
    ``__feature__`` that others have chosen. Nobody chooses one here, so it may count all modules.
    Reading takes time and memory; and it asks the module for its ``__wrapped__``, at which pydantic
    imports more of itself, and now and then fails, when another thread is importing it.
    """
    import PySide6.QtCore  # noqa: F401

    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _: True

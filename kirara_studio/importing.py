"""Objects by the names that plugins and files give them."""

from __future__ import annotations

import importlib
from operator import attrgetter
from typing import Any


def import_object(path: str) -> Any:
    """Import ``"package.module:name"``, of which the name may have full stops.

    Raises whatever the module raises, and AttributeError if it has no such name.
    """
    module, _, name = path.partition(":")
    return attrgetter(name)(importlib.import_module(module))

"""Which values fit the field of a settings page."""

from __future__ import annotations

import math
import os
from typing import Any

from kirara_studio.api.settings import Choice, Field, Folder, Number, Text, Toggle


def default_of(field: Field) -> Any:
    """The field's default, of the type that :func:`fitted` returns."""
    if isinstance(field, Choice):
        values = [value for value, _ in field.options]
        return field.default if field.default in values or not values else values[0]
    if isinstance(field, Number):
        return _number(field.default, field)
    return field.default


def fitted(field: Field, value: Any) -> Any:
    """``value`` as it is stored for ``field``. Raises ValueError if it does not fit."""
    if isinstance(field, Toggle):
        if not isinstance(value, bool):
            raise ValueError("it must be true or false")
        return value
    if isinstance(field, Number):
        return _fitted_number(field, value)
    if isinstance(field, Choice):
        values = [option for option, _ in field.options]
        if not isinstance(value, str) or value not in values:
            raise ValueError(f"it must be one of {', '.join(values)}")
        return str(value)
    if isinstance(field, Folder) and isinstance(value, os.PathLike):
        value = os.fspath(value)
    if not isinstance(value, str):
        raise ValueError("it must be a text")
    if any(character in value for character in "\0\n\r"):
        raise ValueError("it must be a single line")
    return str(value)


def is_secret(field: Field) -> bool:
    """True for a text that is kept in the keyring."""
    return isinstance(field, Text) and field.secret


def _fitted_number(field: Number, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("it must be a number")
    if not field.minimum <= value <= field.maximum:  # catches nan too
        raise ValueError(f"it must be from {field.minimum:g} to {field.maximum:g}")
    if field.decimals == 0 and not float(value).is_integer():
        raise ValueError("it must be a whole number")
    return _number(value, field)


def _number(value: float, field: Number) -> int | float:
    if field.decimals == 0:
        return int(value)
    return round(float(value), field.decimals) if math.isfinite(value) else value

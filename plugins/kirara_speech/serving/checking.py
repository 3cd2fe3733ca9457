"""Plain values of a request, checked: what does not fit is refused as VOICEVOX refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from kirara_studio.api.kept_json import parse_json

Location = tuple[str | int, ...]
_MISSING = object()


class Refusal(Exception):
    """A request that is answered with ``status`` and ``{"detail": detail}``."""

    def __init__(self, status: int, detail: Any) -> None:
        super().__init__(f"{status} {detail}")
        self.status = status
        self.detail = detail


def invalid(location: Location, message: str, kind: str = "value_error") -> Refusal:
    """A value that does not fit, at ``location`` ("body", "accent_phrases", 0)."""
    return Refusal(422, [{"type": kind, "loc": list(location), "msg": message}])


def field(values: Any, name: str, where: Location, default: Any = _MISSING) -> Any:
    """A value of an object. Raises :class:`Refusal` where it is missing and has no default."""
    if not isinstance(values, Mapping):
        raise invalid(where, "Input should be a valid dictionary", "dict_type")
    if name in values:
        return values[name]
    if default is _MISSING:
        raise invalid((*where, name), "Field required", "missing")
    return default


def number(values: Any, name: str, where: Location, default: Any = _MISSING) -> float:
    """A finite number of an object."""
    value = field(values, name, where, default)
    try:
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return float(value)
    except OverflowError:  # a whole number of hundreds of digits
        pass
    raise invalid((*where, name), "Input should be a valid number", "float_type")


def whole(values: Any, name: str, where: Location, default: Any = _MISSING) -> int:
    """A whole number of an object."""
    value = number(values, name, where, default)
    if value != int(value):
        raise invalid((*where, name), "Input should be a valid integer", "int_type")
    return int(value)


def text(values: Any, name: str, where: Location, default: Any = _MISSING) -> str:
    """A text of an object."""
    value = field(values, name, where, default)
    # Half a character cannot be written to a file.
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise invalid((*where, name), "Input should be a valid string", "string_type")
    return value


def flag(values: Any, name: str, where: Location, default: Any = _MISSING) -> bool:
    """True or false, of an object."""
    value = field(values, name, where, default)
    if not isinstance(value, bool):
        raise invalid((*where, name), "Input should be a valid boolean", "bool_type")
    return value


def listed(values: Any, where: Location, most: int) -> list[Any]:
    """A list of at most ``most``."""
    if not isinstance(values, list):
        raise invalid(where, "Input should be a valid list", "list_type")
    if len(values) > most:
        raise invalid(where, f"List should have at most {most} items", "too_long")
    return values


def parsed(body: bytes) -> Any:
    """The JSON of a request."""
    try:
        return parse_json(body)
    except ValueError as error:
        raise invalid(("body",), f"JSON decode error: {error}", "json_invalid") from error


class Parameters:
    """What stands behind the "?" of an address."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: Any = _MISSING) -> str:
        """A text."""
        return str(field(self._values, name, ("query",), default))

    def whole(self, name: str, default: Any = _MISSING) -> int:
        """A whole number."""
        value = field(self._values, name, ("query",), default)
        try:
            return int(value)
        except ValueError as error:
            message = "Input should be a valid integer, unable to parse string as an integer"
            raise invalid(("query", name), message, "int_parsing") from error

    def flag(self, name: str, default: Any = _MISSING) -> bool:
        """True or false, as programs write them."""
        value = str(field(self._values, name, ("query",), default)).lower()
        if value in ("true", "1", "on", "yes"):
            return True
        if value in ("false", "0", "off", "no"):
            return False
        raise invalid(("query", name), "Input should be a valid boolean", "bool_parsing")

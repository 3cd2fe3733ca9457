"""Errors stored in the database, to be shown in the language of the panel later."""

from __future__ import annotations

import json

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.kept_json import parse_json


def store_error(error: BaseException) -> str:
    """``error`` as a text for the database."""
    if not isinstance(error, UserError):
        return one_line(error)
    return json.dumps([error.template, error.advice_template, error.values], ensure_ascii=False)


def load_error(text: str) -> UserError:
    """The error stored as ``text``; earlier versions stored a sentence."""
    try:
        template, advice, values = parse_json(text)
        return UserError(template, advice=advice, **values)
    except (ValueError, TypeError):
        return UserError(text)

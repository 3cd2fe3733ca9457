"""Errors that are kept with the records, so that the panel can tell them in its language later."""

from __future__ import annotations

import json

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.kept_json import parse_json


def store_error(error: BaseException) -> str:
    """``error`` as a text for the records."""
    if not isinstance(error, UserError):
        return one_line(error)
    return json.dumps([error.template, error.advice_template, error.values], ensure_ascii=False)


def load_error(text: str) -> UserError:
    """The error that was kept as ``text``; records of earlier versions hold a sentence."""
    try:
        template, advice, values = parse_json(text)
        return UserError(template, advice=advice, **values)
    except (ValueError, TypeError):
        return UserError(text)

"""Dates from JSON: a list, or an object with one, of texts or of objects with a date."""

from __future__ import annotations

from typing import Any

from kirara_releases.feeds.entries import Collector, read_day
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_json import parse_json

LISTS = ("releases", "events", "items")
"""Keys of the list in an object; the last is JSON Feed's."""

DATES = ("date", "release_date", "start", "date_published")
"""Keys of the date in an entry; the first that it has counts."""


def collect_items(text: str, collector: Collector) -> None:
    """Give the entries to ``collector``. Raises UserError if it is another kind of JSON."""
    try:
        document = parse_json(text)
    except RecursionError:
        raise UserError(
            "“{source}” is nested too deeply.", advice="Use another file.", source=collector.source
        ) from None
    except ValueError as error:
        raise UserError(
            "“{source}” is not valid JSON: {reason}.",
            advice="It may be incomplete; try again later.",
            source=collector.source,
            reason=str(error)[:200],
        ) from error
    items = document
    if isinstance(document, dict):
        collector.name = _text(document, "title", "name")
        items = next((document[key] for key in LISTS if key in document), None)
    if not isinstance(items, list):
        raise UserError(
            "“{source}” is JSON without a list of releases.",
            advice="The file must be a list, or hold one as: {names}.",
            source=collector.source,
            names=", ".join(LISTS),
        )
    for item in items:
        collector.step()
        try:
            _collect(item, collector)
        except ValueError:
            collector.skipped += 1


def _collect(item: Any, collector: Collector) -> None:
    if isinstance(item, dict):
        day = next((item[key] for key in DATES if key in item), None)
        title = _text(item, "title", "summary", "name")
    else:
        day, title = item, ""
    if not isinstance(day, str):
        raise ValueError("no date")
    collector.add(read_day(day), title)


def _text(values: dict[str, Any], *keys: str) -> str:
    return next((values[key] for key in keys if isinstance(values.get(key), str)), "")

"""Texts that several parts of the panel show."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kirara_foresight.forecasts import FLOW, NETWORK, STILL
from kirara_foresight.jobs import ForecastResult, Opened

translate = QCoreApplication.translate

_NAMED = 4  # missing pictures whose times are named

INKS = {NETWORK: "accent", STILL: "success", FLOW: "attention"}
"""The colours of the forecasts, in the order of the curves of their scores."""


def forecast_name(name: str) -> str:
    """The name of a forecast."""
    return {
        NETWORK: translate("foresight", "Network"),
        STILL: translate("foresight", "Nothing moves"),
        FLOW: translate("foresight", "Optical flow"),
    }.get(name, name)


def place_words(shown: ForecastResult, index: int, minutes: float | None) -> str:
    """The place of frame ``index`` among those that are seen or predicted."""
    seen = len(shown.before)
    if index < seen:
        return translate("foresight", "Seen {0} of {1}").format(index + 1, seen)
    lead = index - seen + 1
    text = translate("foresight", "Future {0} of {1}").format(lead, shown.request.frames)
    if minutes is not None:
        text += " · " + translate("foresight", "+{0} min").format(f"{lead * minutes:g}")
    return text


def clip_words(clip: Opened) -> str:
    """Size, number and pace of a clip's frames."""
    height, width = clip.size
    if clip.minutes is not None:
        pace = translate("foresight", "one every {0} minutes").format(f"{clip.minutes:g}")
    else:
        pace = translate("foresight", "{0} a second").format(f"{clip.fps:.4g}")
    size = translate("foresight", "{0} × {1} pixels").format(width, height)
    text = translate("foresight", "{0} · {1} frames · {2}").format(size, f"{clip.count:,}", pace)
    if clip.missing:
        times = ", ".join(f"{time:%H:%M}" for time in clip.missing[:_NAMED])
        more = "…" if len(clip.missing) > _NAMED else ""
        text += "\n" + translate(
            "foresight", "Pictures are missing: {0} ({1}). Lead times across gaps are longer."
        ).format(f"{len(clip.missing):,}", times + more)
    if clip.promised > clip.count:
        text += "\n" + translate(
            "foresight", "Cut off: it promises {0} frames, and the rest cannot be read."
        ).format(f"{clip.promised:,}")
    return text

"""Errors described for the user: whose fault it is, what to do, and the details."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, qVersion

from kirara_studio import __version__
from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import error_words
from kirara_studio.engine.errors import EngineDied, JobError
from kirara_studio.host.registry import Registry, is_interrupt
from kirara_studio.ui.plugin_code import ExitRefused, Unanswered, package_of

translate = QCoreApplication.translate

_UNEXPECTED = QT_TRANSLATE_NOOP("Fault", "“{title}” met an unexpected problem: {error}")
_UNEXPECTED_IN_STUDIO = QT_TRANSLATE_NOOP(
    "Fault", "Kirara Studio met an unexpected problem: {error}"
)
_REFUSED_EXIT = QT_TRANSLATE_NOOP(
    "Fault", "“{title}” wanted to end the studio, which goes on: {error}"
)
_UNANSWERED = QT_TRANSLATE_NOOP("Fault", "“{title}” did not answer. What it was doing was ended.")
_ADVICE = QT_TRANSLATE_NOOP(
    "Fault", "What you made is still there. Try again; if it stays, copy the details and report it."
)


@dataclass(frozen=True)
class Fault:
    """An error, described.

    ``plugin`` and ``panel_id`` name the culprit if there is one. ``expected`` is True for a
    :class:`UserError`, which is information and not a mistake; the death of the engine is shown
    like one, but may be a mistake. Errors of one ``kind`` differ in numbers only.
    """

    message: str
    advice: str
    details: str
    plugin: str = ""
    panel_id: str = ""
    expected: bool = False
    kind: str = ""

    @property
    def report(self) -> str:
        """What is copied for a report."""
        return f"{self.message}\n\n{self.details}"


def describe_fault(error: BaseException, registry: Registry, panel_id: str = "") -> Fault:
    """Describe ``error``, which happened in ``panel_id``, or wherever its traceback leads."""
    plugin = _plugin_of_panel(registry, panel_id) if panel_id else find_culprit(error, registry)
    if not panel_id:
        panel_id = _panel_of(registry, plugin)
    details = _details(error, registry, plugin)
    if isinstance(error, UserError):
        expected = not isinstance(error, EngineDied)
        words = error_words(error)
        names = {name: one for name, one in error.values.items() if isinstance(one, str)}
        kind = f"{error.template} {names}"
        return Fault(*words, details, plugin, panel_id, expected=expected, kind=kind)
    title = _title_of(registry, plugin, panel_id)
    template = translate("Fault", _template(error, bool(title)))
    # A job's error names its function and the error that it raised.
    line = one_line(error, 200).removeprefix(f"{JobError.__name__}: ")
    message = template.format(title=title, error=line)
    return Fault(message, translate("Fault", _ADVICE), details, plugin, panel_id)


def _template(error: BaseException, has_title: bool) -> str:
    kinds = {ExitRefused: _REFUSED_EXIT, Unanswered: _UNANSWERED}
    known = next((text for kind, text in kinds.items() if isinstance(error, kind)), _UNEXPECTED)
    return known if has_title else _UNEXPECTED_IN_STUDIO


def find_culprit(error: BaseException, registry: Registry) -> str:
    """Name of the plugin with the deepest code in the traceback, or an empty text."""
    named = getattr(error, "plugin", "")
    if isinstance(named, str) and named:
        return named
    packages = registry.packages()
    plugins = (packages.get(package) for package in _packages_in(error))
    return next(filter(None, plugins), "")


def _packages_in(error: BaseException) -> Iterator[str]:
    """Top-level packages in the traceback of the error and of its causes, deepest first."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = [frame for frame, _ in traceback.walk_tb(current.__traceback__)]
        for frame in reversed(frames):
            yield package_of(frame)
        current = current.__cause__ or current.__context__


def _plugin_of_panel(registry: Registry, panel_id: str) -> str:
    try:
        return registry.plugin_of(panel_id)
    except KeyError:
        return ""


def _panel_of(registry: Registry, plugin: str) -> str:
    return next((panel.id for panel in registry.panels_of(plugin)), "")


def _title_of(registry: Registry, plugin: str, panel_id: str) -> str:
    for panel in registry.panels:
        if panel.id == panel_id:
            return translate(panel.id, panel.title)
    return next((info.title for info in registry.plugins if info.name == plugin), plugin)


def _details(error: BaseException, registry: Registry, plugin: str) -> str:
    import platform

    lines = [
        f"Kirara Studio {__version__}",
        f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}",
    ]
    found = (info for info in registry.plugins if info.name == plugin)
    lines += [f"Plugin {info.name} {info.version} ({info.distribution})" for info in found]
    lines += ["", *(line.rstrip() for line in traceback.format_exception(error))]
    return "\n".join(lines)


def is_fatal(error: BaseException) -> bool:
    """True if the error ends the program on purpose."""
    return isinstance(error, SystemExit) or is_interrupt(error) or sys.is_finalizing()

"""Sizes, steps and states in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import error_words
from kirara_studio.ui.plugin_manager.changes import (
    ASKING,
    DECLINED,
    DONE,
    FAILED,
    REMOVE,
    STOPPED,
    UNDO,
    UPDATE,
    WAITING,
    Change,
)

_TITLES = {
    REMOVE: QT_TRANSLATE_NOOP("PluginManager", "Remove {name}"),
    UPDATE: QT_TRANSLATE_NOOP("PluginManager", "Update {name}"),
    UNDO: QT_TRANSLATE_NOOP("PluginManager", "Undo “{name}”"),
}
_INSTALL = QT_TRANSLATE_NOOP("PluginManager", "Install {name}")
_STATES = {
    WAITING: QT_TRANSLATE_NOOP("PluginManager", "waiting"),
    ASKING: QT_TRANSLATE_NOOP("PluginManager", "waiting for your answer"),
    STOPPED: QT_TRANSLATE_NOOP("PluginManager", "cancelled, nothing was changed"),
    DECLINED: QT_TRANSLATE_NOOP("PluginManager", "not installed, nothing was changed"),
    FAILED: QT_TRANSLATE_NOOP("PluginManager", "failed"),
}
_STEPS = {
    "resolve": QT_TRANSLATE_NOOP("PluginManager", "looking for versions that fit"),
    "build": QT_TRANSLATE_NOOP("PluginManager", "building"),
    "fetch": QT_TRANSLATE_NOOP("PluginManager", "fetching"),
    "check": QT_TRANSLATE_NOOP("PluginManager", "checking"),
    "activate": QT_TRANSLATE_NOOP("PluginManager", "activating"),
}
_DONE = {
    REMOVE: QT_TRANSLATE_NOOP("PluginManager", "removed"),
    UPDATE: QT_TRANSLATE_NOOP("PluginManager", "updated"),
    UNDO: QT_TRANSLATE_NOOP("PluginManager", "undone"),
}
_INSTALLED = QT_TRANSLATE_NOOP("PluginManager", "installed")
_UP_TO_DATE = QT_TRANSLATE_NOOP("PluginManager", "already the newest version")


def translate(text: str) -> str:
    """A text of this module in the language shown."""
    return QCoreApplication.translate("PluginManager", text) if text else ""


def title_of(change: Change) -> str:
    """What a change does, such as “Install hello”."""
    if change.undone is not None:
        return translate(_TITLES[UNDO]).format(name=title_of(change.undone))
    target = change.target.rstrip("/\\")
    name = target.replace("\\", "/").rpartition("/")[2] or target
    return translate(_TITLES.get(change.action, _INSTALL)).format(name=name)


def state_of(change: Change) -> str:
    """Where a change stands, in words; of one that failed, why."""
    if change.state == FAILED and change.error is not None:
        return " ".join(filter(None, error_words(change.error)))
    if change.state == DONE:
        if change.outcome is not None and not change.outcome.packages:
            return translate(_UP_TO_DATE)
        return translate(_DONE.get(change.action, _INSTALLED))
    return translate(_STATES.get(change.state, "") or _STEPS.get(change.step, ""))


def size_in_words(size: float) -> str:
    """Such as “1.2 MB”."""
    return QLocale().formattedDataSize(round(size), 1, QLocale.DataSizeFormat.DataSizeSIFormat)

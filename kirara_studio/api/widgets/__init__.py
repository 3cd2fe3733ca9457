"""The widgets that panels share. Every one paints itself from the design tokens.

Each is imported when it is first asked for, so that the tokens alone cost nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirara_studio.api.widgets.button import Button
    from kirara_studio.api.widgets.cells import CellPainter, Cells
    from kirara_studio.api.widgets.curve import Curve
    from kirara_studio.api.widgets.document import Document
    from kirara_studio.api.widgets.drop_zone import DropZone, dropped_files
    from kirara_studio.api.widgets.empty_state import EmptyState
    from kirara_studio.api.widgets.error_text import ErrorWords, error_words
    from kirara_studio.api.widgets.filmstrip import FilmItem, Filmstrip
    from kirara_studio.api.widgets.form import Form
    from kirara_studio.api.widgets.icons import Icon, paint_icon
    from kirara_studio.api.widgets.image_canvas import ImageCanvas
    from kirara_studio.api.widgets.inspector import Inspector, Section
    from kirara_studio.api.widgets.keyboard import KeyboardFocus
    from kirara_studio.api.widgets.label import Label
    from kirara_studio.api.widgets.model_names import gate_note, model_title
    from kirara_studio.api.widgets.panel_widget import PanelWidget
    from kirara_studio.api.widgets.picture_grid import DRAG_TYPE, PictureGrid
    from kirara_studio.api.widgets.pictures import Picture, to_image
    from kirara_studio.api.widgets.roles import set_role
    from kirara_studio.api.widgets.save_button import SaveButton, SaveItem
    from kirara_studio.api.widgets.segments import Segments
    from kirara_studio.api.widgets.switch import Switch
    from kirara_studio.api.widgets.task import Task
    from kirara_studio.api.widgets.training_task import TrainingTask
    from kirara_studio.api.widgets.training_view import TrainingView
    from kirara_studio.api.widgets.transport import Transport
    from kirara_studio.api.widgets.value_slider import ValueSlider

__all__ = [
    "DRAG_TYPE",
    "Button",
    "CellPainter",
    "Cells",
    "Curve",
    "Document",
    "DropZone",
    "EmptyState",
    "ErrorWords",
    "FilmItem",
    "Filmstrip",
    "Form",
    "Icon",
    "ImageCanvas",
    "Inspector",
    "KeyboardFocus",
    "Label",
    "PanelWidget",
    "Picture",
    "PictureGrid",
    "SaveButton",
    "SaveItem",
    "Section",
    "Segments",
    "Switch",
    "Task",
    "TrainingTask",
    "TrainingView",
    "Transport",
    "ValueSlider",
    "dropped_files",
    "error_words",
    "gate_note",
    "model_title",
    "paint_icon",
    "set_role",
    "to_image",
]

_MODULES = {
    "DRAG_TYPE": "picture_grid",
    "Button": "button",
    "CellPainter": "cells",
    "Cells": "cells",
    "Curve": "curve",
    "Document": "document",
    "DropZone": "drop_zone",
    "EmptyState": "empty_state",
    "ErrorWords": "error_text",
    "FilmItem": "filmstrip",
    "Filmstrip": "filmstrip",
    "Form": "form",
    "Icon": "icons",
    "ImageCanvas": "image_canvas",
    "Inspector": "inspector",
    "KeyboardFocus": "keyboard",
    "Label": "label",
    "PanelWidget": "panel_widget",
    "Picture": "pictures",
    "PictureGrid": "picture_grid",
    "SaveButton": "save_button",
    "SaveItem": "save_button",
    "Section": "inspector",
    "Segments": "segments",
    "Switch": "switch",
    "Task": "task",
    "TrainingTask": "training_task",
    "TrainingView": "training_view",
    "Transport": "transport",
    "ValueSlider": "value_slider",
    "dropped_files": "drop_zone",
    "error_words": "error_text",
    "gate_note": "model_names",
    "model_title": "model_names",
    "paint_icon": "icons",
    "set_role": "roles",
    "to_image": "pictures",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    return getattr(module, name)

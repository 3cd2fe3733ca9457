"""The widgets that panels share. Every one paints itself from the design tokens.

Each is imported when it is first asked for, so the tokens alone cost nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirara_studio.api.widgets.button import Button as Button
    from kirara_studio.api.widgets.cells import CellPainter as CellPainter
    from kirara_studio.api.widgets.cells import Cells as Cells
    from kirara_studio.api.widgets.contact_sheet import ContactSheet as ContactSheet
    from kirara_studio.api.widgets.correction_offer import offer_corrected as offer_corrected
    from kirara_studio.api.widgets.curve import Curve as Curve
    from kirara_studio.api.widgets.dialog import Dialog as Dialog
    from kirara_studio.api.widgets.dialog import Problem as Problem
    from kirara_studio.api.widgets.dialog import add_field as add_field
    from kirara_studio.api.widgets.document import Document as Document
    from kirara_studio.api.widgets.drop_zone import DropZone as DropZone
    from kirara_studio.api.widgets.drop_zone import accept_copy as accept_copy
    from kirara_studio.api.widgets.drop_zone import dropped_files as dropped_files
    from kirara_studio.api.widgets.empty_state import EmptyState as EmptyState
    from kirara_studio.api.widgets.entry_list import EntryList as EntryList
    from kirara_studio.api.widgets.entry_list import EntryRow as EntryRow
    from kirara_studio.api.widgets.error_text import ErrorWords as ErrorWords
    from kirara_studio.api.widgets.error_text import error_words as error_words
    from kirara_studio.api.widgets.filmstrip import FilmItem as FilmItem
    from kirara_studio.api.widgets.filmstrip import Filmstrip as Filmstrip
    from kirara_studio.api.widgets.form import Form as Form
    from kirara_studio.api.widgets.gallery import Flow as Flow
    from kirara_studio.api.widgets.gallery import Gallery as Gallery
    from kirara_studio.api.widgets.gallery import KeyedCells as KeyedCells
    from kirara_studio.api.widgets.icons import Icon as Icon
    from kirara_studio.api.widgets.icons import paint_icon as paint_icon
    from kirara_studio.api.widgets.image_canvas import ImageCanvas as ImageCanvas
    from kirara_studio.api.widgets.inspector import Inspector as Inspector
    from kirara_studio.api.widgets.inspector import ModelSection as ModelSection
    from kirara_studio.api.widgets.inspector import Section as Section
    from kirara_studio.api.widgets.keyboard import KeyboardFocus as KeyboardFocus
    from kirara_studio.api.widgets.label import Label as Label
    from kirara_studio.api.widgets.label import plain_tip as plain_tip
    from kirara_studio.api.widgets.menu import MenuEntry as MenuEntry
    from kirara_studio.api.widgets.menu import make_menu as make_menu
    from kirara_studio.api.widgets.messenger_dialog import MessengerDialog as MessengerDialog
    from kirara_studio.api.widgets.model_actions import ModelActions as ModelActions
    from kirara_studio.api.widgets.model_names import gate_note as gate_note
    from kirara_studio.api.widgets.model_names import model_name as model_name
    from kirara_studio.api.widgets.model_names import model_title as model_title
    from kirara_studio.api.widgets.notification_backends import ListedBackend as ListedBackend
    from kirara_studio.api.widgets.notification_backends import MessengerChoice as MessengerChoice
    from kirara_studio.api.widgets.notification_backends import (
        NotificationBackends as NotificationBackends,
    )
    from kirara_studio.api.widgets.notifications_section import (
        NotificationsSection as NotificationsSection,
    )
    from kirara_studio.api.widgets.panel_widget import PanelWidget as PanelWidget
    from kirara_studio.api.widgets.picture_chooser import PictureChooser as PictureChooser
    from kirara_studio.api.widgets.picture_grid import DRAG_TYPE as DRAG_TYPE
    from kirara_studio.api.widgets.picture_grid import PictureGrid as PictureGrid
    from kirara_studio.api.widgets.pictures import Picture as Picture
    from kirara_studio.api.widgets.pictures import to_image as to_image
    from kirara_studio.api.widgets.roles import set_role as set_role
    from kirara_studio.api.widgets.save_button import SaveButton as SaveButton
    from kirara_studio.api.widgets.save_button import SaveItem as SaveItem
    from kirara_studio.api.widgets.segments import Segments as Segments
    from kirara_studio.api.widgets.step import Step as Step
    from kirara_studio.api.widgets.switch import Switch as Switch
    from kirara_studio.api.widgets.task import Task as Task
    from kirara_studio.api.widgets.thumbnails import Thumbnails as Thumbnails
    from kirara_studio.api.widgets.training_runs import TrainingRuns as TrainingRuns
    from kirara_studio.api.widgets.training_task import TrainingTask as TrainingTask
    from kirara_studio.api.widgets.training_view import TrainingView as TrainingView
    from kirara_studio.api.widgets.transport import Transport as Transport
    from kirara_studio.api.widgets.value_slider import ValueSlider as ValueSlider

EXPORTED = {
    "button": "Button",
    "cells": "CellPainter Cells",
    "contact_sheet": "ContactSheet",
    "correction_offer": "offer_corrected",
    "curve": "Curve",
    "dialog": "Dialog Problem add_field",
    "document": "Document",
    "drop_zone": "DropZone accept_copy dropped_files",
    "empty_state": "EmptyState",
    "entry_list": "EntryList EntryRow",
    "error_text": "ErrorWords error_words",
    "filmstrip": "FilmItem Filmstrip",
    "form": "Form",
    "gallery": "Flow Gallery KeyedCells",
    "icons": "Icon paint_icon",
    "image_canvas": "ImageCanvas",
    "inspector": "Inspector ModelSection Section",
    "keyboard": "KeyboardFocus",
    "label": "Label plain_tip",
    "menu": "MenuEntry make_menu",
    "messenger_dialog": "MessengerDialog",
    "model_actions": "ModelActions",
    "model_names": "gate_note model_name model_title",
    "notification_backends": "ListedBackend MessengerChoice NotificationBackends",
    "notifications_section": "NotificationsSection",
    "panel_widget": "PanelWidget",
    "picture_chooser": "PictureChooser",
    "picture_grid": "DRAG_TYPE PictureGrid",
    "pictures": "Picture to_image",
    "roles": "set_role",
    "save_button": "SaveButton SaveItem",
    "segments": "Segments",
    "step": "Step",
    "switch": "Switch",
    "task": "Task",
    "thumbnails": "Thumbnails",
    "training_runs": "TrainingRuns",
    "training_task": "TrainingTask",
    "training_view": "TrainingView",
    "transport": "Transport",
    "value_slider": "ValueSlider",
}
"""The public names, by module."""

_MODULES = {name: module for module, names in EXPORTED.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)

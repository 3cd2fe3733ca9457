"""Panels that cannot be made."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget

from kirara_studio.api.errors import UserError
from kirara_studio.api.panel import PanelContext


class Raises(QWidget):
    """Raises until ``works`` is set."""

    works = False

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        if not type(self).works:
            raise ZeroDivisionError("nothing to divide by")


class Exits(QWidget):
    """Tries to end the studio."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        sys.exit(3)


def Nonsense(context: PanelContext) -> str:
    """Makes something that is no widget."""
    return "a panel"


class Advises(QWidget):
    """Fails in a way that the user can do something about."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        raise UserError("“model.safetensors” is missing.", advice="Import a model first.")

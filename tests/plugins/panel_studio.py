"""What the tests of all panels share, mostly out of ``kirara_studio.testing``."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kirara_studio.testing import RecordingContext, press, wait_for

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier

PanelStudio = RecordingContext
panels_of = RecordingContext.opening

__all__ = ["CTRL", "LEFT", "PLAIN", "SHIFT", "PanelStudio", "panels_of", "press", "wait_for"]

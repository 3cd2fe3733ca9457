"""Fixtures of the plugin's tests."""

from __future__ import annotations

from .panel_studio import clock, context, open_panel, panel

__all__ = ["clock", "context", "open_panel", "panel"]

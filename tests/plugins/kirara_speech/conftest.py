"""Fixtures of the plugin's tests."""

from __future__ import annotations

from .panel_studio import application, context, open_panel, panel, queue

__all__ = ["application", "context", "open_panel", "panel", "queue"]

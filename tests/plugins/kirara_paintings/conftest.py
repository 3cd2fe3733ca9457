"""Fixtures of the plugin's tests."""

from __future__ import annotations

from .panel_studio import context, open_panel, panel, sampled

__all__ = ["context", "open_panel", "panel", "sampled"]

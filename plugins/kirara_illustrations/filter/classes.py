"""The classes of the filter. Imports no torch."""

from __future__ import annotations

ILLUSTRATION = "illustration"
PHOTOGRAPH = "photograph"
SCREENSHOT = "screenshot"
GACHA = "gacha"
"""The result screen of a game that draws characters by lot."""
OTHER = "other"

CLASSES = (ILLUSTRATION, PHOTOGRAPH, SCREENSHOT, GACHA, OTHER)
"""In the order in which they are shown."""

ILLUSTRATION_FILTER = "illustration-filter"
"""The architecture on models' cards."""

THRESHOLD = 0.45
"""The confidence at which an illustration passes.

At most 2 % of the photographs for training reach it, judged by models that saw none of their
package.
"""

"""The widgets of the panel; only :mod:`kirara_releases.panel` and tests import them."""

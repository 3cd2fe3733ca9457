"""The window's tests here use the fixtures of the panels' tests."""

from tests.plugins.conftest import application, queue

__all__ = ["application", "queue"]

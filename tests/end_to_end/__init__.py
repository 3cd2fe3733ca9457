"""Tests that click through the real window."""

"""Texts of others are shown as they are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocumentFragment

from kirara_studio.api.widgets import Label, plain_tip

FOREIGN = "<img src='file:///etc/passwd'>\n&lt;b>  きらら</b>"


def test_a_label_shows_no_markup() -> None:
    assert Label(FOREIGN).textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("text", [FOREIGN, "a < b", "plain", "", "&lt;"])
def test_a_tool_tip_shows_no_markup(text: str) -> None:
    tip = plain_tip(text)
    shown = QTextDocumentFragment.fromHtml(tip) if Qt.mightBeRichText(tip) else None
    assert "<img" not in tip
    assert (shown.toPlainText() if shown is not None else tip) == text


def _is_ours(node: ast.expr) -> bool:
    """True if a tool tip is a text of the program, or goes through plain_tip."""
    if isinstance(node, ast.IfExp):
        return _is_ours(node.body) and _is_ours(node.orelse)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return name in ("translate", "tr", "plain_tip")
    return isinstance(node, ast.Constant)


def test_every_tool_tip_goes_through_it(repository: Path) -> None:
    found = [
        f"{path.relative_to(repository)}:{node.lineno}"
        for folder in ("kirara_studio", "plugins")
        for path in (repository / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "setToolTip"
        and not _is_ours(node.args[0])
    ]
    # The icon in the tray shows plain text.
    assert [place for place in found if "tray" not in place] == []

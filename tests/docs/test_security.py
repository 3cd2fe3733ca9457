"""Every promise of the threat model has a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

_ROW = re.compile(r"^\| (?P<promise>.+?) \| `(?P<file>tests/[\w/]+\.py)::(?P<test>test_\w+)` \|$")


def test_every_promise_names_a_test_that_exists(repository: Path) -> None:
    text = (repository / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [row for line in text.splitlines() if (row := _ROW.match(line))]
    promises = [line for line in text.splitlines() if "`tests/" in line and line[0] == "|"]
    assert len(rows) == len(promises) > 30
    missing = []
    for row in rows:
        path = repository / row["file"]
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.parse("")
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        if row["test"] not in names:
            missing.append(f"{row['promise']}: {row['file']}::{row['test']}")
    assert missing == []


def test_it_can_be_found(repository: Path) -> None:
    assert "(docs/security.md)" in (repository / "SECURITY.md").read_text(encoding="utf-8")
    assert "security.md" in (repository / "mkdocs.yml").read_text(encoding="utf-8")

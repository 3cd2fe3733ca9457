"""``check_plugin``: what a plugin promises to the studio, tried in a process of its own."""

from __future__ import annotations

import json
import subprocess
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import parse_json
from kirara_studio.engine.errors import from_parts
from kirara_studio.processes import child_environment, exit_reason, python_command

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
SLOWEST = 120.0
"""Seconds that one rule may take before the plugin counts as hanging."""


@dataclass(frozen=True)
class Result:
    """What came out of one rule for one plugin.

    ``title`` is the rule in a sentence. ``reason`` says what was found, or why the rule was
    skipped; ``advice`` what to do.
    """

    plugin: str
    rule: str
    title: str
    outcome: str = FAILED
    reason: str = ""
    advice: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """True unless the plugin breaks the rule."""
        return self.outcome != FAILED


def check_plugin(
    plugin: str | Path, *, only: Sequence[str] = (), slowest: float = SLOWEST
) -> list[Result]:
    """Try a plugin against the rules of the studio, or against those named in ``only``.

    ``plugin`` is the name of an installed one, or the folder of its source. The plugin's code runs
    in a child process: one that crashes or hangs there (for ``slowest`` seconds) breaks the rule
    that was being tried, and the others are tried in another process. Raises UserError if there is
    no such plugin or no such rule.
    """
    results: list[Result] = []
    skip = 0
    with tempfile.TemporaryDirectory(prefix="kirara-check-", ignore_cleanup_errors=True) as home:
        while True:
            arguments = [str(plugin), home, str(skip), *only]
            child = _Child(arguments)
            for event in child.events(slowest):
                if "problem" in event:
                    raise from_parts(*event["problem"])
                if "result" in event:
                    results.append(Result(**event["result"]))
                    skip += 1
                elif event.get("done"):
                    return results
            begun = child.begun
            if not begun:
                raise UserError(
                    "The plugin could not be checked: the process ended ({how}). {words}",
                    how=child.how,
                    words=child.words,
                )
            reason = f"The process ended ({child.how})." if child.how else "It hangs."
            reason = " ".join((reason, child.words)).strip()
            results.append(replace(Result(**begun), reason=reason))
            skip += 1


class _Child:
    """The process that tries the rules and prints one JSON line for each beginning and end."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.begun: dict[str, Any] = {}
        self.how = ""
        self.words = ""
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._process = subprocess.Popen(
            python_command("kirara_studio.testing", *arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=child_environment() | {"PYTHONFAULTHANDLER": "1"},
            encoding="utf-8",
            errors="replace",
        )
        self._errors: list[str] = []
        self._threads = [
            Thread(target=self._read_output, daemon=True),
            Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def events(self, slowest: float) -> Iterator[dict[str, Any]]:
        """What the child reports, until it ends or is silent for too long."""
        while True:
            try:
                line = self._lines.get(timeout=slowest)
            except Empty:
                self._process.kill()
                self._finish()
                self.how = ""
                return
            if line is None:
                self._finish()
                return
            event = parse_json(line)
            if "begun" in event:
                self.begun = event["begun"]
            else:
                yield event

    def _finish(self) -> None:
        code = self._process.wait()
        self.how = exit_reason(code)
        for thread in self._threads:
            thread.join(2)
        written = [line.strip() for line in self._errors if line.strip()]
        self.words = next((line for line in written if "Fatal Python error" in line), "")
        self.words = self.words or (written[-1] if written else "")

    def _read_output(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._errors.append(line)
            del self._errors[:-200]


def table(results: Sequence[Result]) -> str:
    """The results as text, what failed with reason and advice."""
    marks = {PASSED: "ok", FAILED: "FAILED", SKIPPED: "–"}
    lines = []
    for result in results:
        lines.append(f"{marks[result.outcome]:<7} {result.rule:<22} {result.title}")
        if result.outcome != PASSED:
            texts = (result.reason, result.advice if result.outcome == FAILED else "")
            for text in filter(None, texts):
                lines += textwrap.wrap(
                    text, 92, initial_indent=" " * 31, subsequent_indent=" " * 31
                )
    failed = sum(not result.passed for result in results)
    skipped = sum(result.outcome == SKIPPED for result in results)
    passed = len(results) - failed - skipped
    lines.append(f"{passed} passed, {failed} failed, {skipped} skipped")
    return "\n".join(lines)


def as_json(results: Sequence[Result]) -> str:
    """The results for programs."""
    return json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2)

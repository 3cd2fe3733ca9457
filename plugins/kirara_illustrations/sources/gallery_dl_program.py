"""Runs gallery-dl: within bounds, and ended with what it started as soon as it is not wanted."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import IO, Any

from kirara_illustrations.sources.asking import rate_limited
from kirara_illustrations.sources.values import at, text
from kirara_studio.api.errors import UserError
from kirara_studio.api.http import host_of, masked
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.reading import reading

SECONDS = 1800.0
"""A listing may take so long: the program waits between requests as sites want it."""

LARGEST = 100_000_000
"""Bytes that it may write."""

_POLL = 0.05
_UNKNOWN = 64  # its exit status for an address that it does not know
_ADDRESS = re.compile(r"\w+://[^\s'\"<>]+")


def listing(address: str, start: int, count: int, check: Callable[[], None]) -> list[Any]:
    """Its messages about ``count`` files from the number ``start`` (1 is the first one) on.

    ``check`` is called about twenty times a second; what it raises ends the program. Raises
    UserError if it is not installed, does not know the address, or failed.
    """
    program = shutil.which("gallery-dl")
    if program is None:
        raise UserError(
            "The program gallery-dl is not installed.",
            advice="Install it, for example with “pipx install gallery-dl”, and try again.",
        )
    options = ["--dump-json", "--no-input", "--range", f"{start}-{start + count - 1}"]
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as words:
        status = _run([program, *options, "--", address], answer, words, check)
        answer.seek(0)
        said = _words(words)
        if status == _UNKNOWN:
            raise UserError(
                "gallery-dl does not know pages like this one of “{host}”.",
                advice="Look at its list of sites, and at the address.",
                host=host_of(address),
            )
        with reading("gallery-dl", advice="Update it, and try again."):
            data = answer.read()
            messages = parse_json(data) if data.strip() else []
            if not isinstance(messages, list):
                raise ValueError("it is no list")
    failed = next((one for one in messages if at(one, 0) == -1), None)
    if failed is not None or (status and not messages):
        reason = _shown(text(failed, 1, "message")) or said or f"exit status {status}"
        if re.search(r"\b429\b", reason):
            raise rate_limited(host_of(address))
        raise UserError(
            "gallery-dl could not read the page of “{host}”: {reason}.",
            advice="Try the address with gallery-dl itself; it may need cookies or an account.",
            host=host_of(address),
            reason=reason,
        )
    return messages


def _run(command: list[str], answer: IO[bytes], words: IO[bytes], check: Callable[[], None]) -> int:
    flags: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        flags = {"creationflags": subprocess.CREATE_NO_WINDOW}
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=answer, stderr=words, **flags
        )
    except OSError as error:
        raise UserError(
            "gallery-dl could not be started: {reason}.",
            advice="Install it again.",
            reason=error.strerror or error,
        ) from error
    deadline = time.monotonic() + SECONDS
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(_POLL)
            check()
            if time.monotonic() > deadline or os.fstat(answer.fileno()).st_size > LARGEST:
                raise UserError(
                    "gallery-dl took too long, or found too much.",
                    advice="Use the address of a smaller part of the site.",
                )
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:  # programs that it started as well
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _words(words: IO[bytes]) -> str:
    """The last error that it wrote."""
    words.seek(0)
    lines = words.read(100_000).decode("utf-8", "replace").splitlines()
    return _shown(next((line for line in reversed(lines) if "[error]" in line), ""))


def _shown(message: str) -> str:
    """What it says, without the rest of addresses, which may hold a key."""
    return _ADDRESS.sub(lambda found: masked(found[0]), " ".join(message.split()))[:200].rstrip(".")

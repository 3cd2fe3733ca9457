"""Job functions for the tests, imported by the engine."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kirara_studio.api.arrays import read_array
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools


@dataclass(frozen=True)
class Note:
    """Appends ``text`` to ``file``, then takes ``seconds``, looking whether to stop."""

    file: Path
    text: str
    seconds: float = 0.0


def double(request: float, tools: JobTools) -> float:
    return 2 * request


def note(request: Note, tools: JobTools) -> str:
    with request.file.open("a", encoding="utf-8") as file:
        file.write(request.text + "\n")
    deadline = time.monotonic() + request.seconds
    while time.monotonic() < deadline:
        time.sleep(0.005)
        tools.progress(0.5, 1.0, request.text)
    return request.text


def deaf(request: Note, tools: JobTools) -> str:
    """Like ``note``, but never looks whether to stop."""
    with request.file.open("a", encoding="utf-8") as file:
        file.write(request.text + "\n")
    time.sleep(request.seconds)
    return request.text


def count(request: int, tools: JobTools) -> int:
    for number in range(request):
        tools.progress(number, request, f"number {number}")
    tools.progress(request, request)
    return request


def give_parts(request: int, tools: JobTools) -> str:
    """Give so many arrays, and then wait to be stopped if ``request`` is negative."""
    for number in range(abs(request)):
        tools.give(np.full(3, number))
    while request < 0:
        time.sleep(0.005)
        tools.give(np.zeros(3))
    return "all given"


def invert(request: np.ndarray, tools: JobTools) -> np.ndarray:
    result = 255 - request
    request[:] = 0  # what arrives may be written to
    return result


def divide_by_zero(request: None, tools: JobTools) -> float:
    return 1 / int(request is not None)


def refuse(request: str, tools: JobTools) -> None:
    raise UserError("“{path}” is not a picture.", advice="Choose another file.", path=request)


def read_an_array(request: str, tools: JobTools) -> None:
    read_array(Path(request))


def leave(request: int, tools: JobTools) -> None:
    sys.exit(request)


def exit_at_once(request: int, tools: JobTools) -> None:
    print("these are my last words", file=sys.stderr, flush=True)
    os._exit(request)


def kill_myself(request: None, tools: JobTools) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash(request: None, tools: JobTools) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def return_function(request: None, tools: JobTools) -> object:
    return lambda: None


def return_tensor(request: None, tools: JobTools) -> object:
    import torch

    return {"picture": torch.zeros(3)}


def be_noisy(request: str, tools: JobTools) -> str:
    print("noise" * 1000, flush=True)
    os.system("echo noise; cat")  # reads the standard input, which must not be the pipe
    sys.stderr.write("more noise\n")
    return request


def process_state(request: None, tools: JobTools) -> dict[str, Any]:
    nice = os.nice(0) if hasattr(os, "nice") else 0
    return {"pid": os.getpid(), "torch": "torch" in sys.modules, "path": sys.path, "nice": nice}


def use_device(request: None, tools: JobTools) -> str:
    return tools.device.kind


def need_memory(request: int, tools: JobTools) -> int:
    """Needs an impossible amount of memory for more than ``request`` at once."""
    import torch

    batch = tools.batch_size(16)
    if batch > request:
        torch.empty(10**15)
    return batch


def load_model(request: str, tools: JobTools) -> int:
    """Returns how often the model was loaded in this process."""
    global _loaded
    import torch

    def load(device: object) -> Any:
        global _loaded
        _loaded += 1
        return torch.nn.Linear(10, 10)

    tools.model(request, load)
    return _loaded


_loaded = 0

"""The tools of a job, as the command line uses them: in this process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled, Device, JobTools, Progress
from kirara_studio.engine import device as devices
from kirara_studio.engine.tools import (
    ExecutionContext,
    Tools,
    inline_tools,
    is_out_of_memory,
    throttled,
)


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ExecutionContext:
    monkeypatch.setattr(devices, "_MEASURING", 0.02)
    return ExecutionContext(tmp_path)


def test_the_same_function_runs_inline(tmp_path: Path) -> None:
    seen: list[Progress] = []
    tools = inline_tools(tmp_path, seen.append)

    def job(request: int, tools: JobTools) -> str:
        tools.progress(1, 2, "half")
        model = tools.model("m", lambda device: torch.nn.Linear(request, 1))
        assert tools.model("m", lambda device: pytest.fail("it is here")) is model
        return tools.device.kind

    assert job(3, tools) in ("cpu", "cuda", "mps")
    assert tools.run(job, 3) in ("cpu", "cuda", "mps")
    assert seen == [Progress(1, 2, "half")] * 2
    assert tools.batch_size(8) == 8 and tools.batch_size(0) == 1


def test_progress_raises_after_a_stop(context: ExecutionContext) -> None:
    tools = Tools(context, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        tools.progress(0.5)


def test_two_plugins_may_use_the_same_key(context: ExecutionContext) -> None:
    assert Tools(context, "a").model("generator", lambda device: "a's") == "a's"
    assert Tools(context, "b").model("generator", lambda device: "b's") == "b's"


def test_a_card_without_memory_leads_to_smaller_batches_then_to_the_cpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Device("cuda", "A small card", "fp16", 2)
    monkeypatch.setattr(devices, "find_device", lambda path: card)
    known: list[str] = []
    messages: list[str] = []
    context = ExecutionContext(tmp_path, on_device=lambda device: known.append(device.kind))
    tools = Tools(context, notify=lambda text, values: messages.append(text.format(**values)))
    tried: list[tuple[str, int, str]] = []

    def job(request: None, tools: JobTools) -> str:
        batch = tools.batch_size(5)
        model = tools.model("m", lambda device: f"model on {device.kind}")
        tried.append((tools.device.kind, batch, model))
        if tools.device.kind == "cuda":
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return "done"

    assert tools.run(job, None) == "done"
    on_card = "model on cuda"
    assert tried == [
        ("cuda", 5, on_card),
        ("cuda", 2, on_card),
        ("cuda", 1, on_card),
        ("cpu", 5, "model on cpu"),
    ]
    assert len(messages) == 3 and "A small card" in messages[-1]
    assert tools.device.kind == "cpu"
    Tools(context).run(lambda request, tools: tools.device.kind, None)
    assert known == ["cuda", "cpu", "cuda"], "the next job tries the card again"


def test_real_lack_of_memory_is_recognised(context: ExecutionContext) -> None:
    def job(request: Any, tools: JobTools) -> None:
        request()

    for demand in (lambda: torch.empty(10**15), lambda: bytearray(1 << 62)):
        with pytest.raises(UserError, match="too little memory"):
            Tools(context).run(job, demand)


def test_tensors_are_gone_before_the_next_try(context: ExecutionContext) -> None:
    import weakref

    held: list[weakref.ref[torch.Tensor]] = []

    def job(request: None, tools: JobTools) -> int:
        batch = tools.batch_size(2)
        assert not held or held[0]() is None, "the first try still holds its memory"
        tensor = torch.zeros(batch)
        held.append(weakref.ref(tensor))
        if batch > 1:
            raise torch.OutOfMemoryError("out of memory")
        return batch

    assert Tools(context).run(job, None) == 1


def test_other_errors_pass() -> None:
    assert not is_out_of_memory(RuntimeError("shapes do not fit"))
    assert not is_out_of_memory(ValueError("out of memory"))


def test_frequent_progress_is_thinned() -> None:
    seen: list[Progress] = []
    report = throttled(seen.append)
    for number in range(10_000):
        report(Progress(number, 10_000))
    report(Progress(10_000, 10_000))
    assert seen[0].done == 0 and seen[-1].done == 10_000
    assert len(seen) < 100
    report(Progress(1, 2, "another text"))
    assert seen[-1].text == "another text"

"""A training step as a GPU replays it."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


class Captured:
    """A ``step`` on tensors of the shapes of ``examples``, replayed as a CUDA graph.

    Its thousand small kernels take longer to start than to run. Without a GPU it is called as it
    is. Capturing runs it a few times; all else that it uses must stay at its place in memory.
    """

    def __init__(self, step: Callable[..., None], *examples: Tensor) -> None:
        self._inputs = [example.clone() for example in examples]
        self._run: Callable[[], None] = lambda: step(*self._inputs)
        if examples[0].is_cuda:
            stream = torch.cuda.Stream()
            stream.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(stream):
                for _ in range(3):
                    self._run()
            torch.cuda.current_stream().wait_stream(stream)
            graph = torch.cuda.CUDAGraph()
            # Another thread may copy data meanwhile; only what this one does is captured.
            with torch.cuda.graph(graph, capture_error_mode="thread_local"):
                self._run()
            self._run = graph.replay

    def __call__(self, *inputs: Tensor) -> None:
        for kept, new in zip(self._inputs, inputs, strict=True):
            kept.copy_(new)
        self._run()

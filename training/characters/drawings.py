"""Drawn characters for a training on a GPU: drawn by all cores while it trains, kept on the GPU."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from queue import Empty
from typing import Any

import numpy as np
import torch
from torch import Tensor, multiprocessing

from kirara_characters.networks.attribute_space import AttributeSpace

TRAINING_SEEDS = 10_000_000
"""Trainings draw seeds below this."""
JUDGING_SEEDS = 1_000_000_000
"""Evaluations draw seeds from this one on."""
_CHUNK = 32  # drawings that a process makes at once
_SLOTS = 3  # chunks for each process, so that it never waits for a copy


@dataclass(frozen=True)
class Drawings:
    """Pictures (count, side, side, 3), bytes, and their attributes (count, columns), fp32."""

    pictures: Tensor
    vectors: Tensor

    def batch(self, indices: Tensor, side: int) -> tuple[Tensor, Tensor]:
        """Pictures (batch, 3, side, side), −1…1, channels last, and their attributes."""
        pictures = self.pictures[indices].permute(0, 3, 1, 2).float()
        factor = pictures.shape[-1] // side
        if factor > 1:
            pictures = torch.nn.functional.avg_pool2d(pictures, factor)
        return pictures.div_(127.5).sub_(1), self.vectors[indices]


class DrawingPool:
    """Drawings of the seeds from ``first`` on, up to ``capacity``, which appear one after another.

    ``close`` ends the processes.
    """

    def __init__(
        self,
        space: AttributeSpace,
        side: int,
        capacity: int,
        device: torch.device,
        *,
        first: int = 0,
        processes: int | None = None,
    ) -> None:
        self.space, self.side = space, side
        count = processes or os.cpu_count() or 1
        self.all = Drawings(
            torch.empty(capacity, side, side, 3, dtype=torch.uint8, device=device),
            torch.empty(capacity, space.length, device=device),
        )
        self.ready = 0
        self.failure = ""
        context = multiprocessing.get_context("spawn")
        slots = count * _SLOTS
        self._pixels = torch.empty(slots, _CHUNK, side, side, 3, dtype=torch.uint8).share_memory_()
        self._vectors = torch.empty(slots, _CHUNK, space.length).share_memory_()
        self._free: Any = context.Queue()
        self._done: Any = context.Queue()
        self._next, self._capacity = first, capacity
        self._end = first + capacity
        arguments = (space, side, self._pixels, self._vectors, self._free, self._done)
        self._processes = [
            context.Process(target=_draw_chunks, args=arguments, daemon=True) for _ in range(count)
        ]
        for process in self._processes:
            process.start()
        for slot in range(slots):
            self._ask(slot)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._fill, daemon=True)
        self._thread.start()

    def wait_for(self, count: int) -> None:
        """Block until so many drawings are there. Raises RuntimeError if drawing failed."""
        while self.ready < min(count, self._capacity):
            if self.failure or not any(process.is_alive() for process in self._processes):
                raise RuntimeError(f"the drawing processes ended {self.failure}")
            time.sleep(0.01)

    def batch(self, count: int, side: int) -> tuple[Tensor, Tensor]:
        """A random batch of what is there (:meth:`Drawings.batch`)."""
        indices = torch.randint(self.ready, (count,), device=self.all.pictures.device)
        return self.all.batch(indices, side)

    def close(self) -> None:
        """End the processes and the thread."""
        self._closing.set()
        for process in self._processes:
            process.terminate()
        self._thread.join(timeout=10)

    def _ask(self, slot: int) -> None:
        if self._next < self._end:
            self._free.put((slot, self._next))
            self._next += _CHUNK

    def _fill(self) -> None:
        device = self.all.pictures.device
        stream = torch.cuda.Stream(device) if device.type == "cuda" else None
        while self.ready < self._capacity and not self._closing.is_set():
            try:
                slot, failure = self._done.get(timeout=0.2)
            except Empty:
                continue
            if failure:
                self.failure = failure
                return
            count = min(_CHUNK, self._capacity - self.ready)
            place = slice(self.ready, self.ready + count)
            with torch.cuda.stream(stream):  # beside the training's, so that no copy waits for it
                self.all.pictures[place].copy_(self._pixels[slot, :count])
                self.all.vectors[place].copy_(self._vectors[slot, :count])
            if stream is not None:
                stream.synchronize()
            self.ready += count
            self._ask(slot)


def _draw_chunks(
    space: AttributeSpace, side: int, pixels: Tensor, vectors: Tensor, free: Any, done: Any
) -> None:
    torch.set_num_threads(1)
    try:
        from kirara_characters.drawing.attributes import CharacterAttributes
        from kirara_characters.drawing.character import draw_character

        while True:
            slot, seed = free.get()
            for place in range(_CHUNK):
                attributes = CharacterAttributes.from_seed(seed + place)
                pixels[slot, place] = torch.from_numpy(draw_character(attributes, side))
                vectors[slot, place] = torch.from_numpy(np.asarray(space.encode(attributes)))
            done.put((slot, ""))
    except Exception as error:
        done.put((0, f"{type(error).__name__}: {error}"))

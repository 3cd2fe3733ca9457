"""A training's time, and what it leaves behind."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors.torch import save_file

if TYPE_CHECKING:
    from torch import Tensor, nn

LARGEST = 16 * 2**20
"""Bytes of a file that comes back."""


class Budget:
    """A training of so many ``minutes`` that writes into ``out``."""

    def __init__(self, minutes: float, out: Path) -> None:
        self._seconds, self.out = 60 * minutes, out
        self._start = self._saved = self._printed = time.monotonic()
        self.rows: list[dict[str, float]] = []
        out.mkdir(parents=True, exist_ok=True)

    @property
    def used(self) -> float:
        """The share of the time that is over, 0…1."""
        return min(1.0, (time.monotonic() - self._start) / self._seconds)

    @property
    def seconds(self) -> float:
        """How long the training has lasted."""
        return time.monotonic() - self._start

    def minute_over(self) -> bool:
        """True once a minute: time to save."""
        if time.monotonic() - self._saved < 60:
            return False
        self._saved = time.monotonic()
        return True

    def time_to_print(self, every: float = 10.0) -> bool:
        """True every so many seconds: time to look at the losses."""
        if time.monotonic() - self._printed < every:
            return False
        self._printed = time.monotonic()
        return True

    def report(self, **values: float) -> None:
        """Print a row, and keep it."""
        row = {"seconds": round(self.seconds, 1), **values}
        self.rows.append(row)
        print("  ".join(f"{name} {value:.4g}" for name, value in row.items()), flush=True)

    def save(self, name: str, network: nn.Module, config: Mapping[str, Any]) -> None:
        """Write a network in fp16, with its configuration in the header, in parts of 16 MiB."""
        tensors = {key: value.half().contiguous() for key, value in network.state_dict().items()}
        for number, part in enumerate(_parts(tensors)):
            path = self.out / f"{name}-{number}.safetensors"
            save_file(part, path, metadata={"config": json.dumps(dict(config))})

    def finish(self, **figures: Any) -> None:
        """Write all rows and the ``figures`` to ``NAME.json`` in the folder."""
        text = json.dumps({"figures": figures, "rows": self.rows}, indent=1)
        (self.out / "report.json").write_text(text, encoding="utf-8")


def _parts(tensors: Mapping[str, Tensor]) -> list[dict[str, Tensor]]:
    parts: list[dict[str, Tensor]] = [{}]
    room = LARGEST - 2**17  # for the header
    for name, tensor in tensors.items():
        if parts[-1] and room < tensor.nbytes:
            parts.append({})
            room = LARGEST - 2**17
        parts[-1][name] = tensor
        room -= tensor.nbytes
    return parts

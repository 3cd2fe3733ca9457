"""The task of a training run: to predict frames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from kirara_foresight import metrics
from kirara_foresight.forecasts.simple import nothing_moves
from kirara_foresight.learning.schedule import TrainRequest
from kirara_foresight.learning.sources import Source
from kirara_foresight.networks.convlstm import Forecaster, brightness
from kirara_studio.api.files import whole_file
from kirara_studio.api.learning.run_files import step_seed

_JUDGED = 32  # sequences
_LEARNT, _HELD = 0, 1  # in the seeds, so that all of them differ


class ForesightTask:
    """Predicts the frames that follow in the sequences of a source."""

    def __init__(self, request: TrainRequest, source: Source, device: torch.device) -> None:
        self.request, self.source, self.device = request, source, device
        frames = request.seen + request.forecast
        self._judged = source.judged(_JUDGED, frames, (request.seed, _HELD))

    def build(self) -> nn.Module:
        return Forecaster(self.request.config)

    def batch(self, step: int) -> Tensor:
        """Sequences (batch, time, height, width), 0…1."""
        request = self.request
        frames = sum(request.frames_at(step))
        seed = (step_seed(request.seed, _LEARNT, step),)
        return torch.from_numpy(self.source.learnt(request.batch, frames, seed))

    def losses(
        self, network: nn.Module, batch: Tensor, step: int
    ) -> tuple[Tensor, dict[str, Tensor]]:
        request = self.request
        seen, count = request.frames_at(step)
        frames = batch.to(self.device)
        truth = frames[:, seen:]
        logits = network(frames[:, :seen], count)
        loss = divergence(logits.float(), truth)
        with torch.no_grad():
            error = (brightness(logits.float()) - truth).square().sum((2, 3)).mean()
        return loss, {"divergence": loss, "MSE": error}

    def judge(self, network: nn.Module) -> dict[str, float]:
        seen = self.request.seen
        forecast = self._forecast(network, self._judged[:, :seen])
        truth = self._judged[:, seen:]
        pairs = list(zip(forecast, truth, strict=True))
        still = [
            metrics.mse(nothing_moves(before[:seen], len(after)), after)
            for before, after in zip(self._judged, truth, strict=True)
        ]
        return {
            "MSE": float(np.mean([metrics.mse(one, other) for one, other in pairs])),
            "SSIM": float(np.mean([metrics.ssim(one, other) for one, other in pairs])),
            "MSE where nothing moves": float(np.mean(still)),
        }

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        seen = self.request.seen
        sequence = self._judged[0]
        forecast = self._forecast(network, sequence[None, :seen])[0]
        truth = sequence[seen:]
        rows = [
            np.hstack(row) for row in (sequence[:seen], truth, forecast, np.abs(forecast - truth))
        ]
        width = max(row.shape[1] for row in rows)
        sheet = np.vstack([np.pad(row, ((0, 2), (0, width - row.shape[1]))) for row in rows])
        path = folder / f"{step:07d}-frames.png"
        with whole_file(path) as temporary:
            Image.fromarray((255 * sheet).round().astype(np.uint8)).save(temporary, format="PNG")
        yield path

    @torch.no_grad()
    def _forecast(self, network: nn.Module, before: metrics.Frames) -> metrics.Frames:
        """(batch, time, height, width) → (batch, forecast, height, width)."""
        logits = network(torch.from_numpy(before).to(self.device), self.request.forecast)
        return brightness(logits.float()).cpu().numpy()


def divergence(logits: Tensor, truth: Tensor) -> Tensor:
    """Binary cross-entropy per pixel, whose minimum is the mean of possible frames, as with MSE.

    ``logits`` (batch, time, classes, height, width), ``truth`` (batch, time, height, width), 0…1.
    """
    if logits.shape[2] == 1:
        return functional.binary_cross_entropy_with_logits(logits.squeeze(2), truth)
    # For two classes, softmax is the sigmoid of their difference.
    difference = logits[:, :, 1] - logits[:, :, 0]
    return functional.binary_cross_entropy_with_logits(difference, truth)

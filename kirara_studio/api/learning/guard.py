"""Watches a training run, which goes back and halves its rate if it explodes or collapses."""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from kirara_studio.api.errors import UserError

LOOK_STEPS = 10
"""The losses of so many steps are read together, since reading waits for a GPU."""

_FAR = 100.0  # times the median of recent losses
_MANY = 20  # steps in a row with such losses are an explosion; fewer are an unlucky batch
_RECENT = 500  # losses
_BEYOND = 1e4  # times the first loss: however slowly a run came there, it learns nothing
_WINDOW = 100  # losses, of which so many beyond that are an explosion, in a row or not
_OFTEN = 25
_DOUBTFUL = 5
_FELL = 0.5  # of the best quality
_FALLS = 2  # figures in a row
_MOST_BACKS = 3  # times that a run goes back by itself


class Guard:
    """Watches the losses and the quality of one run.

    ``learning_rate`` is the request's. Losses below ``least`` count as ``least``, for losses that
    are usually near 0.
    """

    def __init__(self, learning_rate: float, least: float = 0.0) -> None:
        self.share = 1.0
        """The share of the learning rate at which the run learns."""
        self._asked = learning_rate
        self._least = least
        self._best: dict[str, float] = {}
        self._recent: dict[int, deque[float]] = {}
        self._first: dict[int, float] = {}
        self._backs = 0
        self._forget()

    def _forget(self) -> None:
        self._pending: list[Tensor] = []
        self._high: dict[int, int] = {}
        self._beyond: dict[int, deque[bool]] = {}
        self._falls = 0
        self._exploded = False

    @property
    def doubtful(self) -> bool:
        """True while the newest losses are too high to keep a checkpoint."""
        often = any(sum(beyond) > _DOUBTFUL for beyond in self._beyond.values())
        return self.exploded() or often or any(self._high.values())

    @property
    def good(self) -> bool:
        """True if neither losses nor figures are in doubt."""
        return not self.doubtful and self._falls == 0

    def values(self) -> dict[str, Any]:
        """Plain values for a checkpoint."""
        return {
            "share": self.share,
            "learning rate": self._asked,
            "best": dict(self._best),
            "recent": [list(recent) for recent in self._recent.values()],
            "first": list(self._first.values()),
        }

    def restore(self, values: Mapping[str, Any]) -> None:
        """Load the :meth:`values` of a checkpoint, which may lack any of them.

        The share is 1 again if the learning rate has changed.
        """
        self._best = {str(name): float(best) for name, best in values.get("best", {}).items()}
        for which, recent in enumerate(values.get("recent", ())):
            self._recent[which] = deque(map(float, recent), maxlen=_RECENT)
        self._first = {which: float(loss) for which, loss in enumerate(values.get("first", ()))}
        if values.get("learning rate") == self._asked:
            self.share = float(values.get("share", 1.0))

    def add(self, *losses: Tensor) -> None:
        """Add the losses of one step, always the same ones in the same order."""
        self._pending.append(torch.stack([loss.detach().float() for loss in losses]))

    def exploded(self) -> bool:
        """True if a loss is not a number, or was too high for many steps.

        That is far above its median for many steps in a row, or far beyond the first loss in a
        quarter of the steps: a run may explode slowly, or swing. It stays true until the run goes
        back.
        """
        if self._pending:
            steps = torch.stack(self._pending).abs().tolist()
            self._pending.clear()
            explodes = (self._explodes(i, loss) for step in steps for i, loss in enumerate(step))
            self._exploded = self._exploded or any(explodes)
        return self._exploded

    def _explodes(self, which: int, loss: float) -> bool:
        if not math.isfinite(loss):
            return True
        beyond = self._beyond.setdefault(which, deque(maxlen=_WINDOW))
        beyond.append(loss > _BEYOND * max(self._first.setdefault(which, loss), self._least))
        recent = self._recent.setdefault(which, deque(maxlen=_RECENT))
        # The first loss comes before the first change of the weights, so it is reliable.
        usual = max(statistics.median(recent), self._least) if recent else math.inf
        if loss > _FAR * usual:  # a loss of a real explosion must not become the usual one
            self._high[which] = self._high.get(which, 0) + 1
        else:
            self._high[which] = 0
            recent.append(loss)
        return self._high[which] >= _MANY or sum(beyond) >= _OFTEN

    def fell(self, of: str, quality: float) -> bool:
        """True if this figure ``of`` something and the one before are below half of the best.

        Figures are above 0; higher is better.
        """
        best = self._best.get(of, 0.0)
        if quality >= _FELL * best:
            self._best[of] = max(best, quality)
            self._falls = 0
        else:
            self._falls += 1
        return self._falls >= _FALLS

    def slow_down(self) -> None:
        """Halve the rate, as the run goes back. Raises UserError if that was done too often.

        Then the rate is halved too, so that a run which the user resumes does not fail at once.
        """
        self._forget()
        self.share /= 2
        self._backs += 1
        if self._backs > _MOST_BACKS:
            raise UserError(
                "The training has diverged again and again, even with the learning rate {rate:g}.",
                advice="Resume it: it goes on from the last good checkpoint, at half that rate. If "
                "it diverges again, remove broken examples from the training data and start again.",
                rate=self._asked * self.share * 2,
            )

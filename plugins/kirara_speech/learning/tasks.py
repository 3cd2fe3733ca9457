"""What a training run learns: Text2Mel or SSRN, from the same folder of recordings."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from kirara_speech.learning.dataset import Sentence, SpeechSet, batch_of_like_lengths, held_out
from kirara_speech.learning.losses import guided_attention, spectrogram_losses
from kirara_speech.learning.previews import (
    picture_of,
    save_picture,
    save_speech,
    spoken_by_ssrn,
    spoken_by_text2mel,
    stacked,
)
from kirara_speech.learning.schedule import TrainRequest
from kirara_speech.networks.config import BINS, MELS, REDUCTION, Text2MelConfig
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.text2mel import Text, Text2Mel
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.averaged_run import Task

_GRAIN = 8
"""Batches are padded to a multiple of this, so kernels are used for several shapes."""
_JUDGED = 16  # sentences at a time

Batch = TypeVar("Batch")
SpokenBatch = tuple[Text, Tensor, Tensor]
"""Text, mel spectrograms (batch, mels, frames) and their mask (batch, frames)."""
FineBatch = tuple[Tensor, Tensor, Tensor]
"""Mel spectrograms, fine ones (batch, bins, 4·frames), and the mask (batch, frames)."""
Losses = tuple[Tensor, dict[str, Tensor]]


def task_for(request: TrainRequest, speech: SpeechSet, device: torch.device) -> Task:
    """The task of a request. Raises :class:`UserError` if there are too few sentences."""
    if isinstance(request.config, Text2MelConfig):
        return Text2MelTask(request, speech, device)
    return SsrnTask(request, speech, device)


class _SpeechTask(Generic[Batch]):
    def __init__(self, request: TrainRequest, speech: SpeechSet, device: torch.device) -> None:
        self.request, self.speech, self.device = request, speech, device
        self.config: Any = request.config
        self.learnt, self.judged = held_out(speech.sentences, request.held_out)
        if len(self.learnt) < request.batch:
            raise UserError(
                "{count} sentences are too few for batches of {batch}.",
                advice="Record more sentences, or choose smaller batches.",
                count=len(self.learnt),
                batch=request.batch,
            )

    def losses(self, network: nn.Module, batch: Batch, step: int) -> Losses:
        return self._losses(network, batch, self.request.dropout, self.request.frame_dropout)

    def judge(self, network: nn.Module) -> dict[str, float]:
        ordered = sorted(self.judged, key=lambda sentence: sentence.frames)
        sums: dict[str, float] = {}
        for start in range(0, len(ordered), _JUDGED):
            group = ordered[start : start + _JUDGED]
            for name, value in self._losses(network, self._whole(group))[1].items():
                sums[name] = sums.get(name, 0.0) + float(value) * len(group)
        return {name: value / len(ordered) for name, value in sums.items()}

    @abstractmethod
    def _losses(
        self, network: nn.Module, batch: Batch, dropout: float = 0.0, frame_dropout: float = 0.0
    ) -> Losses: ...

    @abstractmethod
    def _whole(self, sentences: Sequence[Sentence]) -> Batch: ...


class Text2MelTask(_SpeechTask[SpokenBatch]):
    """Whole sentences of similar lengths; each next frame is predicted from those before."""

    def __init__(self, request: TrainRequest, speech: SpeechSet, device: torch.device) -> None:
        super().__init__(request, speech, device)
        self._lengths = tuple(sentence.frames for sentence in self.learnt)
        self._numbers = {symbol: number for number, symbol in enumerate(self.config.alphabet)}

    def build(self) -> nn.Module:
        return Text2Mel(self.config)

    def batch(self, step: int) -> SpokenBatch:
        request = self.request
        chosen = batch_of_like_lengths(self._lengths, request.batch, step, request.seed)
        random = np.random.default_rng((request.seed, 3, step))
        # Augmentation: where a sentence begins between the coarse frames is arbitrary.
        return self._batch([(self.learnt[i], int(random.integers(REDUCTION))) for i in chosen])

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        by_length = sorted(self.judged or self.learnt, key=lambda sentence: sentence.frames)
        sentence = by_length[-2:][0]
        text, mel, _ = self._on_device(self._whole([sentence]))
        made, attention = network(text, mel)
        frames, symbols = sentence.frames, len(sentence.symbols)
        attended = picture_of(attention[0, :symbols, :frames].cpu().numpy(), zoom=6)
        yield save_picture(folder, step, "attention", attended)
        both = (part[0, :, :frames].cpu().numpy() for part in (mel, torch.sigmoid(made)))
        yield save_picture(folder, step, "mel", stacked(*both))
        yield save_speech(folder, step, spoken_by_text2mel(network, sentence.symbols))

    def _losses(
        self,
        network: nn.Module,
        batch: SpokenBatch,
        dropout: float = 0.0,
        frame_dropout: float = 0.0,
    ) -> Losses:
        text, mel, mask = self._on_device(batch)
        made, attention = network(text, mel, dropout, frame_dropout)
        distance, divergence = spectrogram_losses(made, mel, mask)
        guide = guided_attention(attention, text.mask.sum(1), mask.sum(1))
        sharpness = (attention.amax(1) * mask).sum() / mask.sum()
        return distance + divergence + self.request.guide * guide, {
            "L1": distance,
            "divergence": divergence,
            "attention off the diagonal": guide,
            "sharpness of attention": sharpness,
        }

    def _on_device(self, batch: SpokenBatch) -> SpokenBatch:
        text, mel, mask = batch
        text = Text(text.symbols.to(self.device), text.mask.to(self.device))
        return text, mel.to(self.device), mask.to(self.device)

    def _whole(self, sentences: Sequence[Sentence]) -> SpokenBatch:
        return self._batch([(sentence, 0) for sentence in sentences])

    def _batch(self, shifted: Sequence[tuple[Sentence, int]]) -> SpokenBatch:
        """Of sentences and how many fine frames later they begin (0…3)."""
        count = len(shifted)
        symbols = _padded(max(len(sentence.symbols) for sentence, _ in shifted))
        frames = _padded(max(sentence.frames for sentence, _ in shifted))
        numbers = torch.zeros(count, symbols, dtype=torch.int64)
        there, mask = torch.zeros(count, symbols), torch.zeros(count, frames)
        mel = torch.zeros(count, MELS, frames)
        for row, (sentence, shift) in enumerate(shifted):
            size = len(sentence.symbols)
            numbers[row, :size] = torch.tensor([self._numbers[s] for s in sentence.symbols])
            there[row, :size] = 1
            coarse = self.speech.mel_of(sentence, shift)
            mel[row, :, : sentence.frames] = torch.from_numpy(coarse.T)
            mask[row, : sentence.frames] = 1
        return Text(numbers, there), mel, mask


class SsrnTask(_SpeechTask[FineBatch]):
    """Pieces of sentences, all of one length; whole ones for validation."""

    def __init__(self, request: TrainRequest, speech: SpeechSet, device: torch.device) -> None:
        super().__init__(request, speech, device)
        self._ends = np.cumsum([sentence.frames for sentence in self.learnt])

    def build(self) -> nn.Module:
        return Ssrn(self.config)

    def batch(self, step: int) -> FineBatch:
        size, crop = self.request.batch, self.request.crop
        random = np.random.default_rng((self.request.seed, 2, step))
        # A sentence is chosen in proportion to its length.
        places = random.integers(self._ends[-1], size=size)
        chosen = [self.learnt[i] for i in np.searchsorted(self._ends, places, "right")]
        firsts = [int(random.integers(max(0, one.frames - crop) + 1)) for one in chosen]
        return self._batch(chosen, firsts, crop)

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        sentence = (self.judged or self.learnt)[0]
        mel, fine, _ = self._batch([sentence], [0], sentence.frames)
        made = torch.sigmoid(network(mel.to(self.device)))
        both = stacked(fine[0].numpy(), made[0].cpu().numpy())
        yield save_picture(folder, step, "spectrogram", both)
        yield save_speech(folder, step, spoken_by_ssrn(network, mel[0].numpy()))

    def _losses(
        self, network: nn.Module, batch: FineBatch, dropout: float = 0.0, frame_dropout: float = 0.0
    ) -> Losses:
        mel, fine, mask = (part.to(self.device) for part in batch)
        made = network(mel, mask, dropout)
        distance, divergence = spectrogram_losses(made, fine, mask.repeat_interleave(REDUCTION, 1))
        return distance + divergence, {"L1": distance, "divergence": divergence}

    def _whole(self, sentences: Sequence[Sentence]) -> FineBatch:
        longest = max(sentence.frames for sentence in sentences)
        return self._batch(sentences, [0] * len(sentences), _padded(longest))

    def _batch(
        self, sentences: Sequence[Sentence], firsts: Sequence[int], frames: int
    ) -> FineBatch:
        mel = torch.zeros(len(sentences), MELS, frames)
        fine = torch.zeros(len(sentences), BINS, REDUCTION * frames)
        mask = torch.zeros(len(sentences), frames)
        for row, (sentence, first) in enumerate(zip(sentences, firsts, strict=True)):
            count = min(frames, sentence.frames - first)
            coarse = self.speech.mel_of(sentence)[first : first + count]
            mel[row, :, :count] = torch.from_numpy(coarse.T)
            exact = self.speech.fine_of(sentence, first, count)
            fine[row, :, : REDUCTION * count] = torch.from_numpy(exact.T)
            mask[row, :count] = 1
        return mel, fine, mask


def _padded(length: int) -> int:
    return -(-length // _GRAIN) * _GRAIN

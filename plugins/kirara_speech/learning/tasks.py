"""What a training run teaches: Text2Mel or SSRN, from the same folder of recordings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from kirara_speech.learning.dataset import Sentence, SpeechSet, batch_of_like_lengths, held_out
from kirara_speech.learning.losses import guided_attention, spectrogram_losses
from kirara_speech.learning.previews import (
    save_picture,
    save_speech,
    spoken_by_ssrn,
    spoken_by_text2mel,
)
from kirara_speech.learning.schedule import TrainRequest
from kirara_speech.networks.config import REDUCTION, SsrnConfig, Text2MelConfig
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.text2mel import Text, Text2Mel
from kirara_speech.sound.pictures import attention_picture, spectrogram_picture, stacked
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.averaged_run import Task

_GRAIN = 8
"""Batches are padded to a multiple: kernels are made for a shape, and then used again."""
_JUDGED = 16  # sentences at a time

SpokenBatch = tuple[Text, Tensor, Tensor]
"""Text, mel spectrograms (batch, mels, frames) and their mask (batch, frames)."""
FineBatch = tuple[Tensor, Tensor, Tensor]
"""Mel spectrograms, fine ones (batch, bins, 4·frames), and the mask (batch, frames)."""


def task_for(request: TrainRequest, speech: SpeechSet, device: torch.device) -> Task:
    """The task of a request. Raises :class:`UserError` if there are too few sentences."""
    if isinstance(request.config, Text2MelConfig):
        return Text2MelTask(request, request.config, speech, device)
    return SsrnTask(request, request.config, speech, device)


class Text2MelTask:
    """Sentences of like lengths, whole; each next frame is predicted from those before."""

    def __init__(
        self,
        request: TrainRequest,
        config: Text2MelConfig,
        speech: SpeechSet,
        device: torch.device,
    ) -> None:
        self.request, self.config, self.speech, self.device = request, config, speech, device
        self.learnt, self.judged = divide(speech, request)
        self._lengths = tuple(sentence.frames for sentence in self.learnt)
        self._numbers = {symbol: number for number, symbol in enumerate(config.alphabet)}

    def build(self) -> nn.Module:
        return Text2Mel(self.config)

    def batch(self, step: int) -> SpokenBatch:
        request = self.request
        chosen = batch_of_like_lengths(self._lengths, request.batch, step, request.seed)
        random = np.random.default_rng((request.seed, 3, step))
        # Where a sentence lies between the coarse frames is chance: it may lie elsewhere as well.
        shifted = [(self.learnt[i], int(random.integers(REDUCTION))) for i in chosen]
        return self._batch(shifted)

    def losses(
        self, network: nn.Module, batch: SpokenBatch, step: int
    ) -> tuple[Tensor, dict[str, Tensor]]:
        return self._losses(network, batch, self.request.dropout, self.request.frame_dropout)

    def judge(self, network: nn.Module) -> dict[str, float]:
        ordered = sorted(self.judged, key=lambda sentence: sentence.frames)
        groups = [ordered[start : start + _JUDGED] for start in range(0, len(ordered), _JUDGED)]
        return weighted_means(
            [
                (
                    self._losses(network, self._batch([(one, 0) for one in group]))[1],
                    len(group),
                )
                for group in groups
            ]
        )

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        sentence = self._previewed()
        text, mel, _ = self._on_device(self._batch([(sentence, 0)]))
        said, attention = network(text, mel)
        frames, symbols = sentence.frames, len(sentence.symbols)
        pictures = [
            spectrogram_picture(mel[0, :, :frames].cpu().numpy()),
            spectrogram_picture(torch.sigmoid(said[0, :, :frames]).cpu().numpy()),
        ]
        attended = attention_picture(attention[0, :symbols, :frames].cpu().numpy())
        yield save_picture(folder, step, "attention", attended)
        yield save_picture(folder, step, "mel", stacked(pictures))
        yield save_speech(folder, step, spoken_by_text2mel(network, sentence.symbols))

    def _previewed(self) -> Sentence:
        return sorted(self.judged or self.learnt, key=lambda sentence: sentence.frames)[-2:][0]

    def _losses(
        self,
        network: nn.Module,
        batch: SpokenBatch,
        dropout: float = 0.0,
        frame_dropout: float = 0.0,
    ) -> tuple[Tensor, dict[str, Tensor]]:
        text, mel, mask = self._on_device(batch)
        said, attention = network(text, mel, dropout, frame_dropout)
        distance, divergence = spectrogram_losses(said, mel, mask)
        guide = guided_attention(attention, text.mask.sum(1), mask.sum(1))
        sharpness = (attention.amax(1) * mask).sum() / mask.sum()
        loss = distance + divergence + self.request.guide * guide
        return loss, {
            "L1": distance,
            "divergence": divergence,
            "attention off the diagonal": guide,
            "sharpness of attention": sharpness,
        }

    def _on_device(self, batch: SpokenBatch) -> SpokenBatch:
        text, mel, mask = batch
        text = Text(text.symbols.to(self.device), text.mask.to(self.device))
        return text, mel.to(self.device), mask.to(self.device)

    def _batch(self, shifted: Sequence[tuple[Sentence, int]]) -> SpokenBatch:
        """Of sentences and how many fine frames later they begin (0…3): the text, the mel
        spectrograms (batch, mels, frames), and their mask."""
        sentences = [sentence for sentence, _ in shifted]
        symbols = grain(max(len(sentence.symbols) for sentence in sentences))
        frames = grain(max(sentence.frames for sentence in sentences))
        numbers = torch.zeros(len(sentences), symbols, dtype=torch.int64)
        there = torch.zeros(len(sentences), symbols)
        mel = torch.zeros(len(sentences), self.speech.mel.shape[1], frames)
        mask = torch.zeros(len(sentences), frames)
        for row, (sentence, shift) in enumerate(shifted):
            count = len(sentence.symbols)
            numbers[row, :count] = torch.tensor([self._numbers[s] for s in sentence.symbols])
            there[row, :count] = 1
            coarse = self.speech.mel_of(sentence, shift)
            mel[row, :, : sentence.frames] = torch.from_numpy(coarse.T.copy())
            mask[row, : sentence.frames] = 1
        return Text(numbers, there), mel, mask


class SsrnTask:
    """Pieces of sentences, all of one length; whole ones for judging."""

    def __init__(
        self, request: TrainRequest, config: SsrnConfig, speech: SpeechSet, device: torch.device
    ) -> None:
        self.request, self.config, self.speech, self.device = request, config, speech, device
        self.learnt, self.judged = divide(speech, request)
        self._ends = np.cumsum([sentence.frames for sentence in self.learnt])

    def build(self) -> nn.Module:
        return Ssrn(self.config)

    def batch(self, step: int) -> FineBatch:
        request = self.request
        random = np.random.default_rng((request.seed, 2, step))
        # A long sentence has more to teach: it is chosen in proportion to its length.
        places = random.integers(self._ends[-1], size=request.batch)
        chosen = [self.learnt[i] for i in np.searchsorted(self._ends, places, "right")]
        firsts = [
            int(random.integers(max(0, sentence.frames - request.crop) + 1)) for sentence in chosen
        ]
        return self._batch(chosen, firsts, request.crop)

    def losses(
        self, network: nn.Module, batch: FineBatch, step: int
    ) -> tuple[Tensor, dict[str, Tensor]]:
        return self._losses(network, batch, self.request.dropout)

    def judge(self, network: nn.Module) -> dict[str, float]:
        ordered = sorted(self.judged, key=lambda sentence: sentence.frames)
        measured = []
        for start in range(0, len(ordered), _JUDGED):
            group = ordered[start : start + _JUDGED]
            frames = grain(group[-1].frames)
            batch = self._batch(group, [0] * len(group), frames)
            measured.append((self._losses(network, batch)[1], len(group)))
        return weighted_means(measured)

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        sentence = (self.judged or self.learnt)[0]
        mel, fine, _ = self._batch([sentence], [0], sentence.frames)
        made = torch.sigmoid(network(mel.to(self.device)))
        both = [spectrogram_picture(part[0].cpu().numpy()) for part in (fine, made)]
        yield save_picture(folder, step, "spectrogram", stacked(both))
        coarse = self.speech.mel_of(sentence)
        yield save_speech(folder, step, spoken_by_ssrn(network, np.ascontiguousarray(coarse.T)))

    def _losses(
        self,
        network: nn.Module,
        batch: FineBatch,
        dropout: float = 0.0,
    ) -> tuple[Tensor, dict[str, Tensor]]:
        mel, fine, mask = (part.to(self.device) for part in batch)
        made = network(mel, mask, dropout)
        distance, divergence = spectrogram_losses(made, fine, mask.repeat_interleave(4, 1))
        return distance + divergence, {"L1": distance, "divergence": divergence}

    def _batch(
        self, sentences: Sequence[Sentence], firsts: Sequence[int], frames: int
    ) -> FineBatch:
        """Mel spectrograms (batch, mels, frames), fine ones (batch, bins, 4·frames), the mask."""
        mels, bins = self.speech.mel.shape[1], self.speech.fine_of(sentences[0], 0, 1).shape[1]
        mel = torch.zeros(len(sentences), mels, frames)
        fine = torch.zeros(len(sentences), bins, 4 * frames)
        mask = torch.zeros(len(sentences), frames)
        for row, (sentence, first) in enumerate(zip(sentences, firsts, strict=True)):
            count = min(frames, sentence.frames - first)
            coarse = self.speech.mel_of(sentence)[first : first + count]
            mel[row, :, :count] = torch.from_numpy(coarse.T.copy())
            fine[row, :, : 4 * count] = torch.from_numpy(
                self.speech.fine_of(sentence, first, count).T.copy()
            )
            mask[row, :count] = 1
        return mel, fine, mask


def divide(speech: SpeechSet, request: TrainRequest) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences to learn from, and sentences to judge with."""
    learnt, judged = held_out(speech.sentences, request.held_out)
    if len(learnt) < request.batch:
        raise UserError(
            "{count} sentences are too few for batches of {batch}.",
            advice="Record more sentences, or choose smaller batches.",
            count=len(learnt),
            batch=request.batch,
        )
    return learnt, judged


def weighted_means(measured: Sequence[tuple[Mapping[str, Tensor], int]]) -> dict[str, float]:
    """The means of measures of groups of sentences, each with how many it is for."""
    total = sum(count for _, count in measured)
    names = measured[0][0] if measured else {}
    return {
        name: sum(float(values[name]) * count for values, count in measured) / total
        for name in names
    }


def grain(length: int) -> int:
    """The length to pad to."""
    return -(-length // _GRAIN) * _GRAIN

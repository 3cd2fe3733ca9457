"""Training by progressive growing (Karras et al. 2018, §2), resumable at any moment.

:func:`train` is the trainer that the studio runs as a child process. Under ``torchrun`` it
trains with several processes: each takes its share of every batch, gradients are averaged, and
the first process alone reports and saves.
"""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters import losses
from kirara_characters.augment import diff_augment
from kirara_characters.config import PgganConfig, resolution_of
from kirara_characters.dataset import PictureSet, open_folder
from kirara_characters.model_files import (
    discriminator_beside,
    load_discriminator,
    load_generator,
)
from kirara_characters.network import Discriminator, Generator, double, halve
from kirara_characters.processes import Processes
from kirara_characters.run_state import Networks, read_state, save_run
from kirara_characters.schedule import SMALL_FOLDER, Position, TrainRequest
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file, write_atomically
from kirara_studio.api.learning.meter import Meter
from kirara_studio.api.learning.run_files import read_tensors, step_seed
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.training import Reporter, StopTraining

_GRID = 8  # previews show 8 × 8 pictures
_FIRST_PREVIEW = 10.0  # seconds; the next ones come ever later, up to the request's
_REPORT_SECONDS = 1.0
_SHORTEST_AVERAGE = 1000  # pictures


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`TrainRequest.to_dict`), going on where ``run_folder`` stands.

    Writes ``checkpoint.safetensors``, a copy of it per finished level, ``request.json`` and
    ``previews/``. Returns when the schedule is complete or the reporter says stop; raises
    :class:`StopTraining` where it says so before there is anything to save. Raises
    :class:`UserError` for a request, folder or checkpoint that cannot be used, and when the
    losses stop being numbers.
    """
    try:
        parsed = TrainRequest.from_dict(request)
    except (TypeError, ValueError, KeyError) as error:
        raise UserError(
            "The training cannot start: {reason}.", advice="Correct the settings.", reason=error
        ) from error
    with Processes.join() as processes:
        Run(parsed, Path(run_folder), reporter, processes).train()


class Run:
    """One training run: its networks, its pictures, and where it stands."""

    def __init__(
        self, request: TrainRequest, folder: Path, reporter: Reporter, processes: Processes
    ) -> None:
        self.request = request
        self.folder = folder
        self.reporter = reporter
        self.processes = processes
        self.device = processes.device(request.device)
        if any(stage.batch < 2 * processes.count for stage in request.stages):
            raise UserError(
                "The batches are too small for {processes} processes.",
                advice="Use batches of at least two pictures per process.",
                processes=processes.count,
            )

        self.pictures = self._open_pictures()
        self.augment = (
            len(self.pictures) < SMALL_FOLDER if request.augment is None else request.augment
        )
        self.networks = build_networks(request, self.device)
        self.position = Position()
        self.precision = request.precision
        self._resume()
        self.position = self.position.settled(request.stages)
        if self.precision == "auto":
            faster = self._measure_precision() == "bf16"
            self.precision = "bf16" if processes.any_true(processes.first and faster) else "fp32"
        self.meter = Meter()

    # Starting

    def _open_pictures(self) -> PictureSet:
        resolution = resolution_of(self.request.top_level)
        folder = Path(self.request.folder)

        def progress(done: int, total: int) -> None:
            metrics = {"files read": float(done), "files": float(total)}
            text = f"Reading pictures: {done} of {total}"
            self.reporter.progress(done, total, metrics, text)
            self._stop_if_asked()

        def read() -> PictureSet:
            return open_folder(folder, self.folder, resolution, progress)

        pictures = self.processes.first_then_others(read)
        if self.processes.first:
            for problem in pictures.problems[:20]:
                self.reporter.message(f"Skipped {problem}")
            self.reporter.message(f"{len(pictures)} pictures, {len(pictures.problems)} skipped")
        return pictures

    def _stop_if_asked(self) -> None:
        """End at once, before there is anything to save. Several processes are stopped together,
        between their steps."""
        if self.processes.count == 1 and self.reporter.should_stop():
            raise StopTraining

    def _resume(self) -> None:
        path = self.folder / CHECKPOINT
        if not path.exists():
            if self.request.start_from:
                self._start_from(Path(self.request.start_from))
            return
        state = read_state(path)
        if state.config != self.request.config:
            raise UserError(
                "“{folder}” holds a run of a network of another shape.",
                advice="Train into another folder, or with the settings of that run.",
                folder=self.folder,
            )
        if state.position.level > self.request.top_level:
            reached, wanted = (
                resolution_of(level) for level in (state.position.level, self.request.top_level)
            )
            raise UserError(
                "The run in “{folder}” has reached {reached} pixels already, not {wanted}.",
                advice="Train to {reached} pixels or more, or into another folder.",
                folder=self.folder,
                reached=reached,
                wanted=wanted,
            )
        self.networks.trained.load(read_tensors(path), path.name)
        self.position = state.position
        self.precision = state.extra.get("precision", self.precision)
        if self.processes.first:
            self.reporter.message(f"Going on at {self.position.pictures} pictures")

    def _start_from(self, path: Path) -> None:
        """Take over a model's levels. Its optimisers are not in it, so those begin anew."""
        generator = load_generator(path)
        level = generator.config.top_level
        self._check_start(generator.config, path)
        networks = self.networks
        for network in (networks.generator, networks.average):
            network.load_state_dict(generator.state_dict(), strict=False)
        beside = discriminator_beside(path)
        if beside.exists():
            discriminator = load_discriminator(beside)
            self._check_start(discriminator.config, beside)
            networks.discriminator.load_state_dict(discriminator.state_dict(), strict=False)
        self.position = Position.after(level, self.request.stages)
        if self.processes.first:
            with_it = "with" if beside.exists() else "without"
            self.reporter.message(f"Starting from “{path.name}”, {with_it} its discriminator")

    def _check_start(self, found: PgganConfig, path: Path) -> None:
        wanted, level = self.request.config, found.top_level
        if level > self.request.top_level or found != wanted.cut_at(level):
            raise UserError(
                "The training cannot start from “{file}”: its network has another shape.",
                advice="Train at least to its size, with the network that it was trained with.",
                file=path.name,
            )

    def _measure_precision(self) -> str:
        """Time the discriminator's work at the top level, forwards and backwards, in each."""
        level = self.request.top_level
        side = resolution_of(level)
        batch = self.request.stages[level].batch // self.processes.count
        pictures = torch.randn(batch, 3, side, side).to(
            self.device, memory_format=torch.channels_last
        )
        seconds = {}
        for precision in ("fp32", "bf16"):
            times = []
            for _ in range(3):
                self._stop_if_asked()
                start = time.perf_counter()
                with self._autocast(precision):
                    score = self.networks.discriminator(pictures, level).sum()
                score.backward()
                score.item()  # waits for a GPU
                times.append(time.perf_counter() - start)
            seconds[precision] = min(times)
        self.networks.discriminator_adam.zero_grad()
        best = min(seconds, key=seconds.__getitem__)
        text = ", ".join(f"{name} {1000 * value:.0f} ms" for name, value in seconds.items())
        self.reporter.message(f"Precision: {best} ({text} for one pass at {side}×{side})")
        return best

    # The loop

    def train(self) -> None:
        """Train until the schedule is complete or the reporter says stop."""
        if self.processes.first:
            write_atomically(
                self.folder / "request.json", json.dumps(self.request.to_dict(), indent=1)
            )
        saved = previewed = reported = time.monotonic()
        until_preview = min(_FIRST_PREVIEW, self.request.preview_seconds)
        if self.position.step == 0:
            self._preview()
        while not self.position.finished(self.request.stages):
            if self.processes.any_true(self.processes.first and self.reporter.should_stop()):
                break
            level = self.position.level
            self._step()
            self.position = self.position.settled(self.request.stages)
            if not self.processes.first:
                continue
            now = time.monotonic()
            if now - reported >= _REPORT_SECONDS:
                self._report()
                reported = now
            if self.position.level != level:
                self._save(self.folder / f"checkpoint-{resolution_of(level)}.safetensors")
            if self.position.level != level or now - saved >= self.request.checkpoint_seconds:
                self._save(self.folder / CHECKPOINT)
                saved = now
            if now - previewed >= until_preview:
                self._preview()
                previewed = now
                until_preview = min(2 * until_preview, self.request.preview_seconds)
        if self.processes.first:
            self._report()
            self._save(self.folder / CHECKPOINT)
            self._preview()

    def _step(self) -> None:
        """Show one batch to the discriminator, then teach the generator once."""
        request, networks, position = self.request, self.networks, self.position
        stage = request.stages[position.level]
        level, alpha = position.level, position.alpha(stage)
        seed = step_seed(request.seed, position.step, self.processes.rank)
        random = torch.Generator().manual_seed(seed)
        real = self._real_batch(stage.batch, level, alpha)
        batch = len(real)

        networks.discriminator.requires_grad_(True)
        networks.generator.requires_grad_(False)
        z = self._latents(batch, random)
        with torch.no_grad(), self._autocast():
            fake = networks.generator(z, level, alpha)
        with self._autocast():
            loss, metrics = self._discriminator_loss(real, fake, random, level, alpha)
        loss.backward()
        self._apply(networks.discriminator, networks.discriminator_adam)

        networks.discriminator.requires_grad_(False)
        networks.generator.requires_grad_(True)
        z = self._latents(batch, random)
        with self._autocast():
            picture = self._augmented(networks.generator(z, level, alpha), random)
            score = networks.discriminator(picture, level, alpha)
            if request.loss == "logistic":
                generator_loss = losses.logistic_generator(score)
            else:
                generator_loss = losses.wasserstein_generator(score)
        generator_loss.backward()
        self._apply(networks.generator, networks.generator_adam)
        self._average(stage.batch)

        metrics["generator loss"] = generator_loss.item()
        metrics["discriminator loss"] = loss.item()
        self._check(metrics)
        self.meter.add(metrics, stage.batch)
        self.position = position.advanced(stage.batch)

    def _discriminator_loss(
        self, real: Tensor, fake: Tensor, random: torch.Generator, level: int, alpha: float
    ) -> tuple[Tensor, dict[str, float]]:
        request, discriminator = self.request, self.networks.discriminator

        def score(pictures: Tensor) -> Tensor:
            return discriminator(pictures, level, alpha)

        real, fake = self._augmented(real, random), self._augmented(fake, random)
        real_score, fake_score = score(real), score(fake)
        metrics = {
            "score of real": real_score.mean().item(),
            "score of generated": fake_score.mean().item(),
        }
        if request.loss == "wgan-gp":
            mix = torch.rand(len(real), generator=random).to(real.device)
            penalty = losses.gradient_penalty(score, real, fake, mix)
            metrics["gradient penalty"] = penalty.item()
            return losses.wasserstein_discriminator(real_score, fake_score) + 10 * penalty, metrics
        loss = losses.logistic_discriminator(real_score, fake_score)
        if self.position.step % request.r1_every == 0:
            penalty = losses.r1_penalty(score, real)
            metrics["R1 penalty"] = penalty.item()
            loss = loss + penalty * (request.r1_weight(level) / 2 * request.r1_every)
        return loss, metrics

    def _apply(self, network: nn.Module, adam: torch.optim.Adam) -> None:
        self.processes.average_gradients(network.parameters())
        adam.step()
        adam.zero_grad(set_to_none=True)

    @torch.no_grad()
    def _average(self, batch: int) -> None:
        """Move the averaged generator; faster after a level was added, whose layers are still
        far from where they will be."""
        recent = max(0.1 * self.position.shown, _SHORTEST_AVERAGE)
        half_life = min(self.request.ema_pictures, recent)
        step = 1 - 0.5 ** (batch / half_life)
        for average, new in _pairs(self.networks.average, self.networks.generator):
            average.lerp_(new, step)

    def _check(self, metrics: Mapping[str, float]) -> None:
        if not all(math.isfinite(value) for value in metrics.values()):
            raise UserError(
                "The training has diverged: a loss is no longer a number.",
                advice="The last checkpoint is kept. Resume with a lower learning rate.",
            )

    # What a step is made of

    def _latents(self, count: int, random: torch.Generator) -> Tensor:
        return torch.randn(count, self.request.config.latent, generator=random).to(self.device)

    def _real_batch(self, batch: int, level: int, alpha: float) -> Tensor:
        """This process's share of the next pictures, faded like the generator's."""
        places = np.arange(self.position.pictures, self.position.pictures + batch)
        places = places[self.processes.rank :: self.processes.count]
        indices = shuffled(places, len(self.pictures), self.request.seed)
        random = np.random.default_rng((self.request.seed, 1, *places[:1]))
        mirrored = (random.random(len(places)) < 0.5) & self.request.mirror
        real = self.pictures.batch(indices, mirrored, resolution_of(level)).to(self.device)
        return faded(real, alpha) if level else real

    def _augmented(self, pictures: Tensor, random: torch.Generator) -> Tensor:
        return diff_augment(pictures, random) if self.augment else pictures

    def _autocast(self, precision: str | None = None) -> torch.autocast:
        bf16 = (precision or self.precision) == "bf16"
        return torch.autocast(self.device.type, torch.bfloat16, enabled=bf16)

    # Telling and keeping

    def _report(self) -> None:
        position, stages = self.position, self.request.stages
        total = position.step + position.steps_left(stages)
        side = resolution_of(position.level)
        means, speed = self.meter.take()
        metrics = {
            **means,
            "pictures per second": speed,
            "alpha": position.alpha(stages[position.level]),
            "size": float(side),
            "pictures": float(position.pictures),
            "skipped": float(len(self.pictures.problems)),
        }
        text = f"{side}×{side}, {position.pictures} pictures"
        self.reporter.progress(position.step, total, metrics, text)

    def _save(self, path: Path) -> None:
        alpha = self.position.alpha(self.request.stages[self.position.level])
        save_run(path, self.networks, self.position, alpha, {"precision": self.precision})
        self.reporter.checkpoint(path)

    def _preview(self) -> None:
        if not self.processes.first:
            return
        position = self.position
        alpha = position.alpha(self.request.stages[position.level])
        random = torch.Generator().manual_seed(self.request.seed)
        z = self._latents(_GRID * _GRID, random)
        with torch.no_grad(), self._autocast():
            pictures = self.networks.average(z, position.level, alpha)
        path = self.folder / "previews" / f"{position.pictures:09d}.png"
        with whole_file(path) as temporary:
            grid_of(pictures, _GRID).save(temporary)
        self.reporter.preview(path)


def build_networks(request: TrainRequest, device: torch.device) -> Networks:
    """New networks, initialised from the request's seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(request.seed)
        generator = Generator(request.config)
        discriminator = Discriminator(request.config)
    for network in (generator, discriminator):
        network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(generator).requires_grad_(False)

    def adam(network: nn.Module) -> torch.optim.Adam:
        return torch.optim.Adam(network.parameters(), request.learning_rate, betas=(0.0, 0.99))

    return Networks(generator, average, discriminator, adam(generator), adam(discriminator))


def faded(real: Tensor, alpha: float) -> Tensor:
    """Real pictures as the generator can draw them while a level fades in: half as fine at 0."""
    return torch.lerp(double(halve(real)), real, alpha) if alpha < 1 else real


def shuffled(places: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Which of ``count`` pictures come at ``places`` of an endless row of reshuffled decks."""
    decks = places // count
    indices = np.empty(len(places), np.int64)
    for deck in np.unique(decks):
        indices[decks == deck] = _deck(int(deck), count, seed)[places[decks == deck] % count]
    return indices


@lru_cache(maxsize=2)
def _deck(deck: int, count: int, seed: int) -> np.ndarray:
    return np.random.default_rng((seed, 0, deck)).permutation(count)


def grid_of(pictures: Tensor, columns: int) -> Image.Image:
    """Pictures (batch, 3, side, side), −1…1, side by side; small ones are enlarged to 64."""
    enlarge = max(1, 64 // pictures.shape[-1])
    # One by one, so that a picture does not shine into its neighbours.
    pictures = functional.interpolate(pictures.float(), scale_factor=enlarge, mode="bicubic")
    side = pictures.shape[-1]
    pixels = pictures.clamp(-1, 1).add(1).mul(127.5).round().byte().cpu()
    rows = pixels.view(-1, columns, 3, side, side).permute(0, 3, 1, 4, 2)
    return Image.fromarray(rows.reshape(-1, columns * side, 3).numpy())


def _pairs(first: nn.Module, second: nn.Module) -> Iterable[tuple[Tensor, Tensor]]:
    return zip(first.parameters(), second.parameters(), strict=True)

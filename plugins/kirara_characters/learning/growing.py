"""Training by progressive growing (Karras et al. 2018, §2), resumable at any moment.

Under ``torchrun`` it trains with several processes: each takes its share of every batch, gradients
are averaged, and the first process alone reports and saves.
"""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters.learning import losses
from kirara_characters.learning.augment import diff_augment
from kirara_characters.learning.dataset import PictureSet, open_folder
from kirara_characters.learning.processes import Processes
from kirara_characters.learning.run_state import Networks, read_state, save_run
from kirara_characters.learning.schedule import SMALL_FOLDER, Position, TrainRequest
from kirara_characters.networks.config import PgganConfig, resolution_of
from kirara_characters.networks.model_files import (
    discriminator_beside,
    load_discriminator,
    load_generator,
)
from kirara_characters.networks.network import Discriminator, Generator, double, halve
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file, write_atomically
from kirara_studio.api.learning.guard import LOOK_STEPS, Guard, keep_copy
from kirara_studio.api.learning.measures import Features, precision_recall
from kirara_studio.api.learning.meter import Meter
from kirara_studio.api.learning.networks import move_average
from kirara_studio.api.learning.precision import autocast, faster_precision
from kirara_studio.api.learning.prefetch import Prefetch
from kirara_studio.api.learning.run_files import read_tensors, step_seed
from kirara_studio.api.learning.schedule import CHECKPOINT, GOOD_CHECKPOINT
from kirara_studio.api.training import Reporter, StopTraining

_GRID = 8  # previews show 8 × 8 pictures
_FIRST_PREVIEW = 10.0  # seconds; the next ones come ever later, up to the request's
_REPORT_SECONDS = 1.0
_SHORTEST_AVERAGE = 1000  # pictures
_MILESTONE = 10_000  # pictures
_JUDGED = 256  # samples, and as many training pictures
_COARSE = 16  # pixels
_LEAST_RECALL = 0.05  # below, 256 samples say nothing
_USUAL_LOSS = {"logistic": 1.0, "wgan-gp": 10.0}


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
        self.guard = Guard(request.learning_rate, _USUAL_LOSS[request.loss])
        self._begin()
        self.precision = request.precision
        if self.precision == "auto":  # at every start: a run may have moved to another machine
            faster = self._measure_precision() == "bf16"
            self.precision = "bf16" if processes.any_true(processes.first and faster) else "fp32"
        self._ahead = Prefetch(self._real_batch)
        self.meter = Meter()
        self._judged: dict[str, float] = {}

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

    def _begin(self) -> None:
        """New networks; go on from the checkpoint, or from the model that the request names."""
        self.networks = build_networks(self.request, self.device)
        self.position = Position()
        path = self.folder / CHECKPOINT
        if path.exists():
            self.guard.restore(self._load(path).get("guard", {}))
            if self.processes.first:
                self.reporter.message(f"Going on at {self.position.pictures} pictures")
        elif self.request.start_from:
            self._start_from(Path(self.request.start_from))
        self.position = self.position.settled(self.request.stages)

    def _load(self, path: Path) -> Mapping[str, Any]:
        """Take over a checkpoint; returns what it remembers beside networks and position."""
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
        return state.extra

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
        """Time both networks at the top level, forwards and backwards, in each precision."""
        level = self.request.top_level
        side = resolution_of(level)
        batch = self.request.stages[level].batch // self.processes.count
        z = self._latents(batch, torch.Generator().manual_seed(self.request.seed))
        generator, discriminator = self.networks.generator, self.networks.discriminator

        def one_pass() -> Tensor:
            return discriminator(generator(z, level), level).sum()

        def should_stop() -> bool:
            return self.processes.count == 1 and self.reporter.should_stop()

        best, text = faster_precision(one_pass, self.device, should_stop)
        for network in (generator, discriminator):
            network.zero_grad()
        if self.processes.first:
            self.reporter.message(f"Precision: {best} ({text} for one pass at {side}×{side})")
        return best

    # The loop

    def train(self) -> None:
        """Train until the schedule is complete or the reporter says stop."""
        if self.processes.first:
            write_atomically(
                self.folder / "request.json", json.dumps(self.request.to_dict(), indent=1)
            )
        try:
            self._train()
        finally:
            self._ahead.close()

    def _train(self) -> None:
        saved = previewed = reported = time.monotonic()
        until_preview = min(_FIRST_PREVIEW, self.request.preview_seconds)
        if self.position.step == 0:
            self._preview()
        while not self.position.finished(self.request.stages):
            if self.processes.any_true(self.processes.first and self.reporter.should_stop()):
                break
            level, pictures = self.position.level, self.position.pictures
            self.step()
            self.position = self.position.settled(self.request.stages)
            ended = self.position.level != level or self.position.finished(self.request.stages)
            if (self.position.step % LOOK_STEPS == 0 or ended) and self._look():
                continue
            if self.position.pictures // _MILESTONE > pictures // _MILESTONE:
                self._milestone()
            if not self.processes.first:
                continue
            now = time.monotonic()
            if now - reported >= _REPORT_SECONDS:
                self._report()
                reported = now
            if self.position.level != level:
                self._save(self.folder / f"checkpoint-{resolution_of(level)}.safetensors")
            if self.position.level != level or (
                now - saved >= self.request.checkpoint_seconds and not self.guard.doubtful
            ):
                self._save(self.folder / CHECKPOINT)
                saved = now
            if now - previewed >= until_preview:
                self._preview()
                previewed = now
                until_preview = min(2 * until_preview, self.request.preview_seconds)
        self._look()
        if self.processes.first:
            self._report()
            self._save(self.folder / CHECKPOINT)
            self._preview()

    def step(self) -> None:
        """Show one batch to the discriminator, then teach the generator once with the same z.

        Neither looks at the losses nor saves.
        """
        request, networks, position = self.request, self.networks, self.position
        stage = request.stages[position.level]
        level, alpha = position.level, position.alpha(stage)
        seed = step_seed(request.seed, position.step, self.processes.rank)
        random = torch.Generator().manual_seed(seed)
        following = position.advanced(stage.batch).settled(request.stages)
        real = self._ahead.take(
            position, None if following.finished(request.stages) else following
        ).to(self.device)
        for adam in (networks.generator_adam, networks.discriminator_adam):
            for group in adam.param_groups:
                group["lr"] = request.learning_rate * self.guard.share

        networks.discriminator.requires_grad_(True)
        with self._autocast():
            fake = networks.generator(self._latents(len(real), random), level, alpha)
            loss, metrics = self._discriminator_loss(real, fake.detach(), random, level, alpha)
        loss.backward()
        self._apply(networks.discriminator, networks.discriminator_adam)

        # The generator has not changed since it drew them, so drawing again would be for nothing.
        networks.discriminator.requires_grad_(False)
        with self._autocast():
            score = networks.discriminator(self._augmented(fake, random), level, alpha)
            if request.loss == "logistic":
                generator_loss = losses.logistic_generator(score)
            else:
                generator_loss = losses.wasserstein_generator(score)
        generator_loss.backward()
        self._apply(networks.generator, networks.generator_adam)
        self._average(stage.batch)

        self.guard.add(loss, generator_loss)
        metrics |= {"generator loss": generator_loss, "discriminator loss": loss}
        self.meter.add(metrics, stage.batch)
        self.position = position.advanced(stage.batch)

    def _discriminator_loss(
        self, real: Tensor, fake: Tensor, random: torch.Generator, level: int, alpha: float
    ) -> tuple[Tensor, dict[str, Tensor]]:
        request, discriminator = self.request, self.networks.discriminator

        def score(pictures: Tensor) -> Tensor:
            return discriminator(pictures, level, alpha)

        real, fake = self._augmented(real, random), self._augmented(fake, random)
        real_score, fake_score = score(real), score(fake)
        metrics = {
            "score of real": real_score.mean(),
            "score of generated": fake_score.mean(),
        }
        if request.loss == "wgan-gp":
            mix = torch.rand(len(real), generator=random).to(real.device)
            penalty = losses.gradient_penalty(score, real, fake, mix)
            metrics["gradient penalty"] = penalty
            return losses.wasserstein_discriminator(real_score, fake_score) + 10 * penalty, metrics
        loss = losses.logistic_discriminator(real_score, fake_score)
        if self.position.step % request.r1_every == 0:
            penalty = losses.r1_penalty(score, real)
            metrics["R1 penalty"] = penalty
            loss = loss + penalty * (request.r1_weight(level) / 2 * request.r1_every)
        return loss, metrics

    def _apply(self, network: nn.Module, adam: torch.optim.Adam) -> None:
        self.processes.average_gradients(network.parameters())
        adam.step()
        adam.zero_grad(set_to_none=True)

    def _average(self, batch: int) -> None:
        """Move the averaged generator; faster after a level was added, whose layers are still
        far from where they will be."""
        recent = max(0.1 * self.position.shown, _SHORTEST_AVERAGE)
        half_life = min(self.request.ema_pictures, recent)
        step = 1 - 0.5 ** (batch / half_life)
        move_average(self.networks.average, self.networks.generator, step)

    # Going back

    def _look(self) -> bool:
        """Go back where the losses have exploded; True where they have."""
        exploded = self.processes.any_true(self.guard.exploded())
        if exploded:
            self._go_back(self.folder / CHECKPOINT, "The losses have exploded")
        return exploded

    def _milestone(self) -> None:
        """Judge the averaged generator: keep the run as it is now, or go back."""
        if self.processes.any_true(self.processes.first and self._got_worse()):
            good = self.folder / GOOD_CHECKPOINT
            path = good if good.exists() else self.folder / CHECKPOINT
            self._go_back(path, "The generated pictures vary much less than they did")

    def _got_worse(self) -> bool:
        precision, recall = self._precision_recall()
        what = f"({_COARSE}×{_COARSE} pixels)"
        self._judged = {f"precision {what}": precision, f"recall {what}": recall}
        position, side = self.position, resolution_of(self.position.level)
        self.reporter.message(
            f"At {position.pictures} pictures, {side}×{side}: precision {precision:.2f}, recall "
            f"{recall:.2f}, of {_JUDGED} samples, compared as pictures of {what[1:-1]}"
        )
        if position.alpha(self.request.stages[position.level]) < 1:
            return False  # layers that fade in are worse than those below for a while
        if self.guard.fell(f"recall at {side}", max(recall, _LEAST_RECALL)):
            return True
        if self.guard.good:
            self._save(self.folder / CHECKPOINT)
            keep_copy(self.folder / CHECKPOINT, self.folder / GOOD_CHECKPOINT)
        return False

    def _precision_recall(self) -> tuple[float, float]:
        """Of the averaged generator, on samples and training pictures scaled down to at most 16×16.

        Small pictures tell colours and coarse shapes, which is what a collapse loses first; they
        change with nothing but the pictures, unlike the features of the discriminator in training.
        """
        level, count = self.position.level, min(_JUDGED, len(self.pictures))
        alpha = self.position.alpha(self.request.stages[level])
        chosen = np.arange(count) * len(self.pictures) // count
        real = self.pictures.batch(chosen, np.zeros(count, bool), resolution_of(level))
        random = torch.Generator().manual_seed(self.request.seed)
        with torch.no_grad(), self._autocast():
            fake = torch.cat(
                [
                    self.networks.average(z, level, alpha).float().cpu()
                    for z in self._latents(_JUDGED, random).split(_GRID * _GRID)
                ]
            )
        if not torch.isfinite(fake).all():
            return 0.0, 0.0
        k = min(3, count - 1)
        return precision_recall(coarse_features(real), coarse_features(fake), k) if k else (0, 0)

    def _go_back(self, path: Path, why: str) -> None:
        self.guard.slow_down()
        if path.exists():
            self._load(path)
        else:  # nothing was saved yet: from the beginning
            self._begin()
        self.processes.any_true(False)  # all have read it before it is replaced
        self.meter.take()
        if self.processes.first:
            self.reporter.message(
                f"{why}: back to {self.position.pictures} pictures, at {self.guard.share:g} of the "
                "learning rate"
            )
            self._save(self.folder / CHECKPOINT)

    # What a step is made of

    def _latents(self, count: int, random: torch.Generator) -> Tensor:
        return torch.randn(count, self.request.config.latent, generator=random).to(self.device)

    def _real_batch(self, position: Position) -> Tensor:
        """This process's share of the next pictures, faded like the generator's; on the CPU."""
        stage, level = self.request.stages[position.level], position.level
        places = np.arange(position.pictures, position.pictures + stage.batch)
        places = places[self.processes.rank :: self.processes.count]
        indices = shuffled(places, len(self.pictures), self.request.seed)
        random = np.random.default_rng((self.request.seed, 1, *places[:1]))
        mirrored = (random.random(len(places)) < 0.5) & self.request.mirror
        real = self.pictures.batch(indices, mirrored, resolution_of(level))
        return faded(real, position.alpha(stage)) if level else real

    def _augmented(self, pictures: Tensor, random: torch.Generator) -> Tensor:
        return diff_augment(pictures, random) if self.augment else pictures

    def _autocast(self) -> torch.autocast:
        return autocast(self.device, self.precision)

    # Reporting and keeping

    def _report(self) -> None:
        position, stages = self.position, self.request.stages
        total = position.step + position.steps_left(stages)
        side = resolution_of(position.level)
        means, speed = self.meter.take()
        metrics = {
            **means,
            **self._judged,
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
        save_run(path, self.networks, self.position, alpha, {"guard": self.guard.values()})
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
        return torch.optim.Adam(
            network.parameters(), request.learning_rate, betas=(0.0, 0.99), fused=True
        )

    return Networks(generator, average, discriminator, adam(generator), adam(discriminator))


def faded(real: Tensor, alpha: float) -> Tensor:
    """Real pictures as the generator can draw them while a level fades in: half as fine at 0."""
    return torch.lerp(double(halve(real)), real, alpha) if alpha < 1 else real


def coarse_features(pictures: Tensor) -> Features:
    """Pictures (count, 3, side, side) scaled down to at most 16×16, as (count, numbers)."""
    factor = max(1, pictures.shape[-1] // _COARSE)
    return functional.avg_pool2d(pictures, factor).flatten(1).numpy()


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

"""Training of Text2Mel and of SSRN, resumable at any moment.

:func:`train` is the trainer that the studio runs as a child process.
"""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from kirara_speech.learning.dataset import FeatureRequest, SpeechSet, open_folder
from kirara_speech.learning.run_state import Networks, RunState, read_state, read_tensors, save_run
from kirara_speech.learning.schedule import CHECKPOINT, REPORT, TrainRequest
from kirara_speech.learning.tasks import task_for
from kirara_speech.networks.config import Text2MelConfig
from kirara_speech.networks.model_files import load_start
from kirara_speech.sound.saving import save_sound
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file, write_atomically
from kirara_studio.api.training import Reporter

_CLIP = 1.0  # the largest norm of a step's gradient
_FIRST_PREVIEW = 20.0  # seconds; the next ones come ever later, up to the request's
_REPORT_SECONDS = 2.0
_EMULATED = 3.0  # times as slow as fp32: one try is enough


def train(request: Mapping[str, Any], run_folder: Path, reporter: Reporter) -> None:
    """Train by ``request`` (:meth:`TrainRequest.to_dict`), going on where ``run_folder`` stands.

    Writes ``checkpoint.safetensors``, ``request.json``, ``report.json`` about the recordings, and
    ``previews/``. Returns when all steps
    are done or the reporter says stop. Raises :class:`UserError` for a request, folder or
    checkpoint that cannot be used, and when the loss stops being a number.
    """
    try:
        parsed = TrainRequest.from_dict(request)
    except (TypeError, ValueError, KeyError) as error:
        raise UserError(
            "The training cannot start: {reason}.", advice="Correct the settings.", reason=error
        ) from error
    Run(parsed, Path(run_folder), reporter).train()


class Run:
    """One training run: its network, its sentences, and where it stands."""

    def __init__(self, request: TrainRequest, folder: Path, reporter: Reporter) -> None:
        self.request = request
        self.folder = folder
        self.reporter = reporter
        self.device = device_for(request.device)
        self.speech = self._open_speech()
        self.task = task_for(request, self.speech, self.device)
        self.networks = build_networks(request, self.task.build, self.device)
        self.state = RunState(request.kind, request.config, precision=request.precision)
        self._begin()
        if self.state.precision == "auto":
            self.state = replace(self.state, precision=self._measure_precision())
        self.judged: dict[str, float] = {}
        self.meter = Meter()

    # Starting

    def _open_speech(self) -> SpeechSet:
        request, config = self.request, self.request.config
        if isinstance(config, Text2MelConfig):
            wanted = FeatureRequest(config.front_end, config.features, fine=False)
        else:  # SSRN needs no text
            wanted = FeatureRequest("", config.features, fine=True)

        def progress(done: int, total: int) -> None:
            if done % 50 == 0:
                self.reporter.progress(0, total, {}, f"Reading recordings: {done} of {total}")

        speech = open_folder(Path(request.folder), self.folder, wanted, progress)
        for line in speech.report.lines():
            self.reporter.message(line)
        text = json.dumps(speech.report.to_dict(), ensure_ascii=False, indent=1)
        write_atomically(self.folder / REPORT, text)
        return speech

    def _begin(self) -> None:
        """Go on from the checkpoint, or from the weights that the request names."""
        path = self.folder / CHECKPOINT
        if path.exists():
            state = read_state(path)
            if state.config != self.request.config:
                raise UserError(
                    "“{folder}” holds a run of a network of another shape.",
                    advice="Train into another folder, or with the settings of that run.",
                    folder=self.folder,
                )
            self.networks.load(read_tensors(path), path.name)
            self.state = state
            self.reporter.message(f"Going on at step {state.step}")
        elif self.request.start:
            weights, steps = load_start(Path(self.request.start), self.request.config)
            self.networks.network.load_state_dict(weights)
            self.networks.average.load_state_dict(weights)
            self.state = replace(self.state, step=steps, began=steps)
            self.reporter.message(f"Starting from weights of step {steps}")

    def _measure_precision(self) -> str:
        """Time a step forwards and backwards in each precision."""
        seconds: dict[str, float] = {}
        for precision in ("fp32", "bf16"):
            times = []
            for _ in range(3):
                start = time.perf_counter()
                with self._autocast(precision):
                    loss, _ = self.task.losses(self.networks.network, 0)
                loss.backward()
                loss.item()  # waits for a GPU
                times.append(time.perf_counter() - start)
                if times[-1] > _EMULATED * min(seconds.values(), default=math.inf):
                    break  # some processors only emulate bf16, ever so slowly
            seconds[precision] = min(times)
        self.networks.adam.zero_grad()
        best = min(seconds, key=seconds.__getitem__)
        text = ", ".join(f"{name} {1000 * value:.0f} ms" for name, value in seconds.items())
        self.reporter.message(f"Precision: {best} ({text} for one pass)")
        return best

    # The loop

    def train(self) -> None:
        """Train until all steps are done or the reporter says stop."""
        write_atomically(self.folder / "request.json", json.dumps(self.request.to_dict(), indent=1))
        saved = previewed = reported = time.monotonic()
        until_preview = min(_FIRST_PREVIEW, self.request.preview_seconds)
        while self.state.step < self.request.steps and not self.reporter.should_stop():
            self._step()
            now = time.monotonic()
            if now - reported >= _REPORT_SECONDS:
                self._report()
                reported = now
            if now - saved >= self.request.checkpoint_seconds:
                self._save()
                saved = now
            if now - previewed >= until_preview:
                self._preview()
                previewed = time.monotonic()
                until_preview = min(2 * until_preview, self.request.preview_seconds)
        self._save()
        self._preview()
        self._report()

    def _step(self) -> None:
        networks, state = self.networks, self.state
        torch.manual_seed(step_seed(self.request.seed, state.step))  # for dropout
        rate = self.request.rate_at(state.step, state.began)
        for group in networks.adam.param_groups:
            group["lr"] = rate
        with self._autocast():
            loss, parts = self.task.losses(networks.network, state.step)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(networks.network.parameters(), _CLIP)
        metrics = {name: part.item() for name, part in parts.items()}
        metrics |= {"loss": loss.item(), "gradient": norm.item()}
        if not all(math.isfinite(value) for value in metrics.values()):
            raise UserError(
                "The training has diverged: a loss is no longer a number.",
                advice="The last checkpoint is kept. Resume with a lower learning rate.",
            )
        networks.adam.step()
        networks.adam.zero_grad(set_to_none=True)
        self._average()
        self.meter.add({**metrics, "learning rate": rate})
        self.state = replace(state, step=state.step + 1)

    @torch.no_grad()
    def _average(self) -> None:
        """Move the average; faster at the beginning, when the network is still far from it."""
        done = self.state.step - self.state.began + 1
        keep = min(self.request.average, (1 + done) / (10 + done))
        average = [parameter.detach() for parameter in self.networks.average.parameters()]
        new = [parameter.detach() for parameter in self.networks.network.parameters()]
        torch._foreach_lerp_(average, new, 1 - keep)

    def _autocast(self, precision: str | None = None) -> torch.autocast:
        bf16 = (precision or self.state.precision) == "bf16"
        return torch.autocast(self.device.type, torch.bfloat16, enabled=bf16)

    # Telling and keeping

    def _report(self) -> None:
        step, total = self.state.step, self.request.steps
        metrics = {**self.meter.take(), **self.judged}
        self.reporter.progress(step, total, metrics, f"step {step} of {total}")

    def _save(self) -> None:
        path = self.folder / CHECKPOINT
        save_run(path, self.networks, self.state)
        self.reporter.checkpoint(path)

    @torch.no_grad()
    def _preview(self) -> None:
        with self._autocast():
            judged = self.task.judge(self.networks.average)
            pictures = self.task.preview(self.networks.average)
        self.judged = {f"{name} (held out)": value for name, value in judged.items()}
        for name, picture in pictures.items():
            path = self.folder / "previews" / f"{self.state.step:07d}-{name}.png"
            with whole_file(path) as temporary:
                picture.save(temporary)
            self.reporter.preview(path)
        path = self.folder / "previews" / f"{self.state.step:07d}-speech.wav"
        sound = self.task.speak(self.networks.average)
        save_sound(path, [sound], {"kind": "training preview", "step": self.state.step})
        self.reporter.preview(path)


def build_networks(request: TrainRequest, build: Any, device: torch.device) -> Networks:
    """New networks, initialised from the request's seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(request.seed)
        network = build()
    network.to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(network).requires_grad_(False)
    adam = torch.optim.Adam(
        network.parameters(), request.learning_rate, betas=(0.5, 0.9), eps=1e-6, fused=True
    )
    return Networks(network, average, adam)


def device_for(wanted: str) -> torch.device:
    """The device ``wanted``, or the best there is."""
    if wanted != "auto":
        return torch.device(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def step_seed(seed: int, step: int) -> int:
    """The seed of all that is random in one step, 0…2⁶³−1.

    A step can so be repeated without remembering any random state.
    """
    words = np.random.SeedSequence((seed, step)).generate_state(1, np.uint64)
    return int(words[0] >> np.uint64(1))


class Meter:
    """Means of metrics since they were last taken, and the speed."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._sums: dict[str, float] = {}
        self._steps = 0
        self._since = time.monotonic()

    def add(self, metrics: Mapping[str, float]) -> None:
        """Add the metrics of one step."""
        for name, value in metrics.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._steps += 1

    def take(self) -> dict[str, float]:
        """The means, and "seconds per step"; begins anew."""
        count = max(self._steps, 1)
        means = {name: total / count for name, total in self._sums.items()}
        means["seconds per step"] = (time.monotonic() - self._since) / count
        self._begin()
        return means

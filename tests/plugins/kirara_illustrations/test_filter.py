"""The filter judges files, says why one cannot be read, and learns from corrections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kirara_illustrations.filter.classes import CLASSES, ILLUSTRATION, ILLUSTRATION_FILTER, OTHER
from kirara_illustrations.filter.judging import (
    FilterRequest,
    Picture,
    Verdict,
    correct_job,
    filter_job,
    judged,
)
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from kirara_studio.api.learning.correcting import CorrectRequest
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import load_head
from kirara_studio.api.learning.lite0 import STATISTICS_COUNT
from kirara_studio.api.models import Checkpoint, ModelCard
from kirara_studio.engine.tools import ExecutionContext, Tools

from .small_filter import save_examples, save_filter


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(threads=1)


@pytest.fixture(scope="module")
def model(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_filter(tmp_path_factory.mktemp("model") / "filter.safetensors", extractor)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return save_examples(tmp_path)


def tools(tmp_path: Path, parts: list[Any] | None = None, **options: Any) -> Tools:
    take = (lambda part: None) if parts is None else parts.extend
    return Tools(ExecutionContext(tmp_path / "cache"), on_part=take, **options)


def test_every_file_gets_a_verdict_in_its_place(
    model: Path, files: list[Path], tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.png"
    damaged.write_bytes(files[0].read_bytes()[:80])
    paths = (files[0], damaged, tmp_path / "gone.png", *files[1:])
    found: list[Verdict] = []
    filter_job(FilterRequest(paths, model), tools(tmp_path, found))
    assert [verdict.path for verdict in found] == list(paths)
    good = [verdict for verdict in found if verdict.error is None]
    assert [verdict.class_name for verdict in good] == list(CLASSES)
    for verdict in good:
        assert sum(verdict.confidences.values()) == pytest.approx(1)
        assert verdict.confidences.keys() == set(CLASSES)
        assert len(np.frombuffer(verdict.features, np.float16)) == 2 * STATISTICS_COUNT
    bad = [verdict for verdict in found if verdict.error is not None]
    assert [verdict.path.name for verdict in bad] == ["damaged.png", "gone.png"]
    assert not any(verdict.class_name or verdict.passes(0.01) for verdict in bad)


def test_only_sure_illustrations_pass(files: list[Path]) -> None:
    confidences = dict.fromkeys(CLASSES, 0.1) | {ILLUSTRATION: 0.6}
    verdict = Verdict(files[0], ILLUSTRATION, confidences)
    assert verdict.passes() and verdict.passes(0.6) and not verdict.passes(0.61)


def test_batches_change_nothing(model: Path, files: list[Path], extractor: Extractor) -> None:
    head = load_head(model, ILLUSTRATION_FILTER)
    one, all_at_once = (
        [verdict.confidences[ILLUSTRATION] for verdict in judged(files, head, extractor, batch=n)]
        for n in (1, 5)
    )
    assert one == pytest.approx(all_at_once, abs=0.01)


def test_a_stop_ends_it(model: Path, files: list[Path], tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        filter_job(FilterRequest(tuple(files), model), tools(tmp_path, cancelled=lambda: True))


def test_corrections_adjust_the_head_and_leave_the_others(
    model: Path, files: list[Path], tmp_path: Path, extractor: Extractor
) -> None:
    output = tmp_path / "corrected.safetensors"
    labelled = ((Picture(files[1]), OTHER), (Picture(files[0]), ILLUSTRATION))
    others = tuple(Picture(path) for path in (*files[2:], tmp_path / "gone.png"))
    result = correct_job(CorrectRequest(model, labelled, others, output), tools(tmp_path))
    assert (result.corrected.count, result.checked.count) == (1, 1)
    assert (result.others, result.changed, result.unread) == (3, 0, ("gone.png",))
    head = load_head(output, ILLUSTRATION_FILTER)
    found = [verdict.class_name for verdict in judged(files, head, extractor)]
    assert found == [ILLUSTRATION, OTHER, *CLASSES[2:]]


def test_a_model_of_something_else_is_refused(
    model: Path, files: list[Path], tmp_path: Path
) -> None:
    checkpoint = Checkpoint.load(model)
    other = tmp_path / "paintings.safetensors"
    card = ModelCard("paintings-network", configuration=checkpoint.card.configuration)
    Checkpoint(card, checkpoint.tensors).save(other)
    with pytest.raises(UserError, match="holds a “paintings-network”"):
        filter_job(FilterRequest(tuple(files), other), tools(tmp_path))

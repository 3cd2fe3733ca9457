"""Classes of one's own: learnt, judged by leaving out, saved, read, and explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skimage.data
import torch

from kirara_paintings.answers import PAINTINGS_NETWORK, Pixels
from kirara_paintings.learning.fitting import FittedClassifier, fit_classifier
from kirara_paintings.network_classifier import NetworkClassifier, load_network_classifier
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.correcting import adjusted_to, compared
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import Familiarity, Head, load_head, save_head
from kirara_studio.api.learning.linear import LinearModel, fit
from kirara_studio.api.learning.lite0 import FEATURES_COUNT
from kirara_studio.api.models import Checkpoint, ModelCard

TEXTURES = ("brick", "grass", "gravel")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def pieces(name: str, column: int) -> list[Pixels]:
    """Five squares of a texture, one below the other."""
    texture = np.repeat(getattr(skimage.data, name)()[..., None], 3, 2)
    return [texture[96 * row : 96 * row + 128, column : column + 128] for row in range(5)]


@pytest.fixture(scope="module")
def fitted(extractor: Extractor) -> FittedClassifier:
    pictures = [piece for name in TEXTURES for piece in pieces(name, 0)]
    return fit_classifier(pictures, [name for name in TEXTURES for _ in range(5)], extractor)


def test_textures_are_learnt_from_five_pieces_each(
    fitted: FittedClassifier, extractor: Extractor
) -> None:
    assert fitted.result.accuracy == 1.0
    assert fitted.result.confusion == np.diag([5, 5, 5]).tolist()
    new = [piece for name in TEXTURES for piece in pieces(name, 256)]
    probabilities = fitted.head.probabilities(extractor.features(new))
    assert (probabilities.argmax(1) == np.repeat([0, 1, 2], 5)).mean() >= 14 / 15
    np.testing.assert_allclose(probabilities.sum(1), 1)


def test_few_pictures_make_nobody_certain(fitted: FittedClassifier) -> None:
    assert 0.7 < np.mean(fitted.result.confidences) <= 16 / 17 + 0.01


def test_what_is_unlike_all_classes_is_not_believed(
    fitted: FittedClassifier, extractor: Extractor
) -> None:
    others = [getattr(skimage.data, name)() for name in ("chelsea", "coffee", "rocket", "retina")]
    others.append(np.full((60, 90, 3), 200, np.uint8))
    features = extractor.features(others)
    assert fitted.head.probabilities(features).max(1).max() < 0.5
    with_none = replace(fitted.head, classes=("brick", "grass", "none"))
    assert with_none.probabilities(features)[:, 2].min() > 0.8


def test_familiarity_knows_its_own_and_falls_beyond_its_reach() -> None:
    angles = np.radians([0, 10, 20, 20])  # one of them twice
    familiarity = Familiarity.of(np.column_stack([np.cos(angles), np.sin(angles)]))
    assert familiarity.reach == pytest.approx(1 - np.cos(np.radians(10)))
    asked = np.radians([0, 5, 29, 45, 90])
    values = familiarity.of_pictures(np.column_stack([np.cos(asked), np.sin(asked)]))
    assert values[:3].tolist() == [1, 1, 1]
    assert 1 > values[3] > values[4]


def test_a_model_comes_back_from_its_file(
    fitted: FittedClassifier, extractor: Extractor, tmp_path: Path
) -> None:
    path = tmp_path / "素材.safetensors"
    fitted.save(path, "素材")
    classifier = load_network_classifier(path)
    new = [pieces(name, 256)[0] for name in TEXTURES]
    answers = classifier.classify(new)
    assert [answer.style for answer in answers] == list(TEXTURES)
    expected = fitted.head.probabilities(extractor.features(new))
    prediction = [[answer.probabilities[name] for name in TEXTURES] for answer in answers]
    np.testing.assert_allclose(prediction, expected, atol=1e-3)
    card = path.with_suffix(".toml").read_text(encoding="utf-8")
    assert "leave-one-out accuracy" in card and "“gravel”: 5" in card


def test_heat_is_what_the_answer_was_made_of(
    fitted: FittedClassifier, extractor: Extractor
) -> None:
    half = np.hstack([pieces("brick", 0)[0], pieces("grass", 0)[0]])
    feature_map = extractor.feature_map(half)
    brick, grass = (fitted.head.heat(feature_map, name) for name in ("brick", "grass"))
    model = fitted.head.model
    logits = model.logits(extractor.features([half]))[0] - model.biases
    assert brick.mean() == pytest.approx(logits[0] - logits.mean(), abs=1e-2)
    assert brick.shape == (7, 7)
    assert brick[:, :3].mean() > brick[:, 4:].mean()
    assert grass[:, :3].mean() < grass[:, 4:].mean()


def test_the_same_pictures_teach_the_same(fitted: FittedClassifier, extractor: Extractor) -> None:
    pictures = [piece for name in TEXTURES for piece in pieces(name, 0)]
    again = fit_classifier(pictures, [name for name in TEXTURES for _ in range(5)], extractor)
    np.testing.assert_allclose(again.head.model.weights, fitted.head.model.weights, atol=1e-5)


# Corrections


def test_corrections_adjust_a_head_and_leave_the_rest(
    fitted: FittedClassifier, extractor: Extractor
) -> None:
    head = fitted.head
    new = extractor.features([piece for name in TEXTURES for piece in pieces(name, 256)])
    before = head.probabilities(new)
    adjusted = adjusted_to(head, new[:1], ["gravel"])  # it is brick
    after = adjusted.probabilities(new)
    assert adjusted.classes == head.classes and head.classes[after[0].argmax()] == "gravel"
    assert (after[5:].argmax(1) == before[5:].argmax(1)).all()
    assert np.abs(after[5:] - before[5:]).max() < 0.1
    np.testing.assert_array_equal(adjusted.model.biases, head.model.biases)
    assert adjusted_to(adjusted, new[5:6], ["grass"]).probabilities(new)[0].argmax() == 2


def test_corrections_are_judged_by_heads_that_have_not_seen_the_picture(
    fitted: FittedClassifier, extractor: Extractor
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (2, 60, 60, 3)).astype(np.uint8)
    pictures = [noise[0], pieces("brick", 256)[0]]
    features, names = extractor.features(pictures), ["gravel", "brick"]
    first = fitted.head.classes[fitted.head.probabilities(features)[0].argmax()]
    names[0] = next(name for name in TEXTURES if name != first)
    adjusted = adjusted_to(fitted.head, features, names)
    result = compared(fitted.head, adjusted, features, names, extractor.features([noise[1]]))
    assert (result.corrected.count, result.corrected.before, result.checked.count) == (1, 0, 1)
    assert result.corrected.after == 0, "nobody can know it without having seen it"
    assert (result.checked.before, result.checked.after, result.others) == (1, 1, 1)


def test_copies_are_left_out_together(extractor: Extractor) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (8, 40, 40, 3)).astype(np.uint8)
    twice = [picture for picture in noise for _ in range(2)]
    labels = ["even" if number % 2 == 0 else "odd" for number in range(8) for _ in range(2)]
    # A picture whose copy stays would always be recognised; noise cannot be.
    assert fit_classifier(twice, labels, extractor).result.accuracy < 0.9


def test_progress_is_reported_and_may_stop(extractor: Extractor) -> None:
    class Stopped(Exception):
        pass

    reported: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        reported.append((done, of))
        if done == 3:
            raise Stopped

    pictures = [piece for name in TEXTURES[:2] for piece in pieces(name, 0)]
    with pytest.raises(Stopped):
        fit_classifier(pictures, ["a"] * 5 + ["b"] * 5, extractor, stop)
    assert reported == [(1, 5), (2, 5), (3, 5)]


@pytest.mark.parametrize(
    ("labels", "numbers", "message"),
    [
        ("aaaa", (0, 1, 2, 3), "two classes or more"), ("", (), "two classes or more"),
        ("aab", (0, 1, 2), "“b” has only one picture"),
        ("aabb", (0, 1, 2, 2), "“b” has only one picture"),
        ("aabb", (0, 1, 1, 0), "“a” and “b” have the same pictures"),
    ],
)  # fmt: skip
def test_what_cannot_be_learnt(
    labels: Sequence[str], numbers: Sequence[int], message: str, extractor: Extractor
) -> None:
    pictures = [np.full((9, 9, 3), 40 * number, np.uint8) for number in numbers]
    with pytest.raises(UserError, match=message):
        fit_classifier(pictures, list(labels), extractor)


def test_files_that_hold_no_classes(fitted: FittedClassifier, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    fitted.save(path)
    good = Checkpoint.load(path)
    configuration = dict(good.card.configuration)
    for change, tensors, message in (
        ({"classes": ["a", "a", "b"]}, {}, "does not describe its network"),
        ({"classes": "abc"}, {}, "does not describe its network"),
        ({"temperature": 0}, {}, "does not describe its network"),
        ({"network": "0123456789abcdef"}, {}, "another network"),
        ({"classes": ["a", "b"]}, {}, "weights"),
        ({}, {"biases": torch.full((3,), torch.nan)}, "biases"),
        ({}, {"scale": torch.zeros(1280)}, "scale"),
        ({}, {"references": torch.zeros(2, 3)}, "references"),
    ):
        card = replace(good.card, configuration=configuration | change)
        Checkpoint(card, {**good.tensors, **tensors}).save(path)
        with pytest.raises(UserError, match=message):
            load_head(path, PAINTINGS_NETWORK)
    Checkpoint(replace(good.card, architecture="convlstm"), good.tensors).save(path)
    with pytest.raises(UserError, match="holds a “convlstm”"):
        load_head(path, PAINTINGS_NETWORK)


def test_a_head_without_familiarity_is_the_model_alone(fitted: FittedClassifier) -> None:
    features = np.random.default_rng(0).random((3, 1280))
    head = Head(fitted.head.classes, fitted.head.model)
    np.testing.assert_array_equal(
        head.probabilities(features), fitted.head.model.probabilities(features)
    )


def test_a_head_may_judge_statistics_and_shows_no_place_then(
    extractor: Extractor, tmp_path: Path
) -> None:
    pictures = [np.full((40, 60, 3), value, np.uint8) for value in (10, 240)]
    model = fit(extractor.statistics(pictures), np.array([0, 1]), 2)
    path = tmp_path / "head.safetensors"
    save_head(path, Head(("dark", "light"), model), ModelCard(PAINTINGS_NETWORK))
    classifier = NetworkClassifier(load_head(path, PAINTINGS_NETWORK), extractor)
    answers = classifier.classify(pictures)
    assert answers[0].probabilities["dark"] > 0.9 and answers[1].probabilities["light"] > 0.9
    assert classifier.explain(pictures[0], "dark").heat is None


def test_a_head_may_see_the_middle_once_more(extractor: Extractor, tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    pictures = [random.integers(0, 256, (90, side, 3)).astype(np.uint8) for side in (60, 150)]
    both = extractor.features(pictures, detail=True)
    np.testing.assert_allclose(both[:, :FEATURES_COUNT], extractor.features(pictures), atol=2e-3)
    inner = extractor.detail_map(pictures[1]).mean((0, 1))
    np.testing.assert_allclose(both[1, FEATURES_COUNT:], inner, atol=2e-3)
    outside = pictures[1].copy()
    outside[:20] = 0
    changed = extractor.features([outside], detail=True)[0] - both[1]
    assert np.abs(changed[:FEATURES_COUNT]).max() > 0.1
    np.testing.assert_allclose(changed[FEATURES_COUNT:], 0, atol=2e-3)

    count = 2 * FEATURES_COUNT
    weights = random.normal(0, 0.1, (2, count))
    model = LinearModel(np.zeros(count), np.ones(count), weights, np.zeros(2))
    path = tmp_path / "head.safetensors"
    save_head(path, Head(("one", "two"), model), ModelCard(PAINTINGS_NETWORK))
    head = load_head(path, PAINTINGS_NETWORK)
    classifier = NetworkClassifier(head, extractor)
    answer = classifier.classify([pictures[1]])[0]
    heat = classifier.explain(pictures[1], "one").heat
    assert heat is not None
    odds = np.log(answer.probabilities["one"] / answer.probabilities["two"])
    assert 2 * heat.mean() == pytest.approx(odds, abs=0.05)

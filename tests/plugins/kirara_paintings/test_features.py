"""The named features measure what their names say, and the model over them explains its answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from kirara_paintings.answers import Pixels
from kirara_paintings.features.additive import (
    AdditiveModel,
    additive_from,
    basis,
    hat_basis,
    quantile_knots,
)
from kirara_paintings.features.catalogue import BY_NAME, FEATURES, measured
from kirara_paintings.features.classifier import FeaturesClassifier, load_features_classifier
from kirara_paintings.styles import NEO_PLASTICISM, NONE, STYLES
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.linear import fit
from kirara_studio.api.model_library import find_model
from kirara_studio.api.models import Checkpoint, ModelCard


def grid() -> Pixels:
    """Black lines on white, with a red plane."""
    picture = np.full((300, 240, 3), 238, np.uint8)
    picture[200:, 140:] = (210, 30, 25)
    picture[:, 60:67], picture[:, 133:140], picture[90:97], picture[193:200] = 18, 18, 18, 18
    return picture


def noise() -> Pixels:
    return np.random.default_rng(3).integers(0, 256, (240, 300, 3)).astype(np.uint8)


def value(name: str, picture: Pixels) -> float:
    names = [feature.name for feature in FEATURES]
    return float(measured(picture)[names.index(name)])


def test_lines_are_seen_in_a_grid_and_not_in_noise() -> None:
    for name in ("black_lines", "straight_edges", "rectangular_regions", "right_angles", "white"):
        assert value(name, grid()) > value(name, noise()) + 0.05, name
    for name in ("fine_variation", "tangle", "many_directions", "colour_variety", "loose_edges"):
        assert value(name, noise()) > value(name, grid()), name


def test_a_grid_on_its_corner_has_long_edges_on_the_diagonals() -> None:
    turn = cv2.getRotationMatrix2D((150, 120), 45, 1.4)
    lozenge = cv2.warpAffine(grid(), turn, (300, 300), borderMode=cv2.BORDER_REPLICATE)
    assert value("slanted_edges", lozenge) > 0.3 > value("straight_edges", lozenge)
    assert value("slanted_edges", grid()) < 0.1


def test_a_chequered_board_lines_up_even_where_its_edges_are_faint() -> None:
    board = np.kron(np.random.default_rng(5).integers(0, 2, (12, 12)), np.ones((20, 20)))
    faint = (120 + 12 * board[..., None].repeat(3, axis=2)).astype(np.uint8)
    assert value("lined_up_edges", faint) > 2 * value("lined_up_edges", noise())
    turn = cv2.getRotationMatrix2D((120, 120), 45, 1.5)
    lozenge = cv2.warpAffine(faint, turn, (240, 240), borderMode=cv2.BORDER_REPLICATE)
    assert value("lined_up_edges", lozenge) > 2 * value("lined_up_edges", noise())


def test_paints_of_one_brightness_make_edges_of_colour_alone() -> None:
    random = np.random.default_rng(6).integers(0, 2, (24, 24, 1))
    patches = np.kron(random, np.ones((10, 10, 1)))
    paints = np.where(patches, (200, 90, 90), (60, 145, 90)).astype(np.uint8)  # both of 121
    shadows = np.where(patches, (200, 200, 200), (60, 60, 60)).astype(np.uint8)
    assert value("colour_edges", paints) > 0.8 > 0.1 > value("colour_edges", shadows)


def test_smooth_and_busy_places_are_distinguished() -> None:
    half = noise()
    half[:120] = 128  # a smooth sky
    assert value("calmest_places", half) < 1 < value("calmest_places", noise())
    assert value("rare_change", half) > value("rare_change", noise()) + 0.5
    corner = np.full((240, 240, 3), 128, np.uint8)
    corner[:90, :90] = noise()[:90, :90]
    assert value("busiest_places", corner) > value("busiest_places", noise()) + 1


def test_wide_fields_are_seen_from_afar_and_flung_paint_is_not() -> None:
    fields = np.full((240, 300, 3), (200, 60, 30), np.uint8)
    fields[120:] = (30, 60, 160)
    assert value("seen_from_afar", fields) > 0.9 > 0.2 > value("seen_from_afar", noise())


def test_shares_of_colours_are_shares_of_the_picture() -> None:
    picture = np.full((100, 200, 3), 255, np.uint8)
    picture[:, :50] = (215, 25, 25)
    picture[:, 50:70] = 5
    assert value("primaries", picture) == pytest.approx(0.25, abs=0.02)
    assert value("black", picture) == pytest.approx(0.10, abs=0.02)
    assert value("white", picture) == pytest.approx(0.65, abs=0.02)


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (9, 4000)])
def test_every_feature_has_a_value_for_every_shape(shape: tuple[int, int]) -> None:
    for level in (0, 128, 255):
        assert np.isfinite(measured(np.full((*shape, 3), level, np.uint8))).all()


def test_curves_are_straight_between_knots() -> None:
    knots = np.array([[0.0, 1.0, 3.0]])
    hats = hat_basis(np.array([[-5.0], [0.25], [2.0], [9.0]]), knots)[:, 0]
    assert hats.tolist() == [[1, 0, 0], [0.75, 0.25, 0], [0, 0.5, 0.5], [0, 0, 1]]


def test_knots_rise_even_where_a_feature_hardly_changes() -> None:
    values = np.zeros((50, 2))
    values[:2, 1] = 1.0
    assert (np.diff(quantile_knots(values, 5), axis=1) > 0).all()


def trained() -> tuple[AdditiveModel, np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    values = random.normal(0, 1, (400, len(FEATURES)))
    labels = (np.abs(values[:, 2]) > 0.8).astype(int)  # which no straight line separates
    return learnt(values, labels, 1.0), values, labels


def learnt(values: np.ndarray, labels: np.ndarray, l2: float) -> AdditiveModel:
    knots, pairs = quantile_knots(values, 5), np.array([[2, 5], [2, 7]])
    linear = fit(basis(values, knots, pairs), labels, 2, l2)
    usual = np.zeros((2, len(FEATURES), 2))
    usual[..., 1] = 1.0
    return additive_from(linear, knots, pairs, usual)


def test_an_additive_model_learns_what_lies_at_both_ends_and_names_the_feature() -> None:
    model, values, labels = trained()
    assert (model.probabilities(values).argmax(1) == labels).mean() > 0.95
    # Two classes: the weights and the bias sum to the log odds.
    one = values[0]
    odds = np.log(model.probabilities(one[None])[0])
    total = model.weights(one, 1).sum() + model.biases[1] - model.biases[0]
    assert total == pytest.approx(odds[1] - odds[0], abs=1e-6)
    far = values[np.abs(values[:, 2]) > 1.2][0]
    assert np.argmax(model.weights(far, 1)) == 2


def test_pairs_show_what_neither_feature_shows_alone() -> None:
    random = np.random.default_rng(1)
    values = random.normal(0, 1, (2400, len(FEATURES)))
    labels = (values[:, 2] * values[:, 7] > 0).astype(int)
    model = learnt(values[:2000], labels[:2000], 5.0)
    assert (model.probabilities(values[2000:]).argmax(1) == labels[2000:]).mean() > 0.85
    both = values[(values[:, 2] > 1) & (values[:, 7] > 1)][0]
    weights = model.weights(both, 1)
    assert set(np.argsort(-weights)[:2]) == {2, 7}, "both classes are recognised"
    odds = np.log(model.probabilities(both[None])[0])
    total = weights.sum() + model.biases[1] - model.biases[0]
    assert total == pytest.approx(odds[1] - odds[0], abs=1e-6)


def test_a_pair_of_a_feature_that_there_is_not_is_refused(tmp_path: Path) -> None:
    model, _, _ = trained()
    path = tmp_path / "two.safetensors"
    FeaturesClassifier(("a", "b"), model).save(path, ModelCard(architecture=""))
    checkpoint = Checkpoint.load(path)
    configuration = {**checkpoint.card.configuration, "pairs": [["white", "mood"], ["white"]]}
    card = replace(checkpoint.card, configuration=configuration)
    Checkpoint(card, checkpoint.tensors).save(path)
    with pytest.raises(UserError, match="does not describe its network"):
        load_features_classifier(path)


def test_a_model_comes_back_from_its_file(tmp_path: Path) -> None:
    model, values, _ = trained()
    path = tmp_path / "two.safetensors"
    FeaturesClassifier(("a", "b"), model).save(path, ModelCard(architecture="", name="Two"))
    again = load_features_classifier(path)
    assert again.classes == ("a", "b")
    same = again.model.probabilities(values)
    assert same == pytest.approx(model.probabilities(values), abs=1e-4)


def test_a_model_over_other_features_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, _, _ = trained()
    path = tmp_path / "two.safetensors"
    FeaturesClassifier(("a", "b"), model).save(path, ModelCard(architecture=""))
    monkeypatch.setattr("kirara_paintings.features.classifier.FEATURES", FEATURES[:-1])
    with pytest.raises(UserError, match="trained on features"):
        load_features_classifier(path)


def test_the_bundled_model_says_why() -> None:
    classifier = load_features_classifier(find_model("paintings-features").path)
    assert set(classifier.classes) == {*STYLES, NONE}
    (answer,) = classifier.classify([grid()])
    assert answer.style == NEO_PLASTICISM
    assert sum(answer.probabilities.values()) == pytest.approx(1)
    reasons = classifier.explain(grid(), NEO_PLASTICISM).reasons
    assert [reason.feature for reason in reasons if reason.feature not in BY_NAME] == []
    sizes = [abs(reason.weight) for reason in reasons]
    assert sizes == sorted(sizes, reverse=True) and sum(reason.weight for reason in reasons) > 0
    lines = next(reason for reason in reasons if reason.feature == "black_lines")
    assert lines.regions and any(box.bottom - box.top > 0.9 for box in lines.regions)

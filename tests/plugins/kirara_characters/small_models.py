"""Small networks in files, and tools to run jobs with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from kirara_characters.faces.config import FACES, FaceNetworkConfig
from kirara_characters.faces.network import FaceNetwork
from kirara_characters.likeness.network import LikenessNetwork
from kirara_characters.likeness.schedule import LIKENESS, LikenessConfig
from kirara_characters.networks.config import GENERATOR, PgganConfig
from kirara_characters.networks.network import Discriminator, Generator
from kirara_studio.api.jobs import Progress
from kirara_studio.api.models import Checkpoint, ModelCard
from kirara_studio.engine.tools import ExecutionContext, Tools
from tests.packaging import loaded

PAPER = PgganConfig(
    latent=12,
    channels=(16, 12, 8),
    order="activate_then_norm",
    statistic="standard_deviation",
    normalise_latent=True,
    equalised_score=True,
)
AUTHOR_ORDER = PgganConfig(latent=12, channels=(48, 40, 8))


def small_generator(config: PgganConfig = PAPER, seed: int = 1) -> Generator:
    """A generator with random weights and biases."""
    torch.manual_seed(seed)
    generator = Generator(config).requires_grad_(False).eval()
    for name, parameter in generator.named_parameters():
        if name.endswith("bias"):
            parameter.normal_(std=0.3)
    return generator


def save_generator(path: Path, config: PgganConfig = PAPER, name: str = "small") -> Path:
    """Write a small generator with its card."""
    card = ModelCard(GENERATOR, name=name, configuration=config.to_dict())
    Checkpoint(card, small_generator(config).state_dict()).save(path)
    return path


def save_discriminator(path: Path, config: PgganConfig = PAPER) -> Path:
    """Write a small discriminator with its card."""
    torch.manual_seed(2)
    card = ModelCard("pggan-discriminator", configuration=config.to_dict())
    Checkpoint(card, Discriminator(config).state_dict()).save(path)
    return path


def job_tools(
    cache: Path,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Tools:
    """The engine's own tools, with one thread: small networks need no more."""
    context = ExecutionContext(cache)
    assert context.device
    torch.set_num_threads(1)
    return Tools(context, on_progress=on_progress, cancelled=cancelled)


def save_face_network(path: Path) -> Path:
    """A small untrained network that finds drawn faces."""
    torch.manual_seed(4)
    config = FaceNetworkConfig((2, 2, 2, 2), 1)
    network = FaceNetwork(config)
    card = ModelCard(FACES, name="Small", configuration=config.to_dict())
    Checkpoint(card, {name: t.half() for name, t in network.state_dict().items()}).save(path)
    return path


def save_likeness_network(path: Path) -> Path:
    """A small untrained network that reads attributes."""
    torch.manual_seed(5)
    config = LikenessConfig(("yaw", "ahoge", "glasses=round", "glasses=none"), (2, 2, 2, 2))
    network = LikenessNetwork(config)
    card = ModelCard(LIKENESS, name="Small", configuration=config.to_dict())
    Checkpoint(card, {name: t.half() for name, t in network.state_dict().items()}).save(path)
    return path


def save_author_weights(path: Path, kind: str, shared_folder: Path) -> Path:
    """The author's file of a kind, from which the numbers beside his weights were computed.

    It is not compressed, as that would take far longer than all the rest.
    """
    program = loaded(shared_folder / "author" / "author_weights.py")
    np.savez(path, **program.weights(kind, 2017))
    return path

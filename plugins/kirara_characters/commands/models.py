"""The commands that make models: train, export, import."""

from __future__ import annotations

import argparse
from pathlib import Path

from kirara_characters.commands.arguments import at_least, positive
from kirara_characters.commands.pictures import add_sources, pictures_to_train
from kirara_characters.learning.schedule import (
    LOSSES,
    SIZES,
    TRAINER,
    TrainRequest,
    default_stages,
)
from kirara_characters.models import find_model
from kirara_characters.networks.config import AUTHOR, BUNDLED
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.learning.schedule import CHECKPOINT, PRECISIONS
from kirara_studio.api.media.checking import SMALLEST


def configure_train(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`train`."""
    add, yes_or_no, request = parser.add_argument, argparse.BooleanOptionalAction, TrainRequest
    add_sources(parser)
    text = "the run's folder; an existing run is resumed"
    add("--out", type=Path, required=True, metavar="RUN", help=text)
    text = "start from a model: a file, or a name such as that of the bundled one"
    add("--from", dest="start_from", default="", metavar="MODEL", help=text)
    add("--size", type=int, choices=SIZES, default=64, help="to grow to (default 64)")
    text = "the paper's at a size for two cores, or the blog author's for a GPU (default small)"
    add("--network", choices=("small", "author"), default="small", help=text)
    text = "train for about so many hours, pauses not counted (default: as --thoroughness says)"
    add("--hours", type=positive, default=0.0, metavar="H", help=text)
    text = "multiplies how many pictures are shown at each size (default 1)"
    add("--thoroughness", type=positive, default=1.0, metavar="FACTOR", help=text)
    text = "pictures in a batch, at every size (default 32, from 32×32 on 16)"
    add("--batch", type=at_least(2), help=text)
    add("--loss", choices=LOSSES, default="logistic", help="(default logistic)")
    text = "(default %(default)g)"
    add("--learning-rate", type=positive, default=request.learning_rate, help=text)
    text = "weight of the logistic loss's gradient penalty, at 64×64 (default %(default)g)"
    add("--r1", type=positive, default=request.r1, help=text)
    text = "show pictures mirrored too (default yes)"
    add("--mirror", action=yes_or_no, default=True, help=text)
    text = "DiffAugment (by default for small folders)"
    add("--augment", action=yes_or_no, default=None, help=text)
    add("--seed", type=at_least(0), default=2017, help="(default 2017)")
    add("--precision", choices=PRECISIONS, default="auto", help="(default auto)")
    add("--device", default="auto", help="auto, cpu, cuda or mps (default auto)")


def train(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Train in the foreground, printing JSON lines; Ctrl+C saves and stops."""
    start = arguments.start_from
    if start:
        start = str(find_model(start, context.data_folder).path.absolute())
    smallest = arguments.smallest or min(SMALLEST, arguments.size)
    pictures = pictures_to_train(arguments, context, smallest)
    request = TrainRequest(
        folder=pictures.sources[0],
        pictures=pictures,
        config=AUTHOR if arguments.network == "author" else BUNDLED,
        stages=default_stages(arguments.size, arguments.thoroughness, arguments.batch),
        loss=arguments.loss,
        learning_rate=arguments.learning_rate,
        r1=arguments.r1,
        mirror=arguments.mirror,
        augment=arguments.augment,
        seed=arguments.seed,
        precision=arguments.precision,
        device=arguments.device,
        start_from=start,
        hours=arguments.hours,
    )
    return context.run_training(TRAINER, request.to_dict(), arguments.out.absolute())


def configure_export(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`export`."""
    add = parser.add_argument
    add("run_folder", type=Path, metavar="RUN", help="the folder of a training run")
    add("--out", type=Path, required=True, metavar="MODEL.safetensors", help="the model to write")
    add("--name", default="", help="what to call the model")
    add("--training-data", default="", help="for the card: what it was trained on")
    add("--licence", default="", help="for the card")
    add("--discriminator", action="store_true", help="export it instead of the generator")


def export(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Write a model of a run's averaged generator, up to its last finished size."""
    from kirara_characters.networks.model_files import export_generator
    from kirara_studio.api.models import ModelCard

    _check_model_path(arguments.out)
    checkpoint = arguments.run_folder / CHECKPOINT
    if not is_file(checkpoint):
        raise UserError(
            "“{folder}” does not contain a training run with a checkpoint.",
            advice="Give the folder that was named with --out when training.",
            folder=arguments.run_folder,
        )
    card = ModelCard(
        architecture="",
        name=arguments.name or arguments.out.stem,
        training_data=arguments.training_data,
        licence=arguments.licence,
    )
    export_generator(checkpoint, arguments.out, card, discriminator=arguments.discriminator)
    print(f"Saved the model to {arguments.out}")


def configure_import(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`import_model`."""
    text = "his generator or his discriminator"
    parser.add_argument("author", type=Path, metavar="AUTHOR.npz", help=text)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="MODEL.safetensors", help="the model to write"
    )


def import_model(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Convert a file of the blog author's, of either of his two networks."""
    from kirara_characters.networks.author_format import read

    _check_model_path(arguments.out)
    checkpoint = read(arguments.author)
    checkpoint.save(arguments.out)
    kind = checkpoint.card.architecture.removeprefix("pggan-")
    print(f"Saved the {kind} of {arguments.author.name} to {arguments.out}")


def _check_model_path(path: Path) -> None:
    if path.suffix != ".safetensors":
        raise UserError(
            "“{file}” does not end in “.safetensors”.",
            advice="Models are saved in that format; add the suffix.",
            file=path.name,
        )

"""``kirara-studio characters …``: draw, generate, morph, train, export, import, score.

torch is imported by the commands that compute with a network, and only when they run.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from kirara_characters.latents import EASINGS, LARGEST_SEED, LARGEST_TRUNCATION, LatentPath
from kirara_characters.saving import PICTURE_SUFFIXES, save_picture
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError

_TRAINER = "kirara_characters.training:train"
_SIZES = (8, 16, 32, 64, 128, 256)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "Draw, generate and morph pictures of characters."
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, configure_verb, run, text in (
        ("draw", _configure_draw, draw, "draw characters by program, without a network"),
        ("generate", _configure_generate, generate, "generate pictures from seeds or latents"),
        ("morph", _configure_morph, morph, "let one character become the next, as a film"),
        ("train", _configure_train, train, "train a generator on a folder of pictures"),
        ("export", _configure_export, export, "make a model of a training run"),
        ("import", _configure_import, import_model, "convert a file of the blog author's"),
        ("score", _configure_score, score, "let a discriminator score pictures"),
    ):
        verb = verbs.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        configure_verb(verb)
        verb.set_defaults(run=run)


# draw


def _configure_draw(parser: argparse.ArgumentParser) -> None:
    _add_seed_and_count(parser)
    parser.add_argument("--size", type=_at_least(1), default=256, help="pixels (default 256)")
    parser.add_argument("--sheet", action="store_true", help="all of them in one picture")
    parser.add_argument("--columns", type=_at_least(1), default=10, help="in a sheet (default 10)")
    _add_pictures_out(parser)


def draw(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Draw characters; each file also holds its attributes."""
    from kirara_characters.drawing import CharacterAttributes, draw_character, draw_sheet

    seeds = _seeds(arguments)
    settings: dict[str, object] = {"kind": "drawing", "size": arguments.size}
    if arguments.sheet:
        path = _one_file(arguments.out, "sheet.png")
        columns = min(arguments.columns, len(seeds))
        sheet = draw_sheet(seeds, columns, arguments.size)
        save_picture(path, sheet, {**settings, "seeds": list(seeds), "columns": columns})
        print(f"Saved a sheet of {len(seeds)} to {path}")
        return
    paths = _paths(arguments.out, seeds)
    for seed, path in zip(seeds, paths, strict=True):
        attributes = CharacterAttributes.from_seed(seed)
        picture = draw_character(attributes, arguments.size)
        save_picture(path, picture, {**settings, "seed": seed, "attributes": asdict(attributes)})
    _tell_saved(paths)


# generate


def _configure_generate(parser: argparse.ArgumentParser) -> None:
    _add_seed_and_count(parser)
    _add_size_and_model(parser)
    _add_truncation(parser)
    _add_pictures_out(parser, required=False)
    raw = parser.add_argument_group(
        "bare arrays", "to compare with another implementation: exact fp32, no clipping"
    )
    raw.add_argument(
        "--latents", type=Path, metavar="Z.npy", help="float32, batch × latent; instead of seeds"
    )
    raw.add_argument(
        "--raw", type=Path, metavar="OUT.npy", help="float32, batch × 3 × height × width"
    )
    _add_depth_and_alpha(raw)


def generate(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Generate pictures from seeds, or an array of pictures from an array of latents."""
    if arguments.latents or arguments.raw:
        _generate_raw(arguments, context)
        return
    from kirara_characters.generation import GenerateRequest, generate_job, picture_settings

    if arguments.out is None:
        raise UserError("Where to save is not said.", advice="Add --out DIR.")
    if arguments.depth is not None or arguments.alpha != 1:
        raise UserError(
            "--depth and --alpha go with bare arrays only.", advice="Add --latents and --raw."
        )
    seeds = _seeds(arguments)
    paths = _paths(arguments.out, seeds)
    request = GenerateRequest(
        seeds, arguments.truncation, arguments.size, arguments.model, context.data_folder
    )
    result = generate_job(request, context.tools())
    for seed, path, picture in zip(seeds, paths, result.pictures, strict=True):
        save_picture(path, picture, picture_settings(request, seed, result.model))
    _tell_saved(paths, f" ({result.model.name}, {result.milliseconds:.1f} ms each)")


def _generate_raw(arguments: argparse.Namespace, context: CommandContext) -> None:
    from kirara_characters.models import find_model
    from kirara_characters.raw import RawGenerateRequest, raw_generate_job

    if not (arguments.latents and arguments.raw):
        raise UserError(
            "Bare arrays go in and out together.",
            advice="Give both --latents Z.npy and --raw OUT.npy.",
        )
    model = find_model(arguments.model, context.data_folder).path
    request = RawGenerateRequest(
        model, arguments.latents, arguments.raw, arguments.depth, arguments.alpha
    )
    shape = raw_generate_job(request, context.tools())
    print(f"Saved {' × '.join(map(str, shape))} to {arguments.raw}")


# morph


def _configure_morph(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seeds", type=_seed, nargs="+", required=True, metavar="SEED", help="in their order"
    )
    parser.add_argument(
        "--frames", type=_at_least(1), default=60, help="of the whole film (default 60)"
    )
    parser.add_argument(
        "--fps", type=float, default=25.0, help="frames a second, up to 100 (default 25)"
    )
    parser.add_argument(
        "--loop",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="lead back to the first (default yes)",
    )
    parser.add_argument(
        "--easing", choices=EASINGS, default="smooth", help="of each part (default smooth)"
    )
    _add_truncation(parser)
    _add_size_and_model(parser)
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=".gif, .webp, .mp4, or a name without suffix for a folder of PNG frames",
    )


def morph(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Render and save a film."""
    from kirara_characters.generation import MorphRequest, morph_job

    if not arguments.fps > 0:
        raise UserError(
            f"A film cannot have {arguments.fps:g} frames a second.", advice="Choose 1 to 100."
        )
    parts = len(arguments.seeds) if arguments.loop else max(len(arguments.seeds) - 1, 1)
    path = LatentPath(
        tuple(arguments.seeds),
        arguments.frames / arguments.fps / parts,
        arguments.loop,
        arguments.easing,
        arguments.truncation,
    )
    request = MorphRequest(
        path, arguments.out, arguments.fps, arguments.size, arguments.model, context.data_folder
    )
    result = morph_job(request, context.tools())
    print(
        f"Saved {result.frames} frames to {result.output} "
        f"({result.model.name}, {result.milliseconds:.1f} ms each)"
    )


# train, export


def _configure_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="with pictures of any size")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="RUN",
        help="the run's folder; a run that is there already goes on where it stands",
    )
    parser.add_argument(
        "--size", type=int, choices=_SIZES, default=64, help="to grow to (default 64)"
    )
    parser.add_argument(
        "--network",
        choices=("small", "author"),
        default="small",
        help="the paper's at a size for two cores, or the blog author's for a GPU (default small)",
    )
    parser.add_argument(
        "--thoroughness",
        type=_positive,
        default=1.0,
        metavar="FACTOR",
        help="multiplies how many pictures are shown at each size (default 1)",
    )
    parser.add_argument("--batch", type=_at_least(2), help="pictures in a batch, at every size")
    parser.add_argument(
        "--loss", choices=("logistic", "wgan-gp"), default="logistic", help="(default logistic)"
    )
    parser.add_argument("--learning-rate", type=_positive, default=1e-3, help="(default 0.001)")
    parser.add_argument(
        "--mirror",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="show pictures mirrored too (default yes)",
    )
    parser.add_argument(
        "--augment",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="DiffAugment (by default for small folders)",
    )
    parser.add_argument("--seed", type=_at_least(0), default=2017, help="(default 2017)")
    parser.add_argument(
        "--precision", choices=("auto", "fp32", "bf16"), default="auto", help="(default auto)"
    )
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (default auto)")


def train(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Train in the foreground, printing JSON lines; Ctrl+C saves and stops."""
    from dataclasses import replace

    from kirara_characters.network import AUTHOR, BUNDLED
    from kirara_characters.schedule import TrainRequest, default_stages

    stages = tuple(
        replace(
            stage,
            pictures=max(1, round(stage.pictures * arguments.thoroughness)),
            fade=round(stage.fade * arguments.thoroughness),
            batch=arguments.batch or stage.batch,
        )
        for stage in default_stages(_SIZES.index(arguments.size) + 1)
    )
    request = TrainRequest(
        folder=str(arguments.folder.absolute()),
        config=AUTHOR if arguments.network == "author" else BUNDLED,
        stages=stages,
        loss=arguments.loss,
        learning_rate=arguments.learning_rate,
        mirror=arguments.mirror,
        augment=arguments.augment,
        seed=arguments.seed,
        precision=arguments.precision,
        device=arguments.device,
    )
    return context.run_training(_TRAINER, request.to_dict(), arguments.out.absolute())


def _configure_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run_folder", type=Path, metavar="RUN", help="the folder of a training run")
    _add_model_out(parser)
    parser.add_argument("--name", default="", help="what to call the model")
    parser.add_argument("--training-data", default="", help="for the card: what it learnt from")
    parser.add_argument("--licence", default="", help="for the card")
    parser.add_argument(
        "--discriminator", action="store_true", help="export it instead of the generator"
    )


def export(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Write a model of a run's averaged generator, up to its last finished size."""
    from kirara_characters.model_files import export_generator
    from kirara_characters.run_state import CHECKPOINT
    from kirara_studio.api.models import ModelCard

    _check_model_path(arguments.out)
    checkpoint = arguments.run_folder / CHECKPOINT
    if not checkpoint.is_file():
        raise UserError(
            f"“{arguments.run_folder}” holds no training run with a checkpoint.",
            advice="Give the folder that was named with --out when training.",
        )
    card = ModelCard(
        architecture="",
        name=arguments.name or arguments.out.stem,
        training_data=arguments.training_data,
        licence=arguments.licence,
    )
    export_generator(checkpoint, arguments.out, card, discriminator=arguments.discriminator)
    print(f"Saved the model to {arguments.out}")


# import


def _configure_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "author", type=Path, metavar="AUTHOR.npz", help="his generator or his discriminator"
    )
    _add_model_out(parser)


def import_model(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Convert a file of the blog author's, whichever of his two networks it holds."""
    from kirara_characters.author_format import read

    _check_model_path(arguments.out)
    checkpoint = read(arguments.author)
    checkpoint.save(arguments.out)
    kind = checkpoint.card.architecture.removeprefix("pggan-")
    print(f"Saved the {kind} of {arguments.author.name} to {arguments.out}")


# score


def _configure_score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", type=Path, required=True, metavar="FILE", help="a discriminator's .safetensors"
    )
    parser.add_argument(
        "--images",
        type=Path,
        required=True,
        metavar="X.npy",
        help="float32, batch × 3 × side × side, -1 to 1; scored as one batch",
    )
    parser.add_argument(
        "--raw", type=Path, required=True, metavar="OUT.npy", help="float32, one score a picture"
    )
    _add_depth_and_alpha(parser)


def score(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Score an array of pictures."""
    from kirara_characters.raw import RawScoreRequest, raw_score_job

    request = RawScoreRequest(
        arguments.model, arguments.images, arguments.raw, arguments.depth, arguments.alpha
    )
    shape = raw_score_job(request, context.tools())
    print(f"Saved {shape[0]} scores to {arguments.raw}")


# Arguments that several commands share


def _add_seed_and_count(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=_seed, default=0, help="of the first (default 0)")
    parser.add_argument(
        "--count", type=_at_least(1), default=1, help="how many, seed by seed (default 1)"
    )


def _add_size_and_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--size", type=_at_least(1), default=0, help="pixels (default: the model's own)"
    )
    parser.add_argument(
        "--model",
        default="",
        metavar="FILE",
        help="a generator's .safetensors, or a name (default: the bundled one)",
    )


def _add_truncation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--truncation",
        type=_truncation,
        default=1.0,
        help="0 draws the average character, 1 the full variety (default 1)",
    )


def _add_depth_and_alpha(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    parser.add_argument(
        "--depth", type=_at_least(0), metavar="N", help="0 is 4×4, 6 is 256×256 (default: highest)"
    )
    parser.add_argument(
        "--alpha",
        type=float,
        default=1.0,
        metavar="A",
        help="how far that depth is faded in, 0 to 1 (default 1)",
    )


def _add_pictures_out(parser: argparse.ArgumentParser, required: bool = True) -> None:
    parser.add_argument(
        "--out",
        type=Path,
        required=required,
        metavar="DIR|FILE",
        help="a folder, or for a single picture a .png or .webp",
    )


def _add_model_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="MODEL.safetensors")


def _seed(text: str) -> int:
    return _whole(text, 0, LARGEST_SEED)


def _at_least(lowest: int) -> Callable[[str], int]:
    return lambda text: _whole(text, lowest, LARGEST_SEED)


def _whole(text: str, lowest: int, highest: int) -> int:
    try:
        value = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None
    if not lowest <= value <= highest:
        raise argparse.ArgumentTypeError(f"{value} is not between {lowest} and {highest}")
    return value


def _truncation(text: str) -> float:
    return _number(text, 0.0, LARGEST_TRUNCATION)


def _positive(text: str) -> float:
    return _number(text, 1e-9, 1e9)


def _number(text: str, lowest: float, highest: float) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number") from None
    if not lowest <= value <= highest:
        raise argparse.ArgumentTypeError(f"{text} is not between {lowest:g} and {highest:g}")
    return value


# Places


def _seeds(arguments: argparse.Namespace) -> tuple[int, ...]:
    last = arguments.seed + arguments.count - 1
    if last > LARGEST_SEED:
        raise UserError(f"The seed {last} is out of range.", advice=f"Choose up to {LARGEST_SEED}.")
    return tuple(range(arguments.seed, last + 1))


def _paths(out: Path, seeds: tuple[int, ...]) -> list[Path]:
    """Where to save the picture of each seed."""
    if out.suffix.lower() in PICTURE_SUFFIXES and not out.is_dir():
        if len(seeds) > 1:
            raise UserError(
                f"{len(seeds)} pictures do not fit into the one file “{out}”.",
                advice="Give a folder.",
            )
        return [out]
    if out.is_file():
        raise UserError(f"“{out}” is a file, not a folder.", advice="Choose another place.")
    return [out / f"{seed:06d}.png" for seed in seeds]


def _one_file(out: Path, name: str) -> Path:
    named = out.suffix.lower() in PICTURE_SUFFIXES and not out.is_dir()
    return out if named else out / name


def _check_model_path(path: Path) -> None:
    if path.suffix != ".safetensors":
        raise UserError(
            f"“{path.name}” does not end in “.safetensors”.",
            advice="Models are saved in that format; add the suffix.",
        )


def _tell_saved(paths: list[Path], how: str = "") -> None:
    if len(paths) == 1:
        print(f"Saved {paths[0]}{how}")
    else:
        print(f"Saved {len(paths)} pictures to {paths[0].parent}{how}")

"""``kirara-studio characters …``: draw, generate, morph, score and find faces; train and export.

torch is imported by the commands that compute with a network, and only when they run.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from kirara_characters.commands.arguments import (
    add_depth_and_alpha,
    add_pictures_out,
    add_seed_and_count,
    add_size_and_model,
    add_truncation,
    at_least,
    chosen_seeds,
    picture_path,
    picture_paths,
)
from kirara_characters.commands.attributes import (
    add_set,
    attributes,
    configure_attributes,
    configure_like,
    like,
    with_attributes,
)
from kirara_characters.commands.faces import configure_faces, faces
from kirara_characters.commands.models import (
    configure_export,
    configure_import,
    configure_train,
    export,
    import_model,
    train,
)
from kirara_characters.commands.pictures import check, configure_check
from kirara_characters.networks.character import of_seeds
from kirara_characters.networks.latents import EASINGS, LatentPath
from kirara_studio.api.commands import CommandContext, Verb, add_verbs
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.saving import save_picture


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "Draw, generate and morph pictures of characters."
    verbs: tuple[Verb, ...] = (
        ("draw", _configure_draw, draw, "draw characters by program, without a network"),
        ("generate", _configure_generate, generate, "generate pictures from seeds or latents"),
        ("morph", _configure_morph, morph, "let one character become the next, as a film"),
        ("check", configure_check, check, "show which pictures a training would use, and why"),
        ("attributes", configure_attributes, attributes, "list what can be set of a character"),
        ("like", configure_like, like, "draw the character most like the one in a picture"),
        ("train", configure_train, train, "train a generator on pictures"),
        ("export", configure_export, export, "make a model of a training run"),
        ("import", configure_import, import_model, "convert a file of the blog author's"),
        ("score", _configure_score, score, "let a discriminator score pictures"),
        ("faces", configure_faces, faces, "find drawn faces in pictures"),
    )
    add_verbs(parser, verbs)


def _configure_draw(parser: argparse.ArgumentParser) -> None:
    add_seed_and_count(parser)
    parser.add_argument("--size", type=at_least(1), default=256, help="pixels (default 256)")
    parser.add_argument("--sheet", action="store_true", help="all of them in one picture")
    parser.add_argument("--columns", type=at_least(1), default=10, help="in a sheet (default 10)")
    add_pictures_out(parser)


def draw(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Draw characters; each file also holds its attributes."""
    from kirara_characters.drawing.attributes import CharacterAttributes
    from kirara_characters.drawing.character import draw_character, draw_sheet

    seeds = chosen_seeds(arguments)
    settings: dict[str, object] = {"kind": "drawing", "size": arguments.size}
    if arguments.sheet:
        path = picture_path(arguments.out, "sheet.png")
        columns = min(arguments.columns, len(seeds))
        sheet = draw_sheet(seeds, columns, arguments.size)
        save_picture(path, sheet, {**settings, "seeds": list(seeds), "columns": columns})
        print(f"Saved a sheet of {len(seeds)} to {path}")
        return
    paths = picture_paths(arguments.out, seeds)
    for seed, path in zip(seeds, paths, strict=True):
        attributes = CharacterAttributes.from_seed(seed)
        picture = draw_character(attributes, arguments.size)
        save_picture(path, picture, {**settings, "seed": seed, "attributes": asdict(attributes)})
    _print_saved(paths)


def _configure_generate(parser: argparse.ArgumentParser) -> None:
    add_seed_and_count(parser)
    add_size_and_model(parser)
    add_set(parser)
    add_truncation(parser)
    add_pictures_out(parser, required=False)
    text = "to compare with another implementation: exact fp32, no clipping"
    raw = parser.add_argument_group("bare arrays", text)
    text = "float32, batch × latent; instead of seeds"
    raw.add_argument("--latents", type=Path, metavar="Z.npy", help=text)
    text = "float32, batch × 3 × height × width"
    raw.add_argument("--raw", type=Path, metavar="OUT.npy", help=text)
    add_depth_and_alpha(raw)


def generate(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Generate pictures from seeds, or an array of pictures from an array of latents."""
    if arguments.latents or arguments.raw:
        _generate_raw(arguments, context)
        return
    from kirara_characters.jobs import generate_files
    from kirara_characters.requests import GenerateRequest

    if arguments.out is None:
        raise UserError("A place to save to is missing.", advice="Add --out DIR.")
    if arguments.depth is not None or arguments.alpha != 1:
        raise UserError(
            "--depth and --alpha are for raw arrays only.", advice="Add --latents and --raw."
        )
    seeds = chosen_seeds(arguments)
    paths = picture_paths(arguments.out, seeds)
    characters = with_attributes(of_seeds(seeds, arguments.truncation), arguments, context)
    request = GenerateRequest(characters, arguments.size, arguments.model, context.data_folder)
    saved: list[Path] = []
    try:
        result = generate_files(request, paths, context.tools(), saved.append)
    finally:
        if 0 < len(saved) < len(paths):
            text = f"Saved {len(saved)} of {len(paths)} pictures to {paths[0].parent}"
            print(text, file=sys.stderr)
    _print_saved(paths, f" ({result.model.name}, {result.milliseconds:.1f} ms each)")


def _generate_raw(arguments: argparse.Namespace, context: CommandContext) -> None:
    from kirara_characters.models import find_model
    from kirara_characters.networks.raw import raw_generate

    if not (arguments.latents and arguments.raw):
        raise UserError(
            "--latents and --raw must be given together.",
            advice="Give both --latents Z.npy and --raw OUT.npy.",
        )
    model = find_model(arguments.model, context.data_folder).path
    latents, output, depth = arguments.latents, arguments.raw, arguments.depth
    shape = raw_generate(model, latents, output, depth, arguments.alpha, context.tools())
    print(f"Saved {' × '.join(map(str, shape))} to {output}")


def _configure_morph(parser: argparse.ArgumentParser) -> None:
    add, seed = parser.add_argument, at_least(0)
    add("--seeds", type=seed, nargs="+", required=True, metavar="SEED", help="in their order")
    add("--frames", type=at_least(1), default=60, help="of the whole film (default 60)")
    add("--fps", type=float, default=25.0, help="frames a second, up to 100 (default 25)")
    text, yes_or_no = "lead back to the first (default yes)", argparse.BooleanOptionalAction
    add("--loop", action=yes_or_no, default=True, help=text)
    add("--easing", choices=EASINGS, default="smooth", help="of each part (default smooth)")
    add_truncation(parser)
    add_size_and_model(parser)
    add_set(parser)
    text = ".gif, .webp, .mp4, or a name without suffix for a folder of PNG frames"
    add("--out", type=Path, required=True, metavar="FILE", help=text)


def morph(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Render and save a film."""
    from kirara_characters.jobs import morph_job
    from kirara_characters.requests import MorphRequest

    if not arguments.fps > 0:
        raise UserError(
            "A film cannot have {fps:g} frames a second.",
            advice="Choose 1 to 100.",
            fps=arguments.fps,
        )
    parts = len(arguments.seeds) if arguments.loop else max(len(arguments.seeds) - 1, 1)
    path = LatentPath(
        with_attributes(of_seeds(arguments.seeds, arguments.truncation), arguments, context),
        arguments.frames / arguments.fps / parts,
        arguments.loop,
        arguments.easing,
    )
    request = MorphRequest(
        path, arguments.out, arguments.fps, arguments.size, arguments.model, context.data_folder
    )
    result = morph_job(request, context.tools())
    print(
        f"Saved {result.frames} frames to {result.output} "
        f"({result.model.name}, {result.milliseconds:.1f} ms each)"
    )


def _configure_score(parser: argparse.ArgumentParser) -> None:
    add, text = parser.add_argument, "a discriminator's .safetensors"
    add("--model", type=Path, required=True, metavar="FILE", help=text)
    text = "float32, batch × 3 × side × side, -1 to 1; scored as one batch"
    add("--images", type=Path, required=True, metavar="X.npy", help=text)
    text = "float32, one score a picture"
    add("--raw", type=Path, required=True, metavar="OUT.npy", help=text)
    add_depth_and_alpha(parser)


def score(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Score an array of pictures."""
    from kirara_characters.networks.raw import raw_score

    model, images, output = arguments.model, arguments.images, arguments.raw
    shape = raw_score(model, images, output, arguments.depth, arguments.alpha)
    print(f"Saved {shape[0]} scores to {output}")


def _print_saved(paths: list[Path], how: str = "") -> None:
    if len(paths) == 1:
        print(f"Saved {paths[0]}{how}")
    else:
        print(f"Saved {len(paths)} pictures to {paths[0].parent}{how}")

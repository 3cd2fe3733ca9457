"""The command that checks pictures for a training, and what train shares with it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kirara_characters.commands.arguments import at_least
from kirara_characters.learning.pictures import check_request
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, missing_file
from kirara_studio.api.media.checking import SMALLEST, check_pictures, small_picture

if TYPE_CHECKING:
    from kirara_studio.api.media.training_pictures import TrainingPictures


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add the folders and files with pictures, and --smallest."""
    text = "a folder with pictures of any size, or a picture"
    parser.add_argument("sources", type=Path, nargs="+", metavar="FOLDER", help=text)
    text = "leave out crops with fewer pixels a side (default 64, or the size of the training)"
    parser.add_argument("--smallest", type=at_least(1), metavar="PIXELS", help=text)
    text = "crop to the faces in the pictures (default yes, if there is a model that finds them)"
    yes_or_no = argparse.BooleanOptionalAction
    parser.add_argument("--faces", action=yes_or_no, default=True, help=text)


def configure_check(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`check`."""
    add_sources(parser)
    parser.add_argument("--json", action="store_true", help="print all of it as JSON")
    text = "save the crops side by side, with the reasons"
    parser.add_argument("--sheet", type=Path, metavar="OUT.png", help=text)


def check(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Print what a training would use of the pictures, and why the rest is left out."""
    from kirara_studio.api.media.contact_sheet import reason_words

    found = chosen_pictures(arguments, context, arguments.smallest or SMALLEST)
    if arguments.sheet is not None:
        _save_sheet(arguments.sheet, found, context)
    if arguments.json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
        return
    for crop in found.crops:
        if crop.why:
            print(f"left out: {crop.path} ({reason_words(crop)})")
    print(summary(found))
    if arguments.sheet is not None:
        print(f"Saved the sheet to {arguments.sheet}")


def chosen_pictures(
    arguments: argparse.Namespace, context: CommandContext, smallest: int
) -> TrainingPictures:
    """What a training uses of the pictures that the arguments name.

    Raises :class:`UserError` if one of them does not exist.
    """
    for source in arguments.sources:
        if not exists(source):
            raise missing_file(source)
    folder, faces = context.data_folder, arguments.faces
    request = check_request(arguments.sources, folder, smallest, faces=faces)
    return check_pictures(request, context.tools())


def summary(found: TrainingPictures) -> str:
    """How many pictures are used, and how many are left out."""
    return f"{len(found.used):,} used, {found.left_out:,} left out"


def pictures_to_train(
    arguments: argparse.Namespace, context: CommandContext, smallest: int
) -> TrainingPictures:
    """The same for a training, with a summary for people.

    Raises :class:`UserError` if nothing is used.
    """
    found = chosen_pictures(arguments, context, smallest)
    print(summary(found), file=sys.stderr)
    if not found.used:
        raise UserError(
            "“{folder}” does not contain a picture that can be used.",
            advice="Print the reasons: kirara-studio characters check “{folder}”.",
            folder=", ".join(map(str, arguments.sources)),
        )
    return found


def _as_json(found: TrainingPictures) -> dict[str, Any]:
    crops = [
        {
            "path": crop.path,
            "square": None if crop.square is None else crop.square._asdict(),
            "used": crop.used,
            "reason": crop.why,
            "detail": crop.detail,
        }
        for crop in found.crops
    ]
    return {
        "sources": found.sources,
        "used": len(found.used),
        "left_out": found.left_out,
        "reasons": found.reasons,
        "pictures": crops,
    }


def _save_sheet(path: Path, found: TrainingPictures, context: CommandContext) -> None:
    from kirara_studio.api.media.contact_sheet import contact_sheet
    from kirara_studio.api.media.crop_cache import CropCache
    from kirara_studio.api.media.saving import save_picture

    cache = CropCache(check_request((), context.data_folder).cache)
    try:
        sheet = contact_sheet(found, lambda crop: small_picture(cache, crop.path, crop.square))
    finally:
        cache.close()
    save_picture(path, sheet, {"kind": "contact sheet", "sources": found.sources})

"""``characters faces``: where drawn faces are in pictures."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from kirara_characters.faces.face import Face, Finder
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path
from kirara_studio.api.media.finding import find_pictures
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.media.saving import save_picture


def configure_faces(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`faces`."""
    add = parser.add_argument
    add("paths", type=Path, nargs="+", metavar="FILE", help="pictures, or folders of pictures")
    add("--json", action="store_true", help="print one JSON object a picture")
    add("--out", type=Path, metavar="DIR", help="save a square around each head into this folder")
    add("--model", default="", help="a file or a name (default: the one that comes with it)")
    text = "use OpenCV's cascade in this file instead, such as lbpcascade_animeface.xml"
    add("--cascade", type=Path, metavar="FILE.xml", help=text)


def faces(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Find the faces in each picture; one that cannot be read does not end the list."""
    finder = _finder(arguments, context)
    count = failed = 0
    for path in find_pictures(arguments.paths):
        count += 1
        try:
            picture = load_picture(path)
        except UserError as error:
            failed += 1
            print(f"{path}: {error}", file=sys.stderr)
            continue
        found = finder.find(picture)
        size = picture.width, picture.height
        pixels = np.asarray(picture.convert("RGB")) if arguments.out else None
        crops = [] if pixels is None else _save(path, pixels, found, arguments.out)
        if arguments.json:
            values = [asdict(face) for face in found]
            row = {"file": str(path), "width": size[0], "height": size[1], "faces": values}
            print(json.dumps(row | ({"crops": crops} if arguments.out else {}), ensure_ascii=False))
        else:
            print(f"{path}: {_counted(len(found))}")
            for face in found:
                print(f"  {_described(face)}")
    if not count:
        raise UserError("There are no pictures.", advice="Name files, or a folder of pictures.")
    return 1 if failed else 0


def _finder(arguments: argparse.Namespace, context: CommandContext) -> Finder:
    if arguments.cascade is not None:
        from kirara_characters.faces.cascade import CascadeFinder

        return CascadeFinder(arguments.cascade)
    from kirara_characters.faces.finder import face_finder

    return face_finder(context.tools(), arguments.model, context.data_folder)


def _save(
    path: Path, pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], found: tuple[Face, ...],
    folder: Path,
) -> list[str]:  # fmt: skip
    """Save the squares around the heads under free names; returns their paths."""
    saved = []
    for face in found:
        left, top, right, bottom = face.square(pixels.shape[1], pixels.shape[0])
        target = free_path(folder, path.stem, ".png", always=True)
        settings = {"kind": "face", "source": path.name, "square": [left, top, right, bottom]}
        save_picture(target, pixels[top:bottom, left:right], {**settings, "face": asdict(face)})
        saved.append(str(target))
    return saved


def _counted(count: int) -> str:
    return f"{count or 'no'} face{'' if count == 1 else 's'}"


def _described(face: Face) -> str:
    return (
        f"left {face.left:.0f}  top {face.top:.0f}  width {face.width:.0f}  "
        f"height {face.height:.0f}  score {face.score:.2f}  tilt {face.roll:.0f}°"
    )

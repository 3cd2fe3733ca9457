"""The finder of drawn faces, and a cascade beside it: on drawn scenes, sprites and photographs."""

from __future__ import annotations

import argparse
import importlib.util
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from evaluation.report import Judgement, Report, Table
from kirara_characters.faces.cascade import CascadeFinder
from kirara_characters.faces.config import FACES
from kirara_characters.faces.drawings import drawings_in
from kirara_characters.faces.face import Face, Finder
from kirara_characters.faces.finder import SMALLEST, THRESHOLD, FaceFinder
from kirara_characters.faces.learning import SAME, counted, marked
from kirara_characters.faces.scenes import Scene, Scenes
from kirara_characters.faces.training import HELD_SEEDS, read_photographs
from kirara_studio.api.model_library import find_model
from tools.faces import CACHE as STORED
from training.characters.drawings import JUDGING_SEEDS

Pixels = npt.NDArray[np.uint8]

LABELS = Path(__file__).with_name("sprites.toml")
_CASCADE = Path(__file__).parents[2] / "shared" / "data" / "illustrations"
_DRAWINGS, _SIDE = 160, 320
_SCENES, _BESIDE, _PEOPLE = 150, 10, 100  # scenes, pictures with each sprite, photographed faces
_THRESHOLDS = tuple(place / 20 for place in range(3, 19))
_QUICK = 5  # times fewer with --quick
_WIDTH, _HEIGHT = 800, 600
_HIDDEN = 0.35  # of a face's box: beyond it, a find is neither right nor wrong
_LEAST, _MOST = SMALLEST, 260  # pixels: the widths of faces in pictures with sprites


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument("--model", default="", help="(default: the one that comes with it)")
    parser.add_argument(
        "--cascade", type=Path, metavar="FILE", help="to compare with, such as lbpcascade_animeface"
    )
    parser.add_argument("--quick", action="store_true", help=f"{_QUICK} times fewer pictures")
    text = "judge thresholds on scenes and photographs that judge nothing else, and end"
    parser.add_argument("--thresholds", action="store_true", help=text)
    parser.add_argument(
        "--pictures", type=Path, metavar="FOLDER", help="save them with their boxes"
    )


@dataclass(frozen=True)
class Result:
    """What a finder found in a set of pictures.

    ``faces`` are the true ones, of which ``hits`` were found; ``false`` finds are no faces.
    ``seconds`` are those of a picture, on average.
    """

    pictures: int
    megapixels: float
    faces: int
    hits: int
    false: int
    seconds: float

    @property
    def f1(self) -> float:
        """Twice the hits as a share of all finds and all faces together."""
        return 2 * self.hits / max(1, self.hits + self.false + self.faces)

    def row(self) -> list[float | None]:
        """The row of a table."""
        found = self.hits / self.faces if self.faces else None
        false = self.false / self.megapixels
        return [self.faces, self.hits, self.faces - self.hits, self.false, found, false]


def evaluate(arguments: argparse.Namespace) -> Report:
    """Judge a network, and a cascade if there is one, on the same pictures."""
    model = find_model(FACES, arguments.model)
    if arguments.thresholds:
        return _judge_thresholds(FaceFinder(model.path), arguments.cache)
    finders: dict[str, Finder] = {"network": FaceFinder(model.path)}
    default = next(iter(sorted(_CASCADE.glob("lbpcascade_animeface.xml"))), None)
    if (cascade := arguments.cascade or default) is not None:
        finders["cascade"] = CascadeFinder(cascade)
    fewer = _QUICK if arguments.quick else 1
    sets, about = _sets(arguments.cache, fewer)
    report = Report(
        {
            **about,
            "cascade": cascade.name if cascade is not None else "none: name one with --cascade",
            "threshold": f"{THRESHOLD:g}, chosen on other photographs (--thresholds)",
            "separated from training": "drawn scenes by seeds, photographs and sprites by package; "
            "photographed faces, of scikit-image, by file",
        },
        {
            "found": f"share of the faces that a box overlaps by {SAME:g} (intersection over "
            "union), each box counting for one face",
            "false": "boxes on no face; boxes on faces that are mostly hidden or smaller than 16 "
            "pixels count as neither",
            "F1": "twice the faces found as a share of all faces and all boxes together",
        },
    )
    measures: dict[str, float] = {}
    for finder_name, finder in finders.items():
        results = {name: _result(finder, scenes) for name, scenes in sets.items()}
        report.tables.append(
            Table(
                finder_name,
                ["faces", "found", "missed", "false", "share found", "false per MP"],
                {name: result.row() for name, result in results.items()},
            )
        )
        suffix = "" if finder_name == "network" else f", {finder_name}"
        measures |= {f"{name}{suffix}": value for name, value in _measures(results).items()}
        if arguments.pictures is not None:
            _save(finder, sets, arguments.pictures / finder_name)
    report.judgements.append(Judgement(model.path, "faces", about["data"], measures))
    return report


def _judge_thresholds(finder: FaceFinder, cache_folder: Path) -> Report:
    """What each threshold finds in pictures that neither trained nor judge a network."""
    drawings = drawings_in(cache_folder / "thresholds", _DRAWINGS, HELD_SEEDS)
    scenes = Scenes(drawings, read_photographs(""), _SIDE)
    made = list(_drawn(scenes, _SCENES, HELD_SEEDS))
    lowest = [finder.find(scene.picture, _THRESHOLDS[0]) for scene in made]
    photographs = [np.asarray(_opened(path)) for path in _files("thresholds")]
    finds = [face.score for picture in photographs for face in finder.find(picture, _THRESHOLDS[0])]
    megapixels = sum(one.shape[0] * one.shape[1] for one in photographs) / 1e6
    rows: dict[str, list[float | None]] = {}
    for threshold in _THRESHOLDS:
        found = [[face for face in faces if face.score >= threshold] for faces in lowest]
        hits, false, true = counted(found, made)
        precision = hits / max(1, hits + false)
        wrong = sum(score >= threshold for score in finds) / max(megapixels, 1e-6)
        f1 = 2 * hits / (hits + false + true)
        rows[f"{threshold:.2f}"] = [hits / true, precision, f1, wrong]
    about = {
        "data": f"{len(made)} scenes of drawings from {HELD_SEEDS}, {len(photographs)} photographs",
        "separated from training": "scenes by seeds, with the training's photographs behind them; "
        "photographs by package",
    }
    words = {"right": "share of the boxes that are on a face"}
    columns = ["found", "right", "F1", "false per MP, photographs"]
    return Report(about, words, [Table("threshold", columns, rows)])


def _measures(results: Mapping[str, Result]) -> dict[str, float]:
    measures = {"F1, drawn scenes": results["drawn scenes"].f1}
    for name in ("drawn scenes", "sprites"):
        if name in results:
            result = results[name]
            measures[f"found, {name}"] = result.hits / max(1, result.faces)
            measures[f"false per picture, {name}"] = result.false / result.pictures
    plain = [results[name] for name in ("photographs", "photographed faces") if name in results]
    if plain:
        megapixels = sum(one.megapixels for one in plain)
        measures["false per megapixel, photographs"] = sum(one.false for one in plain) / megapixels
    return measures


def _sets(cache_folder: Path, fewer: int) -> tuple[dict[str, list[Scene]], dict[str, str]]:
    """The pictures by the name of their set, and what the report says about them."""
    photographs = [_opened(path) for path in _files("judging")]
    sprites = {path.name: path for path in _files("sprites")}
    drawings = drawings_in(cache_folder / "faces", _DRAWINGS, JUDGING_SEEDS)
    scenes = Scenes(drawings, [np.asarray(one) for one in photographs], _SIDE)
    sets = {"drawn scenes": list(_drawn(scenes, _SCENES // fewer))}
    missing = [name for name in labels() if name not in sprites]
    if not missing and photographs:
        sets["sprites"] = list(_with_sprites(sprites, photographs, max(1, _BESIDE // fewer)))
    if photographs:
        sets["photographs"] = [Scene(np.asarray(one)) for one in photographs]
    if people := _people(_PEOPLE // fewer):
        sets["photographed faces"] = people
    counts = ", ".join(f"{len(one)} {name}" for name, one in sets.items())
    about = {"data": counts, "seeds": f"drawings from {JUDGING_SEEDS}; pictures from 0"}
    if missing or not photographs:
        about["skipped"] = "sprites or photographs: store them with “python -m tools.faces”"
    return sets, about


def _drawn(scenes: Scenes, count: int, seed: int = JUDGING_SEEDS) -> Iterator[Scene]:
    """Scenes at one, two or three times their size: faces from 16 to 250 pixels."""
    for number in range(count):
        random = np.random.default_rng((seed, number))
        scene, factor = scenes.scene(random), int(random.integers(1, 4))
        yield _scaled(scene, factor)


def _scaled(scene: Scene, factor: float) -> Scene:
    side = round(len(scene.picture) * factor)
    picture = cv2.resize(scene.picture, (side, side), interpolation=cv2.INTER_CUBIC)
    faces = [face.scaled(factor, factor) for face in scene.faces]
    small = [face for face in faces if max(face.width, face.height) < SMALLEST]
    unsure = small + [face.scaled(factor, factor) for face in scene.unsure]
    large = [face for face in faces if face not in small]
    return Scene(np.asarray(picture, np.uint8), large, unsure)


@cache
def labels() -> Mapping[str, tuple[float, float, float, float]]:
    """By the name of each sprite: left, top, right and bottom of its face, in its pixels."""
    read = tomllib.loads(LABELS.read_text(encoding="utf-8"))
    return {f"{name}.png": tuple(box) for name, box in read.items()}


def _with_sprites(
    sprites: Mapping[str, Path], photographs: Sequence[Image.Image], count: int
) -> Iterator[Scene]:
    """Each sprite before the games' backgrounds and before photographs, with others beside it."""
    opened = {name: Image.open(sprites[name]).convert("RGBA") for name in labels()}
    backgrounds = [_opened(path) for name, path in sprites.items() if name not in labels()]
    for place, name in enumerate(labels()):
        for number in range(count):
            random = np.random.default_rng((place, number))
            behind = backgrounds if number % 2 else photographs
            chosen = behind[int(random.integers(len(behind)))]
            picture = chosen.resize((_WIDTH, _HEIGHT)).convert("RGBA")
            scene = Scene(np.empty(0, np.uint8))
            first, _ = _put(picture, opened[name], labels()[name], random, (0.05, 0.5))
            scene.faces.append(first)
            if random.random() < 0.4:  # another beside it, or partly before it
                other = str(random.choice(list(labels())))
                face, covered = _put(
                    picture, opened[other], labels()[other], random, (0.55, 0.95), first
                )
                if covered > _HIDDEN:
                    scene.unsure.append(scene.faces.pop())
                scene.faces.append(face)
            scene.picture = np.asarray(picture.convert("RGB"))
            yield scene


def _put(
    picture: Image.Image,
    sprite: Image.Image,
    box: Sequence[float],
    random: np.random.Generator,
    across: tuple[float, float],
    behind: Face | None = None,
) -> tuple[Face, float]:
    """Put a sprite into the picture, its face wholly inside.

    Returns its face, and the share of the box of another face that it covers.
    """
    left, top, right, bottom = box
    wide = float(np.exp(random.uniform(np.log(_LEAST), np.log(_MOST))))
    factor = wide / (right - left)
    x = random.uniform(*across) * _WIDTH - factor * (left + right) / 2
    x = min(max(x, -factor * left), _WIDTH - factor * right)
    lowest = 0.98 * _HEIGHT - factor * bottom
    y = min(random.uniform(0.02 * _HEIGHT, max(0.03 * _HEIGHT, lowest)), lowest)
    size = max(1, round(factor * sprite.width)), max(1, round(factor * sprite.height))
    layer = Image.new("RGBA", picture.size)
    layer.paste(sprite.resize(size, Image.Resampling.LANCZOS), (round(x), round(y)))
    picture.alpha_composite(layer)
    sides = factor * (right - left), factor * (bottom - top)
    face = Face(round(x) + factor * left, round(y) + factor * top, *sides, 1.0)
    if behind is None:
        return face, 0.0
    rows = slice(int(behind.top), int(behind.top + behind.height) + 1)
    columns = slice(int(behind.left), int(behind.left + behind.width) + 1)
    return face, float((np.asarray(layer)[rows, columns, 3] > 127).mean())


def _people(count: int) -> list[Scene]:
    """Photographed faces of the package scikit-image, 25 pixels wide, four times as large."""
    package = importlib.util.find_spec("skimage")
    if package is None or package.origin is None:
        return []
    path = Path(package.origin).parent / "data" / "lfw_subset.npy"
    if not path.is_file():
        return []
    faces = (255 * np.load(path)[:count]).astype(np.uint8)
    large = [cv2.resize(one, (100, 100), interpolation=cv2.INTER_CUBIC) for one in faces]
    rows = [np.hstack(large[at : at + 5]) for at in range(0, len(large) // 5 * 5, 5)]
    return [Scene(np.dstack([row] * 3)) for row in rows]


def _result(finder: Finder, scenes: Sequence[Scene]) -> Result:
    began = time.process_time()
    found = [finder.find(scene.picture) for scene in scenes]
    seconds = (time.process_time() - began) / max(1, len(scenes))
    hits, false, true = counted(found, scenes)
    pixels = sum(scene.picture.shape[0] * scene.picture.shape[1] for scene in scenes)
    return Result(len(scenes), pixels / 1e6, true, hits, false, seconds)


def _save(finder: Finder, sets: Mapping[str, Sequence[Scene]], folder: Path) -> None:
    for name, scenes in sets.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, scene in enumerate(scenes):
            picture = marked(scene.picture, scene.faces, finder.find(scene.picture))
            Image.fromarray(picture).save(folder / name / f"{number:04d}.png")


def _files(name: str) -> list[Path]:
    folder = STORED / name
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")

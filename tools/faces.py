"""``python -m tools.faces``: what the training and the evaluation of drawn faces need of packages.

Into ``.cache/faces``: ``training``, photographs and paintings without drawn faces; ``judging``,
photographs of other packages; ``sprites``, drawn characters with transparent backgrounds, and the
pictures that they stand on, as they are.
"""

from __future__ import annotations

from pathlib import Path

from tools.paintings.collect import pictures_of, store
from tools.paintings.sources import JUDGING, TRAINING, Source

CACHE = Path(__file__).parents[1] / ".cache" / "faces"
_LEARNT = (
    "gcompris-qt-data",
    "endless-sky-data",
    "plasma-workspace-wallpapers",
    "gnome-backgrounds",
    "gnome-user-docs",
    "debian-handbook",
)
_DRAWN_CHILDREN = "/lang/"  # they have drawn faces
_JUDGED = ("opencv-doc", "scikit-learn", "lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04")
_SPRITES = (
    Source("debian", "renpy-thequestion", r"game/images/(sylvie|bg) .*\.(png|jpg)$", 99, "MIT"),
    Source(
        "debian",
        "renpy-demo",
        r"game/images/((eileen|lucy) .*png|bg (washington|whitehouse|cave)\.jpg)$",
        99,
        "MIT",
    ),
)


def main() -> None:
    """Fetch and store what is missing, and print the numbers."""
    learnt = [
        source
        for source in TRAINING
        if source.package in _LEARNT and _DRAWN_CHILDREN not in source.pattern
    ]
    judged = [
        source for source in JUDGING if source.package in _JUDGED and source.kind == "photograph"
    ]
    for name, sources in (("training", learnt), ("judging", judged)):
        if not (CACHE / name).exists():
            store(sources, CACHE / name, None)
    sprites = CACHE / "sprites"
    if not sprites.exists():
        unfinished = sprites.with_suffix(".part")
        unfinished.mkdir(parents=True, exist_ok=True)
        for source in _SPRITES:
            for path, data in pictures_of(source):
                (unfinished / Path(path).name).write_bytes(data)
        unfinished.rename(sprites)
    for folder in (CACHE / "training", CACHE / "judging", sprites):
        print(f"{folder.name}: {len(list(folder.iterdir()))} pictures in {folder}")


if __name__ == "__main__":
    main()

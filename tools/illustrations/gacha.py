"""Result screens of character-drawing games for training: many cards at once, or one revealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainterPath, QRadialGradient

from tools.illustrations import gacha_lists
from tools.illustrations.figures import Figures
from tools.illustrations.illustration import background
from tools.illustrations.painting import (
    LEFT,
    Board,
    Kinds,
    Pixels,
    Random,
    colour,
    faded,
    gradient,
    pick,
    star_path,
)
from tools.illustrations.words import NAMES, SENTENCES

Layout = Callable[[Board, int, Random], Iterator[tuple[QRectF, float]]]
"""Gives the place of each card, and its tilt in degrees."""

_RARITIES = (("#8fa6b8", "#dfe8ee"), ("#c79a3c", "#fff0b0"), ("#b06ae0", "#ffd0f4"))
"""Colours of the frames, from common to rare; the rarest may be a rainbow."""
_RAINBOW = ("#ff8a8a", "#ffd27a", "#aef09a", "#8adcff", "#c79aff")
_BUTTONS = (
    ("OK",), ("閉じる", "もう一度引く"), ("SKIP", "NEXT"), ("Summon again x10", "Back"),
    ("確認", "10連召喚"),
    ("다시 뽑기", "확인"), ("再来十次", "确定"), ("もう10回", "OK", "SHARE"), ("スキップ",),
    ("Skip ▶▶",), ("Tap to continue",), ("画面をタップ",), ("すべてスキップ", "次へ"),
    ("Close", "Again ×10"),
    ("Draw again", "Close"), ("もう一度ひく", "とじる"), ("受け取る",), ("CLOSE",),
    ("シェア", "OK"),
)  # fmt: skip
_TITLES = (
    "RESULT", "召喚結果", "ガチャ結果", "SUMMON RESULTS", "스카우트 결과", "召唤结果",
    "獲得キャラクター", "スカウト結果", "Congratulations!", "",
)  # fmt: skip
_SHAPES = ((960, 540), (960, 444), (540, 960), (444, 960), (860, 640))


class Gacha:
    """Makes result screens with ``figures`` on the cards."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    @property
    def kinds(self) -> Kinds:
        """The kinds of screens."""
        return {
            "grid": (0.2, partial(self._screen, _grid)),
            "fan": (0.07, partial(self._screen, _fan)),
            "slanting": (0.07, partial(self._screen, _slanting)),
            "revealed": (0.24, partial(self._screen, None)),
            "rows": (0.14, partial(self._listed, gacha_lists.rows)),
            "medals": (0.13, partial(self._listed, gacha_lists.medals)),
            "items": (0.07, partial(self._listed, gacha_lists.items)),
            "dialogs": (0.08, partial(self._listed, gacha_lists.dialog)),
        }

    def _screen(self, layout: Layout | None, random: Random) -> Pixels:
        """Cards in a layout, or one character."""
        board = Board(*_SHAPES[int(random.integers(len(_SHAPES)))])
        _stage(board, random)
        if layout is None:
            self._reveal(board, random)
        else:
            self._cards(layout, board, random)
        _interface(board, random)
        return board.pixels()

    def _listed(self, paint: gacha_lists.Paint, random: Random) -> Pixels:
        """What was drawn as a list of some kind."""
        board = Board(*_SHAPES[int(random.integers(len(_SHAPES)))])
        _stage(board, random)
        paint(self._figures, board, random)
        if random.random() < 0.85:
            _interface(board, random)
        return board.pixels()

    def _cards(self, layout: Layout, board: Board, random: Random) -> None:
        count = int(random.choice((10, 10, 10, 11, 5, 8)))
        style = random.random(4).tolist()
        for place, angle in layout(board, count, random):
            board.painter.save()
            board.painter.translate(place.center())
            board.painter.rotate(angle)
            size = place.size()
            self._card(
                board, QRectF(-size.width() / 2, -size.height() / 2, size.width(), size.height()),
                random, style,
            )  # fmt: skip
            board.painter.restore()

    def _card(self, board: Board, place: QRectF, random: Random, style: Sequence[float]) -> None:
        rank = int(random.choice(3, p=(0.55, 0.3, 0.15)))
        deep, light = _RARITIES[rank]
        wide = place.width()
        if rank == 2:
            glow = QRadialGradient(place.center(), place.height() * 0.8)
            glow.setColorAt(0.5, faded(light, 0.9))
            glow.setColorAt(1, faded(light, 0.0))
            reach = 0.3 * wide
            board.painter.fillRect(place.adjusted(-reach, -reach, reach, reach), glow)
        radius = wide * 0.1 * style[0]
        frame: QLinearGradient = (
            gradient(place, *_RAINBOW)
            if rank == 2 and style[1] < 0.6
            else gradient(place, light, deep)
        )
        board.box(place, frame, radius=radius)
        edge = wide * (0.03 + 0.05 * style[2])
        inner = place.adjusted(edge, edge, -edge, -edge)
        board.box(inner, gradient(inner, colour(random, value=(0.5, 1)), deep))
        if random.random() < 0.25:
            board.cover(self._figures.portrait(random), inner, upper=True)
        else:
            figure = self._figures.figure(random)
            high = inner.width() * figure.shape[0] / figure.shape[1]
            scale = max(1.0, 0.8 * inner.height() / high)
            target = QRectF(0, 0, inner.width() * scale, high * scale)
            target.moveCenter(QPointF(inner.center().x(), 0))
            target.moveBottom(inner.bottom() + max(0.0, high * scale - inner.height()) * 0.8)
            board.painter.save()
            board.painter.setClipRect(inner)
            board.put(figure, target)
            board.painter.restore()
        stars = rank + (1 if style[3] < 0.3 else 3)
        size = wide * 0.07
        below = style[1] < 0.5
        y = inner.bottom() - size * 1.4 if below else inner.top() + size * 1.2
        for number in range(stars):
            x = place.center().x() + (number - (stars - 1) / 2) * size * 1.9
            board.shape(star_path(x, y, size * 1.15), "#604010")
            board.shape(star_path(x, y, size), "#ffe060")
        if style[3] > 0.4:
            plate = QRectF(inner.left(), inner.bottom() - wide * 0.36, inner.width(), wide * 0.17)
            board.box(plate, faded("#101020", 0.65))
            board.text(plate, pick(random, NAMES), wide * 0.11, "#ffffff")
        if random.random() < 0.35:
            badge = QRectF(
                place.left() - wide * 0.05, place.top() - wide * 0.04, wide * 0.42, wide * 0.16
            )
            board.box(badge, "#ff3b5c", radius=4)
            board.text(
                badge, pick(random, ("NEW", "NEW!", "New", "新")), wide * 0.12, "#ffffff", bold=True
            )
        if style[0] > 0.6:
            kind = QRectF(
                place.right() - wide * 0.24, place.top() + wide * 0.04, wide * 0.2, wide * 0.2
            )
            board.box(
                kind, colour(random, value=(0.7, 1)), radius=wide * 0.1, edge="#ffffff", width=2
            )

    def _reveal(self, board: Board, random: Random) -> None:
        """One character, large, with its light, and some of name, rarity, stars and sentence."""
        middle = QPointF(board.width * random.uniform(0.4, 0.6), board.height * 0.45)
        for _ in range(int(random.choice((0, 1, 1, 2)))):
            _rays(board, middle, random)
        _light(board, middle, random)
        figure = self._figures.figure(random)
        high = board.height * random.uniform(0.75, 1.7)
        wide = high * figure.shape[1] / figure.shape[0]
        place = QRectF(middle.x() - wide / 2, board.height * random.uniform(0.02, 0.2), wide, high)
        if place.bottom() < board.height:
            place.moveBottom(board.height)
        if random.random() < 0.2:  # a card that has turned
            card = QRectF(0, 0, board.height * 0.5, board.height * 0.72)
            card.moveCenter(QPointF(board.width / 2, board.height * 0.46))
            self._card(board, card, random, random.random(4).tolist())
        else:
            board.put(figure, place, mirrored=random.random() < 0.5)
        unit = min(board.width, board.height)
        y = board.height * random.uniform(0.58, 0.8)
        name = QRectF(board.width * random.choice((0.04, 0.3)), y,
                      board.width * random.uniform(0.4, 0.66), unit * 0.12)  # fmt: skip
        if random.random() < 0.85:
            self._name(board, name, random)
        size = unit * random.uniform(0.025, 0.05)
        if random.random() < 0.75:
            x, y = (name.left(), name.top() - size * 1.3) if random.random() < 0.6 else (
                board.width / 2 - 4 * size, unit * 0.12)  # fmt: skip
            for number in range(int(random.integers(3, 7))):
                at = x + size * (1.5 + 2.3 * number)
                board.shape(star_path(at, y, size * 1.15), "#8a5a10")
                board.shape(star_path(at, y, size), "#ffd83a")
        if random.random() < 0.5:
            corner = QRectF(unit * 0.04, unit * random.choice((0.06, 0.5)), unit * 0.5, unit * 0.18)
            tone = pick(random, ("#ffd23a", "#ff7ac8", "#ffffff", "#9adcff"))
            rarity, size = pick(random, gacha_lists.RARITIES), unit * random.uniform(0.09, 0.16)
            board.text(corner, rarity, size, tone, bold=True, align=LEFT, outline="#5a2a10")
        if random.random() < 0.4:
            line = QRectF(name.left(), name.bottom(), board.width * 0.7, name.height() * 0.7)
            words = f"「{pick(random, SENTENCES)}」"
            board.text(line, words, line.height() * 0.4, "#ffffff", align=LEFT, outline="#202030")
        if random.random() < 0.5:
            badge = QRectF(name.right() - 90, name.top() - 40, 84, 34)
            board.box(badge, "#ff3b5c", radius=6)
            board.text(badge, "NEW", 22, "#ffffff", bold=True)

    def _name(self, board: Board, place: QRectF, random: Random) -> None:
        """The name on a band that fades, a ribbon, a plate, or nothing."""
        kind = int(random.integers(4))
        tone = colour(random, value=(0.1, 0.6))
        align = LEFT
        if kind == 0:
            fill = gradient(place, faded(tone, 0.85), faded(tone, 0.1), across=True)
            board.box(place, fill)
        elif kind == 1:
            path = QPainterPath(place.topLeft())
            for x, y in ((1, 0), (0.94, 0.5), (1, 1), (0, 1), (0.06, 0.5)):
                path.lineTo(place.left() + x * place.width(), place.top() + y * place.height())
            board.shape(path, tone)
            align = LEFT.AlignCenter
        elif kind == 2:
            board.box(place, faded("#000000", 0.6), radius=10, edge="#ffe9a0", width=3)
            align = LEFT.AlignCenter
        board.text(place, f"  {pick(random, NAMES)}", place.height() * random.uniform(0.4, 0.6),
                   "#ffffff", align=align, bold=True, outline=tone.darker(150))  # fmt: skip


def _light(board: Board, middle: QPointF, random: Random) -> None:
    """A glow, rings or a shower of sparks behind what is revealed."""
    kind = int(random.integers(4))
    tone = pick(random, ("#fff4c0", "#ffffff", "#ffd0f0", "#bfe6ff", "#ffe07a"))
    if kind == 0:
        glow = QRadialGradient(middle, board.height * random.uniform(0.4, 0.8))
        glow.setColorAt(0, faded(tone, 0.95))
        glow.setColorAt(1, faded(tone, 0.0))
        board.painter.fillRect(board.rect, glow)
    elif kind == 1:
        for number in range(int(random.integers(1, 5))):
            reach = board.height * (0.25 + 0.1 * number)
            ring = QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)
            board.box(ring, faded(tone, 0.0), radius=reach, edge=faded(tone, 0.8), width=6)
    elif kind == 2:
        for _ in range(int(random.integers(30, 120))):
            x, y = random.random(2) * (board.width, board.height)
            board.shape(star_path(x, y, random.uniform(3, 14), 4, 0.25), faded(tone, 0.8))


def _stage(board: Board, random: Random) -> None:
    """What lies behind the cards."""
    if random.random() < 0.4:
        background(board, random)
        board.box(board.rect, faded("#0a0a22", random.uniform(0.1, 0.6)))
    else:
        one, other = colour(random, value=(0.1, 0.9)), colour(random, value=(0.1, 0.9))
        board.box(board.rect, gradient(board.rect, one, other))
    if random.random() < 0.25:
        _rays(board, board.rect.center(), random)
    for _ in range(int(random.integers(0, 40))):
        x, y = random.random(2) * (board.width, board.height)
        board.shape(star_path(x, y, random.uniform(2, 9), 4, 0.3), faded("#ffffff", 0.7))


def _rays(board: Board, middle: QPointF, random: Random) -> None:
    count, far = int(random.integers(8, 25)), float(board.width + board.height)
    tone = faded(
        pick(random, ("#fff4c0", "#ffffff", "#c0e8ff", "#ffd0f0")), random.uniform(0.15, 0.5)
    )
    for number in range(count):
        angle = 2 * pi * number / count
        path = QPainterPath(middle)
        for step in (0.0, pi / count):
            path.lineTo(middle.x() + far * cos(angle + step), middle.y() + far * sin(angle + step))
        path.closeSubpath()
        board.shape(path, tone)


def _grid(board: Board, count: int, random: Random) -> Iterator[tuple[QRectF, float]]:
    wide = board.width > board.height
    columns = (5 if count >= 8 else count) if wide else int(random.choice((2, 3, 4)))
    rows = -(-count // columns)
    area = board.rect.adjusted(0.06 * board.width, 0.12 * board.height, -0.06 * board.width,
                               -0.16 * board.height)  # fmt: skip
    cell_wide, cell_high = area.width() / columns, area.height() / rows
    shape = random.uniform(0.6, 1.0)
    high = min(cell_high * 0.93, cell_wide * 0.93 / shape)
    for number in range(count):
        row, column = divmod(number, columns)
        in_row = min(columns, count - row * columns)
        x = area.center().x() + (column - (in_row - 1) / 2) * min(cell_wide, high * shape * 1.12)
        y = area.top() + (row + 0.5) * cell_high
        yield QRectF(x - high * shape / 2, y - high / 2, high * shape, high), 0.0


def _fan(board: Board, count: int, random: Random) -> Iterator[tuple[QRectF, float]]:
    high = min(board.height * 0.5, board.width * 0.3)
    reach = board.width * random.uniform(0.3, 0.36)
    for number in range(count):
        turn = (number / (count - 1) - 0.5) * random.uniform(55, 60)
        x = board.width / 2 + reach * sin(turn * pi / 180) * 1.8
        y = board.height * 0.55 + reach * (1 - cos(turn * pi / 180)) * 0.8
        yield QRectF(x - high * 0.33, y - high / 2, high * 0.66, high), turn * 0.6


def _slanting(board: Board, count: int, random: Random) -> Iterator[tuple[QRectF, float]]:
    """Slanting columns, each a little lower than the one before."""
    rows = 2 if board.width > board.height else 5
    columns = -(-count // rows)
    wide, high = board.width * 0.9 / columns, board.height * 0.74 / rows
    lean = random.uniform(-8, 8)
    for number in range(count):
        column, row = divmod(number, rows)
        y = board.height * 0.1 + row * high + (column % 2) * high * 0.12
        yield QRectF(board.width * 0.05 + column * wide, y, wide * 0.9, high * 0.92), lean


def _interface(board: Board, random: Random) -> None:
    """Title, buttons and counters."""
    wide, high = board.width, board.height
    unit = min(wide, high)
    if title := pick(random, _TITLES):
        place = QRectF(0, 0, wide, unit * 0.12)
        if random.random() < 0.4:
            board.box(place, faded("#101028", 0.6))
        board.text(place, title, unit * random.uniform(0.05, 0.085), "#ffffff", bold=True,
                   outline=colour(random, value=(0.1, 0.5)),
                   align=LEFT if random.random() < 0.4 else LEFT.AlignCenter)  # fmt: skip
    buttons = _BUTTONS[int(random.integers(len(_BUTTONS)))]
    across = min(unit * 0.42, wide * 0.9 / len(buttons))
    for number, words in enumerate(buttons):
        x = wide / 2 + (number - (len(buttons) - 1) / 2) * across * 1.1 - across / 2
        place = QRectF(x, high - unit * 0.13, across, unit * 0.095)
        tone = colour(random, value=(0.6, 1.0))
        radius = unit * 0.045 * random.random()
        fill = gradient(place, tone.lighter(130), tone)
        board.box(place, fill, radius=radius, edge="#ffffff", width=2)
        board.text(place, words, unit * 0.04, "#ffffff", bold=True, outline="#303040")
    if random.random() < 0.7:
        for number in range(int(random.integers(1, 4))):
            place = QRectF(wide - unit * 0.34 * (number + 1), unit * 0.02, unit * 0.3, unit * 0.06)
            board.box(place, faded("#000000", 0.55), radius=unit * 0.03)
            gem = QRectF(place.left(), place.top(), place.height(), place.height())
            board.box(
                gem, QColor(pick(random, ("#5ad0ff", "#ff8ad0", "#ffd83a"))), radius=unit * 0.03
            )
            board.text(place, f"{int(random.integers(0, 99999)):,}", unit * 0.036, "#ffffff")

"""Result screens for training that list what was drawn: rows, medals, items, dialogs."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from tools.illustrations.figures import Figures
from tools.illustrations.painting import (
    LEFT,
    Board,
    Pixels,
    Random,
    colour,
    faded,
    gradient,
    pick,
    star_path,
)
from tools.illustrations.words import NAMES

Paint = Callable[[Figures, Board, Random], None]

RARITIES = ("N", "R", "SR", "SSR", "UR", "HR", "LR", "C", "UC", "EPIC", "星5", "極", "★3", "Legend")
_ITEMS = (
    "回復薬", "経験値の書", "進化の石", "Gold", "強化素材", "チケット", "Potion", "Soul Shard",
    "スキル書", "欠片", "装備箱", "Skin", "火のかけら", "友情ポイント", "碎片", "무기", "EXP +500",
)  # fmt: skip
_TOLD = (
    "獲得しました", "アイテムを入手しました", "You got:", "報酬", "Obtained", "GET!",
    "新しい仲間が加わった！", "获得物品", "획득", "開封結果", "Rewards", "10連 結果",
)  # fmt: skip
_TOKENS = (
    "所持",
    "Owned",
    "Lv.1",
    "Lv. 80",
    "NEW",
    "New!",
    "初",
    "×2",
    "MAX",
    "重複",
    "→ 欠片 ×10",
)


def rows(figures: Figures, board: Board, random: Random) -> None:
    """A line, or two beside each other, for each thing: picture, name, stars, count."""
    tall = board.height > board.width
    count = int(random.integers(5, 12))
    columns = 1 if tall or random.random() < 0.3 else 2
    lines = -(-count // columns)
    area = board.rect.adjusted(
        board.width * random.uniform(0.02, 0.12), board.height * 0.11,
        -board.width * random.uniform(0.02, 0.12), -board.height * 0.14,
    )  # fmt: skip
    high, wide = area.height() / lines, area.width() / columns
    light = random.random() < 0.55
    paper = colour(random, value=(0.85, 1.0) if light else (0.08, 0.35), most=0.45)
    ink = "#2c2430" if light else "#f6f2ff"
    look = random.random(5).tolist()
    for number in range(count):
        line, column = divmod(number, columns)
        place = QRectF(area.left() + column * wide, area.top() + line * high, wide, high)
        place.adjust(wide * 0.01, high * 0.05, -wide * 0.01, -high * 0.05)
        fill = faded(paper, 0.92) if look[0] < 0.6 else gradient(
            place, faded(paper, 0.95), faded(paper, 0.45), across=True
        )  # fmt: skip
        edge = colour(random, value=(0.5, 1.0)) if look[1] < 0.5 else None
        board.box(place, fill, radius=high * 0.3 * look[2], edge=edge, width=2)
        side = place.height() * 0.9
        left = place.left() + place.height() * 0.05
        _picture(figures, board, random, QRectF(left, place.center().y() - side / 2, side, side),
                 round_=look[3] < 0.35, items=look[4] < 0.3 and random.random() < 0.6)  # fmt: skip
        x = left + side * 1.15
        size = min(place.height() * 0.34, wide * 0.06)
        name = QRectF(x, place.top(), place.right() - x, place.height() * 0.55)
        words = pick(random, NAMES if random.random() < 0.7 else _ITEMS)
        board.text(name, words, size, ink, align=LEFT, bold=True)
        below = name.translated(0, place.height() * 0.42)
        if look[0] < 0.5:
            _stars(board, x + size / 2, below.center().y(), size * 0.45, int(random.integers(1, 7)))
        else:
            board.text(below, pick(random, RARITIES), size, "#ff9a2a", align=LEFT, bold=True)
        right = QRectF(place.right() - wide * 0.25, place.top(), wide * 0.23, place.height())
        if random.random() < 0.7:
            shown = f"×{int(random.integers(1, 99))}" if look[1] < 0.6 else pick(random, _TOKENS)
            board.text(right, shown, size, "#ff4668" if random.random() < 0.4 else ink)


def medals(figures: Figures, board: Board, random: Random) -> None:
    """Round, six-sided or upright medals: in rows, a ring, an arc or a pyramid."""
    count = int(random.choice((5, 8, 10, 10, 11)))
    side = min(board.width, board.height) * random.uniform(0.15, 0.22)
    corners = int(random.choice((0, 0, 4, 6, 8)))
    places = _places(board, count, side, random)
    stars, named = random.random() < 0.6, random.random() < 0.5
    for x, y, share in places:
        reach = side * share / 2
        outline = _medal(x, y, reach, corners)
        tone = pick(random, ("#ffd75a", "#c8d2e0", "#c98a50", "#e07af0", "#62c8ff", "#ff7a8a"))
        if random.random() < 0.3:
            board.shape(_medal(x, y, reach * 1.25, 0), faded(tone, 0.35))
        board.shape(_medal(x, y, reach * 1.1, corners), tone)
        board.painter.save()
        board.painter.setClipPath(outline)
        inner = QRectF(x - reach, y - reach, 2 * reach, 2 * reach)
        _picture(figures, board, random, inner, items=random.random() < 0.12)
        board.painter.restore()
        if stars:
            _stars(board, x - reach * 0.7, y + reach * 0.95, reach * 0.17,
                   int(random.integers(1, 6)))  # fmt: skip
        if named:
            plate = QRectF(x - reach, y + reach * 1.05, 2 * reach, reach * 0.4)
            board.text(plate, pick(random, NAMES), reach * 0.3, "#ffffff", outline="#201830")
        if random.random() < 0.3:
            badge = QRectF(x + reach * 0.3, y - reach * 1.1, reach * 0.8, reach * 0.4)
            board.box(badge, "#ff3b5c", radius=reach * 0.2)
            board.text(badge, "NEW", reach * 0.3, "#ffffff", bold=True)


def items(figures: Figures, board: Board, random: Random) -> None:
    """Square cells with weapons, gems and bottles, and a few characters."""
    columns = (
        int(random.integers(3, 7)) if board.width > board.height else int(random.choice((3, 4)))
    )
    lines = int(random.choice((2, 3, 4)))
    area = board.rect.adjusted(board.width * 0.08, board.height * 0.16, -board.width * 0.08,
                               -board.height * 0.2)  # fmt: skip
    side = min(area.width() / columns, area.height() / lines)
    count = int(random.integers(max(1, columns * lines - columns), columns * lines + 1))
    named = random.random() < 0.4
    for number in range(count):
        line, column = divmod(number, columns)
        x = area.center().x() + (column - columns / 2) * side
        y = area.center().y() + (line - lines / 2) * side
        cell = QRectF(x, y, side, side).adjusted(*(side * 0.06 * edge for edge in (1, 1, -1, -1)))
        tone = colour(random, value=(0.4, 0.9))
        board.box(cell, gradient(cell, tone.lighter(140), tone.darker(150)), radius=side * 0.08,
                  edge=pick(random, ("#ffe27a", "#dfe6f0", "#d79aff")), width=3)  # fmt: skip
        if random.random() < 0.3:
            _picture(figures, board, random, cell.adjusted(4, 4, -4, -4))
        else:
            _item(board, random, cell)
        amount = QRectF(cell.left(), cell.bottom() - side * 0.24, cell.width() * 0.95, side * 0.24)
        board.text(amount, f"×{int(random.integers(1, 999))}", side * 0.17, "#ffffff",
                   align=LEFT.AlignRight, outline="#201820")  # fmt: skip
        if named:
            board.text(cell.translated(0, side * 0.5), pick(random, _ITEMS), side * 0.12, "#ffffff",
                       outline="#201820")  # fmt: skip


def dialog(figures: Figures, board: Board, random: Random) -> None:
    """A dialog over a dark screen: one to ten small pictures, a sentence, and its buttons."""
    board.box(board.rect, faded("#000000", random.uniform(0.4, 0.75)))
    wide = board.width * random.uniform(0.6, 0.92)
    high = board.height * random.uniform(0.45, 0.75)
    place = QRectF((board.width - wide) / 2, (board.height - high) / 2, wide, high)
    light = random.random() < 0.6
    paper = colour(random, value=(0.88, 1.0) if light else (0.1, 0.3), most=0.3)
    ink = "#302838" if light else "#ffffff"
    board.box(place, gradient(place, paper, paper.darker(112)), radius=20 * random.random(),
              edge=colour(random, value=(0.6, 1.0)), width=4)  # fmt: skip
    bar = QRectF(place.left(), place.top(), wide, high * 0.15)
    if random.random() < 0.6:
        board.box(bar, colour(random, value=(0.3, 0.9)))
    board.text(bar, pick(random, _TOLD), bar.height() * 0.55, "#ffffff" if light else ink,
               bold=True, outline="#403040")  # fmt: skip
    count = int(random.choice((1, 3, 5, 10, 10)))
    columns = min(count, 5)
    lines = -(-count // columns)
    side = min(wide * 0.9 / columns, high * 0.52 / lines)
    for number in range(count):
        line, column = divmod(number, columns)
        x = place.center().x() + (column - columns / 2) * side
        y = place.top() + high * 0.2 + line * side
        cell = QRectF(x, y, side, side).adjusted(4, 4, -4, -4)
        board.box(cell, colour(random, value=(0.5, 1.0)), edge="#e8c860", width=3)
        _picture(figures, board, random, cell.adjusted(3, 3, -3, -3), items=random.random() < 0.3)
    line_place = QRectF(place.left(), place.top() + high * 0.72, wide, high * 0.1)
    if random.random() < 0.6:
        board.text(line_place, pick(random, _TOLD), high * 0.055, ink)


def _picture(
    figures: Figures, board: Board, random: Random, place: QRectF, *, round_: bool = False,
    items: bool = False,
) -> None:  # fmt: skip
    """A character's head, or a thing, on a ground of its own."""
    ground = colour(random, value=(0.4, 1.0))
    radius = place.width() / 2 if round_ else place.width() * 0.06
    board.box(place, gradient(place, ground.lighter(130), ground.darker(120)), radius=radius)
    if items:
        _item(board, random, place)
        return
    figure: Pixels = figures.figure(random)
    share = random.uniform(0.45, 0.95)  # of the figure, from its top
    upper = figure[: max(8, int(figure.shape[0] * share))]
    high = place.width() * upper.shape[0] / upper.shape[1] * random.uniform(1.0, 1.5)
    target = QRectF(0, 0, high * upper.shape[1] / upper.shape[0], high)
    target.moveCenter(QPointF(place.center().x(), 0))
    target.moveTop(place.top() + place.height() * random.uniform(0.0, 0.1))
    board.painter.save()
    path = QPainterPath()
    path.addRoundedRect(place, radius, radius)
    board.painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    board.put(upper, target)
    board.painter.restore()


def _item(board: Board, random: Random, place: QRectF) -> None:
    """A sword, gem, bottle, coin, ticket or book of a few shapes."""
    x, y, reach = place.center().x(), place.center().y(), place.width() * 0.36
    tone = colour(random, value=(0.6, 1.0))
    kind = int(random.integers(6))
    if kind == 0:
        for shape, fill in (
            (
                [(-0.9, 0.9), (-0.6, 0.9), (0.9, -0.7), (0.9, -0.9), (0.7, -0.9), (-0.9, 0.6)],
                "#dfe8f0",
            ),
            ([(-0.7, 0.1), (-0.5, -0.05), (0.05, 0.5), (-0.1, 0.7)], tone),
        ):
            board.shape(_polygon(x, y, reach, shape), fill)
    elif kind == 1:
        gem = [(0, -1), (0.8, -0.3), (0.5, 0.8), (-0.5, 0.8), (-0.8, -0.3)]
        board.shape(_polygon(x, y, reach, gem), tone)
        board.shape(_polygon(x, y, reach * 0.6, gem), tone.lighter(150))
    elif kind == 2:
        path = QPainterPath()
        path.addEllipse(QPointF(x, y + reach * 0.3), reach * 0.7, reach * 0.7)
        path.addRect(QRectF(x - reach * 0.2, y - reach, reach * 0.4, reach * 0.8))
        board.shape(path, faded("#ffffff", 0.7))
        drop = QPainterPath()
        drop.addEllipse(QPointF(x, y + reach * 0.4), reach * 0.55, reach * 0.5)
        board.shape(drop, tone)
    elif kind == 3:
        for share, fill in ((1.0, "#c08a20"), (0.85, "#ffd84a")):
            path = QPainterPath()
            path.addEllipse(QPointF(x, y), reach * share, reach * share)
            board.shape(path, fill)
        board.shape(star_path(x, y, reach * 0.5), "#fff6c8")
    else:
        page = QRectF(
            x - reach * 0.8, y - reach * 0.9, reach * 1.6, reach * (1.8 if kind == 4 else 1)
        )
        cover = gradient(page, tone.lighter(130), tone.darker(130))
        board.box(page, cover, radius=6, edge="#fff0c0", width=2)
        board.shape(
            star_path(page.center().x(), page.center().y(), reach * 0.35, 4, 0.4), "#ffffff"
        )


def _places(
    board: Board, count: int, side: float, random: Random
) -> list[tuple[float, float, float]]:
    """Middle and relative size of each medal."""
    x, y = board.width / 2, board.height * 0.47
    kind = int(random.integers(4))
    if kind == 0:  # around the best one
        reach = min(board.width, board.height) * 0.33
        turn = random.uniform(0, pi)
        stretch = min(1.6, board.width / board.height) if board.width > board.height else 1.0
        around = [2 * pi * n / (count - 1) + turn for n in range(count - 1)]
        return [(x, y, 1.6)] + [
            (x + reach * stretch * cos(a), y + reach * sin(a), 0.95) for a in around
        ]
    if kind == 1:  # an arc
        angles = np.linspace(pi * 1.1, pi * 1.9, count)
        wide, high = board.width * 0.42, board.height * 0.35
        top = y + board.height * 0.2 + 60
        return [(x + wide * cos(a), top + high * sin(a), 0.9) for a in angles.tolist()]
    columns = 3 if board.height > board.width else 5
    step = side * (1.3 if kind == 2 else 1.15)
    result = []
    for number in range(count):
        line, column = divmod(number, columns)
        shift = 0.5 if kind == 3 and line % 2 else 0.0
        result.append((x + (column + shift - (columns - 1) / 2) * step,
                       y + (line - (count / columns - 1) / 2) * step * 1.15, 1.0))  # fmt: skip
    return result


def _medal(x: float, y: float, reach: float, corners: int) -> QPainterPath:
    path = QPainterPath()
    if not corners:
        path.addEllipse(QPointF(x, y), reach, reach)
        return path
    angles = [2 * pi * n / corners - pi / 2 for n in range(corners)]
    return _polygon(x, y, reach * 1.1, [(cos(angle), sin(angle)) for angle in angles])


def _polygon(x: float, y: float, reach: float, corners: list[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath(QPointF(x + reach * corners[0][0], y + reach * corners[0][1]))
    for across, down in corners[1:]:
        path.lineTo(x + reach * across, y + reach * down)
    path.closeSubpath()
    return path


def _stars(board: Board, x: float, y: float, size: float, count: int) -> None:
    for number in range(count):
        board.shape(star_path(x + 2.1 * size * number, y, size * 1.15), "#7a4a10")
        board.shape(star_path(x + 2.1 * size * number, y, size), "#ffd83a")

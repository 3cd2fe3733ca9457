"""Screenshots for training: windows, pages, chats, maps, timelines, with pictures inside some."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSlider,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tools.illustrations.figures import Figures
from tools.illustrations.illustration import Illustrations, background
from tools.illustrations.painting import (
    LEFT,
    Board,
    Kinds,
    Pixels,
    Random,
    any_of,
    application,
    colour,
    faded,
    gradient,
    pick,
    pixels_of,
)
from tools.illustrations.words import CODE, MENUS, NAMES, SENTENCES

_WIDE, _TALL = (1100, 700), (480, 960)
_NOVEL = (
    "Save", "Load", "Auto", "Skip", "Log", "Config", "セーブ", "ロード", "オート", "スキップ",
    "ログ", "設定", "Q.Save", "Q.Load", "Menu", "Title", "HIDE", "メニュー",
)  # fmt: skip


class Screens:
    """Makes screenshots; ``photographs`` and ``stored``, of packages, are used as they are."""

    def __init__(
        self,
        figures: Figures,
        illustrations: Illustrations,
        photographs: Sequence[Pixels],
        stored: Sequence[Pixels],
    ) -> None:
        self._figures, self._illustrations = figures, illustrations
        self._photographs, self._stored = photographs, stored

    @property
    def kinds(self) -> Kinds:
        """The kinds of screenshots."""
        return {
            "packages": (0.11, self._stored_one),
            "editors": (0.09, _editor),
            "forms": (0.06, _form),
            "tables": (0.08, _table),
            "pages": (0.12, self._page),
            "chats": (0.09, self._chat),
            "maps": (0.04, _map),
            "timelines": (0.11, self._timeline),
            "desktops": (0.06, self._desktop),
            "novels": (0.12, self._novel),
            "telephones": (0.06, self._telephone),
            "players": (0.06, self._player),
        }

    def _stored_one(self, random: Random) -> Pixels:
        return self._stored[int(random.integers(len(self._stored)))]

    def _inside(self, random: Random) -> Pixels:
        """A picture that a screen shows."""
        if random.random() < 0.55:
            return any_of(self._illustrations.kinds, random)
        return self._photographs[int(random.integers(len(self._photographs)))]

    def _page(self, random: Random) -> Pixels:
        """A page of the web in its browser."""
        dark = random.random() < 0.25
        board = _window(random, dark)
        ink, paper = ("#e8e8ee", "#202228") if dark else ("#202228", "#ffffff")
        top = 0.0 if board.height > board.width else 70.0
        board.box(board.rect.adjusted(0, top, 0, 0), paper)
        header = QRectF(0, top, board.width, 60)
        board.box(header, colour(random, value=(0.2, 1.0)))
        for number in range(5):
            board.text(QRectF(30 + number * 110, top, 100, 60), pick(random, MENUS), 18, "#ffffff")
        y, wide = top + 90.0, board.width * random.uniform(0.6, 0.95)
        while y < board.height - 40:
            kind = random.random()
            if kind < 0.3:
                high = random.uniform(90, 260)
                count = int(random.integers(1, 5))
                for number in range(count):
                    place = QRectF(30 + number * wide / count, y, wide / count - 14, high)
                    board.cover(self._inside(random), place)
                    board.text(QRectF(place.left(), y + high, place.width(), 20),
                               pick(random, SENTENCES), 14, ink, align=LEFT)  # fmt: skip
                y += high + 30
            elif kind < 0.45:
                board.text(QRectF(30, y, wide, 44), pick(random, SENTENCES), 30, ink, align=LEFT,
                           bold=True)  # fmt: skip
                y += 54
            elif kind < 0.55:
                place = QRectF(30, y, 140, 36)
                board.box(place, colour(random, value=(0.5, 0.9)), radius=6)
                board.text(place, pick(random, MENUS), 17, "#ffffff")
                y += 50
            else:
                y = _lines(board, random, QRectF(30, y, wide, 120), ink) + 14
        return board.pixels()

    def _chat(self, random: Random) -> Pixels:
        dark = random.random() < 0.4
        board = Board(*(_TALL if random.random() < 0.7 else _WIDE))
        board.box(board.rect, "#17181c" if dark else colour(random, value=(0.8, 1.0), most=0.3))
        _status(board, dark)
        y = 90.0
        mine = colour(random, value=(0.7, 0.95), most=0.7)
        while y < board.height - 80:
            own = random.random() < 0.5
            wide = board.width * random.uniform(0.3, 0.62)
            high = float(random.choice((40, 40, 64, 150)))
            x = board.width - wide - 16 if own else 66.0
            place = QRectF(x, y, wide, high)
            if high > 100:
                board.cover(self._inside(random), place)
            else:
                board.box(place, mine if own else "#2c2e36" if dark else "#ffffff", radius=16)
                ink = "#111111" if own or not dark else "#eeeeee"
                board.text(place.adjusted(12, 4, -12, -4), pick(random, SENTENCES), 16, ink,
                           align=LEFT, wrap=True)  # fmt: skip
            if not own:
                avatar = QRectF(14, y, 42, 42)
                if random.random() < 0.5:
                    board.cover(self._figures.portrait(random), avatar)
                else:
                    board.box(avatar, colour(random), radius=21)
            y += high + 14
        bar = QRectF(0, board.height - 60, board.width, 60)
        board.box(bar, "#26282e" if dark else "#f4f4f6")
        board.box(bar.adjusted(60, 12, -60, -12), "#3a3c44" if dark else "#ffffff", radius=18)
        return board.pixels()

    def _timeline(self, random: Random) -> Pixels:
        """Posts with names, texts and pictures."""
        dark = random.random() < 0.5
        board = Board(*(_TALL if random.random() < 0.7 else _WIDE))
        board.box(board.rect, "#15181c" if dark else "#ffffff")
        ink, quiet = ("#eeeeee", "#8899a6") if dark else ("#111111", "#657786")
        _status(board, dark)
        left = 0.0 if board.width < board.height else 220.0
        wide = min(board.width - left, 620.0)
        for number in range(6 if left else 0):
            board.text(
                QRectF(30, 60 + 50 * number, 170, 40), pick(random, MENUS), 20, ink, align=LEFT
            )
        y = 60.0
        while y < board.height:
            board.box(QRectF(left, y, wide, 1), quiet)
            avatar = QRectF(left + 12, y + 12, 44, 44)
            if random.random() < 0.6:
                board.cover(self._figures.portrait(random), avatar)
            else:
                board.box(avatar, colour(random), radius=22)
            name = QRectF(left + 68, y + 8, wide - 80, 24)
            board.text(name, pick(random, NAMES), 18, ink, align=LEFT, bold=True)
            board.text(QRectF(left + 68, y + 34, wide - 80, 24), pick(random, SENTENCES), 16, ink,
                       align=LEFT)  # fmt: skip
            y += 66
            if random.random() < 0.6:
                high = random.uniform(140, 320)
                board.cover(self._inside(random), QRectF(left + 68, y, wide - 90, high))
                y += high + 8
            for place in range(4):
                board.text(QRectF(left + 68 + place * wide / 5, y, 80, 24),
                           f"♡ {int(random.integers(2000))}", 14, quiet, align=LEFT)  # fmt: skip
            y += 34
        return board.pixels()

    def _desktop(self, random: Random) -> Pixels:
        board = Board(1200, 700)
        if random.random() < 0.6:
            board.cover(self._inside(random), board.rect)
        else:
            background(board, random)
        for number in range(int(random.integers(0, 8))):
            icon = QRectF(20, 30 + 80 * number, 44, 44)
            board.box(icon, colour(random), radius=8)
            board.text(icon.translated(-10, 40).adjusted(0, 0, 20, -20), pick(random, MENUS), 13,
                       "#ffffff", outline="#222222")  # fmt: skip
        for _ in range(int(random.integers(1, 4))):
            inner = (_editor, _form, _table)[int(random.integers(3))](random)
            wide = random.uniform(380, 760)
            left, top = (random.uniform(0.05, 0.45, 2) * (1200, 600)).tolist()
            place = QRectF(left, top, wide, wide * inner.shape[0] / inner.shape[1])
            board.box(place.adjusted(-1, -28, 1, 1), "#3a3d45", radius=6)
            board.text(QRectF(place.left(), place.top() - 28, wide, 28), pick(random, MENUS), 15,
                       "#ffffff")  # fmt: skip
            board.put(inner, place)
        bar = QRectF(0, 0 if random.random() < 0.3 else 664, 1200, 36)
        board.box(bar, faded("#101014", 0.85))
        board.text(bar, "12:34", 16, "#ffffff")
        return board.pixels()

    def _novel(self, random: Random) -> Pixels:
        """A scene of a game with its text and buttons."""
        board = Board(*((960, 540) if random.random() < 0.8 else (800, 600)))
        if random.random() < 0.5:
            background(board, random)
        else:
            board.cover(self._inside(random), board.rect)
        for _ in range(int(random.choice((0, 1, 1, 2)))):
            figure = self._figures.figure(random)
            high = board.height * random.uniform(0.8, 1.5)
            x, wide = (
                random.uniform(0.0, 0.6) * board.width,
                high * figure.shape[1] / figure.shape[0],
            )
            board.put(figure, QRectF(x, board.height * random.uniform(0.05, 0.2), wide, high))
        tone = colour(random, value=(0.02, 0.3) if random.random() < 0.7 else (0.85, 1.0), most=0.6)
        ink = "#ffffff" if tone.value() < 128 else "#332a3a"
        kind = random.random()
        if kind < 0.15:  # text over all of the screen
            board.box(board.rect, faded(tone, 0.7))
            _lines(board, random, board.rect.adjusted(60, 40, -60, -60), ink)
        elif kind < 0.3:  # a choice
            for number in range(int(random.integers(2, 5))):
                line = QRectF(board.width * 0.2, board.height * (0.25 + 0.13 * number),
                              board.width * 0.6, board.height * 0.09)  # fmt: skip
                board.box(line, faded(tone, 0.85), radius=12 * random.random(), edge=ink, width=2)
                board.text(line, pick(random, SENTENCES), line.height() * 0.45, ink)
        else:
            self._told(board, random, tone, ink)
        if random.random() < 0.7:
            bar = board.height * (0.94 if random.random() < 0.75 else 0.01)
            for number in range(int(random.integers(4, 9))):
                place = QRectF(board.width * (0.3 + 0.085 * number), bar, 80, board.height * 0.05)
                if random.random() < 0.3:
                    board.box(place, faded("#000000", 0.5), radius=6)
                board.text(place, pick(random, _NOVEL), 15, "#e6e6e6", outline="#333333")
        for number in range(int(random.choice((0, 0, 0, 4)))):
            bar_place = QRectF(20, 20 + 26 * number, 220, 16)
            board.box(bar_place, "#222222", radius=8)
            board.box(
                bar_place.adjusted(2, 2, -bar_place.width() * random.random(), -2), colour(random),
                radius=6,
            )  # fmt: skip
        return board.pixels()

    def _told(self, board: Board, random: Random, tone: QColor, ink: str) -> None:
        """The box of text at the lower edge, with who speaks."""
        high = board.height * random.uniform(0.22, 0.34)
        edge = board.width * random.choice((0.0, 0.03, 0.1))
        gap = 0.0 if edge == 0 else board.height * 0.03
        place = QRectF(edge, board.height - high - gap, board.width - 2 * edge, high)
        fill = faded(tone, random.uniform(0.6, 1.0)) if random.random() < 0.6 else gradient(
            place, faded(tone, 0.15), faded(tone, 0.95)
        )  # fmt: skip
        board.box(place, fill, radius=0 if edge == 0 else 16 * random.random(),
                  edge=ink if random.random() < 0.5 else None, width=2)  # fmt: skip
        size = high * random.uniform(0.13, 0.18)
        name = QRectF(place.left() + board.width * 0.04, place.top() + high * 0.04,
                      board.width * 0.22, high * 0.22)  # fmt: skip
        if random.random() < 0.5:
            name.translate(0, -high * 0.22)
            board.box(name, faded(colour(random, value=(0.2, 0.8)), 0.9), radius=8)
        board.text(name, pick(random, NAMES), size, "#ffe9a8", align=LEFT, bold=True,
                   outline="#302030")  # fmt: skip
        text = place.adjusted(board.width * 0.05, high * 0.3, -board.width * 0.05, 0)
        for number in range(int(random.integers(1, 4))):
            line = QRectF(text.left(), text.top() + number * size * 1.5, text.width(), size * 1.4)
            board.text(line, pick(random, SENTENCES), size, ink, align=LEFT)

    def _telephone(self, random: Random) -> Pixels:
        """A telephone's first page with its programs, its settings, or its pictures."""
        board = Board(*_TALL)
        kind = int(random.integers(3))
        dark = random.random() < 0.5
        if kind == 0:
            board.cover(self._inside(random), board.rect)
            across = int(random.choice((4, 4, 5)))
            side = board.width / across
            for number in range(across * int(random.integers(3, 8))):
                x, y = number % across * side, 70 + number // across * side * 1.2
                icon = QRectF(x, y, side, side).adjusted(14, 14, -14, -14)
                board.box(icon, colour(random), radius=icon.width() * 0.25)
                board.text(icon, pick(random, "✉☎♪★⚙☀☂✎♥⌂"), icon.width() * 0.5, "#ffffff")
                board.text(QRectF(x, icon.bottom(), side, 22), pick(random, MENUS), 13, "#ffffff",
                           outline="#333333")  # fmt: skip
        elif kind == 1:
            board.box(board.rect, "#121316" if dark else "#f2f3f6")
            ink = "#eeeeee" if dark else "#1c1c22"
            for number in range(13):
                line = QRectF(14, 80 + 66 * number, board.width - 28, 60)
                board.box(line, "#222429" if dark else "#ffffff", radius=10)
                board.box(QRectF(26, line.top() + 15, 30, 30), colour(random), radius=8)
                board.text(line.adjusted(58, 0, 0, 0), pick(random, MENUS), 18, ink, align=LEFT)
                if random.random() < 0.5:
                    switch = QRectF(line.right() - 66, line.top() + 17, 50, 26)
                    board.box(switch, "#35c759" if random.random() < 0.5 else "#99999f", radius=13)
                    board.box(QRectF(switch.left() + 26, switch.top() + 2, 22, 22), "#ffffff",
                              radius=11)  # fmt: skip
        else:
            board.box(board.rect, "#000000" if dark else "#ffffff")
            across = int(random.choice((3, 4)))
            side = board.width / across
            shown = [self._inside(random) for _ in range(5)]
            for number in range(across * int(800 // side)):
                x, y = number % across * side, 80 + number // across * side
                place = QRectF(x + 1, y + 1, side - 2, side - 2)
                board.cover(shown[int(random.integers(len(shown)))], place)
        _status(board, dark or kind == 0)
        return board.pixels()

    def _player(self, random: Random) -> Pixels:
        """A film in its player: time, buttons, perhaps titles below, or a list beside it."""
        board = Board(*_WIDE, colour="#ffffff" if random.random() < 0.5 else "#16171a")
        full = random.random() < 0.1
        place = board.rect if full else QRectF(20, 60, 740, 416)
        board.cover(self._inside(random), place)
        bar = QRectF(place.left(), place.bottom() - 46, place.width(), 46)
        board.box(bar, gradient(bar, faded("#000000", 0.1), faded("#000000", 0.85)))
        line = QRectF(bar.left() + 12, bar.top() + 8, bar.width() - 24, 4)
        board.box(line, faded("#ffffff", 0.5))
        board.box(QRectF(line.left(), line.top(), line.width() * random.random(), 4), "#ff2b2b")
        board.text(bar.adjusted(16, 12, 0, 0), "▶  ⏭  🔊  3:07 / 12:44", 18, "#ffffff", align=LEFT)
        if random.random() < 0.4:
            title = QRectF(place.left(), bar.top() - 60, place.width(), 50)
            board.text(title, pick(random, SENTENCES), 28, "#ffffff", outline="#000000")
        if not full:
            ink = "#888890"
            board.text(
                QRectF(20, 490, 740, 40), pick(random, SENTENCES), 26, ink, align=LEFT, bold=True
            )
            _lines(board, random, QRectF(20, 540, 740, 140), ink)
            for number in range(6):
                small = QRectF(790, 60 + 105 * number, 140, 84)
                board.cover(self._inside(random), small)
                _lines(board, random, QRectF(940, small.top(), 150, 60), ink)
        return board.pixels()


def _window(random: Random, dark: bool) -> Board:
    """A board with the bars of a browser, or of a telephone."""
    if random.random() < 0.35:
        board = Board(*_TALL)
        _status(board, dark)
        return board
    board = Board(*_WIDE)
    bar = QRectF(0, 0, board.width, 70)
    board.box(bar, "#35363c" if dark else "#e4e6ea")
    for number in range(int(random.integers(1, 5))):
        tab = QRectF(10 + 190 * number, 4, 180, 30)
        board.box(tab, "#ffffff" if number == 0 and not dark else faded("#888888", 0.4), radius=6)
        board.text(tab, pick(random, MENUS), 14, "#ffffff" if dark else "#333333")
    place = QRectF(110, 38, board.width - 200, 28)
    board.box(place, "#222226" if dark else "#ffffff", radius=14)
    board.text(
        place.adjusted(16, 0, 0, 0), "https://example.org/pictures", 14, "#888888", align=LEFT
    )
    return board


def _status(board: Board, dark: bool) -> None:
    ink = "#ffffff" if dark else "#111111"
    board.text(QRectF(20, 4, 80, 28), "12:34", 16, ink, align=LEFT, bold=True)
    board.box(QRectF(board.width - 50, 11, 30, 13), faded(ink, 0.9), radius=3)


def _lines(board: Board, random: Random, place: QRectF, ink: str) -> float:
    """Lines of text in a place; returns where they end."""
    y, size = place.top(), float(random.choice((14, 16, 18)))
    words = " ".join(pick(random, SENTENCES) for _ in range(14))
    while y < place.bottom() and y < board.height:
        start = int(random.integers(40))
        count = int(place.width() / size * 1.3)
        board.text(QRectF(place.left(), y, place.width(), size * 1.6), words[start : start + count],
                   size, ink, align=LEFT)  # fmt: skip
        y += size * 1.6
    return y


def _shown(widget: QWidget, random: Random) -> Pixels:
    """A widget as it looks, in light or dark colours."""
    application()
    dark = random.random() < 0.4
    paper, ink = ("#23252b", "#e6e6ea") if dark else (
        colour(random, value=(0.93, 1.0), most=0.08).name(), "#222222",
    )  # fmt: skip
    accent = colour(random, value=(0.4, 0.9)).name()
    widget.setStyleSheet(
        f"* {{ background: {paper}; color: {ink}; font-size: {int(random.integers(12, 20))}px;"
        f" border-radius: {int(random.integers(0, 8))}px }} QPushButton {{ background: {accent};"
        f" color: white; padding: 6px 14px }} QLineEdit, QComboBox {{ border: 1px solid #888;"
        f" padding: 4px }} QProgressBar::chunk {{ background: {accent} }}"
    )
    widget.resize(*(_WIDE if random.random() < 0.8 else (620, 640)))
    image = widget.grab().toImage()
    widget.deleteLater()
    return pixels_of(image)


def _editor(random: Random) -> Pixels:
    """Text or code, perhaps with a list of files beside it."""
    application()
    widget = QWidget()
    row = QHBoxLayout(widget)
    if random.random() < 0.6:
        files = QListWidget()
        files.addItems([f"{pick(random, MENUS)}.txt" for _ in range(20)])
        files.setMaximumWidth(220)
        row.addWidget(files)
    code = random.random() < 0.6
    text = QPlainTextEdit(
        "\n".join(
            f"{number:4d}  {pick(random, CODE if code else SENTENCES)}" for number in range(1, 50)
        )
    )
    if code:
        text.setFont("DejaVu Sans Mono")
    row.addWidget(text)
    return _shown(widget, random)


def _form(random: Random) -> Pixels:
    application()
    widget = QWidget()
    layout = QFormLayout(widget)
    for _ in range(int(random.integers(5, 14))):
        choice = QComboBox()
        choice.addItem(pick(random, MENUS))
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setValue(int(random.integers(100)))
        progress = QProgressBar()
        progress.setValue(int(random.integers(100)))
        field = (QLineEdit(pick(random, NAMES)), QCheckBox(pick(random, MENUS)), choice, slider,
                 progress)[int(random.integers(5))]  # fmt: skip
        layout.addRow(pick(random, MENUS), field)
    layout.addRow(QPushButton(pick(random, MENUS)))
    return _shown(widget, random)


def _table(random: Random) -> Pixels:
    application()
    widget = QWidget()
    column = QVBoxLayout(widget)
    bar = QHBoxLayout()
    for _ in range(5):
        bar.addWidget(QPushButton(pick(random, MENUS)))
    column.addLayout(bar)
    rows, columns = int(random.integers(10, 25)), int(random.integers(3, 9))
    table = QTableWidget(rows, columns)
    for place in range(rows * columns):
        words = pick(random, NAMES) if random.random() < 0.4 else f"{random.uniform(0, 999):.2f}"
        table.setItem(place // columns, place % columns, QTableWidgetItem(words))
    column.addWidget(table)
    return _shown(widget, random)


def _map(random: Random) -> Pixels:
    board = Board(1000, 700, colour(random, value=(0.85, 0.97), most=0.15))
    for _ in range(int(random.integers(2, 7))):
        path = QPainterPath(QPointF(*(random.random(2) * (1000, 700))))
        for _ in range(5):
            path.quadTo(*(random.random(4) * (1000, 700, 1000, 700)).tolist())
        board.shape(path, pick(random, ("#b9dba8", "#a8cfe8", "#e8e0c8")))
    for _ in range(int(random.integers(8, 26))):
        pen = QPen(QColor(pick(random, ("#ffffff", "#ffd98a", "#d0d0d8"))), random.uniform(3, 14))
        board.painter.setPen(pen)
        ends = random.random((2, 2)) * (1200, 900) - 100
        board.painter.drawLine(QPointF(*ends[0]), QPointF(*ends[1]))
    for _ in range(int(random.integers(8, 24))):
        left, top = (random.random(2) * (900, 660)).tolist()
        place = QRectF(left, top, 140, 24)
        board.text(place, pick(random, NAMES), 15, "#444444", outline="#ffffff")
    card = QRectF(16, 16, 300, 52)
    board.box(card, gradient(card, "#ffffff", "#f4f4f4"), radius=8, edge="#cccccc")
    board.text(card.adjusted(16, 0, 0, 0), pick(random, MENUS), 18, "#888888", align=LEFT)
    for number in range(3):
        board.box(QRectF(950, 560 + 42 * number, 36, 36), "#ffffff", radius=4, edge="#cccccc")
    return board.pixels()

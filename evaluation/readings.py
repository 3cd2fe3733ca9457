"""Judges how written texts are read: numbers, units, dates, English words, chats.

A row of a table (tab-separated: kind, text, reading) is right if the morae are those of its
reading, or of one of its readings, divided by "/". The reading is in kana as it is pronounced (は
as a particle is ワ). Marks do not count, nor does how a long vowel is written: o before a u, and e
before an i, without a consonant between them, are long. ヂ and ジ, ヅ and ズ, ヲ and オ, and vowels
devoiced or not, are the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.report import Report, Table
from kirara_speech.reading.japanese import read_line
from kirara_speech.reading.morae import Mora, morae_of
from kirara_speech.reading.phrases import morae_in
from kirara_studio.api.errors import UserError

ROWS = Path(__file__).parents[1] / "tests" / "plugins" / "kirara_speech" / "readings.tsv"
_LONG = {("o", "u"): "o", ("e", "i"): "e"}


@dataclass(frozen=True)
class Row:
    """A text, its kind, and its readings."""

    kind: str
    text: str
    readings: tuple[str, ...]


def rows_of(path: Path) -> list[Row]:
    """The rows of a table. Raises :class:`UserError` if a line has other columns."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != 3:
            raise UserError(
                "Line {number} of {name} does not have three columns.",
                advice="Write kind, text and reading, with a tab between them.",
                number=number,
                name=path.name,
            )
        rows.append(Row(cells[0], cells[1], tuple(cells[2].split("/"))))
    return rows


def is_right(row: Row) -> bool:
    """True if the text is read as one of the readings."""
    read = pronounced(morae_in(read_line(row.text)))
    return any(read == pronounced(morae_of(reading)) for reading in row.readings)


def pronounced(morae: Iterable[Mora]) -> list[str]:
    """Morae as they are compared."""
    found: list[str] = []
    for mora in morae:
        vowel = mora.vowel if mora.vowel == "N" else mora.vowel.lower()
        if found and not mora.consonant:
            vowel = _LONG.get((found[-1][-1], vowel), vowel)
        found.append(mora.consonant + vowel)
    return found


def table_of(title: str, rows: Sequence[Row]) -> tuple[Table, list[Row]]:
    """How many rows of each kind are right, and those that are not."""
    right = {row: is_right(row) for row in rows}
    figures: dict[str, Sequence[float]] = {}
    for kind in dict.fromkeys(row.kind for row in rows):
        found = [ok for row, ok in right.items() if row.kind == kind]
        figures[kind] = (sum(found), len(found))
    figures["all"] = (sum(right.values()), len(right))
    return Table(title, ["right", "rows"], figures), [row for row, ok in right.items() if not ok]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument(
        "files", nargs="*", type=Path, default=[ROWS], help="tables (default: that of the tests)"
    )


def evaluate(arguments: argparse.Namespace) -> Report:
    """Score the rows of tables, by kind."""
    tables: list[Table] = []
    wrong: dict[str, str] = {}
    for path in arguments.files:
        table, rows = table_of(path.name, rows_of(path))
        tables.append(table)
        wrong |= {row.text: "".join(m.kana for m in morae_in(read_line(row.text))) for row in rows}
    return Report(
        {"data": ", ".join(path.name for path in arguments.files)},
        {"right": "read as written in the table; long vowels count as the same"}
        | {f"wrong: {text}": read for text, read in wrong.items()},
        tables,
    )

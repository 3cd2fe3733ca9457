"""The report of an evaluation: data, definitions, tables, and figures for cards."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import tomlkit

from evaluation.gates import missed
from kirara_studio.api.files import write_atomically
from kirara_studio.api.models import fingerprint

DECIMALS = 3
"""Of the figures in cards, to which the gates apply."""


@dataclass(frozen=True)
class Table:
    """Rows of figures, each as long as ``columns``; None if there is nothing to judge."""

    title: str
    columns: Sequence[str]
    rows: Mapping[str, Sequence[float | None]]

    def lines(self) -> list[str]:
        """The table as text."""
        first = max(map(len, [self.title, *self.rows]))
        widths = [max(9, len(name)) for name in self.columns]
        head = [name.rjust(width) for name, width in zip(self.columns, widths, strict=True)]
        lines = ["  ".join([self.title.ljust(first), *head])]
        for name, values in self.rows.items():
            cells = [
                ("–" if value is None else f"{value:.{DECIMALS}f}").rjust(width)
                for value, width in zip(values, widths, strict=True)
            ]
            lines.append("  ".join([name.ljust(first), *cells]))
        return lines


@dataclass(frozen=True)
class Judgement:
    """The measures of one model, a ``.safetensors``, on ``data`` (described in one line).

    ``gate`` names a table of ``gates.toml``.
    """

    model: Path
    gate: str
    data: str
    measures: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """The table ``evaluation`` of the model's card."""
        measures = {
            name: value if isinstance(value, int) else round(float(value), DECIMALS)
            for name, value in self.measures.items()
        }
        below = missed(self.gate, measures)
        return {
            "date": datetime.date.today().isoformat(),
            "weights": fingerprint(self.model),
            "gate": self.gate,
            "passed": not below,
            "data": self.data,
            "measures": measures,
            "missed": below,
        }


@dataclass
class Report:
    """All that an evaluation prints.

    ``about`` has the data, the seeds, and how they are separated from those of training;
    ``definitions`` explains each measure.
    """

    about: dict[str, str]
    definitions: dict[str, str]
    tables: list[Table] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "about": self.about,
            "definitions": self.definitions,
            "tables": [asdict(table) for table in self.tables],
            "models": {one.model.stem: one.to_dict() for one in self.judgements},
        }

    def text(self) -> str:
        """The report for people."""
        lines = [f"{name}: {value}" for name, value in self.about.items()]
        for table in self.tables:
            lines += ["", *table.lines()]
        lines.append("")
        for one in self.judgements:
            card = one.to_dict()
            below = ", ".join(
                f"{name} {card['measures'].get(name, '–')} ({bound})"
                for name, bound in card["missed"].items()
            )
            lines.append(f"{one.model.stem}: " + (f"misses {below}" if below else "passed"))
        lines += ["", *(f"{name}: {text}" for name, text in self.definitions.items())]
        return "\n".join(lines)

    def write_cards(self) -> list[Path]:
        """Write each model's figures into the card beside it, and return the cards.

        Only the table ``evaluation`` is replaced; the card inside the weights is not used.
        """
        cards = []
        for one in self.judgements:
            path = one.model.with_suffix(".toml")
            document = tomlkit.parse(path.read_text(encoding="utf-8"))
            document.pop("evaluation", None)
            document["evaluation"] = one.to_dict()
            write_atomically(path, tomlkit.dumps(document))
            cards.append(path)
        return cards

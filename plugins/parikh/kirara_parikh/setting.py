"""The document of the panel: two grammars and a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from kirara_parikh.examples import EXAMPLES
from kirara_parikh.grammars.text import LARGEST


@dataclass(frozen=True)
class Setting:
    """Texts as they were typed: the grammar, the counts to ask for, and the grammar to compare."""

    grammar: str = EXAMPLES[0].grammar
    vector: str = EXAMPLES[0].vector
    second: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Setting:
        """Read the values of :meth:`to_dict`, of any version; wrong ones are ignored."""
        texts = {
            field.name: value
            for field in fields(cls)
            if isinstance(value := values.get(field.name), str) and len(value) <= LARGEST
        }
        return cls(**texts)

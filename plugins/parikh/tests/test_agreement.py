"""Construction, automaton, z3 and enumeration agree on random grammars.

``python -m kirara_parikh.agreement --count 5000`` tries thousands.
"""

from __future__ import annotations

import random

import pytest

from kirara_parikh import agreement
from kirara_parikh.grammars.text import parse
from kirara_parikh.images.linear import LinearSet, SemilinearSet


def test_all_ways_agree_on_random_grammars() -> None:
    counts = agreement.run(count=100, seed=20110814, length=5, comparisons=8)
    assert counts["grammars"] == counts["sets"] == 100
    assert counts["questions to z3"] > 150 and counts["derivations"] > 50
    assert counts["automata"] > 80 and counts["comparisons"] == 13


def test_a_wrong_set_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = SemilinearSet(("a", "b"), (LinearSet((0, 0), ((1, 1), (3, 2))),))
    monkeypatch.setattr(agreement, "parikh_image", lambda _: wrong)
    with pytest.raises(agreement.Disagreement, match="set: lacks"):
        agreement.check(parse("S -> a S b | a b"), 5, random.Random(1))

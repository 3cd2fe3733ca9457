"""Whether a set of vectors lies in a union of linear sets, or else a vector that does not.

Membership in a simple set is free of quantifiers (:mod:`kirara_parikh.images.simple`), and so is
its negation; so z3 decides what would otherwise be a formula with alternating quantifiers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kirara_parikh.formulas.solving import has_model, new_solver, z3
from kirara_parikh.grammars.grammar import Vector
from kirara_parikh.images.linear import LinearSet
from kirara_parikh.images.simple import SimpleSet
from kirara_parikh.progress import Report, silent

Constraint = Callable[[Any, Sequence[Any]], None]
"""``constraint(solver, letters)`` adds what the vector of z3's integers must satisfy."""


def outside(
    members: Constraint,
    size: int,
    union: Sequence[SimpleSet],
    seconds: float,
    report: Report = silent,
) -> Vector | None:
    """A vector of ``size`` counts that ``members`` allows and that is in no set of the union.

    None if there is none. Raises :class:`~kirara_parikh.formulas.solving.Undecided`.
    """
    module, asked = z3(), new_solver(seconds)
    letters = [module.Int(f"letter{place}") for place in range(size)]
    members(asked, letters)
    for number, part in enumerate(union):
        asked.add(_not_in(part, letters, number, asked))
    if not has_model(asked, report):
        return None
    model = asked.model()
    return tuple(model.eval(letter, model_completion=True).as_long() for letter in letters)


def in_linear_set(part: LinearSet) -> Constraint:
    """The constraint that the vector is in a linear set."""

    def constrain(asked: Any, letters: Sequence[Any]) -> None:
        module = z3()
        factors = [module.Int(f"factor{place}") for place in range(len(part.periods))]
        for factor in factors:
            asked.add(factor >= 0)
        for place, letter in enumerate(letters):
            pairs = zip(factors, part.periods, strict=True)
            terms = [factor * period[place] for factor, period in pairs if period[place]]
            asked.add(letter == module.Sum([module.IntVal(part.base[place]), *terms]))

    return constrain


def _not_in(part: SimpleSet, letters: Sequence[Any], number: int, asked: Any) -> Any:
    module, equations = z3(), part.equations
    moved = [letter - base for letter, base in zip(letters, part.base, strict=True)]

    def product(row: Sequence[int]) -> Any:
        terms = [times * entry for times, entry in zip(row, moved, strict=True) if times]
        return module.Sum([module.IntVal(0), *terms])

    reasons = [product(row) != 0 for row in equations.zero]
    for place, row in enumerate(equations.factor):
        value = product(row)
        reasons.append(value < 0)
        if equations.divisor > 1:
            # value = divisor * quotient + rest, with a rest: easier for z3 than "mod".
            quotient = module.Int(f"quotient{number}_{place}")
            rest = module.Int(f"rest{number}_{place}")
            asked.add(value == equations.divisor * quotient + rest)
            asked.add(rest >= 0, rest < equations.divisor)
            reasons.append(rest > 0)
    return module.Or(reasons)

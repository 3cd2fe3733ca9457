"""Results as text and as JSON, for the command line, the clipboard and files."""

from __future__ import annotations

import json
from typing import Any

from kirara_parikh.formulas.comparison import Inclusion
from kirara_parikh.grammars.writing import vector_text, word_text
from kirara_parikh.images.expressions import regular_expression, set_text
from kirara_parikh.jobs import Analysis, Answer, DrawnTree, Verdict
from kirara_studio.api.errors import filled_in

_MOST_LINES = 60


def analysis_text(analysis: Analysis) -> str:
    """The set, the expression and the automaton in some lines of English."""
    grammar = analysis.grammar
    lines = [f"Letters: {', '.join(grammar.terminals) or 'none'}"]
    if analysis.image is not None:
        lines += ["Set:", set_text(analysis.image)]
        lines.append(f"Regular expression: {regular_expression(analysis.image)}")
    if analysis.refusal is not None:
        lines.append(filled_in(analysis.refusal.template, analysis.refusal.values))
    if analysis.automaton is not None:
        states = len(analysis.automaton.automaton.names)
        lines.append(f"Automaton: {states} states with k = {analysis.bound}")
        if analysis.smallest is not None:
            lines[-1] += f"; minimised: {len(analysis.smallest.automaton.names)}"
    if analysis.drawing_refusal is not None:
        refusal = analysis.drawing_refusal
        lines.append(filled_in(refusal.template, refusal.values))
    for title, names in (
        ("Derive no word", analysis.unproductive),
        ("Never reached", analysis.unreachable),
    ):
        if names:
            lines.append(
                f"{title}: {word_text(names, 20) if len(names) > 20 else ', '.join(names)}"
            )
    lines.append(
        f"{len(grammar.nonterminals)} useful nonterminals, {len(grammar.productions)} useful "
        f"rules; {analysis.seconds:.2f} s"
    )
    return "\n".join(lines)


def answer_text(answer: Answer) -> str:
    """Whether there is a word, the word, and its derivation if it is small."""
    asked = vector_text(answer.vector, answer.letters)
    if answer.foreign:
        return f"no: the grammar has no letter {', '.join(answer.foreign)}"
    if not answer.reachable:
        return f"{asked}: no word has these counts"
    if answer.word is None:
        return f"{asked}: yes, by {answer.steps} rules; too long to write out"
    lines = [f"{asked}: yes, {word_text(answer.word)}"]
    if answer.tree is not None and len(answer.tree.places) <= _MOST_LINES:
        lines += tree_lines(answer.tree)
    return "\n".join(lines)


def tree_lines(tree: DrawnTree) -> list[str]:
    """A tree with a line for each node that is drawn."""
    lines: list[str] = []
    waiting = [(0, "", "")]
    while waiting:
        node, before, branch = waiting.pop()
        label = tree.labels[node]
        children = [child for child in tree.children[node] if child in tree.places]
        empty = not tree.terminal[node] and not tree.children[node]
        lines.append(f"{before}{branch}{label}{' → ε' if empty else ''}")
        indent = before + {"": "", "├ ": "│ ", "└ ": "  "}[branch]
        for child in reversed(children):
            waiting.append((child, indent, "└ " if child == children[-1] else "├ "))
    return lines


def verdict_text(verdict: Verdict) -> str:
    """The comparison in some lines of English."""
    found = verdict.comparison
    if found.equal:
        return "equal: the two grammars have the same letter counts"
    lines = ["not decided"] if found.equal is None else ["different"]
    for inclusion, word, first, second in (
        (found.first_in_second, verdict.only_first, "first", "second"),
        (found.second_in_first, verdict.only_second, "second", "first"),
    ):
        lines.append(_direction(inclusion, found.letters, word, first, second))
    return "\n".join(lines)


def _direction(
    inclusion: Inclusion,
    letters: tuple[str, ...],
    word: tuple[str, ...] | None,
    first: str,
    second: str,
) -> str:
    if inclusion.holds:
        return f"All letter counts of the {first} are counts of the {second}."
    if inclusion.counterexample is None:
        return f"Whether all counts of the {first} are counts of the {second} is not decided."
    example = vector_text(inclusion.counterexample, letters)
    written = f" ({word_text(word)})" if word is not None else ""
    return f"Only the {first} has {example}{written}."


def analysis_json(analysis: Analysis) -> dict[str, Any]:
    """Plain values."""
    image, drawn, least = analysis.image, analysis.automaton, analysis.smallest
    refusals = {
        name: filled_in(refusal.template, refusal.values)
        for name, refusal in (
            ("set", analysis.refusal),
            ("automaton", analysis.drawing_refusal),
        )
        if refusal is not None
    }
    return {
        "grammar": analysis.text,
        "letters": list(analysis.grammar.terminals),
        "nonterminals": list(analysis.grammar.nonterminals),
        "rules": len(analysis.grammar.productions),
        "unproductive": list(analysis.unproductive),
        "unreachable": list(analysis.unreachable),
        "set": None
        if image is None
        else [{"base": list(p.base), "periods": list(map(list, p.periods))} for p in image.parts],
        "irredundant": analysis.irredundant,
        "regular_expression": None if image is None else regular_expression(image),
        "k": analysis.bound,
        "states": None if drawn is None else len(drawn.automaton.names),
        "minimised_states": None if least is None else len(least.automaton.names),
        "refused": refusals,
        "seconds": round(analysis.seconds, 3),
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """Plain values; the derivation as nested lists [symbol, child, …], if it is small."""
    tree = answer.tree
    return {
        "vector": {**dict(zip(answer.letters, answer.vector, strict=True))},
        "reachable": answer.reachable,
        "word": None if answer.word is None else list(answer.word),
        "derivation": None
        if tree is None or len(tree.places) < len(tree.labels)
        else tree_lines(tree),
        "steps": answer.steps,
        "seconds": round(answer.seconds, 3),
    }


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Plain values."""
    found = verdict.comparison

    def direction(inclusion: Inclusion, word: tuple[str, ...] | None) -> dict[str, Any]:
        vector = inclusion.counterexample
        return {
            "holds": inclusion.holds,
            "counterexample": None
            if vector is None
            else dict(zip(found.letters, vector, strict=True)),
            "word": None if word is None else list(word),
        }

    return {
        "equal": found.equal,
        "first_in_second": direction(found.first_in_second, verdict.only_first),
        "second_in_first": direction(found.second_in_first, verdict.only_second),
        "seconds": round(verdict.seconds, 3),
    }


def as_json(values: dict[str, Any]) -> str:
    """JSON for people and programs."""
    return json.dumps(values, ensure_ascii=False, indent=2)

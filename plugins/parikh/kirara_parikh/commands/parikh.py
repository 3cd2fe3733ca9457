"""``kirara-studio parikh GRAMMAR``: the set, a question, a comparison."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from kirara_parikh.grammars.text import parse
from kirara_parikh.grammars.tokens import GrammarError
from kirara_parikh.jobs import (
    LARGEST_FILE,
    Question,
    Rivals,
    analyse,
    ask,
    compare_texts,
    read_grammar_file,
)
from kirara_parikh.progress import silent
from kirara_parikh.results import (
    analysis_json,
    analysis_text,
    answer_json,
    answer_text,
    as_json,
    verdict_json,
    verdict_text,
)
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError

_WIDEST = 160  # characters of a line that is shown

_EPILOG = """examples:
  kirara-studio parikh "S -> a S b | "
  kirara-studio parikh "S -> a S b | " --vector a=3,b=3
  kirara-studio parikh "S -> a S b | " --compare "S -> a b S | "
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.description = (
        "Which letter counts the words of a context-free grammar have (Parikh 1966): as a "
        "semilinear set, a regular expression and an automaton. Rules are separated by ; or line "
        "ends, the first nonterminal is the start symbol."
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "grammar", nargs="?", metavar="GRAMMAR", help='"S -> a S b | "; - for stdin'
    )
    source.add_argument("--file", type=Path, help="read the grammar from a UTF-8 file")
    parser.add_argument(
        "--vector", metavar="a=3,b=3", help="is there a word with these counts? Show it"
    )
    parser.add_argument("--compare", metavar="GRAMMAR", help="compare with a second grammar")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Print what was asked; without a question, the set and the automaton."""
    text = _checked(_grammar(arguments))
    values: dict[str, Any] = {}
    lines: list[str] = []
    if arguments.vector is None and arguments.compare is None:
        analysis = analyse(text, silent)
        values, lines = analysis_json(analysis), [analysis_text(analysis)]
    if arguments.vector is not None:
        answer = ask(Question(text, arguments.vector), silent)
        values["question"] = answer_json(answer)
        lines.append(answer_text(answer))
    if arguments.compare is not None:
        verdict = compare_texts(Rivals(text, _checked(arguments.compare)), silent)
        values["comparison"] = verdict_json(verdict)
        lines.append(verdict_text(verdict))
    print(as_json(values) if arguments.json else "\n".join(lines))


def _grammar(arguments: argparse.Namespace) -> str:
    if arguments.file is not None:
        return read_grammar_file(arguments.file)
    if arguments.grammar != "-":
        return str(arguments.grammar)
    try:
        return sys.stdin.buffer.read(LARGEST_FILE).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            "The standard input is not UTF-8.", advice="Write the grammar in UTF-8."
        ) from error


def _checked(text: str) -> str:
    """The text; if something is wrong in it, show where before the error is printed."""
    try:
        parse(text)
    except GrammarError as error:
        line = text.split("\n")[error.line - 1].replace("\t", " ")
        mark = " " * (error.column - 1) + "^" * min(error.length, len(line) or 1)
        place = f"line {error.line}, column {error.column}:"
        print(f"{place}\n  {line[:_WIDEST]}\n  {mark[:_WIDEST]}", file=sys.stderr)
        raise
    return text

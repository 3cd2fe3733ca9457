"""``kirara-studio speech dictionary``: the user's words."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kirara_speech.reading.user_dictionary import (
    UserDictionary,
    read_voicevox_file,
    write_voicevox_file,
)
from kirara_speech.reading.words import HIGHEST_PRIORITY, KINDS, word
from kirara_studio.api.commands import CommandContext, Verb, add_verbs
from kirara_studio.api.errors import UserError

_KINDS = {kind.lower().replace("_", "-"): kind for kind in KINDS}


def configure_dictionary(parser: argparse.ArgumentParser) -> None:
    """Add the verbs. Each sets ``run`` to a function ``(arguments, context)``."""
    verbs: tuple[Verb, ...] = (
        ("list", _configure_list, list_words, "show the words"),
        ("add", _configure_add, add, "teach a word; one that is written the same is replaced"),
        ("remove", _configure_remove, remove, "forget a word"),
        ("import", _configure_import, import_words, "add words that VOICEVOX exported"),
        ("export", _add_file, export_words, "save the words for VOICEVOX, or another studio"),
    )
    add_verbs(parser, verbs)


def _configure_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _configure_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("surface", metavar="WORD", help="as it is written")
    parser.add_argument("reading", metavar="READING", help="its pronunciation, in katakana")
    parser.add_argument(
        "--accent",
        type=int,
        default=0,
        metavar="MORA",
        help="the mora after which the pitch falls (default 0: it does not)",
    )
    parser.add_argument(
        "--kind", choices=list(_KINDS), default="proper-noun", help="(default proper-noun)"
    )
    parser.add_argument(
        "--priority",
        type=int,
        default=5,
        metavar="NUMBER",
        help=f"0 to {HIGHEST_PRIORITY}: how strongly it is preferred to other words (default 5)",
    )


def _configure_remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("word", metavar="WORD", help="as it is written, or its id")


def _configure_import(parser: argparse.ArgumentParser) -> None:
    _add_file(parser)
    parser.add_argument("--override", action="store_true", help="replace words of the same id")


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.json", help="the dictionary")


def list_words(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Print one word per line: spelling, reading, accent, kind, priority."""
    words = _dictionary(context).words()
    if arguments.json:
        listed = {key: word.to_dict() for key, word in words.items()}
        print(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    names = {kind: name for name, kind in _KINDS.items()}
    for known in words.values():
        what = f"{names[known.kind]:<12} priority {known.priority}"
        print(f"{known.surface}\t{known.reading}\taccent {known.accent}\t{what}")


def add(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Add a word."""
    made = word(
        arguments.surface,
        arguments.reading,
        arguments.accent,
        _KINDS[arguments.kind],
        arguments.priority,
    )
    _dictionary(context).add(made)
    print(f"“{made.surface}” is read {made.reading}")


def remove(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Remove a word."""
    dictionary, wanted = _dictionary(context), arguments.word
    words = dictionary.words()
    keys = [key for key, known in words.items() if wanted in (key, known.surface)]
    if not keys:
        raise UserError(
            "The dictionary has no “{wanted}”.",
            advice="Look with “speech dictionary list”.",
            wanted=wanted,
        )
    for key in keys:
        dictionary.remove(key)
    print(f"Forgot “{words[keys[0]].surface}”")


def import_words(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Add the words of a file."""
    words = read_voicevox_file(arguments.file)
    taken = _dictionary(context).add_all(words, override=arguments.override)
    print(f"Added {taken} of {len(words)} words")


def export_words(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Write the words to a file."""
    words = _dictionary(context).words()
    write_voicevox_file(arguments.file, words)
    print(f"Saved {len(words)} words to {arguments.file}")


def _dictionary(context: CommandContext) -> UserDictionary:
    return UserDictionary(context.data_folder, lambda error: print(error, file=sys.stderr))

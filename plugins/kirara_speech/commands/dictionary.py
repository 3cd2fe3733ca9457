"""``kirara-studio speech dictionary``: the words that the user teaches."""

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
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError

_KINDS = {kind.lower().replace("_", "-"): kind for kind in KINDS}


def configure_dictionary(parser: argparse.ArgumentParser) -> None:
    """Add the verbs. Each sets ``run`` to a function ``(arguments, context)``."""
    verbs = parser.add_subparsers(dest="dictionary_verb", required=True, metavar="VERB")

    listing = verbs.add_parser("list", help="show the words")
    listing.add_argument("--json", action="store_true", help="for programs")
    listing.set_defaults(run=list_words)

    adding = verbs.add_parser("add", help="teach a word; one that is written the same is replaced")
    adding.add_argument("surface", metavar="WORD", help="as it is written")
    adding.add_argument("reading", metavar="READING", help="as it is said, in katakana")
    adding.add_argument(
        "--accent",
        type=int,
        default=0,
        metavar="MORA",
        help="the mora after which the pitch falls (default 0: it does not)",
    )
    adding.add_argument(
        "--kind", choices=list(_KINDS), default="proper-noun", help="(default proper-noun)"
    )
    adding.add_argument(
        "--priority",
        type=int,
        default=5,
        metavar="NUMBER",
        help=f"0 to {HIGHEST_PRIORITY}: how readily it is taken before other words (default 5)",
    )
    adding.set_defaults(run=add)

    removing = verbs.add_parser("remove", help="forget a word")
    removing.add_argument("word", metavar="WORD", help="as it is written, or its id")
    removing.set_defaults(run=remove)

    importing = verbs.add_parser("import", help="take over words that VOICEVOX exported")
    importing.add_argument("file", type=Path, metavar="FILE.json")
    importing.add_argument("--override", action="store_true", help="replace words of the same id")
    importing.set_defaults(run=import_words)

    exporting = verbs.add_parser("export", help="save the words for VOICEVOX, or another studio")
    exporting.add_argument("file", type=Path, metavar="FILE.json")
    exporting.set_defaults(run=export_words)


def list_words(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Print a word a line: written, read, accent, kind, priority."""
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
    """Teach a word."""
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
    """Forget a word."""
    dictionary = _dictionary(context)
    wanted = arguments.word
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
    """Take over words of a file."""
    words = read_voicevox_file(arguments.file)
    taken = _dictionary(context).add_all(words, override=arguments.override)
    print(f"Took over {taken} of {len(words)} words")


def export_words(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Write the words to a file."""
    words = _dictionary(context).words()
    write_voicevox_file(arguments.file, words)
    print(f"Saved {len(words)} words to {arguments.file}")


def _dictionary(context: CommandContext) -> UserDictionary:
    return UserDictionary(context.data_folder, lambda error: print(error, file=sys.stderr))

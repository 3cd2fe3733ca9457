"""The commands that make voices: check, train, export, import."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kirara_speech.learning.recordings import find_recordings
from kirara_speech.learning.schedule import fitted, our_request
from kirara_speech.networks.config import (
    OUR_SSRN,
    OUR_TEXT2MEL,
    SSRN,
    TEXT2MEL,
    Config,
    SsrnConfig,
    Text2MelConfig,
)
from kirara_speech.reading.symbols import AUTHOR_ALPHABET
from kirara_speech.speaking.voices import (
    SSRN_FILE,
    TEXT2MEL_FILE,
    config_in,
    find_voice,
    trained_steps_of,
)
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.learning.schedule import CHECKPOINT, PRECISIONS

Value = TypeVar("Value")

_TRAINER = "kirara_speech.learning.training:train"
_KINDS = {"text2mel": TEXT2MEL, "ssrn": SSRN}
_FILES = {TEXT2MEL: TEXT2MEL_FILE, SSRN: SSRN_FILE}


def _add_recordings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="recordings as in LJSpeech or JSUT"
    )
    parser.add_argument(
        "--text",
        choices=("japanese", "letters"),
        default="japanese",
        help="what the texts are: Japanese, or in Latin letters as they are read "
        "(default japanese)",
    )


def configure_check(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`check`."""
    _add_recordings(parser)
    parser.add_argument("--json", action="store_true", help="for programs: everything")


def check(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Print what training would skip, and its warnings; returns 1 if nothing is usable."""
    from kirara_speech.learning.recording_checks import check_folder

    tools = context.tools()
    report = check_folder(
        arguments.folder,
        arguments.text,
        lambda done, total: tools.progress(done, total, f"{done} of {total} recordings"),
    )
    if arguments.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(report.lines()))
    return 0 if report.used else 1


def configure_train(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`train`."""
    _add_recordings(parser)
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="RUN",
        help="the run's folder; an existing run continues",
    )
    parser.add_argument(
        "--network",
        choices=sorted(_KINDS),
        default="text2mel",
        help="a voice needs both, one run each (default text2mel)",
    )
    parser.add_argument(
        "--size",
        choices=("small", "author"),
        default="small",
        help="small for two cores, the blog author's widths for a GPU (default small)",
    )
    parser.add_argument(
        "--from",
        dest="start_from",
        default="",
        metavar="VOICE",
        help="fine-tune the network of a voice: a folder, or a name; for few recordings",
    )
    parser.add_argument(
        "--steps",
        type=_at_least(1),
        help="(default 25000, for SSRN 20000; with --from 600 to 6000 more than the voice has)",
    )
    parser.add_argument(
        "--batch", type=_at_least(1), help="(default 16, at most half of the sentences)"
    )
    parser.add_argument(
        "--learning-rate", type=float, help="(default 0.002, with --from a quarter of it)"
    )
    parser.add_argument(
        "--held-out",
        type=_at_least(0),
        help="sentences for validation (default a twentieth, at most 40)",
    )
    parser.add_argument(
        "--cool-down",
        type=_at_least(0),
        help="steps at the end in which the rate falls to 0 (default a tenth of the steps)",
    )
    parser.add_argument("--seed", type=_at_least(0), default=1710, help="(default 1710)")
    parser.add_argument("--precision", choices=PRECISIONS, default="auto", help="(default auto)")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (default auto)")


def train(arguments: argparse.Namespace, context: CommandContext) -> int:
    """Train in the foreground, printing JSON lines; Ctrl+C saves and stops."""
    kind = _KINDS[arguments.network]
    config = _config(arguments, kind)
    start, trained = "", None
    if arguments.start_from:
        voice = find_voice(arguments.start_from, context.data_folder)
        path = voice.text2mel if kind == TEXT2MEL else voice.ssrn
        if path is None:
            raise UserError(
                "The voice “{voice}” has no {network} to start from.",
                advice="Choose another voice, or leave --from out.",
                voice=voice.name,
                network=arguments.network,
            )
        start = str(path.absolute())
        config = config_in(path)
        trained = trained_steps_of(path)
    sentences = len(find_recordings(arguments.folder)[0])
    named = ("steps", "batch", "learning_rate", "held_out", "cool_down")
    chosen = {name: getattr(arguments, name) for name in named}
    values = fitted(sentences, trained)
    values |= {name: value for name, value in chosen.items() if value is not None}
    try:
        request = our_request(
            str(arguments.folder.absolute()),
            config,
            seed=arguments.seed,
            precision=arguments.precision,
            device=arguments.device,
            start=start,
            **values,
        )
    except ValueError as error:
        raise UserError(
            "The training cannot start: {reason}.", advice="Correct the settings.", reason=error
        ) from error
    return context.run_training(_TRAINER, request.to_dict(), arguments.out.absolute())


def _config(arguments: argparse.Namespace, kind: str) -> Config:
    if kind == SSRN:
        return replace(OUR_SSRN, width=SsrnConfig.width) if arguments.size == "author" else OUR_SSRN
    config = OUR_TEXT2MEL
    if arguments.size == "author":
        config = replace(config, width=Text2MelConfig.width)
    if arguments.text == "letters":
        config = replace(config, alphabet=AUTHOR_ALPHABET, front_end="letters")
    return config


def configure_export(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`export`."""
    parser.add_argument(
        "runs", type=Path, nargs="+", metavar="RUN", help="folders of one or two training runs"
    )
    _add_voice_out(parser)
    parser.add_argument("--name", default="", help="the name of the voice")
    parser.add_argument("--training-data", default="", help="for the card")
    parser.add_argument("--licence", default="", help="for the card")


def export(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Make a voice of the averaged networks of runs; its existing networks are replaced."""
    from kirara_speech.networks.model_files import export_network, read_run
    from kirara_studio.api.models import ModelCard

    _check_voice_path(arguments.out)
    card = ModelCard(
        architecture="",
        name=arguments.name or arguments.out.name,
        training_data=arguments.training_data,
        licence=arguments.licence,
    )
    found = []
    for run in arguments.runs:
        checkpoint = run / CHECKPOINT
        if not is_file(checkpoint):
            raise UserError(
                "“{folder}” holds no training run with a checkpoint.",
                advice="Give the folder that was named with --out when training.",
                folder=run,
            )
        found.append((read_run(checkpoint)[0].kind, checkpoint))
    for kind, checkpoint in _by_kind(found).items():
        export_network(checkpoint, arguments.out / _FILES[kind], card)
    print(f"Saved the voice to {arguments.out}")


def configure_import(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`import_voice`."""
    parser.add_argument(
        "author",
        type=Path,
        nargs="+",
        metavar="AUTHOR.npz",
        help="his Text2Mel, his SSRN, or both in any order",
    )
    _add_voice_out(parser)


def import_voice(arguments: argparse.Namespace, _context: CommandContext) -> None:
    """Convert the blog author's files; existing networks of the voice are replaced."""
    from kirara_speech.networks.author_format import read

    _check_voice_path(arguments.out)
    found = [(network.card.architecture, network) for network in map(read, arguments.author)]
    for kind, network in _by_kind(found).items():
        network.save(arguments.out / _FILES[kind])
    names = " and ".join(path.name for path in arguments.author)
    print(f"Saved the voice of {names} to {arguments.out}")


def _by_kind(found: list[tuple[str, Value]]) -> dict[str, Value]:
    if len(dict(found)) < len(found):
        raise UserError(
            "These are two networks of the same kind.",
            advice="Give one Text2Mel and one SSRN at most.",
        )
    return dict(found)


def _add_voice_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="VOICE", help="the voice's folder"
    )


def _check_voice_path(path: Path) -> None:
    if is_file(path) or path.suffix == ".safetensors":
        raise UserError(
            "“{path}” is not a folder.",
            advice="A voice is a folder; give the name of one.",
            path=path,
        )


def _at_least(lowest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None
        if value < lowest:
            raise argparse.ArgumentTypeError(f"{value} is less than {lowest}")
        return value

    return read

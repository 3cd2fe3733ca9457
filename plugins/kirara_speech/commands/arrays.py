"""``kirara-studio speech mel`` and ``spectrogram``: the networks on bare arrays.

To compare with another implementation: always on the CPU in fp32, without post-processing. A text
is spoken in one go, however long it is.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from kirara_speech.commands.say import add_voice, voice_of
from kirara_speech.networks.config import MELS
from kirara_studio.api.arrays import read_array, write_array
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError


def configure_mel(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`mel`."""
    parser.add_argument("text", metavar="TEXT", help="spoken in one go, however long it is")
    add_voice(parser)
    parser.add_argument("--raw", type=Path, metavar="MEL.npy", help="float32, mels × frames")
    parser.add_argument(
        "--attention", type=Path, metavar="ATT.npy", help="float32, symbols × frames"
    )


def mel(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Write Text2Mel's mel spectrogram, its attention, or both."""
    from kirara_speech.networks.decoding import decode, joined, text_of
    from kirara_speech.networks.model_files import load_text2mel
    from kirara_speech.networks.stepping import Text2MelSteps
    from kirara_speech.reading.compiled_dictionary import use_dictionary
    from kirara_speech.reading.utterances import symbols_for

    if arguments.raw is None and arguments.attention is None:
        raise UserError("There is no output file.", advice="Add --raw MEL.npy.")
    network = load_text2mel(_network_file(arguments, context, "Text2Mel"))
    use_dictionary(context.data_folder)
    try:
        symbols = symbols_for(network.config.front_end, arguments.text)
    except ValueError as error:
        raise UserError(
            "The voice cannot read this text: {reason}.", advice="Write some words.", reason=error
        ) from error
    tools = context.tools()
    frames = []
    for frame in decode(Text2MelSteps(network), text_of(network.config, symbols)):
        frames.append(frame)
        tools.progress(len(frames), 0, f"{len(frames)} frames")
    outputs = (arguments.raw, arguments.attention)
    for path, array in zip(outputs, joined(frames), strict=True):
        if path is not None:
            write_array(path, array)
    saved = " and ".join(str(path) for path in outputs if path)
    print(f"Saved {len(frames)} frames of {len(symbols)} symbols to {saved}")


def configure_spectrogram(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`spectrogram`."""
    parser.add_argument("mel", type=Path, metavar="MEL.npy", help="float32, mels × frames, 0 to 1")
    add_voice(parser)
    parser.add_argument(
        "--raw", type=Path, required=True, metavar="SPEC.npy", help="float32, bins × frames"
    )


def spectrogram(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Write SSRN's spectrogram of a mel spectrogram."""
    from kirara_speech.networks.fine_frames import fine_of
    from kirara_speech.networks.model_files import load_ssrn

    mel = read_array(arguments.mel)
    shape = mel.shape
    if len(shape) == 3 and shape[0] == 1:  # a batch of one, as programs keep them
        mel = mel[0]
    if mel.ndim != 2 or mel.shape[0] != MELS or mel.shape[1] == 0:
        raise UserError(
            "“{file}” has the shape {shape}, not ({mels}, frames).",
            advice="Save the array in that shape.",
            file=arguments.mel.name,
            shape=shape,
            mels=MELS,
        )
    network = load_ssrn(_network_file(arguments, context, "SSRN"))
    fine = fine_of(network, np.ascontiguousarray(mel))
    write_array(arguments.raw, fine)
    print(f"Saved {' × '.join(map(str, fine.shape))} to {arguments.raw}")


def _network_file(arguments: argparse.Namespace, context: CommandContext, network: str) -> Path:
    voice = voice_of(arguments, context)
    path = voice.text2mel if network == "Text2Mel" else voice.ssrn
    if path is None:
        raise UserError(
            "The voice “{voice}” has no {network}.",
            advice="Choose another one with --voice.",
            voice=voice.name,
            network=network,
        )
    return path

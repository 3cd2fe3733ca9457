"""Voices: Open JTalk's, the bundled ones, the user's, and those of engines. No torch."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kirara_speech.engines.voicevox import RemoteStyle
from kirara_speech.networks.config import SSRN, TEXT2MEL, Config, config_from_dict
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import entries, is_file, is_folder
from kirara_studio.api.model_library import ModelFile, Report, report_together
from kirara_studio.api.models import WEIGHTS_SUFFIX, ModelCard, configuration_of, read_card
from kirara_studio.api.reading import reading
from kirara_studio.api.resources import resource_folder

log = logging.getLogger(__name__)

VOICES = "voices"
"""The folder of the user's voices, in the plugin's folder for data."""

OPEN_JTALK = "open-jtalk"
"""The name of the built-in voice."""

TEXT2MEL_FILE, SSRN_FILE = "text2mel.safetensors", "ssrn.safetensors"
"""The files of a voice's networks, in its folder."""

Kind = Literal["networks", "open-jtalk", "engine"]


@dataclass(frozen=True)
class Voice:
    """A voice of networks, of an engine (``remote``), or else Open JTalk's.

    Networks lie in a ``folder``, unless it is a file alone.
    """

    name: str
    text2mel: Path | None = None
    ssrn: Path | None = None
    card: ModelCard | None = None
    bundled: bool = False
    remote: RemoteStyle | None = None
    folder: Path | None = None

    @property
    def kind(self) -> Kind:
        if self.remote is not None:
            return "engine"
        return "networks" if self.text2mel is not None or self.ssrn is not None else "open-jtalk"

    @property
    def is_open_jtalk(self) -> bool:
        return self.kind == "open-jtalk"

    @property
    def model(self) -> ModelFile | None:
        """The voice's networks, in their folder or in a file alone; None if it has none."""
        path = self.text2mel or self.ssrn
        if path is None or self.card is None:
            return None
        return ModelFile(path, self.card, self.bundled, self.folder)


def open_jtalk() -> Voice:
    """Open JTalk's voice "mei"."""
    return Voice(OPEN_JTALK, bundled=True)


def available_voices(
    data_folder: Path | None = None, *, report: Report = log.warning
) -> list[Voice]:
    """The bundled voices, the user's in ``data_folder / VOICES``, and Open JTalk's.

    Folders without a readable card are left out and reported.
    """
    problems: list[UserError] = []
    voices = _voices_in(resource_folder() / VOICES, problems, bundled=True)
    if data_folder is not None:
        voices += _voices_in(data_folder / VOICES, problems, bundled=False)
    report_together(problems, report)
    return [*voices, open_jtalk()]


def engine_voices(
    addresses: Sequence[str] = (), check: Callable[[], None] = lambda: None
) -> list[Voice]:
    """The voices of engines that run at their usual addresses or at ``addresses``.

    Takes up to three seconds (:func:`kirara_speech.engines.voicevox.find_styles`).
    """
    from kirara_speech.engines.voicevox import find_styles

    voices: dict[str, Voice] = {}
    for style in find_styles(addresses, check):
        name = style.name if style.name not in voices else f"{style.name} {style.engine}"
        voices.setdefault(name, Voice(name, remote=style))
    return list(voices.values())


def find_voice(
    name: str = "", data_folder: Path | None = None, addresses: Sequence[str] = ()
) -> Voice:
    """The voice called ``name``, which may be the path of its folder or file.

    An empty name means Open JTalk, until the bundled voice is understood as well.
    Raises :class:`UserError` if it does not exist.
    """
    if not name:
        return open_jtalk()
    path = Path(name)
    if is_file(path) or _files_in(path):
        return describe(path)
    voices = available_voices(data_folder)
    found = _named(name, voices)
    if found is None:
        voices += engine_voices(addresses)
        found = _named(name, voices)
    if found is not None:
        return found
    raise UserError(
        "There is no voice “{name}”.",
        advice="Give the folder of a voice, or one of these names: {known}. VOICEVOX must run to "
        "offer its voices.",
        name=name,
        known=", ".join(f"“{voice.name}”" for voice in voices),
    )


def _named(name: str, voices: Sequence[Voice]) -> Voice | None:
    return next(
        (v for v in voices if name == v.name or (v.card is not None and name == v.card.name)), None
    )


def describe(path: Path, *, bundled: bool = False) -> Voice:
    """Read the cards of a voice's folder, or of its only file, without tensors.

    Raises :class:`UserError` if it does not hold a voice's network.
    """
    files = _files_in(path) if is_folder(path) else [path]
    found: dict[str, Path] = {}
    cards: list[ModelCard] = []
    for file in files:
        card = read_card(file)
        if card.architecture not in (TEXT2MEL, SSRN):
            raise UserError(
                "“{file}” holds a “{architecture}”, not a network of a voice.",
                advice="Choose the folder of a voice.",
                file=file.name,
                architecture=card.architecture,
            )
        found[card.architecture] = file
        cards.append(card)
    if not found:
        raise UserError(
            "“{path}” does not hold a voice.",
            advice="A voice is a folder with “{text2mel}” and “{ssrn}”.",
            path=path,
            text2mel=TEXT2MEL_FILE,
            ssrn=SSRN_FILE,
        )
    name = path.stem if is_file(path) else path.resolve().name
    folder = path if is_folder(path) else None
    return Voice(name, found.get(TEXT2MEL), found.get(SSRN), cards[0], bundled, folder=folder)


def config_in(path: Path) -> Config:
    """The shape of the network in ``path``. Raises :class:`UserError` if its card has none."""
    card = read_card(path)
    values = {"kind": card.architecture, **card.configuration}
    return configuration_of(card, path.name, lambda _: config_from_dict(values))


def trained_steps_of(path: Path) -> int:
    """The training steps on the card of ``path``, or 0. Raises UserError without a card."""
    return read_card(path).steps


def _files_in(folder: Path) -> list[Path]:
    return [folder / name for name in (TEXT2MEL_FILE, SSRN_FILE) if is_file(folder / name)]


def _voices_in(folder: Path, problems: list[UserError], *, bundled: bool) -> list[Voice]:
    voices = []
    for path in entries(folder):
        if path.name.startswith(".") or not (is_folder(path) or path.suffix == WEIGHTS_SUFFIX):
            continue
        try:
            with reading(path):
                voices.append(describe(path, bundled=bundled))
        except UserError as error:
            problems.append(error)
    return voices

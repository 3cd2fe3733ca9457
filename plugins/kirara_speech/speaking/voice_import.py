"""Import of voices: folders of networks, single networks, and the blog author's files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kirara_speech.learning.voice_making import folder_name
from kirara_speech.networks.config import SSRN, TEXT2MEL
from kirara_speech.speaking.voices import SSRN_FILE, TEXT2MEL_FILE, VOICES
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path, is_file, is_folder, whole_folder
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.reading import reading

if TYPE_CHECKING:
    from kirara_studio.api.models import Checkpoint

SUFFIXES = (".npz", ".safetensors", ".zip")
"""Files that may hold a network of a voice, or a shared voice."""

_FILES = {TEXT2MEL: TEXT2MEL_FILE, SSRN: SSRN_FILE}


@dataclass(frozen=True)
class ImportRequest:
    """Make a voice of ``paths`` below ``data_folder / VOICES``."""

    paths: tuple[Path, ...]
    data_folder: Path


def holds_voice(path: Path) -> bool:
    """Whether a path may be a voice, or one of its networks."""
    if is_folder(path):
        return any(is_file(path / name) for name in _FILES.values())
    return path.suffix.lower() in SUFFIXES


def recognise(path: Path) -> bool:
    """Whether an archive holds a voice."""
    import zipfile

    with reading(path), zipfile.ZipFile(path) as archive:
        names = {PurePosixPath(name).name for name in archive.namelist()}
    return not names.isdisjoint(_FILES.values())


def import_voice_job(request: ImportRequest, tools: JobTools) -> str:
    """Make a voice of at most one network of each kind; returns its name.

    Raises :class:`UserError` if a file is damaged, not a network, or there are two of a kind.
    """
    found: dict[str, Checkpoint] = {}
    with TemporaryDirectory(prefix="kirara-voice-") as temporary:
        for path in _files(request.paths, Path(temporary)):
            tools.progress(len(found), len(_FILES), path.name)
            checkpoint = _read(path)
            kind = checkpoint.card.architecture
            if kind in found:
                raise UserError(
                    "These are two networks of the same kind.",
                    advice="Give one Text2Mel and one SSRN at most.",
                )
            found[kind] = checkpoint
    voices = request.data_folder / VOICES
    first = request.paths[0]
    name = folder_name(first.name if is_folder(first) else first.stem) or "voice"
    name = free_path(voices, name, number=" {}").name
    with whole_folder(voices / name) as made:
        for kind, checkpoint in found.items():
            checkpoint.save(made / _FILES[kind])
    return name


def _files(paths: Sequence[Path], temporary: Path) -> Iterator[Path]:
    from kirara_studio.api.models import ARCHIVE_SUFFIX, unpack_models

    for path in paths:
        if is_folder(path):
            yield from (path / name for name in _FILES.values() if is_file(path / name))
        elif path.suffix.lower() == ARCHIVE_SUFFIX:
            yield from unpack_models(path, temporary)
        else:
            yield path


def _read(path: Path) -> Checkpoint:
    from kirara_speech.networks.author_format import read
    from kirara_speech.networks.model_files import KINDS
    from kirara_studio.api.learning.networks import network_of
    from kirara_studio.api.models import Checkpoint

    if path.suffix.lower() == ".npz":
        return read(path)
    checkpoint = Checkpoint.load(path)
    network_of(checkpoint, path.name, *KINDS.values())  # checks it
    return checkpoint

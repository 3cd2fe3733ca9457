"""Files of weights: safetensors with a model card beside them.

``name.safetensors`` holds the tensors, ``name.toml`` the card, of which a copy is kept in the
tensors' file (in the header's metadata). Nothing here unpickles anything, and torch is imported
only when tensors are read or written.
"""

from __future__ import annotations

import json
import shutil
import struct
import tomllib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, TypeVar

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import (
    exists,
    is_file,
    temporary_folder_beside,
    whole_file,
    write_atomically,
)
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.learning.schedule import STEPS
from kirara_studio.api.reading import read_bytes, reading

if TYPE_CHECKING:
    import torch

Configuration = TypeVar("Configuration")

WEIGHTS_SUFFIX = ".safetensors"
ARCHIVE_SUFFIX = ".zip"
_CARD_KEY = "kirara_card"
_LARGEST_HEADER = 100_000_000  # the limit of the safetensors format itself
_HUGE = 1e300  # integers in JSON and TOML have no limit; more does not become a float
_LARGEST_CARD = 10_000_000  # bytes
_LARGEST_ARCHIVE = 2_000_000_000  # bytes of all files in it
_UNREADABLE = "“{file}” cannot be read as a safetensors file: {reason}."
_FETCH_AGAIN = "Fetch or export the file again."
_CHECK_THE_FILE = "Check that the file is of this network and of this configuration."


@dataclass(frozen=True)
class ModelCard:
    """What a file of weights is.

    ``architecture`` names the network ("pggan-generator"), ``configuration`` holds its
    numbers, from which the network is built before the weights are read. ``measured`` holds
    figures of the training, each under the full name of what was measured. ``evaluation`` is what
    ``python -m evaluation NAME --write-cards`` found: ``date``, ``weights`` (the
    :func:`fingerprint` of the judged file), ``data``, ``measures`` (name → number) and ``missed``
    (name → the bound of its gate that the figure misses, such as "≥ 0.6"). Values are plain TOML
    values.
    """

    architecture: str
    name: str = ""
    configuration: Mapping[str, Any] = field(default_factory=dict)
    training_data: str = ""
    licence: str = ""
    author: str = ""
    notes: str = ""
    measured: Mapping[str, Any] = field(default_factory=dict)
    evaluation: Mapping[str, Any] = field(default_factory=dict)

    @property
    def missed(self) -> Mapping[str, tuple[float, str]]:
        """The measures that miss their gate: measure → figure, bound. Empty if never judged."""
        measures, missed = (self.evaluation.get(name) for name in ("measures", "missed"))
        if not isinstance(measures, Mapping) or not isinstance(missed, Mapping):
            return {}
        return {
            name: (figure, str(bound))
            for name, bound in missed.items()
            if isinstance(figure := measures.get(name), int | float) and abs(figure) < _HUGE
        }

    @property
    def steps(self) -> int:
        """For how many steps the network was trained, or 0 if the card does not say so."""
        steps = self.measured.get(STEPS)
        return steps if isinstance(steps, int) and 0 < steps < _HUGE else 0

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ModelCard:
        """Make a card from plain values, without the unknown keys of newer cards.

        Raises ValueError if ``architecture`` is missing or a value has another type.
        """
        if not isinstance(values.get("architecture"), str):
            raise ValueError("the card does not name an architecture")
        known = {key: values[key] for key in cls.__dataclass_fields__ if key in values}
        for key, value in known.items():
            tables = ("configuration", "measured", "evaluation")
            wanted = Mapping if key in tables else str
            if not isinstance(value, wanted):
                raise ValueError(f"the card's “{key}” is not a {wanted.__name__.lower()}")
            if not _is_plain(value):
                raise ValueError(f"the card's “{key}” holds what no card can hold")
        return cls(**known)


def _is_plain(value: object) -> bool:
    """True for what can be written as TOML."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_plain(key) for key in value) and all(
            map(_is_plain, value.values())
        )
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    if isinstance(value, str):
        return not any("\ud800" <= letter <= "\udfff" for letter in value)
    return value is not None


@dataclass(frozen=True)
class Checkpoint:
    """A card and its tensors, by name."""

    card: ModelCard
    tensors: Mapping[str, torch.Tensor]

    def save(self, path: Path) -> None:
        """Write ``path`` (``.safetensors``) and the card beside it, each whole or not at all.

        Raises :class:`UserError` if the place cannot be written to.
        """
        import tomlkit

        path = Path(path)
        card = {key: value for key, value in asdict(self.card).items() if value}
        save_tensors(path, self.tensors, {_CARD_KEY: json.dumps(card)})
        write_atomically(path.with_suffix(".toml"), tomlkit.dumps(card))

    @classmethod
    def load(cls, path: Path) -> Checkpoint:
        """Read the card and the tensors (on the CPU, in the type they were stored in).

        Raises :class:`UserError` for a file that is missing, truncated, or something else.
        """
        from safetensors.torch import load_file

        path = Path(path)
        card = read_card(path)
        with reading(path, _UNREADABLE, advice=_FETCH_AGAIN):
            return cls(card, load_file(path))


def save_tensors(
    path: Path, tensors: Mapping[str, torch.Tensor], metadata: Mapping[str, str]
) -> None:
    """Write a safetensors file, whole or not at all. Raises :class:`UserError` if it cannot."""
    from safetensors import safe_open
    from safetensors.torch import save_file

    contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
    with whole_file(path) as temporary, temporary_folder_beside(path) as folder:
        written = folder / path.name
        save_file(contiguous, written, metadata=dict(metadata))
        with safe_open(written, "pt"):  # it checks that the file has the length in its header
            pass
        written.replace(temporary)


def read_card(path: Path) -> ModelCard:
    """Read the card of ``path`` (``.safetensors``) without reading its tensors.

    The card beside the file wins over the one inside, since people may correct it. Raises
    :class:`UserError` if there is no file, no card, or the file is something else.
    """
    path = Path(path)
    with reading(path, _UNREADABLE, advice=_FETCH_AGAIN):
        inside = _metadata(path).get(_CARD_KEY)
    beside = path.with_suffix(".toml")
    with reading(
        beside if (corrected := is_file(beside)) else path,
        "The model card of “{file}” cannot be read: {reason}.",
        advice="Correct it, or fetch the model again.",
        file=path.name,
    ):
        if corrected:
            text = read_bytes(beside, _LARGEST_CARD).decode("utf-8-sig")
            return ModelCard.from_dict(tomllib.loads(text))
        if inside is None:
            raise UserError(
                "“{file}” has no model card, so its network is unknown.",
                advice="Put its card beside it, as “{card}”.",
                file=path.name,
                card=beside.name,
            )
        return ModelCard.from_dict(parse_json(inside))


CARD_TEXTS = ("name", "notes", "training_data", "licence", "author")
"""The fields of a card that people may edit."""


def edit_card(path: Path, **texts: str) -> ModelCard:
    """Change :data:`CARD_TEXTS` of the card beside ``path``; all else in it stays, comments too.

    Raises :class:`UserError` if there is no card, or it cannot be written.
    """
    import tomlkit

    if unknown := texts.keys() - set(CARD_TEXTS):
        raise ValueError(f"not a text of a card: {sorted(unknown)}")
    path = Path(path)
    changes: dict[str, Any] = {name: text.strip() for name, text in texts.items()}
    card = replace(read_card(path), **changes)
    beside = path.with_suffix(".toml")
    content = tomlkit.dumps(_whole_card(path)).encode()
    with reading(beside):
        if is_file(beside):
            content = read_bytes(beside, _LARGEST_CARD)
        document = tomlkit.parse(content.decode("utf-8-sig"))
        new = {}
        for name in texts:
            if not (value := getattr(card, name)):
                document.pop(name, None)
            elif name in document:
                document[name] = value
            else:
                new[name] = value
        # Before the tables, since what follows one belongs to it.
        text = tomlkit.dumps(new) + tomlkit.dumps(document)
    write_atomically(beside, text)
    return card


def share_model(path: Path, target: Path) -> Path:
    """Copy a model to ``target`` as one file, with its card inside; returns ``target``.

    The tensors are copied as they are, and nothing is left out of the card. Raises
    :class:`UserError` if ``path`` is damaged or ``target`` cannot be written.
    """
    path, target = Path(path), Path(target)
    if target.resolve() == path.resolve() or exists(target.with_suffix(".toml")):
        raise UserError(
            "There is a model called “{file}” in that folder already.",
            advice="Choose another name or another folder.",
            file=target.name,
        )
    read_card(path)
    card = _whole_card(path)
    with reading(path, _UNREADABLE, advice=_FETCH_AGAIN), path.open("rb") as source:
        header, start = _read_header(source, path)
        metadata = dict(header.get("__metadata__", {}))
        source.seek(0)
        with whole_file(target) as temporary, temporary.open("wb") as file:
            if parse_json(metadata.get(_CARD_KEY, "null")) != card:  # else it is the same file
                header["__metadata__"] = {**metadata, _CARD_KEY: json.dumps(card, default=str)}
                text = json.dumps(header, separators=(",", ":")).encode()
                text += b" " * (-len(text) % 8)  # the tensors stay aligned
                file.write(struct.pack("<Q", len(text)) + text)
                source.seek(start)
            shutil.copyfileobj(source, file)
    return target


def share_models(paths: Sequence[Path], target: Path) -> Path:
    """Write the networks of one model, with their cards inside, to the archive ``target``.

    Returns ``target``. Raises :class:`UserError` as :func:`share_model` does.
    """
    with (
        temporary_folder_beside(target) as folder,
        whole_file(target) as temporary,
        zipfile.ZipFile(temporary, "w") as archive,
    ):
        for path in paths:
            archive.write(share_model(path, folder / path.name), path.name)
    return target


def unpack_models(archive: Path, folder: Path) -> list[Path]:
    """Copy the files of weights in an archive, or in a folder in it, into ``folder``.

    Raises :class:`UserError` if there is none, or if the archive is damaged or huge.
    """
    copies: list[Path] = []
    with reading(archive), zipfile.ZipFile(archive) as opened:
        found = [one for one in opened.infolist() if one.filename.endswith(WEIGHTS_SUFFIX)]
        if not found:
            raise ValueError("it holds no file of weights")
        if sum(one.file_size for one in found) > _LARGEST_ARCHIVE:
            raise ValueError("it is too large")
        for one in found:
            # Only the end of the name counts, so that nothing is written elsewhere.
            copies.append(folder / f"{len(copies)}-{PurePosixPath(one.filename).name}")
            with opened.open(one) as source, copies[-1].open("wb") as copy:
                shutil.copyfileobj(source, copy)
    return copies


def check_architecture(card: ModelCard, source: str, *wanted: str) -> None:
    """Raise :class:`UserError` unless the file ``source`` is of one of these architectures."""
    if card.architecture not in wanted:
        raise UserError(
            "“{file}” holds a “{architecture}”, not a “{wanted}”.",
            advice="Choose the file of another model.",
            file=source,
            architecture=card.architecture,
            wanted="” or a “".join(wanted),
        )


def configuration_of(
    card: ModelCard, source: str, read: Callable[[Mapping[str, Any]], Configuration]
) -> Configuration:
    """What ``read`` makes of the card's configuration.

    Raises :class:`UserError` if it raises anything.
    """
    with reading(
        source,
        "The model card of “{file}” does not describe its network ({reason}).",
        advice="Correct the card, or fetch the model again.",
    ):
        return read(card.configuration)


def fingerprint(path: Path) -> str:
    """The first 16 hexadecimal digits of the file's SHA-256: names a model in saved results.

    Raises :class:`UserError` if the file cannot be read.
    """
    import hashlib

    with reading(path), Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def check_tensors(
    tensors: Mapping[str, Any], expected: Mapping[str, tuple[int, ...]], source: str
) -> None:
    """Raise :class:`UserError` naming the first tensor that is missing, left over or misshapen.

    ``tensors`` maps names to anything with a ``shape``; ``source`` is the file's name.
    """
    for name, shape in expected.items():
        if name not in tensors:
            raise UserError(
                "“{source}” does not fit the network: “{name}” is missing.",
                advice=_CHECK_THE_FILE,
                source=source,
                name=name,
            )
        found = tuple(tensors[name].shape)
        if found != tuple(shape):
            raise UserError(
                "“{source}” does not fit the network: “{name}” has the shape {found}, not "
                "{wanted}.",
                advice=_CHECK_THE_FILE,
                source=source,
                name=name,
                found=found,
                wanted=tuple(shape),
            )
    extra = next((name for name in tensors if name not in expected), None)
    if extra is not None:
        raise UserError(
            "“{source}” does not fit the network: “{name}” is not part of the network.",
            advice=_CHECK_THE_FILE,
            source=source,
            name=extra,
        )


def _metadata(path: Path) -> dict[str, Any]:
    """The metadata in a safetensors file."""
    with path.open("rb") as file:
        return dict(_read_header(file, path)[0].get("__metadata__", {}))


def _read_header(file: IO[bytes], path: Path) -> tuple[dict[str, Any], int]:
    """The header of a safetensors file, after 8 bytes of length, and where the tensors begin."""
    (length,) = struct.unpack("<Q", file.read(8))
    if length > min(_LARGEST_HEADER, path.stat().st_size - 8):
        raise ValueError("its header is longer than the file")
    return dict(parse_json(file.read(length))), 8 + length


def _whole_card(path: Path) -> dict[str, Any]:
    """The card of ``path``, with what only newer versions know; :func:`read_card` read it."""
    beside = path.with_suffix(".toml")
    with reading(beside):
        if is_file(beside):
            return tomllib.loads(read_bytes(beside, _LARGEST_CARD).decode("utf-8-sig"))
        return dict(parse_json(_metadata(path)[_CARD_KEY]))

"""Recognises files of models. In the engine, since plugins' recognisers may import torch."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.models import WEIGHTS_SUFFIX, read_card
from kirara_studio.api.panel import ModelFormat
from kirara_studio.importing import import_object

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RecogniseRequest:
    """A question which of ``formats`` each of ``paths`` is of."""

    paths: tuple[Path, ...]
    formats: tuple[ModelFormat, ...]


def recognise_job(request: RecogniseRequest, tools: JobTools) -> list[list[str]]:
    """For each path the ids of the formats that it may be of, in their order.

    A recogniser that raises has not recognised the file.
    """
    found = []
    for number, path in enumerate(request.paths):
        tools.progress(number, len(request.paths))
        found.append([form.id for form in request.formats if _is_of(path, form)])
    return found


def may_be(path: Path, form: ModelFormat) -> bool:
    """Whether the file's suffix is one of the format's."""
    suffix = path.suffix.lower()
    return suffix in form.suffixes or (bool(form.architectures) and suffix == WEIGHTS_SUFFIX)


def _is_of(path: Path, form: ModelFormat) -> bool:
    if not may_be(path, form):
        return False
    try:
        if path.suffix.lower() == WEIGHTS_SUFFIX and form.architectures:
            return read_card(path).architecture in form.architectures
        return bool(import_object(form.recognise)(path))
    except UserError as error:
        log.info("%s: %s", form.id, error)
    except Exception:  # a plugin's mistake must not keep the others from looking
        log.warning("The recogniser of %s failed", form.id, exc_info=True)
    return False

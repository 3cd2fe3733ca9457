"""The job that adjusts a classifier. torch is imported only when it runs."""

from __future__ import annotations

from kirara_paintings.answers import PAINTINGS_NETWORK
from kirara_paintings.classifying import Item, read_painting
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.learning.correcting import CorrectRequest, CorrectResult, correct


def correct_job(request: CorrectRequest[Item], tools: JobTools) -> CorrectResult:
    """Adjust a classifier by the user's corrections; see :func:`correct`."""
    return correct(request, PAINTINGS_NETWORK, lambda item: read_painting(item)[0], tools)

"""How a voice is made of recordings: which networks are trained, and which are copied.

A plan is the request of :mod:`kirara_speech.learning.voice_training`. Imports no torch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kirara_speech.learning.schedule import TrainRequest, fitted, our_request
from kirara_speech.networks.config import (
    OUR_SSRN,
    OUR_TEXT2MEL,
    SSRN,
    TEXT2MEL,
    Config,
    SsrnConfig,
)
from kirara_speech.speaking.voices import Voice, config_in, trained_steps_of

PLAN = "plan.json"
"""The file in a run's folder that holds its plan."""

RUN_FOLDERS = {TEXT2MEL: "text2mel", SSRN: "ssrn"}
"""The folders of the networks' own runs in a run's folder, by architecture."""


@dataclass(frozen=True)
class VoicePlan:
    """The requests of the networks to train, and the files of the others, by architecture."""

    requests: tuple[TrainRequest, ...]
    others: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "requests": [request.to_dict() for request in self.requests],
            "others": dict(self.others),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> VoicePlan:
        """Read :meth:`to_dict`'s values. Raises KeyError, TypeError or ValueError."""
        requests = tuple(TrainRequest.from_dict(request) for request in values["requests"])
        if not requests:
            raise ValueError("a plan trains at least one network")
        return cls(requests, dict(values["others"]))


def plan_for(
    folder: Path, sentences: int, kinds: Sequence[str], start: Voice | None = None
) -> VoicePlan:
    """Train networks of ``kinds`` on a folder of so many usable ``sentences``.

    With ``start`` that voice's networks are fine-tuned, and those that are not trained are copied.
    Raises :class:`UserError` for a voice that cannot be read.
    """
    files = {} if start is None else {TEXT2MEL: start.text2mel, SSRN: start.ssrn}
    known = {kind: path for kind, path in files.items() if path is not None}
    features = next((config_in(path).features for path in known.values()), OUR_TEXT2MEL.features)
    requests = []
    for kind in kinds:
        path = known.get(kind)
        trained = None if path is None else trained_steps_of(path)
        values = fitted(sentences, trained)
        config: Config = OUR_SSRN if kind == SSRN else OUR_TEXT2MEL
        config = replace(config, features=features) if path is None else config_in(path)
        if isinstance(config, SsrnConfig) and config.leaky:
            # The author's has no sigmoid at the end, which training needs; ours replaces it.
            path, config = None, replace(OUR_SSRN, features=features)
            values = fitted(sentences)
        begin = "" if path is None else str(path.absolute())
        requests.append(our_request(str(folder), config, start=begin, **values))
    others = {kind: str(path.absolute()) for kind, path in known.items() if kind not in kinds}
    return VoicePlan(tuple(requests), others)

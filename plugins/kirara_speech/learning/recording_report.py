"""The report about a folder of recordings. Imports neither numpy nor Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kirara_studio.api.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Kind:
    """A kind of finding: its name in reports, its text, and whether training skips it or warns."""

    name: str
    text: str
    skipped: bool = False


KINDS = (
    Kind("table", QT_TRANSLATE_NOOP("speech", "lines of the table without a sound"), True),
    Kind("unreadable", QT_TRANSLATE_NOOP("speech", "files that cannot be used"), True),
    Kind("silent", QT_TRANSLATE_NOOP("speech", "silent from end to end"), True),
    Kind("text", QT_TRANSLATE_NOOP("speech", "texts that cannot be read"), True),
    Kind("mismatch", QT_TRANSLATE_NOOP("speech", "the text does not fit the sound"), True),
    Kind("same sound", QT_TRANSLATE_NOOP("speech", "the same sound with another text"), True),
    Kind("repeated", QT_TRANSLATE_NOOP("speech", "the same sound and text again")),
    Kind("pace", QT_TRANSLATE_NOOP("speech", "spoken much faster or slower than the others")),
    Kind("clipped", QT_TRANSLATE_NOOP("speech", "clipped: recorded too loudly")),
    Kind("noisy", QT_TRANSLATE_NOOP("speech", "noisy: the background is loud")),
    Kind("dull", QT_TRANSLATE_NOOP("speech", "dull: fewer than 16,000 samples a second")),
    Kind("coarse", QT_TRANSLATE_NOOP("speech", "coarse: fewer than 16 bits a sample")),
    Kind("loudness", QT_TRANSLATE_NOOP("speech", "much louder or softer than the others")),
    Kind("offset", QT_TRANSLATE_NOOP("speech", "a constant offset (DC)")),
    Kind("channels", QT_TRANSLATE_NOOP("speech", "channels that cancel each other out")),
    Kind("ends", QT_TRANSLATE_NOOP("speech", "long silence at the beginning or the end")),
    Kind("unused", QT_TRANSLATE_NOOP("speech", "sounds without a line in the table")),
)
"""All kinds, the most important first."""

KIND = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Finding:
    """A finding about a recording; ``badness`` is in the kind's own unit, and higher is worse."""

    id: str
    kind: str
    reason: str
    badness: float = 0.0

    def __str__(self) -> str:
        return f"{self.id}: {self.reason}"


@dataclass(frozen=True)
class Report:
    """The findings about a folder.

    ``recordings`` is the number of lines with a sound, ``used`` how many of them training uses, and
    ``seconds`` their length. ``medians`` are over those, by name: "seconds", "loudness" in dB of
    full scale, "noise" in dB below the voice, "seconds a symbol". ``rates`` counts recordings by
    samples a second.
    """

    recordings: int = 0
    used: int = 0
    seconds: float = 0.0
    findings: tuple[Finding, ...] = ()
    medians: Mapping[str, float] = field(default_factory=dict)
    rates: Mapping[str, int] = field(default_factory=dict)

    @property
    def skipped(self) -> tuple[Finding, ...]:
        """The findings because of which training skips a recording."""
        return tuple(finding for finding in self.findings if KIND[finding.kind].skipped)

    @property
    def skipped_recordings(self) -> frozenset[str]:
        """The ids of the recordings that training skips."""
        # A line of the table that is wrong may have the id of one that is right.
        return frozenset(finding.id for finding in self.skipped if finding.kind != "table")

    def worst(self, kind: str) -> list[Finding]:
        """The findings of a kind, the worst first."""
        found = [finding for finding in self.findings if finding.kind == kind]
        return sorted(found, key=lambda finding: -finding.badness)

    def kinds(self) -> list[tuple[Kind, list[Finding]]]:
        """The kinds that were found, each with its findings, the worst first."""
        found = [(kind, self.worst(kind.name)) for kind in KINDS]
        return [(kind, findings) for kind, findings in found if findings]

    def lines(self, examples: int = 3) -> list[str]:
        """The report as lines of text, with at most ``examples`` of each kind."""
        lines = [
            f"{self.used} of {self.recordings} recordings can be used: "
            f"{self.seconds / 60:.1f} minutes of speech"
        ]
        for kind, findings in self.kinds():
            what = "skipped" if kind.skipped else "warning"
            lines.append(f"{what}: {len(findings)} × {kind.text}")
            lines += [f"    {finding}" for finding in findings[:examples]]
            if len(findings) > examples:
                lines.append(f"    and {len(findings) - examples} more")
        return lines

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON, with counts by kind."""
        counts = {kind.name: len(findings) for kind, findings in self.kinds()}
        return {**asdict(self), "counts": counts}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Report:
        """Read :meth:`to_dict`'s values. Raises KeyError, TypeError or ValueError."""
        rest = {name: value for name, value in values.items() if name != "counts"}
        findings = tuple(Finding(**finding) for finding in values["findings"])
        if not all(finding.kind in KIND for finding in findings):
            raise ValueError("a finding of an unknown kind")
        return cls(**{**rest, "findings": findings})

"""A voice of another program's engine, as that engine describes it."""

from __future__ import annotations

from dataclasses import dataclass

OUR_ENGINE = "Kirara Studio"
"""What the studio's own server calls itself."""


@dataclass(frozen=True)
class RemoteStyle:
    """A style of a speaker: "ノーマル" of "ずんだもん" at ``address`` ("http://127.0.0.1:50021").

    ``engine`` is what the engine calls itself, ``speaker_id`` the speaker's uuid, ``style_id`` the
    number that the engine is asked for.
    """

    address: str
    engine: str
    speaker: str
    speaker_id: str
    style: str
    style_id: int

    @property
    def name(self) -> str:
        """Speaker and style, as VOICEVOX writes them."""
        return f"{self.speaker}（{self.style}）"

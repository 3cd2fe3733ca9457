"""What sources are made with: plain settings, secrets, and whom they report to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self
from urllib.parse import urlsplit

from kirara_studio.api.errors import UserError
from kirara_studio.api.http import is_private
from kirara_studio.api.secrets import Secrets

SecretValues = Mapping[str, str] | Secrets
"""The secrets of one source, by their names in it: "token", "password"."""


@dataclass(frozen=True)
class Settings:
    """Plain settings of a source: texts and switches."""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The settings in ``values``; what is missing, unknown or of another type is left out."""
        kinds = {field.name: type(field.default) for field in fields(cls)}
        known = {name: value for name, value in values.items() if type(value) is kinds.get(name)}
        return cls(**{name: v.strip() if isinstance(v, str) else v for name, v in known.items()})


@dataclass(frozen=True)
class TimelineSettings(Settings):
    """Of a server with accounts: one of ``account``, ``list`` and ``hashtag``.

    ``account`` is written "@yuno@example.org", ``list`` is its number or id.
    """

    host: str = ""
    account: str = ""
    list: str = ""
    hashtag: str = ""
    boosts: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What a source does not own: secrets, the stop button, and who hears what was skipped."""

    secrets: SecretValues
    check: Callable[[], None]
    report: Callable[[UserError], None]

    def secret(self, name: str) -> str:
        return (self.secrets.get(name) or "").strip()


def origin_of(host: str, secret: str = "") -> str:
    """A host as people write it ("example.org", "https://example.org/@yuno") as "https://host".

    Raises UserError if it is none, or if a secret would be sent to it unencrypted.
    """
    text = host.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        at_home = parts.hostname == "localhost" or _is_loopback(parts.hostname or "")
    except ValueError:
        usable = at_home = None
    if not usable or parts.username or parts.password:
        raise UserError(
            "“{host}” is not the name of a site.",
            advice="Write it as example.org.",
            host=host.rpartition("@")[2],
        )
    if parts.scheme == "http" and secret and not at_home:
        raise UserError(
            "“{host}” would be sent your secret unencrypted.",
            advice="Write its address with https://.",
            host=parts.hostname,
        )
    return f"{parts.scheme}://{parts.netloc}"


def needed(value: str) -> str:
    """``value``, which says what to collect; raises UserError if it is empty."""
    if not value:
        raise UserError(
            "The source is not complete.",
            advice="Fill in the address, or the site and an account, a list or a tag.",
        )
    return value


def needed_secret(value: str) -> str:
    """``value``; raises UserError if it is empty."""
    if not value:
        raise UserError(
            "This source needs a token or a password.",
            advice="Make one on the site, and add it to the source.",
        )
    return value


def _is_loopback(host: str) -> bool:
    try:
        return is_private(host)
    except ValueError:
        return False

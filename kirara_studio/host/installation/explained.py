"""What uv and pip report when they fail, as one sentence.

Their reports have no form for programs, so this looks for the facts in them. What it does not
recognise is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from kirara_studio.api.errors import UserError
from kirara_studio.api.http import masked
from kirara_studio.host.discovery import OWN_DISTRIBUTION

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

_NAME = r"[A-Za-z0-9][\w.-]*[A-Za-z0-9]|[A-Za-z0-9]"
_NEEDS = re.compile(
    # uv: “hello==1.0 depends on numpy<2”, “hello<=1.0 …”, “all versions of hello depend on …”;
    # pip: “hello 1.0 depends on numpy<2”
    rf"(?P<who>{_NAME})(?:(?:==| )(?P<version>\d[\w.+!]*)|[<>]=?\S+)? depends? on "
    rf"(?P<what>{_NAME})(?P<range>(?:\[[\w,]+\])?\s*[<>=!~][^\s;]*(?:,\s?[<>=!~][^\s;]*)*)"
)
_MISSING = re.compile(
    rf"(?P<a>{_NAME}) was not found in the (?:package registry|provided)"
    rf"|No matching distribution found for (?P<b>{_NAME})(?P<range>\S*)"
    rf"|there (?:is|are) no versions? of (?P<c>{_NAME})(?P<other>\S*)"
    rf"|only (?:the following versions of )?(?P<d>{_NAME})\S* (?:is|are) available"
)
_OFFLINE = re.compile(
    r"error sending request|dns error|failed to lookup|Failed to establish a new connection"
    r"|NewConnectionError|Could not connect|Name or service not known|tcp connect error"
    r"|Network is unreachable|Connection refused|ConnectTimeout|operation timed out|Max retries",
    re.IGNORECASE,
)
_STATUS = re.compile(r"HTTP (?:status (?:client|server) )?error \(?(\d{3})", re.IGNORECASE)
_GIT = re.compile(r"\bgit(?:\.exe)? (?:fetch|clone|checkout|rev-parse|submodule)\b")
_FULL = re.compile(r"No space left on device|os error 28|Errno 28|os error 112|Disk quota")
_NO_WHEEL = re.compile(
    r"building from source is disabled|[Bb]uilding source distributions? .*is disabled"
    r"|has no (?:usable )?wheels|no wheels with a matching|`--no-build`"
)


class Offline(UserError):
    """There is no way to the index: nothing else can be found out."""


def needs_build(text: str) -> bool:
    """True if uv failed for want of a wheel: only a source could be installed."""
    return bool(_NO_WHEEL.search(text))


def missing_name(text: str) -> str:
    """The package that was not found; empty if that was not the reason."""
    found = _MISSING.search(" ".join(text.split()))
    return next((name for name in found.group("a", "b", "c") if name), "") if found else ""


def is_full(text: str) -> bool:
    """True if the tool reports that the disk is full."""
    return bool(_FULL.search(text))


def explain(text: str, source: str, versions: Mapping[str, str]) -> UserError:
    """Why ``source`` cannot be installed. ``versions`` are those of the studio's packages."""
    plain = " ".join(text.split())
    if _GIT.search(plain):
        return UserError(
            "git cannot fetch “{source}”.",
            advice="Check the address, and whether you may read that repository.",
            source=masked(source),
        )
    if _OFFLINE.search(plain):
        return Offline(
            "The package index cannot be reached.",
            advice="Look at the network, and try again. A wheel on disk whose packages are all "
            "there can be installed without it.",
        )
    if refused := _STATUS.search(plain):
        return Offline(
            "The package index answers with status {status}.",
            advice="Try again later, or look at what pip or uv is configured for.",
            status=int(refused[1]),
        )
    if conflict := _conflict(plain, versions):
        return conflict
    if found := _MISSING.search(plain):
        return _not_found(found, source)
    if "install outside" in plain:
        return UserError(
            "“{source}” would write outside its folder, so it is refused.",
            advice="Do not install it, and warn whoever gave it to you.",
            source=source,
        )
    if needs_build(plain):
        return UserError(
            "“{source}”, or a package that it needs, has no wheel for this computer.",
            advice="Ask its author for one.",
            source=source,
        )
    return UserError(
        "“{source}” cannot be installed: {reason}",
        advice="Show this to the author of the plugin.",
        source=source,
        reason=_last_words(text),
    )


def _conflict(plain: str, versions: Mapping[str, str]) -> UserError | None:
    for who, what, wanted in _needs(plain):
        there = versions.get(canonicalize_name(what))
        if there is None or wanted.contains(there, prereleases=True):
            continue
        if canonicalize_name(what) == OWN_DISTRIBUTION:
            return UserError(
                "{who} needs Kirara Studio {range}, but this is {version}.",
                advice="Update the studio, or install another version of the plugin.",
                who=who,
                range=str(wanted),
                version=there,
            )
        return UserError(
            "{who} needs {what}{range}, but the studio runs on {what} {version}.",
            advice="Ask the author of the plugin for a version that fits this studio.",
            who=who,
            what=what,
            range=str(wanted),
            version=there,
        )
    return _quarrel(plain)


def _quarrel(plain: str) -> UserError | None:
    """Two plugins that cannot both have what they need."""
    first: dict[str, tuple[str, SpecifierSet]] = {}
    for who, what, wanted in _needs(plain):
        other, range_ = first.setdefault(canonicalize_name(what), (who, wanted))
        if other.split()[0] != who.split()[0] and range_ != wanted:
            return UserError(
                "{who} needs {what}{range}, but {other} needs {what}{other_range}.",
                advice="Remove one of the two, or ask the author of one for a newer version.",
                who=other,
                what=what,
                range=str(range_),
                other=who,
                other_range=str(wanted),
            )
    return None


def _needs(plain: str) -> Iterator[tuple[str, str, SpecifierSet]]:
    """Who needs what in which versions."""
    for found in _NEEDS.finditer(plain):
        try:
            requirement = Requirement(f"{found['what']}{found['range'].rstrip(',.')}")
        except InvalidRequirement:
            continue
        who = f"{found['who']} {found['version']}" if found["version"] else found["who"]
        yield who, found["what"], requirement.specifier


def _not_found(found: re.Match[str], source: str) -> UserError:
    name = next((name for name in found.group("a", "b", "c", "d") if name), source)
    wanted = (found["range"] or found["other"] or "").rstrip(",.")
    if wanted or found["d"]:
        return UserError(
            "There is no version of “{name}” that fits{range}.",
            advice="Check the version, and whether the plugin is made for this system and Python.",
            name=name,
            range=f" {wanted}" if wanted else "",
        )
    return UserError(
        "There is no package “{name}” on the index.", advice="Check the name.", name=name
    )


def _last_words(text: str) -> str:
    lines = [line.strip(" ×╰─▶│├") for line in text.splitlines()]
    meaningful = [
        line for line in lines if line and not line.startswith(("hint:", "note:", "[notice]"))
    ]
    reasons = [line for line in meaningful if re.match(r"(?i)error|because|caused? ?(by)?:", line)]
    return (reasons or meaningful or ["?"])[-1].removeprefix("cause: ")[:300]

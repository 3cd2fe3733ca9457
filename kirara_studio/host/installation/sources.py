"""What the user wants installed: a name, a file, a folder or an address."""

from __future__ import annotations

import re
import shutil
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_file, is_folder, missing_file
from kirara_studio.api.http import masked
from kirara_studio.api.reading import read_bytes, reading
from kirara_studio.host.installation.index import is_safe_address
from kirara_studio.host.installation.values import BuildQuestion

_ARCHIVES = (".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz")
_GIT = "git+https://"
_LARGEST = 2_000_000  # bytes of a pyproject.toml
_PKG_INFO = re.compile(r"[^/]+/PKG-INFO")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_NAMED_URL = re.compile(r"[\w.\-]+(\[[^\]]*\])?\s*@\s*[\w+]+://")


@dataclass(frozen=True)
class Wanted:
    """A source. ``name`` is the normalised name of its distribution, empty if it is not known yet.

    ``requirement`` is what the tool is given, ``update`` what finds newer versions on the index,
    empty if that is not where it comes from. ``question`` is asked before code of the source runs;
    None if there is a wheel, or may be one.
    """

    text: str
    name: str
    requirement: str
    update: str = ""
    question: BuildQuestion | None = None


def wanted(text: str) -> Wanted:
    """What ``text`` names. Raises UserError for what cannot be a plugin."""
    text = text.strip()
    if _URL.match(text):
        return _address(text)
    if _NAMED_URL.match(text):
        return _name(text)
    path = Path(text).expanduser()
    if is_folder(path) and (_looks_like_a_path(text) or exists(path / "pyproject.toml")):
        return _folder(path.resolve(), text)
    if text.endswith((".whl", *_ARCHIVES)) or _looks_like_a_path(text):
        if not is_file(path):
            raise missing_file(path)
        return (
            _wheel(path.resolve(), text) if path.suffix == ".whl" else _sdist(path.resolve(), text)
        )
    return _name(text)


def _looks_like_a_path(text: str) -> bool:
    return "/" in text.partition("[")[0].partition("@")[0] or "\\" in text or text in (".", "..")


def _name(text: str) -> Wanted:
    try:
        requirement = Requirement(text)
    except InvalidRequirement as error:
        raise UserError(
            "“{text}” is neither a name nor a file, folder or address.",
            advice="Examples: hello, hello==1.2, hello-1.2-py3-none-any.whl, ./hello.",
            text=text,
        ) from error
    if requirement.url:
        return _address(requirement.url, name=canonicalize_name(requirement.name))
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    name = canonicalize_name(requirement.name)
    return Wanted(text, name, text, update=f"{requirement.name}{extras}")


def _address(url: str, name: str = "") -> Wanted:
    if url.lower().startswith(_GIT):
        if not shutil.which("git"):
            raise UserError(
                "Installing from “{address}” needs git, which is not installed.",
                advice="Install git, or ask the author for a wheel.",
                address=masked(url),
            )
        return _with_question(url, name)
    if url.lower().startswith("file:"):
        return wanted(unquote(urlsplit(url).path))
    if not is_safe_address(url):
        raise UserError(
            "“{address}” cannot be installed from.",
            advice="Use an address that begins with https:// or git+https://.",
            address=masked(url),
        )
    file = unquote(urlsplit(url).path).rpartition("/")[2]
    if file.endswith(".whl"):
        name = _name_of_wheel(file)
        return Wanted(url, name, f"{name} @ {url}")
    if not file.endswith(_ARCHIVES):
        raise UserError(
            "“{address}” is the address of neither a wheel nor a source archive.",
            advice="It must end in .whl, .tar.gz or .zip, or begin with git+https://.",
            address=masked(url),
        )
    return _with_question(url, name)


def _with_question(url: str, name: str) -> Wanted:
    requirement = f"{name} @ {url}" if name else url
    return Wanted(url, name, requirement, question=BuildQuestion(url, name))


def _name_of_wheel(file: str) -> str:
    try:
        return parse_wheel_filename(file)[0]
    except InvalidWheelFilename as error:
        raise UserError(
            "“{file}” is not the name of a wheel.",
            advice="A wheel's name looks like hello-1.2-py3-none-any.whl; do not change it.",
            file=file,
        ) from error


def _wheel(path: Path, text: str) -> Wanted:
    name = _name_of_wheel(path.name)
    with (
        reading(path, "“{file}” is not a whole wheel: {reason}.", advice="Fetch it again."),
        zipfile.ZipFile(path) as archive,
    ):
        names = archive.namelist()
        if outside := next(filter(_leads_outside, names), None):
            raise UserError(
                "“{file}” would write outside its folder (“{member}”), so it is refused.",
                advice="Do not install it, and warn whoever gave it to you.",
                file=path.name,
                member=outside,
            )
        if not any(member.endswith(".dist-info/METADATA") for member in names):
            raise ValueError("it has no metadata")
        if damaged := archive.testzip():
            raise ValueError(f"“{damaged}” in it is damaged")
    return Wanted(text, name, f"{name} @ {path.as_uri()}")


def _leads_outside(member: str) -> bool:
    parts = re.split(r"[/\\]", member)
    return ".." in parts or parts[0] == "" or ":" in parts[0]


def _sdist(path: Path, text: str) -> Wanted:
    if not path.name.endswith(_ARCHIVES):
        raise UserError(
            "“{file}” is neither a wheel nor a source archive.",
            advice="Choose a file that ends in .whl, .tar.gz or .zip, or a folder.",
            file=path.name,
        )
    with reading(path, "“{file}” is not a whole archive: {reason}.", advice="Fetch it again."):
        described = HeaderParser().parsestr(_described(path))
    question = BuildQuestion(
        source=text,
        name=described.get("Name", ""),
        version=described.get("Version", ""),
        summary=described.get("Summary", ""),
        author=described.get("Author") or described.get("Author-email") or "",
        licence=described.get("License-Expression") or described.get("License") or "",
    )
    normal = canonicalize_name(question.name) if question.name else ""
    requirement = f"{normal} @ {path.as_uri()}" if normal else path.as_uri()
    return Wanted(text, normal, requirement, question=question)


def _described(path: Path) -> str:
    """The metadata in a source archive, which is read and not unpacked; empty if there is none."""
    if path.name.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            name = next(filter(_PKG_INFO.fullmatch, archive.namelist()), "")
            return _text(archive.open(name)) if name else ""
    with tarfile.open(path) as tar:
        for member in tar:
            if _PKG_INFO.fullmatch(member.name) and (file := tar.extractfile(member)):
                return _text(file)
    return ""


def _text(file: IO[bytes]) -> str:
    with file:
        return file.read(_LARGEST).decode("utf-8", "replace")


def _folder(path: Path, text: str) -> Wanted:
    """A folder of a source; its pyproject.toml is read, and nothing of it is run."""
    project = path / "pyproject.toml"
    if not is_file(project):
        raise UserError(
            "“{folder}” holds no plugin: there is no pyproject.toml in it.",
            advice="Choose the folder that has one.",
            folder=path.name,
        )
    with reading(project):
        data = tomllib.loads(read_bytes(project, _LARGEST).decode("utf-8-sig"))
        table = data.get("project")
        table = table if isinstance(table, dict) else {}
        name = str(table.get("name", ""))
        question = BuildQuestion(
            source=text,
            name=name,
            version=str(table.get("version", "")),
            summary=str(table.get("description", "")),
            author=_authors(table.get("authors")),
            licence=_licence(table.get("license")),
            backend=str(dict(data.get("build-system", {})).get("build-backend", "setuptools")),
        )
    normal = canonicalize_name(name) if name else ""
    requirement = f"{normal} @ {path.as_uri()}" if normal else path.as_uri()
    return Wanted(text, normal, requirement, question=question)


def _authors(values: Any) -> str:
    if not isinstance(values, list):
        return ""
    names = [value.get("name") or value.get("email") for value in values if isinstance(value, dict)]
    return ", ".join(str(name) for name in names if name)


def _licence(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("text") or value.get("file")
    return str(value or "")

"""pip's configuration for uv, which does not read it: the index, and how to reach it.

It is used only if uv has no index of its own, in the environment or in a file.
"""

from __future__ import annotations

import configparser
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from kirara_studio.api.files import is_file

_VARIABLES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}
_OF_UV = (
    *("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL"),
    *("UV_NO_INDEX", "UV_FIND_LINKS", "UV_CONFIG_FILE"),
)


def index_variables() -> dict[str, str]:
    """Environment variables that give uv the index that pip uses; none if uv has its own."""
    files = () if os.environ.get("UV_NO_CONFIG") else _files_of_uv()
    if any(os.environ.get(name) for name in _OF_UV) or any(map(is_file, files)):
        return {}
    settings = _pip_settings()
    variables = {
        variable: ("," if name == "find-links" else " ").join(settings[name].split())
        for name, variable in _VARIABLES.items()
        if settings.get(name, "").strip()
    }
    if "UV_INDEX" in variables:
        # As pip does: the best version on any of the indexes, not the first index with one.
        variables["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    # What uv is given for itself counts more.
    return {name: text for name, text in variables.items() if not os.environ.get(name)}


def _pip_settings() -> dict[str, str]:
    settings: dict[str, str] = {}
    for path in _files_of_pip():
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, OSError, UnicodeDecodeError):
            continue  # pip would refuse to start; the index of uv may still do
        for section in ("global", "install"):
            if parser.has_section(section):
                settings |= parser.items(section)
    for name in _VARIABLES:
        if text := os.environ.get(f"PIP_{name.replace('-', '_').upper()}"):
            settings[name] = text
    return settings


def _files_of_pip() -> Iterable[Path]:
    """In the order in which one overrides the other."""
    chosen = os.environ.get("PIP_CONFIG_FILE", "")
    if chosen == os.devnull:
        return []
    name = "pip.ini" if sys.platform == "win32" else "pip.conf"
    home = Path.home()
    if sys.platform == "win32":
        everyone = [Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "pip" / name]
        user = [home / "pip" / name, _application_data() / "pip" / name]
    else:
        everyone = [Path("/etc/xdg/pip") / name, Path("/etc") / name]
        user = [home / ".pip" / name, _application_data() / "pip" / name]
        if sys.platform == "darwin":
            everyone = [Path("/Library/Application Support/pip") / name]
            user.append(home / "Library" / "Application Support" / "pip" / name)
    return [*everyone, *user, Path(sys.prefix) / name, *([Path(chosen)] if chosen else [])]


def _files_of_uv() -> Iterable[Path]:
    everyone = (
        os.environ.get("PROGRAMDATA", "C:/ProgramData") if sys.platform == "win32" else "/etc"
    )
    return [_application_data() / "uv" / "uv.toml", Path(everyone) / "uv" / "uv.toml"]


def _application_data() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home() / "AppData" / "Roaming")))
    return Path(os.environ.get("XDG_CONFIG_HOME", str(Path.home() / ".config")))

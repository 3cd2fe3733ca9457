"""Where the studio keeps its things."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_TITLE = "Kirara Studio"


@dataclass(frozen=True)
class Folders:
    """The folders of one user. None need exist yet: whoever writes first makes them.

    Parameters
    ----------
    config
        What people may edit: ``settings.toml``, ``plugins.toml``.
    data
        Databases, training runs, the remembered layout; a folder per plugin.
    cache
        What can be made again.
    logs
        Log files and crash reports.
    results
        Where the user's results are saved by default, under Pictures.
    plugins
        Plugins that the plugin manager installed for this user.
    """

    config: Path
    data: Path
    cache: Path
    logs: Path
    results: Path
    plugins: Path

    @classmethod
    def default(cls) -> Folders:
        """The folders that the system has for such things.

        Where the environment variable ``KIRARA_HOME`` names a folder, everything lies under
        it: for tests, and for a studio that is carried on a stick.
        """
        home = os.environ.get("KIRARA_HOME", "")
        return cls.below(Path(home).expanduser().absolute()) if home else cls._of_system()

    @classmethod
    def below(cls, home: Path) -> Folders:
        """All folders under ``home``."""
        return cls(
            config=home / "config",
            data=home / "data",
            cache=home / "cache",
            logs=home / "logs",
            results=home / "results",
            plugins=home / "plugins",
        )

    def of_plugin(self, name: str) -> Path:
        """The folder for the data of the plugin ``name``: of its panels and its commands alike."""
        return self.data / "plugins-data" / name

    @classmethod
    def _of_system(cls) -> Folders:
        # Names of folders have no capitals and no blanks on Linux, and both elsewhere.
        name = _TITLE if sys.platform in ("win32", "darwin") else "kirara-studio"
        system = platformdirs.PlatformDirs(name, appauthor=False)
        data = system.user_data_path
        return cls(
            config=system.user_config_path,
            data=data,
            cache=system.user_cache_path,
            logs=system.user_log_path,
            results=system.user_pictures_path / _TITLE,
            plugins=data / "plugins",
        )

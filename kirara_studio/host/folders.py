"""The folders of the studio."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

_TITLE = "Kirara Studio"


@dataclass(frozen=True)
class Folders:
    """The folders of one user, which need not exist yet.

    ``config`` holds what people may edit, ``cache`` what can be made again, ``results`` (under
    Pictures) what the user saves, and ``plugins`` the plugins installed for this user.
    """

    config: Path
    data: Path
    cache: Path
    logs: Path
    results: Path
    plugins: Path

    @classmethod
    def default(cls) -> Folders:
        """The system's folders, or all below the environment variable ``KIRARA_HOME``."""
        home = os.environ.get("KIRARA_HOME", "")
        return cls.below(Path(home).expanduser().absolute()) if home else cls._of_system()

    @classmethod
    def below(cls, home: Path) -> Folders:
        return cls(**{field.name: home / field.name for field in fields(cls)})

    @property
    def plugins_data(self) -> Path:
        """Holds the folder for data of each plugin."""
        return self.data / "plugins-data"

    def of_plugin(self, name: str) -> Path:
        return self.plugins_data / name

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

"""The one list of messengers of the studio, its commands and all plugins."""

from __future__ import annotations

from collections.abc import Callable

from kirara_studio.api.errors import UserError
from kirara_studio.api.messengers import Messengers
from kirara_studio.host.folders import Folders
from kirara_studio.host.secrets import Secrets


def shared_messengers(
    folders: Folders, secrets: Secrets, report: Callable[[UserError], None] | None = None
) -> Messengers:
    """The messengers of a user; ``report`` is called if their file is damaged."""
    return Messengers(folders.data / "messengers.json", secrets.of_plugin("studio"), report)

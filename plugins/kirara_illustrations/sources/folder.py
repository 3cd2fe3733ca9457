"""Pictures in a folder of this computer, and in those below it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from kirara_illustrations.sources.base import Page, Picture, Post
from kirara_illustrations.sources.settings import Settings, Surroundings, needed
from kirara_illustrations.sources.values import at
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.media.finding import find_pictures
from kirara_studio.api.reading import reason_of

PAGE = 500
"""Pictures of a page. The state names every file, so it is not given after each few."""


@dataclass(frozen=True)
class FolderSettings(Settings):
    """Of a folder."""

    path: str = ""


class FolderSource:
    """One post for each picture: its id is the file's, and ``posted`` the time of its content.

    A picture that changed is given again, with the same id. The state holds the time and the size
    of each file, by its path in the folder: neither a time of the folder's nor one of the system's
    shows every file that was moved here.
    """

    kind: ClassVar[str] = "folder"
    secret: ClassVar[str] = ""
    settings: ClassVar[type[Settings]] = FolderSettings

    def __init__(self, settings: FolderSettings, surroundings: Surroundings) -> None:
        self._folder = Path(needed(settings.path)).expanduser().absolute()
        self._surroundings = surroundings

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        before = at(state, "files")
        files = dict(before) if isinstance(before, dict) else {}
        found: set[str] = set()
        new = self._new_files(files, found)
        while posts := tuple(islice(new, PAGE)):
            yield Page(posts, {"files": dict(files)})
        if gone := files.keys() - found:
            yield Page((), {"files": {name: files[name] for name in files if name not in gone}})

    def test(self) -> str:
        # Counted like a collection, but nothing of it is kept.
        count = sum(1 for _ in self._new_files({}, set()))
        return f"{self._folder.name}: {count}"

    def _new_files(self, files: dict[str, list[int]], found: set[str]) -> Iterator[Post]:
        """Posts of what is not in ``files`` as it is now. Both arguments are filled in."""
        if not is_folder(self._folder):
            raise UserError(
                "There is no folder “{folder}”.",
                advice="Look whether its disk is there, or choose another folder.",
                folder=self._folder,
            )
        left_out: list[Path] = []
        for path in find_pictures([self._folder], left_out):
            self._surroundings.check()
            name = os.fspath(path.relative_to(self._folder))
            found.add(name)
            try:
                status = path.stat()
            except OSError as error:
                self._skip(path, reason_of(error))
                continue
            if not os.access(path, os.R_OK):
                self._skip(path)
                continue
            now = [status.st_mtime_ns, status.st_size]
            if files.get(name) != now:
                files[name] = now
                yield self._post(path, status.st_mtime)
        unreadable = [path for path in left_out if path == self._folder or is_folder(path)]
        for path in unreadable:
            self._skip(path)
            # It may be there again later; its pictures are not new then.
            inside = f"{os.fspath(path.relative_to(self._folder))}{os.sep}"
            found.update(
                name for name in files if name.startswith(inside) or inside == f".{os.sep}"
            )

    def _post(self, path: Path, changed: float) -> Post:
        picture = Picture(os.fspath(path), path.name)
        posted = datetime.fromtimestamp(changed, UTC)
        author = self._folder.name or os.fspath(self._folder)
        return Post(f"folder:{path.as_uri()}", "", author, author, "", (), posted, (picture,))

    def _skip(self, path: Path, reason: str = "") -> None:
        self._surroundings.report(
            UserError(
                "“{file}” was skipped: {reason}.",
                advice="Change its permissions, or take it out of the folder.",
                file=path,
                reason=reason,
            )
            if reason
            else UserError(
                "“{file}” may not be read, and was skipped.",
                advice="Change its permissions, or take it out of the folder.",
                file=path,
            )
        )

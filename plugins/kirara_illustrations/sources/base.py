"""What every source gives, whatever the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from kirara_studio.api.errors import UserError


@dataclass(frozen=True)
class Picture:
    """A picture of a post.

    ``address`` is where the original is: http, https, or the path of a file. A site wrote it, so
    what fetches it must refuse addresses in the user's own network. ``name`` is a name for the
    file that the site proposes, not to be trusted either; ``description`` is the plain text for
    those who do not see the picture.
    """

    address: str
    name: str = ""
    description: str = ""


@dataclass(frozen=True)
class Post:
    """What somebody posted, with its pictures.

    ``id`` is the same whichever source finds the post. ``address`` is its page (http, https), or
    empty; ``author`` the account's name, which stays, such as "@yuno@example.org", and
    ``author_name`` the one that is shown. ``text`` is plain. ``posted`` is in UTC.
    """

    id: str
    address: str
    author: str
    author_name: str
    text: str
    tags: tuple[str, ...]
    posted: datetime | None
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Page:
    """Some posts, in the order of the site, and where the collection goes on after them.

    ``state`` is plain JSON, for the next call of ``pages``; the page may have no posts, and a new
    state all the same. ``wait`` is how many seconds the site asks to wait before the next page.
    """

    posts: tuple[Post, ...]
    state: Mapping[str, Any]
    wait: float = 0.0


class Source(Protocol):
    """A place where somebody posts pictures."""

    kind: ClassVar[str]

    def pages(self, state: Mapping[str, Any]) -> Iterator[Page]:
        """What is new since ``state``, and then what a stopped first collection had left.

        ``state`` is that of the last page that was stored, empty at first. It ends when the site
        has nothing more. A stop may come between two pages. Raises UserError, and
        :class:`RateLimited` where the site asks to wait.
        """

    def test(self) -> str:
        """One line of what is there. Raises UserError if the source cannot be used."""


class RateLimited(UserError):
    """The site asks to wait ``until`` then (UTC)."""

    def __init__(
        self, message: str, *, until: datetime, advice: str = "", **values: object
    ) -> None:
        super().__init__(message, advice=advice, **values)
        self.until = until

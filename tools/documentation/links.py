"""Links between Markdown files of the repository, as they have to be on the site.

On the site a page may only link to other pages. A link to a file of the source keeps its text and
loses its target, unless the site knows the address of the repository.
"""

from __future__ import annotations

import posixpath
import re

_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security-policy.md",
    "CODE_OF_CONDUCT.md": "code-of-conduct.md",
}
"""Files at the top of the repository that are pages of the site, and their names there."""


def for_site(text: str, source: str, page: str, repository: str = "") -> str:
    """``text`` with its links rewritten.

    Parameters
    ----------
    text
        Markdown.
    source
        Path of the file in the repository, with slashes: ``docs/ja/index.md``.
    page
        Its path on the site: ``ja/index.md``.
    repository
        Address under which files of the source can be read, or nothing.
    """

    def rewritten(match: re.Match[str]) -> str:
        target, hash_mark, fragment = match["target"].partition("#")
        if not target or ":" in target:
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        there = PAGES.get(path, path.removeprefix("docs/") if path.startswith("docs/") else "")
        if there:
            relative = posixpath.relpath(there, posixpath.dirname(page) or ".")
            return f"{match['image']}[{match['text']}]({relative}{hash_mark}{fragment})"
        if repository:
            return f"[{match['text']}]({repository.rstrip('/')}/{path}{hash_mark}{fragment})"
        return match["text"]

    return _LINK.sub(rewritten, text)

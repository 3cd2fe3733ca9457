"""Docstrings become Markdown, and links fit the site."""

from __future__ import annotations

import pytest

from tools.documentation.links import for_site
from tools.documentation.markup import markdown


def test_roles_and_sections_become_markdown() -> None:
    docstring = """Do ``this``, as :meth:`that` does.

    More.

    Raises
    ------
    UserError
        When it
        cannot.
    OSError
        Otherwise.
    """
    assert markdown(docstring) == (
        "Do `this`, as `that` does.\n\nMore.\n\n**Raises**\n\n"
        "- `UserError`: When it cannot.\n- `OSError`: Otherwise."
    )


def test_no_docstring_is_no_text() -> None:
    assert markdown(None) == ""


@pytest.mark.parametrize(
    ("source", "page", "link", "expected"),
    [
        ("README.md", "index.md", "[a](docs/speech.md#texts)", "[a](speech.md#texts)"),
        ("README.md", "index.md", "![a](docs/pictures/a.png)", "![a](pictures/a.png)"),
        ("docs/ja/index.md", "ja/index.md", "[a](../speech.md)", "[a](../speech.md)"),
        ("docs/speech.md", "speech.md", "[a](../CONTRIBUTING.md)", "[a](contributing.md)"),
        ("docs/speech.md", "speech.md", "[a](../plugins/a.py)", "a"),
        ("docs/speech.md", "speech.md", "[a](#texts)", "[a](#texts)"),
        ("docs/speech.md", "speech.md", "[a](https://example.org)", "[a](https://example.org)"),
    ],
)
def test_a_link_leads_to_a_page_of_the_site_or_nowhere(
    source: str, page: str, link: str, expected: str
) -> None:
    assert for_site(link, source, page) == expected


def test_a_link_to_source_leads_to_the_repository_if_its_address_is_known() -> None:
    text = for_site("[a](../plugins/a.py)", "docs/a.md", "a.md", "https://example.org/blob/main")
    assert text == "[a](https://example.org/blob/main/plugins/a.py)"

"""The collection: searching, marks, space, the trash, and fifty thousand pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from kirara_illustrations.sources.base import Page, Post
from kirara_illustrations.storage.library import PICTURES, Kept, Library, Query
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.near_duplicates import fingerprint

from .picture_server import drawing, post

ALL = Query(passing=None)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path)
    library.add_source("first", "listed", {})
    return library


def fill(library: Library, *posts: Post, size: int = 100) -> None:
    """Posts whose pictures have files."""
    library.put_page(1, Page(posts, {}), 0.0)
    for wanted in library.wanted(1.0, limit=1000):
        path = library.stem_of(wanted.id).with_suffix(".png")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(size))
        file = path.relative_to(library.folder).as_posix()
        library.keep(wanted.id, Kept(file, size, 8, 8, str(wanted.id), b""))


def texts(library: Library, query: Query = ALL) -> list[str]:
    return [item.text for item in library.items(library.find(query))]


def judge(library: Library, **confidences: float) -> None:
    """Give pictures, by the text of their post, the confidence that they are illustrations."""
    verdicts = [
        (item.id, "illustration", {"illustration": confidences[item.text]}, b"")
        for item in library.items(library.find(ALL))
        if item.text in confidences
    ]
    library.put_verdicts(verdicts)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rabbit", ["a Rabbit café"]),
        ("RABBIT café", ["a Rabbit café"]),
        ("yuno", ["日常の絵", "a Rabbit café"]),
        ("日常の", ["日常の絵"]),
        ("日常", ["日常の絵"]),
        ("絵", ["日常の絵"]),
        ("spring", ["日常の絵"]),
        ('"', []),
        ("rabbit winter", []),
        ("AND", []),
        ("a* NOT b", []),
        ("%", []),
        ("", ["日常の絵", "a Rabbit café"]),
    ],
)
def test_all_words_are_found_in_author_text_and_tags(
    library: Library, words: str, found: list[str]
) -> None:
    fill(library, post(1, "u", text="a Rabbit café"))
    fill(library, post(2, "v", text="日常の絵", tags=("spring",)))
    assert texts(library, Query(words, passing=None)) == found


def test_the_threshold_decides_and_the_user_knows_better(library: Library) -> None:
    fill(library, *(post(n, "u", text=text) for n, text in enumerate("abc")))
    assert sum(map(len, library.unjudged().values())) == 3
    judge(library, a=0.9, b=0.4, c=0.1)
    assert library.unjudged() == {}
    assert texts(library, Query()) == ["a"]
    assert texts(library, Query(least=0.3)) == ["b", "a"]
    assert texts(library, Query(passing=False)) == ["c", "b"]
    numbers = {item.text: item.id for item in library.items(library.find(ALL))}
    library.correct([numbers["c"]], "illustration")
    library.correct([numbers["a"]], "photograph")
    assert texts(library, Query(least=0.99)) == ["c"]
    library.correct([numbers["a"]], "")
    assert texts(library, Query()) == ["c", "a"]


def test_favourites_and_hidden_pictures(library: Library) -> None:
    fill(library, *(post(n, "u", text=text) for n, text in enumerate("abc")))
    library.mark([1, 2], favourite=True)
    library.mark([2], hidden=True)
    assert texts(library, Query(passing=None, favourites=True)) == ["a"]
    assert texts(library, Query(passing=None, hidden=True)) == ["b"]
    with pytest.raises(ValueError, match="state"):
        library.mark([1], state=True)


def test_the_trash_is_emptied_at_the_next_start(library: Library) -> None:
    fill(library, post(1, "u", text="a"), post(2, "v", text="b"))
    file = library.path_of(library.items(library.find(ALL))[0].file)
    library.trash([2])
    assert texts(library) == ["a"] and file.exists()
    library.restore([2])
    assert texts(library) == ["b", "a"]
    library.trash([2])
    library.tidy()
    assert not file.exists()
    library.restore([2])
    assert texts(library) == ["a"], "its file is gone"
    assert library.wanted(1e12) == [], "what was deleted is not fetched again"


def test_what_matters_least_goes_first(library: Library) -> None:
    for number, text in enumerate("abcde"):
        library.put_page(1, Page((post(number, "u", text=text),), {}), float(number))
    fill(library)
    judge(library, a=0.9, b=0.1, c=0.9, d=0.9, e=0.9)
    numbers = {item.text: item.id for item in library.items(library.find(ALL))}
    library.mark([numbers["a"]], favourite=True)
    library.mark([numbers["d"]], hidden=True)
    assert library.size == 500
    remaining = []
    for most in (500, 450, 300, 200, 0):
        library.shrink(most)
        everything = texts(library) + texts(library, Query(passing=None, hidden=True))
        remaining.append("".join(sorted(everything)))
    assert remaining == ["abcde", "acde", "ace", "ae", "a"]
    assert len(list((library.folder / PICTURES).rglob("*.png"))) == 1
    assert library.size == 100


def test_near_copies_are_folded_into_the_first(library: Library) -> None:
    def add(number: int, shown: int, quality: int) -> None:
        image = Image.open(io.BytesIO(drawing(shown, 96))).convert("RGB")
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality)
        mark = fingerprint(Image.open(file)).tobytes()
        library.put_page(1, Page((post(number, "u", text=f"{number}"),), {}), 0.0)
        (wanted,) = library.wanted(1.0)
        library.keep(wanted.id, Kept(f"pictures/{number}.jpg", 1, 8, 8, str(number), mark))

    for number, shown, quality in ((1, 1, 90), (2, 2, 90), (3, 1, 40)):
        add(number, shown, quality)
    assert library.fold() == 1
    assert texts(library) == ["2", "1"]
    assert texts(library, Query(passing=None, folded=False)) == ["3", "2", "1"]
    add(4, 2, 30)
    add(5, 5, 90)
    assert library.fold() == 1, "only what is new is compared"
    assert texts(library) == ["5", "2", "1"]
    copy = next(one for one in library.items([4, 5]) if one.alike > 0)
    assert library.items([copy.alike])[0].text == "2"


def test_a_name_is_taken_once(library: Library) -> None:
    for name in ("first", " first ", " "):
        with pytest.raises(UserError):
            library.add_source(name, "listed", {})
    library.remove_source(1)
    assert library.sources() == []

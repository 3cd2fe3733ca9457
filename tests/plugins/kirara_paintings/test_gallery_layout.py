"""The arithmetic of the gallery."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kirara_paintings.view.gallery_layout import GAP, HEADING, GalleryLayout

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=7)
WIDTHS = st.floats(100, 2000)


@given(COUNTS, WIDTHS)
def test_every_cell_is_found_where_it_lies_below_its_heading(
    counts: list[int], width: float
) -> None:
    layout = GalleryLayout(width, counts, 132)
    assert layout.count == sum(counts)
    for cell in range(layout.count):
        place, group = layout.place(cell), layout.group_of(cell)
        assert layout.cell_at(place.left() + 3, place.top() + 3) == cell
        box = layout.group(group)
        assert box.top() + HEADING <= place.top() and place.bottom() <= box.bottom() + 1e-6
        assert place.left() >= 0 and place.right() <= width + 0.01
        assert layout.group_at(place.top()) == group
    firsts = [sum(counts[:i]) for i in range(len(counts))]
    assert [layout.group_of(f) for f, c in zip(firsts, counts, strict=True) if c] == [
        i for i, c in enumerate(counts) if c
    ]


@given(COUNTS, WIDTHS, st.floats(0, 3000), st.floats(1, 1500))
def test_what_is_visible_is_all_that_is_seen_and_little_more(
    counts: list[int], width: float, top: float, height: float
) -> None:
    layout = GalleryLayout(width, counts, 132)
    seen = {
        cell
        for cell in range(layout.count)
        if layout.place(cell).bottom() > top and layout.place(cell).top() < top + height
    }
    visible = layout.visible(top, top + height)
    assert seen <= set(visible)
    assert len(visible) <= len(seen) + 3 * layout.columns


def test_the_keyboard_passes_headings_and_empty_groups() -> None:
    layout = GalleryLayout(3 * 132 + 2 * GAP, [4, 0, 2, 5], 132)
    assert layout.columns == 3
    assert layout.step(1, 1) == 3, "the nearest of a short row"
    assert layout.step(3, 1) == 4 and layout.step(4, -1) == 3
    assert layout.step(5, 1) == 7 and layout.step(10, 1) == 10


def test_of_ten_thousand_pictures_a_screenful_is_painted() -> None:
    layout = GalleryLayout(1000, [4000, 3000, 0, 2000, 1000], 132)
    for y in range(0, int(layout.height), 997):
        assert len(layout.visible(y, y + 700)) <= 7 * layout.columns

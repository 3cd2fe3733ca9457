"""The arithmetic of the gallery's columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kirara_illustrations.view.masonry import GAP, Masonry

SIDES = st.integers(0, 4000)
SHAPES = st.lists(st.tuples(st.just(0), SIDES, SIDES), max_size=60)
WIDTHS = st.floats(60, 2500)


@given(SHAPES, WIDTHS)
def test_every_cell_is_found_where_it_lies_and_none_overlap(
    shapes: list[tuple[int, int, int]], width: float
) -> None:
    places = Masonry(width, shapes, 150)
    boxes = [places.place(cell) for cell in range(places.count)]
    assert places.count == len(shapes)
    for cell, box in enumerate(boxes):
        assert places.cell_at(box.center().x(), box.center().y()) == cell
        assert box.left() >= 0 and box.right() <= width + 0.01
        assert box.bottom() <= places.height + 1e-6
        assert not any(box.intersects(other) for other in boxes[:cell])


@given(SHAPES, WIDTHS, st.floats(0, 3000), st.floats(1, 1500))
def test_what_is_visible_is_exactly_what_is_seen(
    shapes: list[tuple[int, int, int]], width: float, top: float, height: float
) -> None:
    places = Masonry(width, shapes, 150)
    seen = [
        cell
        for cell in range(places.count)
        if places.place(cell).bottom() > top and places.place(cell).top() < top + height
    ]
    assert sorted(places.visible(top, top + height)) == seen


def test_columns_stay_level_and_newest_pictures_are_above() -> None:
    places = Masonry(3 * 150 + 2 * GAP, [(0, 100, 100 + 10 * (n % 5)) for n in range(300)], 150)
    ends = [max(places.place(n).bottom() for n in range(300) if places.place(n).left() == left)
            for left in (0, 160, 320)]  # fmt: skip
    assert max(ends) - min(ends) < 2 * 150 * 1.4
    assert [places.place(n).top() for n in range(3)] == [0, 0, 0]


def test_arrows_go_to_what_lies_beside() -> None:
    # One tall picture on the left, three flat ones on the right.
    places = Masonry(310, [(0, 100, 200), (0, 100, 50), (0, 100, 50), (0, 100, 50)], 150)
    assert places.step(1, 1) == 2 and places.step(2, -1) == 1 and places.step(1, -1) == 1
    assert places.across(2, -1) == 0 and places.across(0, 1) == 2
    assert places.across(3, 1) == 3, "there is nothing after the last"
    assert places.across(0, -1) == 0


def test_an_empty_gallery_has_no_places() -> None:
    places = Masonry(800, [], 150)
    assert places.height == 0 and places.cell_at(10, 10) == -1
    assert list(places.visible(0, 1000)) == []

"""The design tokens: complete, readable, and the sizes that were agreed on."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from kirara_studio.api.widgets.tokens import DARK, LIGHT, Tokens, contrast

_GROUNDS = ("ground", "surface", "raised", "sunken", "hover", "pressed")

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "text_soft") for ground in _GROUNDS),
    *((text, "accent_soft") for text in ("text", "text_soft", "accent_text")),
    *(("accent_text", ground) for ground in ("ground", "surface", "raised", "hover")),
    *(("on_accent", fill) for fill in ("accent_fill", "accent_fill_hover", "accent_fill_pressed")),
    *(
        pair
        for kind in ("success", "attention", "loss")
        for pair in (
            ("text", f"{kind}_soft"),
            (f"{kind}_text", f"{kind}_soft"),
            (f"{kind}_text", "ground"),
            (f"{kind}_text", "surface"),
        )
    ),
)
"""Names of (text colour, background) that the studio combines."""


BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#E5678F", "#E5678F", 1.0)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


@BOTH
def test_every_text_can_be_read(tokens: Tokens) -> None:
    poor = {
        (text, ground): round(contrast(getattr(tokens, text), getattr(tokens, ground)), 2)
        for text, ground in TEXT_PAIRS
        if contrast(getattr(tokens, text), getattr(tokens, ground)) < 4.5
    }
    assert not poor


@BOTH
def test_the_focus_ring_can_be_seen(tokens: Tokens) -> None:
    for ground in ("ground", "surface", "raised", "sunken"):
        assert contrast(tokens.focus, getattr(tokens, ground)) >= 3, ground


def test_every_text_colour_is_in_a_pair() -> None:
    texts = {name for name in Tokens._fields if "text" in name.split("_") or name.startswith("on_")}
    # Disabled text is exempt from contrast, as in WCAG.
    assert texts - {"text_disabled"} == {text for text, _ in TEXT_PAIRS}


@BOTH
def test_colours_are_written_out(tokens: Tokens) -> None:
    for name, value in tokens._asdict().items():
        if isinstance(value, str) and name not in ("name", "shadow"):
            assert re.fullmatch(r"#[0-9A-F]{6}", value), name


def sizes(tokens: Tokens, prefix: str) -> list[int]:
    return [size for name, size in tokens._asdict().items() if name.startswith(prefix)]


@BOTH
def test_sizes_and_distances(tokens: Tokens) -> None:
    assert sizes(tokens, "size_") == [12, 14, 17, 22, 30]
    assert sizes(tokens, "space_") == [4, 8, 12, 16, 24, 32]
    assert tokens.radius == 8
    assert 120 <= tokens.motion_fast <= tokens.motion_slow <= 180


def test_tokens_need_no_qt(repository: object) -> None:
    code = (
        "import sys, runpy; runpy.run_path(sys.argv[1], run_name='tokens'); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    path = f"{repository}/kirara_studio/api/widgets/tokens.py"
    assert subprocess.run([sys.executable, "-c", code, path]).returncode == 0

"""A part of the interface that goes warns whoever calls it, and goes on working."""

from __future__ import annotations

import warnings

import pytest

from kirara_studio.api.deprecation import InterfaceDeprecation, deprecated


class Panel:
    @deprecated("1.4", "2.0", "use `set_canvas`")
    def set_content(self, text: str, *, times: int = 1) -> str:
        """Show a text."""
        return text * times


def test_a_deprecated_method_works_and_warns_at_the_line_of_its_caller() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert Panel().set_content("a", times=3) == "aaa"
    (warning,) = seen
    assert warning.category is InterfaceDeprecation
    assert warning.filename == __file__
    assert str(warning.message) == (
        "Panel.set_content is deprecated since plugin interface 1.4 and goes with 2.0: "
        "use `set_canvas`."
    )
    assert Panel.set_content.__doc__ == "Show a text."
    assert Panel.set_content.__deprecated__ == str(warning.message)


def test_an_author_can_make_it_an_error() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", InterfaceDeprecation)
        with pytest.raises(InterfaceDeprecation):
            Panel().set_content("a")

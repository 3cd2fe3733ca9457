"""Errors that are shown to the user as a sentence, not as a traceback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from numbers import Integral, Real

TRANSLATION_CONTEXT = "errors"
"""The context of all messages and advices in Qt's catalogues."""

Value = str | int | float


class UserError(Exception):
    """Something the user can do something about.

    ``UserError("“{path}” is not a picture.", advice="Choose a PNG or JPEG file.", path=path)``:
    the message and the advice are one sentence each, and templates with named fields
    (:meth:`str.format`), so the window can show them in its own language
    (:func:`kirara_studio.api.widgets.error_words`). They must be literals, as
    ``packaging/translations.py`` finds them in the source. Double a brace that is not a field;
    without values nothing is filled in. Values other than numbers become strings.

    ``message`` and ``advice`` are the English sentences for logs and the command line;
    ``template``, ``advice_template`` and ``values`` their parts.
    """

    def __init__(self, message: str, *, advice: str = "", **values: object) -> None:
        self.template = message
        self.advice_template = advice
        self.values: dict[str, Value] = {name: _plain(value) for name, value in values.items()}
        self.message = filled_in(message, self.values)
        self.advice = filled_in(advice, self.values)
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()

    def worded(self, translate: Callable[[str], str]) -> tuple[str, str]:
        """Message and advice, translated by ``translate``.

        The English sentence replaces a translated template that does not fit the values.
        """
        return (
            filled_in(translate(self.template), self.values, self.message),
            filled_in(translate(self.advice_template), self.values, self.advice),
        )


def filled_in(template: str, values: Mapping[str, Value], otherwise: str = "") -> str:
    """``template`` with its fields filled in, if there are any values.

    If they do not fit, ``otherwise`` or the bare template: an error must not raise another one
    while it is shown.
    """
    if not values:
        return template
    try:
        return template.format(**values)
    except (LookupError, ValueError, AttributeError, TypeError):
        return otherwise or template


def _plain(value: object) -> Value:
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, Real) and not isinstance(value, bool):
        return float(value)
    return str(value)


def one_line(error: BaseException, longest: int = 300) -> str:
    """An error's type and text in one line of about ``longest`` characters at most."""
    text = " ".join(str(error).split())
    if len(text) > longest:
        text = f"{text[: longest - 1]}…"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__

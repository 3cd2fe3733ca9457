"""Light, dark, or as the system is; everything comes from the tokens. Japanese text is never shown
in Chinese forms.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from kirara_studio.api.widgets.icons import icon_path, recoloured
from kirara_studio.api.widgets.tokens import DARK, LIGHT, Tokens, set_current_tokens
from kirara_studio.ui.stylesheet import RING, style_sheet

SYSTEM = "system"
_JAPANESE = {
    "darwin": ("Hiragino Sans", "Hiragino Kaku Gothic ProN"),
    "win32": ("Yu Gothic UI", "Meiryo UI", "Meiryo"),
    "linux": (
        "Noto Sans CJK JP",
        "Noto Sans JP",
        "Source Han Sans JP",
        "IPAexGothic",
        "TakaoPGothic",
        "VL PGothic",
    ),
}
_PLAIN = ("", "Sans Serif", "Sans", "DejaVu Sans", "Bitstream Vera Sans", "MS Shell Dlg 2")
"""Names of a system font that nobody chose; the Latin letters of the Japanese face suit better."""


class Theme(QObject):
    """Colours, typeface and motion of the whole application; changes at once.

    ``changed`` is sent after widgets received PaletteChange and StyleChange.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._choice = ""
        self._language = "en"
        self._still = False
        self._tokens = LIGHT
        self._pictures = QTemporaryDir()
        self._ringed: QWidget | None = None
        self._ringed_before: QWidget | None = None
        system_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._system_family = system_font.family()
        application.styleHints().colorSchemeChanged.connect(self._on_system_change)
        application.focusChanged.connect(self._on_focus)
        self._apply_font()
        self.choose(choice)

    @property
    def tokens(self) -> Tokens:
        """The tokens that are shown."""
        return self._tokens

    @property
    def choice(self) -> str:
        """ "system", "light" or "dark"."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Show "light" or "dark", or follow the "system"; anything else counts as "system"."""
        choice = choice if choice in ("light", "dark") else SYSTEM
        if choice == self._choice:
            return
        self._choice = choice
        hints = self._application.styleHints()
        # The system draws title bars and file dialogs; they should match.
        if choice == SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = choice == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._apply()

    def set_language(self, language: str) -> None:
        """Put the typefaces in the order that suits ``language``."""
        if language != self._language:
            self._language = language
            self._apply_font()

    def set_still(self, still: bool) -> None:
        """Switch motion off, or on again."""
        if still != self._still:
            self._still = still
            self._apply()

    def _on_system_change(self) -> None:
        if self._choice == SYSTEM:
            self._apply()

    def _system_is_dark(self) -> bool:
        """Unknown, as on a bare X server, counts as light."""
        return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _wanted(self) -> Tokens:
        dark = self._choice == "dark" or (self._choice == SYSTEM and self._system_is_dark())
        tokens = DARK if dark else LIGHT
        return dataclasses.replace(tokens, motion_fast=0, motion_slow=0) if self._still else tokens

    def _apply(self) -> None:
        tokens = self._wanted()
        if tokens == self._tokens and self._application.styleSheet():
            return
        self._tokens = tokens
        set_current_tokens(tokens)
        self._application.setPalette(_palette(tokens))
        self._application.setStyleSheet(style_sheet(tokens, self._draw_pictures(tokens)))
        self.changed.emit()

    def _apply_font(self) -> None:
        font = QFont()
        font.setFamilies(families(self._language, self._system_family))
        font.setPixelSize(LIGHT.size_body)
        self._application.setFont(font)

    def _draw_pictures(self, tokens: Tokens) -> str:
        """Style sheets take pictures from files only: write those of this theme."""
        folder = Path(self._pictures.path()) / tokens.name
        folder.mkdir(exist_ok=True)
        for name, color in (
            ("chevron-down", tokens.text_soft),
            ("chevron-up", tokens.text_soft),
            ("check", tokens.on_accent),
            ("help", tokens.accent_text),
            ("info", tokens.accent_text),
            ("alert", tokens.loss_text),
        ):
            (folder / f"{name}.svg").write_text(recoloured(icon_path(name), color))
        return folder.as_posix()

    # The focus ring: for those who came by keyboard, not for every click

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        by_mouse = self._application.mouseButtons() != Qt.MouseButton.NoButton
        if now is None:
            self._ringed_before = self._ringed
        # A window that comes to the front rings what it ringed when it was left, so that a
        # fresh one does not begin with a ring around its first button.
        activated = old is None and now is not self._ringed_before
        self._set_ring(None if by_mouse or activated else now)

    def _set_ring(self, widget: QWidget | None) -> None:
        previous, self._ringed = self._ringed, widget
        for changed, ringed in ((previous, False), (widget, True)):
            if changed is None:
                continue
            try:
                changed.setProperty(RING, ringed)
                changed.style().unpolish(changed)
                changed.style().polish(changed)
                changed.update()
            except RuntimeError:
                pass  # the widget is gone already


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    colors = {
        QPalette.ColorRole.Window: t.ground,
        QPalette.ColorRole.Base: t.surface,
        QPalette.ColorRole.AlternateBase: t.sunken,
        QPalette.ColorRole.Button: t.surface,
        QPalette.ColorRole.ToolTipBase: t.raised,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.ToolTipText: t.text,
        QPalette.ColorRole.BrightText: t.on_accent,
        QPalette.ColorRole.PlaceholderText: t.text_soft,
        QPalette.ColorRole.Highlight: t.accent_fill,
        QPalette.ColorRole.HighlightedText: t.on_accent,
        QPalette.ColorRole.Accent: t.accent_fill,
        QPalette.ColorRole.Link: t.accent_text,
        QPalette.ColorRole.LinkVisited: t.accent_text,
        QPalette.ColorRole.Light: t.raised,
        QPalette.ColorRole.Midlight: t.hover,
        QPalette.ColorRole.Mid: t.line,
        QPalette.ColorRole.Dark: t.line_strong,
        QPalette.ColorRole.Shadow: t.text_disabled,
    }
    for role, color in colors.items():
        palette.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.text_disabled))
    return palette


def families(language: str, system: str, platform: str = sys.platform) -> list[str]:
    """Families in order of preference.

    In Japanese the Japanese face comes first. In other languages it follows the system's own
    font, so that a Japanese name within an English text has Japanese forms too, whatever the
    system's own order of fallbacks is.
    """
    japanese = list(_JAPANESE.get(platform, _JAPANESE["linux"]))
    if platform not in _JAPANESE or platform == "linux":
        japanese += _JAPANESE["darwin"][:1]
    if system in _PLAIN:
        return japanese + ([system] if system else [])
    return [*japanese, system] if language == "ja" else [system, *japanese]

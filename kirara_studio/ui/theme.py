"""Light, dark, or as the system is. Japanese text is never shown in Chinese forms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from kirara_studio.api.widgets.icons import icon_path, recoloured
from kirara_studio.api.widgets.tokens import DARK, LIGHT, Tokens, set_current_tokens
from kirara_studio.host.global_state import GlobalState
from kirara_studio.ui.stylesheet import style_sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

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
    """Colours, typeface and motion of the whole application; changes at once."""

    def __init__(self, application: QApplication, choice: str = SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self.choice = ""
        self._language = "en"
        self._still = False
        self.tokens = LIGHT
        self._applied = False
        self._pictures = QTemporaryDir()
        system_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._system_family = system_font.family()
        application.styleHints().colorSchemeChanged.connect(self._on_system_change)
        self._apply_font()
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """Show "light" or "dark", or follow the "system"; anything else counts as "system"."""
        choice = choice if choice in ("light", "dark") else SYSTEM
        if choice == self.choice:
            return
        self.choice = choice
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        # The system draws title bars and file dialogs; they should match.
        unknown = Qt.ColorScheme.Unknown  # the system's own
        self._application.styleHints().setColorScheme(scheme.get(choice, unknown))
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

    def system_is_dark(self) -> bool:
        """True if the system prefers dark; one that does not know counts as light."""
        return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _on_system_change(self) -> None:
        if self.choice == SYSTEM:
            self._apply()

    def _apply(self) -> None:
        dark = self.choice == "dark" or (self.choice == SYSTEM and self.system_is_dark())
        tokens = DARK if dark else LIGHT
        if self._still:
            tokens = tokens._replace(motion_fast=0, motion_slow=0)
        if tokens == self.tokens and self._applied:
            return
        self._applied = True
        self.tokens = tokens
        set_current_tokens(tokens)
        GlobalState.looks += 1
        self._application.setPalette(_palette(tokens))
        self._application.setStyleSheet(style_sheet(tokens, self._draw_pictures(tokens)))

    def _apply_font(self) -> None:
        font = QFont()
        font.setFamilies(families(self._language, self._system_family))
        font.setPixelSize(LIGHT.size_body)
        GlobalState.looks += 1
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


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    Role = QPalette.ColorRole
    colors = {
        Role.Window: t.ground,
        Role.Base: t.surface,
        Role.AlternateBase: t.sunken,
        Role.Button: t.surface,
        Role.ToolTipBase: t.raised,
        Role.WindowText: t.text,
        Role.Text: t.text,
        Role.ButtonText: t.text,
        Role.ToolTipText: t.text,
        Role.BrightText: t.on_accent,
        Role.PlaceholderText: t.text_soft,
        Role.Highlight: t.accent_fill,
        Role.HighlightedText: t.on_accent,
        Role.Accent: t.accent_fill,
        Role.Link: t.accent_text,
        Role.LinkVisited: t.accent_text,
        Role.Light: t.raised,
        Role.Midlight: t.hover,
        Role.Mid: t.line,
        Role.Dark: t.line_strong,
        Role.Shadow: t.text_disabled,
    }
    for role, color in colors.items():
        palette.setColor(role, QColor(color))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.text_disabled))
    return palette


def families(language: str, system: str, platform: str = sys.platform) -> list[str]:
    """Families in order of preference.

    In Japanese the Japanese face comes first. In other languages it follows the system's own
    font: a Japanese name within an English text has Japanese forms too, whatever the
    system's own order of fallbacks is.
    """
    japanese = list(_JAPANESE.get(platform, _JAPANESE["linux"]))
    if platform not in _JAPANESE or platform == "linux":
        japanese += _JAPANESE["darwin"][:1]
    if system in _PLAIN:
        return japanese + ([system] if system else [])
    return [*japanese, system] if language == "ja" else [system, *japanese]

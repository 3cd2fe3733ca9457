"""The style sheet of Qt's own widgets, made from the tokens.

Roles and kinds are set as properties, by the studio and by panels alike:

``textSize``, ``tone``, ``bold`` and ``pill`` of a Label
    what its constructor was given
``role`` of a QFrame
    "card", "bar", "line"
``ring`` of a QCheckBox or QRadioButton
    True for the one that got the keyboard by a key (KeyboardFocus)
"""

from __future__ import annotations

from kirara_studio.api.widgets.tokens import Tokens

_KINDS = ("accent", "success", "attention", "loss")


def style_sheet(t: Tokens, pictures: str) -> str:
    """The sheet for tokens ``t``; ``pictures`` is a folder with arrows and ticks in its colours."""
    return f"""
* {{ outline: 0; }}
QWidget {{ color: {t.text}; font-size: {t.size_body}px; }}
QWidget:disabled {{ color: {t.text_disabled}; }}
QMainWindow, QDialog, QWidget#ground {{ background: {t.ground}; }}
QToolTip {{
    background: {t.raised}; color: {t.text}; border: 1px solid {t.line_strong};
    padding: {t.space_xs}px {t.space_s}px; font-size: {t.size_small}px;
}}

QLabel {{ background: transparent; }}
{_labels(t)}
QLabel[role="key"] {{
    color: {t.text_soft}; background: {t.sunken}; border: 1px solid {t.line};
    border-radius: 5px; padding: 1px 6px; font-size: {t.size_small}px;
}}
{_pill("success", t.success_soft, t.success_text)}
{_pill("attention", t.attention_soft, t.attention_text)}
{_pill("loss", t.loss_soft, t.loss_text)}
{_pill("quiet", t.sunken, t.text_soft)}

QFrame[role="card"] {{
    background: {t.surface}; border: 1px solid {t.line}; border-radius: {t.radius}px;
}}
QFrame[role="bar"] {{ background: {t.surface}; border: 0; border-top: 1px solid {t.line}; }}
{_banner("loss", t.loss_soft, t.loss)}
{_banner("attention", t.attention_soft, t.attention)}
{_banner("info", t.surface, t.line_strong)}
QFrame[role="palette"] {{
    background: {t.raised}; border: 1px solid {t.line_strong}; border-radius: 12px;
}}
QLineEdit[role="palette"], QLineEdit[role="palette"]:focus, QLineEdit[role="palette"]:hover {{
    background: transparent; border: 0; border-bottom: 1px solid {t.line}; border-radius: 0;
    font-size: {t.size_large}px; padding: 8px 10px 12px 10px;
}}
QListView[role="palette"] {{ background: transparent; border: 0; }}
QFrame[role="line"] {{ background: {t.line}; border: 0; max-height: 1px; min-height: 1px; }}

QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMessageBox {{
    messagebox-question-icon: url({pictures}/help.svg);
    messagebox-information-icon: url({pictures}/info.svg);
    messagebox-warning-icon: url({pictures}/alert.svg);
    messagebox-critical-icon: url({pictures}/alert.svg);
}}

QPushButton, QToolButton {{
    background: {t.surface}; border: 1px solid {t.line_strong}; border-radius: {t.radius}px;
    padding: 7px 14px; min-height: 18px;
}}
QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.pressed}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.text_disabled}; border-color: {t.line}; }}
QToolButton {{ padding: 5px; }}
QLineEdit QToolButton {{ background: transparent; border: 0; padding: 0; min-height: 0; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.focus}; }}
QPushButton:focus {{ padding: 6px 13px; }}
QToolButton:focus {{ padding: 4px; }}

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {{
    background: {t.sunken}; border: 1px solid {t.line_strong}; border-radius: {t.radius}px;
    placeholder-text-color: {t.text_soft};
    padding: 6px 10px; min-height: 20px;
    selection-background-color: {t.accent_fill}; selection-color: {t.on_accent};
}}
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {{
    border-color: {t.accent};
}}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus,
QPlainTextEdit:focus, QTextEdit:focus {{
    border: 2px solid {t.focus}; padding: 5px 9px;
}}
QLineEdit[role="search"] {{ padding: 0 6px; min-height: 34px; }}
QLineEdit[role="search"]:focus {{ padding: 0 5px; min-height: 32px; }}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QAbstractSpinBox QLineEdit:hover {{
    background: transparent; border: 0; padding: 0; min-height: 0;
}}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{ border-color: {t.line}; }}
QPlainTextEdit[role="code"] {{
    font-family: "JetBrains Mono", "Cascadia Mono", "Menlo", "Noto Sans Mono CJK JP", monospace;
    font-size: {t.size_small}px;
}}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: 0; width: 28px; }}
QComboBox::down-arrow {{ image: url({pictures}/chevron-down.svg); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{
    background: {t.raised}; border: 1px solid {t.line_strong}; border-radius: 0;
    padding: {t.space_xs}px; selection-background-color: {t.accent_soft};
    selection-color: {t.text};
}}
QComboBox QAbstractItemView::item {{
    min-height: 30px; padding: 0 {t.space_s}px; border-radius: 6px;
}}
QComboBox QAbstractItemView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QAbstractSpinBox::up-button {{
    subcontrol-position: top right; border: 0; width: 26px; margin: 2px 2px 0 0;
}}
QAbstractSpinBox::down-button {{
    subcontrol-position: bottom right; border: 0; width: 26px; margin: 0 2px 2px 0;
}}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{
    background: {t.pressed}; border-radius: 4px;
}}
QAbstractSpinBox::up-arrow {{
    image: url({pictures}/chevron-up.svg); width: 12px; height: 12px;
}}
QAbstractSpinBox::down-arrow {{
    image: url({pictures}/chevron-down.svg); width: 12px; height: 12px;
}}

QCheckBox, QRadioButton {{ spacing: {t.space_s}px; background: transparent; }}
QCheckBox::indicator {{
    width: 16px; height: 16px; border: 1px solid {t.line_strong}; border-radius: 5px;
    background: {t.sunken};
}}
QCheckBox::indicator:hover {{ border-color: {t.accent}; }}
QCheckBox::indicator:checked {{
    background: {t.accent_fill}; border-color: {t.accent_fill};
    image: url({pictures}/check.svg);
}}
QRadioButton::indicator {{
    width: 16px; height: 16px; border: 1px solid {t.line_strong}; border-radius: 9px;
    background: {t.sunken};
}}
QRadioButton::indicator:checked {{ border: 5px solid {t.accent_fill}; width: 8px; height: 8px; }}
QCheckBox[ring="true"]::indicator, QRadioButton[ring="true"]::indicator {{
    border: 2px solid {t.focus};
}}

QSlider {{ background: transparent; min-height: 22px; }}
QSlider::groove:horizontal {{ height: 4px; background: {t.line}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{
    width: 12px; height: 12px; margin: -6px 0; border: 2px solid {t.accent};
    border-radius: 8px; background: {t.surface};
}}
QSlider::handle:horizontal:hover {{ background: {t.accent_soft}; }}
QSlider:focus::handle:horizontal {{ border-color: {t.focus}; background: {t.accent}; }}

QProgressBar {{
    background: {t.line}; border: 0; border-radius: 2px; min-height: 4px; max-height: 4px;
}}
QProgressBar::chunk {{ background: {t.success}; border-radius: 2px; }}

QMenu {{
    background: {t.raised}; border: 1px solid {t.line_strong}; border-radius: {t.radius}px;
    padding: {t.space_xs}px;
}}
QMenu::item {{ padding: 7px 24px 7px 14px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.accent_soft}; }}
QMenu::item:disabled {{ color: {t.text_disabled}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {t.space_xs}px {t.space_s}px; }}

QTabBar::tab {{
    background: transparent; padding: 8px 14px; border: 0; border-bottom: 2px solid transparent;
    color: {t.text_soft};
}}
QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabWidget::pane {{ border: 0; }}

QAbstractItemView {{
    background: {t.surface}; border: 1px solid {t.line}; border-radius: {t.radius}px;
    selection-background-color: {t.accent_soft}; selection-color: {t.text};
}}
QHeaderView::section {{
    background: {t.surface}; color: {t.text_soft}; border: 0;
    border-bottom: 1px solid {t.line}; padding: 6px 8px;
}}

QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.line_strong}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.text_disabled}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {t.accent_soft}; }}
"""


def _labels(t: Tokens) -> str:
    scale = (t.size_small, t.size_body, t.size_large, t.size_title, t.size_display)
    sizes = (f'QLabel[textSize="{size}"] {{ font-size: {size}px; }}' for size in scale)
    tones = (
        f'QLabel[tone="{tone}"] {{ color: {getattr(t, tone)}; }}'
        for tone in ("text_soft", *(f"{kind}_text" for kind in _KINDS))
    )
    return "\n".join((*sizes, *tones, 'QLabel[bold="true"] { font-weight: 600; }'))


def _pill(name: str, ground: str, text: str) -> str:
    return (
        f'QLabel[pill="{name}"] {{ background: {ground}; color: {text}; border-radius: 10px; '
        "padding: 2px 10px; font-size: 12px; }"
    )


def _banner(name: str, ground: str, border: str) -> str:
    return (
        f'QFrame[banner="{name}"] {{ background: {ground}; border: 1px solid {border}; '
        "border-radius: 8px; }"
    )

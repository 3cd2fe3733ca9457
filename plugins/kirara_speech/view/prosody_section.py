"""Sliders for the prosody of the selected lines."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kirara_speech.speaking.prosody import RANGES, Prosody
from kirara_studio.api.widgets import Inspector, ValueSlider, plain_tip

translate = QCoreApplication.translate

_STEPS = {"pitch": 0.5}
_SUFFIXES = {"before": " s", "after": " s"}


class ProsodySection:
    """Sliders for a :class:`Prosody`."""

    def __init__(self, inspector: Inspector) -> None:
        self.section = inspector.add_section("")
        self.sliders: dict[str, ValueSlider] = {}
        usual = Prosody().to_dict()
        for name, (lowest, highest) in RANGES.items():
            slider = ValueSlider(
                name,
                lowest,
                highest,
                usual[name],
                step=_STEPS.get(name, 0.05),
                decimals=1 if name == "pitch" else 2,
                suffix=_SUFFIXES.get(name, ""),
            )
            self.sliders[name] = slider
            self.section.add(slider)

    def show(self, prosody: Prosody) -> None:
        for name, slider in self.sliders.items():
            slider.set_value(getattr(prosody, name))

    def retranslate(self) -> None:
        self.section.set_title(translate("speech", "Speaking style"))
        tips = {
            "speed": translate("speech", "How fast: 1 is the voice's own tempo"),
            "pitch": translate("speech", "Semitones higher or lower"),
            "intonation": translate("speech", "How far the pitch moves: 0 is flat"),
            "volume": translate("speech", "How loud: 1 is the voice's own"),
            "pauses": translate("speech", "How long pauses are: 1 is the voice's own"),
            "before": translate("speech", "Silence before the line, in seconds"),
            "after": translate("speech", "Silence after the line, in seconds"),
        }
        reset = translate("speech", "A double click resets it.")
        for name, slider in self.sliders.items():
            slider.set_label(value_name(name))
            slider.setToolTip(plain_tip(f"{tips[name]}\n{reset}"))


def value_name(name: str) -> str:
    """The title of a value of the prosody."""
    return {
        "speed": translate("speech", "Speed"),
        "pitch": translate("speech", "Pitch"),
        "intonation": translate("speech", "Intonation"),
        "volume": translate("speech", "Volume"),
        "pauses": translate("speech", "Pauses"),
        "before": translate("speech", "Silence before"),
        "after": translate("speech", "Silence after"),
    }[name]

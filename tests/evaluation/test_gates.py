"""A model below its gate, in the card, the library and the panels."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from evaluation.gates import gates, missed
from evaluation.report import Judgement, Report
from kirara_characters import kirara_panels
from kirara_characters.panel import CharactersPanel
from kirara_foresight.networks.config import CONVLSTM
from kirara_foresight.setting import Setting
from kirara_foresight.view.controls import Controls as ForesightControls
from kirara_paintings.classifiers import Models
from kirara_paintings.view.controls import Controls as PaintingsControls
from kirara_speech.speaking.voices import find_voice
from kirara_speech.view.voice_section import card_text
from kirara_studio.api import model_library
from kirara_studio.api.model_library import describe_model, find_model
from kirara_studio.api.models import fingerprint, read_card
from kirara_studio.api.widgets import Inspector, gate_note, model_title
from kirara_studio.engine.queue import JobQueue
from tests.plugins.kirara_characters.small_models import save_generator
from tests.plugins.panel_studio import PanelStudio, panels_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QMenu

GOOD = {"precision": 0.61, "recall": 0.4}


def test_a_figure_on_the_bound_passes_and_one_below_misses() -> None:
    assert missed("characters", GOOD) == {}
    assert missed("characters", {**GOOD, "recall": 0.399}) == {"recall": "≥ 0.4"}
    assert missed("foresight-digits", {"MSE": 50.0}) == {}
    assert missed("foresight-digits", {"MSE": 50.001}) == {"MSE": "≤ 50"}


def test_a_figure_that_is_absent_or_not_a_number_misses() -> None:
    assert missed("characters", {"precision": float("nan")}) == {
        "precision": "≥ 0.6",
        "recall": "≥ 0.4",
    }


def judged(folder: Path, recall: float) -> Path:
    """A small generator, whose card has been written by an evaluation."""
    path = folder / "models" / "small.safetensors"
    save_generator(path)
    judgement = Judgement(path, "characters", "a test", {**GOOD, "recall": recall})
    Report({}, {}, [], [judgement]).write_cards()
    return path


def test_the_card_beside_the_weights_gets_the_figures(tmp_path: Path) -> None:
    path = judged(tmp_path, 0.2)
    before = path.read_bytes()
    card = read_card(path)
    assert card.missed == {"recall": (0.2, "≥ 0.4")}
    assert card.evaluation["weights"] == fingerprint(path)
    assert card.evaluation["data"] == "a test" and not card.evaluation["passed"]
    Report({}, {}, [], [Judgement(path, "characters", "later", GOOD)]).write_cards()
    assert read_card(path).missed == {} and read_card(path).evaluation["passed"]
    assert path.read_bytes() == before
    assert read_card(path).configuration == card.configuration


def test_a_model_without_figures_is_not_marked(tmp_path: Path) -> None:
    path = tmp_path / "small.safetensors"
    save_generator(path)
    card = read_card(path)
    assert model_title("small", card) == "small" and gate_note(card) == ""


@pytest.fixture
def japanese(application: QApplication, repository: Path) -> Iterator[None]:
    translator = QTranslator(application)
    assert translator.load(str(repository / "resources" / "translations" / "ja.qm"))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_figures_are_named_in_japanese(japanese: None, tmp_path: Path) -> None:
    card = read_card(judged(tmp_path, 0.2))
    assert gate_note(card) == "未完成：再現率 0.2（≥\N{NO-BREAK SPACE}0.4）"
    assert model_title("Kirara", card) == "Kirara（未完成）"


def test_every_measure_of_a_gate_has_a_japanese_name(japanese: None) -> None:
    names = {name for gate in gates().values() for name in gate}
    known = {name for name in names if QCoreApplication.translate("models", name) != name}
    assert names - known == {"MSE", "DNSMOS"}  # which are called so in Japanese too


@pytest.mark.parametrize(("recall", "unfinished"), [(0.2, True), (0.4, False)])
def test_the_panel_of_characters_marks_it(
    queue: JobQueue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    recall: float,
    unfinished: bool,
) -> None:
    monkeypatch.setattr(model_library, "resource_folder", lambda: tmp_path / "nothing bundled")
    judged(tmp_path / "data", recall)
    context = PanelStudio(kirara_panels()[0], queue, tmp_path)
    with panels_of(context, lambda: CharactersPanel(context)) as open_it:
        controls = open_it().controls
        assert (
            "Unfinished: recall 0.2 (≥\N{NO-BREAK SPACE}0.4)" in controls.model_section.note.text()
        ) == unfinished
        for text in (
            controls.model_section.button.text(),
            controls.model_section.menu.actions()[0].text(),
        ):
            assert text.endswith("(unfinished)") == unfinished


def test_the_other_panels_mark_it(application: QApplication, tmp_path: Path) -> None:
    """The bundled models' own files, with figures below and above their gates."""
    digits = copied(find_model(CONVLSTM, "foresight-digits").path, tmp_path)
    Report({}, {}, [], [Judgement(digits, "foresight-digits", "", {"MSE": 60})]).write_cards()
    inspectors = Inspector(), Inspector()  # which own the controls
    foresight = ForesightControls(inspectors[0])
    model = describe_model(CONVLSTM, digits)
    foresight.show_models([model], Setting(), model)
    assert "Unfinished: MSE 60 (≤\N{NO-BREAK SPACE}50)" in foresight.model_section.note.text()
    assert f"{model.name} (unfinished)" in texts(foresight.model_section.menu)

    studio = Models(tmp_path, print)
    paintings = PaintingsControls(inspectors[1])
    judge_paintings(studio, tmp_path, 0.5)
    paintings.show_models(studio)
    assert (
        "Network: Unfinished: “none” right 0.5 (≥\N{NO-BREAK SPACE}0.85)"
        in paintings.model_section.note.text()
    )
    assert "The four styles (unfinished)" in texts(paintings.model_section.menu)
    judge_paintings(studio, tmp_path, 0.9)
    paintings.show_models(studio)
    assert "nfinished" not in paintings.model_section.note.text() + "".join(
        texts(paintings.model_section.menu)
    )

    voice = find_voice("kirara").text2mel
    assert voice is not None
    mel = copied(voice, tmp_path / "kirara")
    figures = {"kana error rate (%)": 4.25, "DNSMOS": 3.0}
    Report({}, {}, [], [Judgement(mel, "speech", "", figures)]).write_cards()
    assert "Unfinished: kana error rate (%) 4.25 (≤\N{NO-BREAK SPACE}2.2)" in card_text(
        find_voice(str(mel.parent))
    )


def judge_paintings(studio: Models, folder: Path, none: float) -> None:
    """Give copies of the studio's classifiers these figures."""
    figures = {"four styles right": 0.95, "“none” right": none}
    for number, model in enumerate(studio.studio):
        path = copied(model.path, folder)
        Report({}, {}, [], [Judgement(path, "paintings", "", figures)]).write_cards()
        studio.studio[number] = describe_model(model.card.architecture, path)


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def copied(path: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for one in (path, path.with_suffix(".toml")):
        if one.parent != folder:
            shutil.copy(one, folder)
    return folder / path.name

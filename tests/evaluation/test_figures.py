"""README, docs and cards say the same, and the cards are of the files beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.characters import default_generator
from evaluation.figures import documents, measures, updated
from evaluation.gates import missed
from kirara_foresight.model_choice import DIGITS_MODEL, RADAR_MODEL
from kirara_foresight.networks.config import CONVLSTM
from kirara_paintings.classifiers import method_models
from kirara_speech.speaking.voices import find_voice
from kirara_studio.api.model_library import find_model
from kirara_studio.api.models import fingerprint, read_card

ROOT = Path(__file__).resolve().parents[2]
VOICE = find_voice("kirara").text2mel
assert VOICE is not None
CHARACTERS = default_generator().path
DIGITS, RADAR = (find_model(CONVLSTM, name).path for name in (DIGITS_MODEL, RADAR_MODEL))
CLASSIFIERS = tuple(model.path for model in method_models())
DEFAULTS = (CHARACTERS, DIGITS, RADAR, *CLASSIFIERS, VOICE)
"""Each bundled model that is used where nobody chooses another."""


@pytest.mark.parametrize(
    "document", documents(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_document_has_the_figures_of_the_cards(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert updated(text, measures(ROOT)) == text, "run python -m evaluation NAME --write-cards"


@pytest.mark.parametrize(
    ("document", "models"),
    [
        ("README.md", (CHARACTERS, DIGITS, RADAR, CLASSIFIERS[0], VOICE)),
        ("docs/evaluation.md", DEFAULTS),
        ("docs/characters.md", (CHARACTERS,)),
        ("docs/foresight.md", (DIGITS, RADAR)),
        ("docs/paintings.md", CLASSIFIERS),
        ("docs/speech.md", (VOICE,)),
        ("docs/ja/characters.md", (CHARACTERS,)),
        ("docs/ja/foresight.md", (DIGITS, RADAR)),
        ("docs/ja/paintings.md", CLASSIFIERS),
        ("docs/ja/speech.md", (VOICE,)),
    ],
)
def test_a_document_names_where_its_figures_come_from(
    document: str, models: tuple[Path, ...]
) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for model in models:
        assert f"<!-- {model.stem}: " in text


@pytest.mark.parametrize("weights", DEFAULTS, ids=lambda path: path.stem)
def test_a_default_model_was_judged(weights: Path) -> None:
    evaluation = read_card(weights).evaluation
    assert evaluation["weights"] == fingerprint(weights), "the card is of other weights"
    assert evaluation["missed"] == missed(evaluation["gate"], evaluation["measures"])
    assert evaluation["passed"] == (not evaluation["missed"])


def test_a_figure_is_replaced_with_as_many_decimals() -> None:
    cards = {"digits": {"MSE": 1234.56, "share, of all": -0.5}}
    text = (
        "MSE 9.9<!-- digits: MSE -->, 3 %<!-- digits: MSE --> and "
        "7.00<!-- digits: share, of all -->"
    )
    assert updated(text, cards) == (
        "MSE 1,234.6<!-- digits: MSE -->, 1,235 %<!-- digits: MSE --> and "
        "-0.50<!-- digits: share, of all -->"
    )


def test_a_figure_of_no_card_is_an_error() -> None:
    with pytest.raises(KeyError):
        updated("8<!-- digits: MAE -->", {"digits": {"MSE": 1.0}})

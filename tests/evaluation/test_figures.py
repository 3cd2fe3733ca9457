"""README, docs and cards say the same, and the cards are of the files beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.figures import documents, measures, updated
from evaluation.gates import missed
from kirara_studio.api.models import fingerprint, read_card

ROOT = Path(__file__).resolve().parents[2]
JUDGED = (
    "models/kirara-64",
    "models/foresight-digits",
    "models/foresight-radar",
    "models/paintings-network",
    "models/paintings-features",
    "voices/kirara/text2mel",
)
"""Each model that is used where nobody chooses another."""


@pytest.mark.parametrize("document", documents(ROOT), ids=lambda path: path.name)
def test_a_document_has_the_figures_of_the_cards(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert updated(text, measures(ROOT)) == text, "run python -m evaluation NAME --write-cards"


@pytest.mark.parametrize(
    ("document", "models"),
    [
        ("README.md", ("kirara-64", "foresight-digits", "paintings-network", "text2mel")),
        ("docs/characters.md", ("kirara-64",)),
        ("docs/foresight.md", ("foresight-digits", "foresight-radar")),
        ("docs/paintings.md", ("paintings-network", "paintings-features")),
        ("docs/speech.md", ("text2mel",)),
    ],
)
def test_a_document_names_where_its_figures_come_from(
    document: str, models: tuple[str, ...]
) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for model in models:
        assert f"<!-- {model}: " in text


@pytest.mark.parametrize("name", JUDGED)
def test_a_default_model_was_judged(name: str) -> None:
    weights = ROOT / "resources" / f"{name}.safetensors"
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

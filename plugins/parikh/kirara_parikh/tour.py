"""The tour of the Parikh panel: a grammar, its set and automaton, a question, a comparison."""

from __future__ import annotations

from kirara_parikh.examples import EXAMPLES
from kirara_parikh.panel import ParikhPanel
from kirara_parikh.view.workspace import AUTOMATON, DERIVATION, PICTURE, SET
from kirara_studio.api.panel import TourGuide

_PATIENCE = 120.0  # seconds


def run(panel: ParikhPanel, guide: TourGuide) -> None:
    """Analyse an example, ask and compare. Raises TimeoutError if a result does not come."""
    session = panel.session
    example = next(example for example in EXAMPLES if example.id == "same-number")
    session.take_example(example)

    def analysed() -> bool:
        return session.analysis is not None and session.analysis.text == example.grammar

    guide.wait_until(analysed, _PATIENCE)
    for name, page in (("set", SET), ("picture", PICTURE), ("automaton", AUTOMATON)):
        panel.workspace.show_page(page)
        guide.screenshot(f"parikh-{name}")
    session.ask()
    guide.wait_until(lambda: session.answer is not None, _PATIENCE)
    panel.workspace.show_page(DERIVATION)
    guide.screenshot("parikh-derivation")
    session.write(second="S -> a b S |")
    session.compare()
    guide.wait_until(lambda: session.verdict is not None, _PATIENCE)
    guide.screenshot("parikh-comparison")
    path = guide.folder / "parikh.json"
    session.save(path, panel.json_text())
    guide.wait_until(lambda: panel.save_button.last_saved == path, _PATIENCE)
    guide.produced(path)

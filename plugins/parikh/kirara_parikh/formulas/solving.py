"""z3, imported when it is first asked: that takes a third of a second."""

from __future__ import annotations

import threading
from typing import Any

from kirara_parikh.progress import Report
from kirara_studio.api.errors import UserError

_LOOK = 0.2  # seconds between looks whether the user pressed Stop


class Undecided(Exception):
    """z3 gave up in the time that it had."""


def z3() -> Any:
    """The module. Raises UserError if it cannot be imported."""
    try:
        import z3 as module
    except (ImportError, OSError) as error:
        raise UserError(
            "z3 cannot be loaded: {reason}.",
            advice="Install the package z3-solver beside the plugin.",
            reason=error,
        ) from error
    return module


def new_solver(seconds: float) -> Any:
    """A solver that gives up after some time, with the same random choices every time."""
    made = z3().SimpleSolver()  # the preprocessing of others takes minutes for large grammars
    made.set("timeout", max(1, int(seconds * 1000)))
    made.set("random_seed", 1)
    return made


def has_model(solver: Any, report: Report) -> bool:
    """Whether the constraints of a solver have a model.

    Raises :class:`Undecided`, and what ``report`` raises: another thread asks it while z3 computes,
    and interrupts z3.
    """
    module, done = z3(), threading.Event()

    def watch() -> None:
        while not done.wait(_LOOK):
            try:
                report(0, 0, "asking z3")
            except BaseException:  # Stop; the report below raises it in the right thread
                solver.ctx.interrupt()

    watcher = threading.Thread(target=watch, name="watch z3", daemon=True)
    watcher.start()
    try:
        answer = solver.check()
    finally:
        done.set()
        watcher.join()
    report(0, 0, "")
    if answer == module.unknown:
        raise Undecided
    return bool(answer == module.sat)

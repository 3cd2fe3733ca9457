"""Plugins that fail in every way there is, to be installed into a studio by a test."""

from __future__ import annotations

from pathlib import Path

from tests.host.plugin_maker import install

AT_IMPORT = "raise RuntimeError('no luck today')"

IN_A_HOOK = """
@hookimpl
def kirara_panels():
    return 1 / 0
"""

NONSENSE = """
@hookimpl
def kirara_panels():
    return ["a panel"]
"""

AT_STARTUP = """
@hookimpl
def kirara_startup(studio):
    raise SystemExit("not today")
"""

FAULTY = """
import os
import time

from kirara_studio.api.widgets import PanelWidget


@hookimpl
def kirara_panels():
    module = "plugin_of_tests_faulty"
    return [
        Panel("faulty", "Faulty", "panel", f"{module}:FaultyPanel", order=500),
        Panel("faulty.new", "Never there", "panel", f"{module}:NeverThere", order=501),
        Panel("faulty.odd", "Odd", "panel", f"{module}:odd", order=502),
    ]


class FaultyPanel(PanelWidget):
    def __init__(self, context):
        super().__init__(context)
        self.answer = None
        self.set_primary("Fail", self.fail_in_a_slot, lambda: None)

    def fail_in_a_slot(self):
        raise KeyError("nothing under that key")

    def submit(self, name):
        job = {"raise": failing, "odd": unpicklable, "exit": exiting, "hang": hanging}[name]
        self.context.jobs.submit(name, job, None, title=name)

    def work(self):
        self.context.jobs.submit("work", working, 20, on_result=self.take)

    def take(self, answer):
        self.answer = answer


class NeverThere(PanelWidget):
    def __init__(self, context):
        super().__init__(context)
        raise OSError("libnothing.so is not installed")


def odd(context):
    return {"not": "a widget"}


def failing(request, tools):
    return [][request or 0]


def unpicklable(request, tools):
    return lambda: None


def exiting(request, tools):
    os._exit(9)


def hanging(request, tools):
    time.sleep(600)


def working(request, tools):
    return 2 * request + 2
"""


def install_all(folder: Path) -> None:
    """Install them into the plugin folder of a studio."""
    for name, code in {
        "at_import": AT_IMPORT,
        "in_a_hook": IN_A_HOOK,
        "nonsense": NONSENSE,
        "at_startup": AT_STARTUP,
        "faulty": FAULTY,
    }.items():
        install(folder, name, code)

"""A panel is described, not built: its widget is imported the first time it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kirara_studio.api.jobs import Device, Jobs
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import NoticeBackend, Notices
from kirara_studio.api.secrets import Secrets
from kirara_studio.api.settings import Settings
from kirara_studio.api.training import Training

TRAINING = "training"
"""A purpose of files that a panel is given: pictures, or folders of them, to train on."""


@dataclass(frozen=True)
class Panel:
    """The description of a panel.

    Parameters
    ----------
    id
        Unique, lower case, kept for ever: layouts and saved results refer to it.
    title, subtitle
        Shown in the navigation and above the panel; translated in the context ``id``.
    icon
        Name of an icon in ``resources/icons`` of the studio, or a path of an SVG file relative
        to the plugin's package.
    widget
        ``"package.module:ClassName"``, a QWidget constructed as ``ClassName(context)``. See
        :class:`kirara_studio.api.widgets.PanelWidget` for the frame that all panels share.
    api
        The plugin-interface versions it was written for, as a version specifier.
    tour
        ``"package.module:function"``, called as ``function(widget, guide)`` by the tour; it
        drives the widget through its real job. See :class:`TourGuide`.
    order
        Place in the navigation, lowest first.
    """

    id: str
    title: str
    icon: str
    widget: str
    subtitle: str = ""
    api: str = ">=1,<2"
    tour: str = ""
    order: int = 100


class PanelContext(Notices, Protocol):
    """What the studio provides to a panel."""

    @property
    def panel(self) -> Panel:
        """The panel's own description."""

    @property
    def jobs(self) -> Jobs:
        """Work off the UI thread."""

    @property
    def training(self) -> Training:
        """Training as a child process."""

    @property
    def settings(self) -> Settings:
        """The values of the plugin's settings page whose id is the panel's id."""

    @property
    def secrets(self) -> Secrets:
        """The plugin's own secrets: the same as in its commands."""

    @property
    def messengers(self) -> Messengers:
        """The user's messengers, one list for all panels (version 1.4)."""

    @property
    def panels(self) -> Sequence[Panel]:
        """All panels that are there, in the order of the navigation (version 1.4)."""

    @property
    def state(self) -> dict[str, Any]:
        """Plain JSON values remembered between sessions: what was open, the sizes."""

    @property
    def data_folder(self) -> Path:
        """The plugin's own folder for data."""

    @property
    def results_folder(self) -> Path:
        """Where results are saved by default, under Pictures; made when it is asked for."""

    @property
    def device(self) -> Device | None:
        """The device, or None while it is not known yet (torch is not imported)."""

    def tr(self, text: str) -> str:
        """Translate ``text`` in the panel's context."""

    def notice_backends(self) -> Sequence[NoticeBackend]:
        """The notification backends, in the order in which they are tried.

        Send a test through one with ``backend.send(notice)``, in a worker thread.
        """

    def show_error(self, error: BaseException) -> None:
        """Show an error as a banner in the panel, with "copy details"."""

    def offer(
        self, message: str, advice: str, choices: Sequence[tuple[str, Callable[[], object]]]
    ) -> None:
        """Show a banner in the panel with a button for each choice (version 1.3).

        A choice is the text of the button, and the function that it calls; then the banner goes.
        The user may also close the banner without a choice.
        """

    def show_message(self, text: str) -> None:
        """Show a short sentence in the job bar, such as "Saved as a.png"."""

    def set_status(self, text: str) -> None:
        """Show at the right of the job bar what the panel runs on: model, milliseconds."""

    def give_files(self, panel_id: str, paths: Sequence[Path], purpose: str = "") -> None:
        """Show another panel, and give it files as if they were dropped there (version 1.4).

        They arrive in the ``open_files`` of its widget. With a ``purpose``, such as
        :data:`TRAINING`, a panel that knows it need not guess what they are for. Raises KeyError
        if there is no such panel; :attr:`panels` has those that there are.
        """


class TourGuide(Protocol):
    """Walks a panel through its real job, in the real window."""

    @property
    def folder(self) -> Path:
        """Where to leave the produced files."""

    def wait_until(self, condition: Callable[[], bool], timeout: float = 60.0) -> None:
        """Run the event loop until ``condition()``; raises TimeoutError after ``timeout`` s."""

    def screenshot(self, name: str) -> Path:
        """Save a picture of the whole window as ``name``.png."""

    def produced(self, path: Path) -> None:
        """Note a file that the panel produced; it must exist."""


@dataclass(frozen=True)
class ModelFormat:
    """A kind of model that a panel imports, also if its file is dropped elsewhere in the studio.

    Parameters
    ----------
    id, title
        Unique, and what the user reads; translated in the context of the panel.
    suffixes
        Suffixes of files that other programs wrote, in lower case: ``(".npz",)``.
    recognise
        ``"package.module:function"``: called with the path of such a file, in the engine process,
        it returns True if the file is of this format. It must not unpickle.
    architectures
        A ``.safetensors`` file is of this format if its card names one of these.
    panel
        Id of the panel that imports it; by default the plugin's first. The panel gets the files
        through ``open_files(paths)`` (:class:`kirara_studio.api.widgets.PanelWidget` has it).
    """

    id: str
    title: str
    suffixes: tuple[str, ...] = ()
    recognise: str = ""
    architectures: tuple[str, ...] = ()
    panel: str = ""

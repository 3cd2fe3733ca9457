"""Notices in the window, as banners, where no desktop would show them."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.notices import Notice
from kirara_studio.ui.banner import Banner, BannerArea


class NoticeBanners(QObject):
    """Shows notices above whatever is in front.

    Signals
    -------
    read(Notice)
        The user closed the banner, or did what it offers.
    activated(Notice, str)
        The user chose an action, or "" to open the notice's panel.
    """

    read = Signal(object)
    activated = Signal(object, str)

    def __init__(self, area: BannerArea) -> None:
        super().__init__(area)
        self._area = area
        self._shown: dict[str, Banner] = {}

    def show(self, notice: Notice) -> None:
        """Show the notice, in place of one with its id."""
        self.withdraw(notice.id)
        offers = [(action.title, action.id) for action in notice.actions]
        if notice.panel:
            offers.insert(0, (self.tr("Open"), ""))
        extras = [
            (title, functools.partial(self._choose, notice, action)) for title, action in offers
        ]
        banner = Banner(notice.title, notice.text, kind="info", extras=extras)
        banner = self._area.show_banner(banner)
        banner.closed.connect(lambda: self.read.emit(notice))
        # An equal banner of another notice may stand for this one, too.
        self._shown[notice.id or _key(notice)] = banner

    def withdraw(self, notice_id: str) -> None:
        """Take the banner of the notice with this id away."""
        banner = self._shown.pop(notice_id, None)
        if banner is not None and banner in self._area.banners:
            banner.closed.emit()

    def _choose(self, notice: Notice, action: str, *_: object) -> None:
        self.withdraw(notice.id or _key(notice))
        self.activated.emit(notice, action)


def _key(notice: Notice) -> str:
    """Stands for the id of a notice that has none."""
    return f"{notice.title}\n{notice.text}"

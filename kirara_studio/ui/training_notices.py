"""Banners about trainings that were interrupted, as by a crash or a reboot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from kirara_studio.engine.training import Run
from kirara_studio.ui.banner import Banner, BannerArea

translate = QCoreApplication.translate


def offer_to_resume(
    runs: Sequence[Run], area: BannerArea, show_error: Callable[[BaseException], None]
) -> None:
    """Show a banner for each of ``runs``, with a button that resumes it."""
    for run in runs:
        _offer(run, area, show_error)


def _offer(run: Run, area: BannerArea, show_error: Callable[[BaseException], None]) -> None:
    def resume() -> None:
        banner.closed.emit()
        try:
            run.resume()
        except Exception as error:
            show_error(error)

    banner = Banner(
        translate("widgets", "The training “{0}” was interrupted.").format(run.name),
        translate("widgets", "It can be resumed from its last checkpoint."),
        kind="attention",
        extras=[(lambda: translate("widgets", "Resume"), resume)],
    )
    area.show_banner(banner)

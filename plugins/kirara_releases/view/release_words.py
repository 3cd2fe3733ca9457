"""What is said of a release: in tool tips, to screen readers, in lists."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from kirara_releases.calendar.release import Release
from kirara_releases.view.texts import countdown_text, day_text
from kirara_releases.view_model import Agenda

translate = QCoreApplication.translate


def release_text(release: Release, agenda: Agenda, today: date) -> str:
    """Title, day, and all that is known of it, in lines."""
    mark = agenda.mark(release)
    lines = [
        release.magazine.title,
        f"{day_text(release.date, today)} · {countdown_text(release.date, today)}",
    ]
    if why := moved_text(release, today):
        lines.append(why)
    if mark.bought:
        lines.append(translate("releases", "Bought"))
    if mark.note:
        lines.append(mark.note if len(mark.note) <= 200 else f"{mark.note[:199]}…")
    return "\n".join(lines)


def moved_text(release: Release, today: date) -> str:
    """Why it comes out on another day than its rule's, or an empty text."""
    if release.rule_date is None:
        return translate("releases", "Extra; the rule has none in this month")
    if release.corrected:
        return translate("releases", "Corrected; by the rule it would be {0}").format(
            day_text(release.rule_date, today)
        )
    if release.date != release.nominal:
        return translate("releases", "Not on {0}, a Sunday or holiday").format(
            day_text(release.nominal, today)
        )
    return ""

"""Magazines from files on the disk, and what importing them would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kirara_releases.calendar.issue_titles import IssueTitle, fold_titles
from kirara_releases.calendar.magazine import Magazine, ReminderTime, id_for
from kirara_releases.calendar.release import releases_between
from kirara_releases.calendar.rules import SingleDates, month_later
from kirara_releases.feeds.content import LARGEST, read_content
from kirara_releases.feeds.entries import MONTHS_AHEAD, MONTHS_BACK, Event, FeedContent
from kirara_releases.storage.store import Events, Mark, Records
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_file
from kirara_studio.api.reading import reading
from kirara_studio.api.text import QT_TRANSLATE_NOOP

_DATES = QT_TRANSLATE_NOOP("releases", "{0} dates")
_DATE = QT_TRANSLATE_NOOP("releases", "1 date")
_ADDED = QT_TRANSLATE_NOOP("releases", "{0} new")
_MOVED = QT_TRANSLATE_NOOP("releases", "{0} moved")
_REMOVED = QT_TRANSLATE_NOOP("releases", "{0} removed")
_NOTED = QT_TRANSLATE_NOOP("releases", "{0} noted")
_KEPT = QT_TRANSLATE_NOOP("releases", "has a rule of its own, which stays")
_SAME = QT_TRANSLATE_NOOP("releases", "nothing new")


@dataclass(frozen=True)
class Listed:
    """What a file lists of one magazine.

    ``dates`` are in order; ``notes`` are the numbers of the issues, by date; ``events`` what a
    calendar gives about them, with those that are cancelled; ``remind`` the most frequent alarm.
    """

    dates: tuple[date, ...]
    notes: Mapping[date, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    remind: ReminderTime | None = None


@dataclass(frozen=True)
class Listing:
    """What a file lists; entries without a title get that of the calendar, or ``name``."""

    content: FeedContent
    name: str
    today: date | None = None

    def magazines(self, known: Iterable[str] = ()) -> dict[str, Listed]:
        """What it lists of each magazine, by title, without the numbers of issues.

        ``known`` are titles of magazines that there are already.
        """
        everything = [*self.content.entries, *(event.entry for event in self.content.events)]
        usual = self.content.name or self.name
        titles = fold_titles(((e.title or usual, e.date) for e in everything), set(known))

        def part(title: str) -> IssueTitle:
            return titles[title or usual]

        dates: dict[str, set[date]] = {}
        notes: dict[str, dict[date, str]] = {}
        events: dict[str, list[Event]] = {}
        for entry in self.content.entries:
            title, issue, _ = part(entry.title)
            dates.setdefault(title, set()).add(entry.date)
            if issue:
                earlier = notes.setdefault(title, {}).get(entry.date)
                notes[title][entry.date] = f"{earlier}, {issue}" if earlier else issue
        for event in self.content.events:
            events.setdefault(part(event.entry.title).title, []).append(event)
        return {
            title: Listed(
                tuple(sorted(dates.get(title, ()))),
                notes.get(title, {}),
                tuple(events.get(title, ())),
                usual_reminder(events.get(title, ())),
            )
            for title in (*dates, *(title for title in events if title not in dates))
        }


def usual_reminder(events: Iterable[Event]) -> ReminderTime | None:
    """The most frequent time of the alarms; None if there are none."""
    found = Counter(event.remind for event in events if event.remind and not event.cancelled)
    return found.most_common(1)[0][0] if found else None


def read_file(
    path: Path, *, today: date | None = None, check: Callable[[], None] = lambda: None
) -> Listing:
    """What an iCalendar or JSON file lists, perhaps packed by gzip.

    Bounds are those of feeds: 5 MB, 5,000 dates, recurrences from two years before ``today`` (the
    day in Japan) to ten after. ``check`` is called now and then and may raise to stop. Raises
    UserError if the file cannot be read, is not a calendar, or has no dates.
    """
    path = Path(path)
    content = read_content(_data(path), path.name, today=today, check=check)
    if not content.entries and not content.events:
        raise UserError("“{file}” lists no dates.", advice="Choose another file.", file=path.name)
    return Listing(content, Path(path.name.removesuffix(".gz")).stem, today)


@dataclass(frozen=True)
class Candidate:
    """A magazine that could be imported; ``known`` is the one that it would replace, if any.

    ``added``, ``moved`` (from, to) and ``removed`` are what becomes of single dates; ``notes`` are
    the numbers of issues, by date; ``events`` what is remembered for the next import.
    """

    magazine: Magazine
    known: Magazine | None = None
    added: tuple[date, ...] = ()
    moved: tuple[tuple[date, date], ...] = ()
    removed: tuple[date, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    events: Events = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """True if importing it changes anything that can be seen."""
        return self.magazine != self.known or bool(self.notes)

    def changes(self, translate: Callable[[str], str]) -> list[str]:
        """What importing it changes, as in “1 moved: 12/9 → 12/11”."""
        rule = self.magazine.rule
        if self.known is None:
            count = len(rule.dates) if isinstance(rule, SingleDates) else 0
            return [translate(_DATES if count > 1 else _DATE).format(count)] if count else []
        found = []
        if self.moved:
            days = ", ".join(f"{_short(old)} → {_short(new)}" for old, new in self.moved[:3])
            found.append(f"{translate(_MOVED).format(len(self.moved))}: {days}")
        counts = (
            (_ADDED, len(self.added)), (_REMOVED, len(self.removed)), (_NOTED, len(self.notes)),
        )  # fmt: skip
        found += [translate(text).format(count) for text, count in counts if count]
        if not found and not self.is_new:
            found.append(translate(_SAME if isinstance(rule, SingleDates) else _KEPT))
        return found

    def text(self, translate: Callable[[str], str]) -> str:
        """Its title, and the :meth:`changes`."""
        changes = ", ".join(self.changes(translate))
        return f"{self.magazine.title} ({changes})" if changes else self.magazine.title


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"


def candidates(
    found: Sequence[Magazine | Listing],
    current: Sequence[Magazine],
    records: Records,
) -> list[Candidate]:
    """What importing ``found`` means, given the current magazines and their ``records``.

    Single dates join those of a magazine with the same title, or with the same events: one that
    has moved since the last import moves, with its marks, and a cancelled one goes. A magazine with
    a rule of its own keeps it. A magazine with a rule, from a list, replaces the one with its id.
    """
    taken = {magazine.id for magazine in current}
    result = []
    for one in found:
        if isinstance(one, Magazine):
            result.append(_from_list(one, current, taken, records))
            taken.add(result[-1].magazine.id)
            continue
        for title, listed in one.magazines(m.title for m in current).items():
            known = _known(title, listed, current, records)
            if known is not None:
                result.append(_joined(known, listed, one.today or date.today(), records))
            elif listed.dates:
                rule = SingleDates(listed.dates)
                magazine = Magazine(id_for(title, taken), title, rule, remind=listed.remind)
                taken.add(magazine.id)
                notes = {day.isoformat(): note for day, note in listed.notes.items()}
                events = _events(listed)
                result.append(Candidate(magazine, added=listed.dates, notes=notes, events=events))
    return result


def _from_list(
    magazine: Magazine, current: Sequence[Magazine], taken: set[str], records: Records
) -> Candidate:
    if not isinstance(magazine.rule, SingleDates):
        known = next((m for m in current if m.id == magazine.id), None)
        return Candidate(magazine, known)
    listed = Listed(magazine.rule.dates)
    known = _known(magazine.title, listed, current, records)
    if known is None:
        return Candidate(replace(magazine, id=id_for(magazine.title, taken)))
    return _joined(known, listed, date.today(), records)


def records_of(chosen: Iterable[Candidate], before: Records) -> tuple[Records, Records]:
    """What the import of ``chosen`` changes in the records: as it was, and as it becomes.

    Marks follow issues that move; the number of an issue becomes its note if it has none.
    """
    marks: dict[tuple[str, str], Mark] = {}
    events: dict[str, Events] = {}
    for candidate in chosen:
        name = candidate.magazine.id
        moving = [(old.isoformat(), new.isoformat()) for old, new in candidate.moved]
        carried = {new: before.marks.get((name, old), Mark()) for old, new in moving}
        marks |= {(name, old): Mark() for old, _ in moving}
        for issue in {*carried, *candidate.notes}:
            here, come = before.marks.get((name, issue), Mark()), carried.get(issue, Mark())
            if (name, issue) in marks:  # that issue moves away itself
                here = Mark()
            note = here.note or come.note or candidate.notes.get(issue, "")
            marks[name, issue] = Mark(here.bought or come.bought, note)
        events[name] = candidate.events
    old_marks = {key: before.marks.get(key, Mark()) for key in marks}
    old_events = {name: before.events.get(name, {}) for name in events}
    return Records(old_marks, old_events), Records(marks, events)


def _known(
    title: str, listed: Listed, current: Sequence[Magazine], records: Records
) -> Magazine | None:
    """The magazine with a title, or, if it was renamed, the one that most of the events are of."""
    if (same := next((m for m in current if m.title == title), None)) is not None:
        return same
    uids = {event.uid for event in listed.events if event.uid}
    shared = {
        magazine.id: len({uid for uid, _ in records.events.get(magazine.id, {})} & uids)
        for magazine in current
    }
    best = max(current, key=lambda magazine: shared[magazine.id], default=None)
    return best if best is not None and shared[best.id] else None


def _joined(known: Magazine, listed: Listed, today: date, records: Records) -> Candidate:
    """A magazine that there is already, with what a file lists of it."""
    if not isinstance(known.rule, SingleDates):
        return Candidate(known, known, notes=_notes(known, listed.notes, records))
    before = records.events.get(known.id, {})
    after = _after(before, listed.events, today)
    away = {day for key, day in before.items() if after.get(key) != day} - set(after.values())
    dates = set(known.rule.dates)
    gone = dates & away
    # An event that is as it was may have been changed or removed by the user since then.
    without_events = set(listed.dates) - {event.entry.date for event in listed.events if event.uid}
    come = without_events | {day for key, day in after.items() if before.get(key) != day}
    wanted = (dates - gone) | come
    moved = _moves(before, after, dates)
    magazine = known if wanted == dates else replace(known, rule=SingleDates(tuple(sorted(wanted))))
    return Candidate(
        magazine,
        known,
        tuple(sorted(wanted - dates - {new for _, new in moved})),
        moved,
        tuple(sorted(gone - {old for old, _ in moved})),
        _notes(magazine, listed.notes, records, {new.isoformat() for _, new in moved}),
        after,
    )


def followed(
    magazine: Magazine,
    events: Sequence[Event],
    dates: Collection[date],
    today: date,
    records: Records,
) -> Candidate:
    """What becomes of a magazine whose feed had ``dates``, and now comes with ``events``."""
    before = records.events.get(magazine.id, {})
    after = _after(before, events, today)
    return Candidate(magazine, magazine, moved=_moves(before, after, dates), events=after)


def _moves(before: Events, after: Events, dates: Collection[date]) -> tuple[tuple[date, date], ...]:
    """From which of the ``dates`` events have moved, and to which."""
    staying = {day for key, day in after.items() if before.get(key) == day}
    found = {(before[key], day) for key, day in after.items() if key in before}
    return tuple(
        sorted(
            (old, new) for old, new in found if old != new and old in dates and old not in staying
        )
    )


def _events(listed: Listed) -> dict[tuple[str, str], date]:
    return {
        (event.uid, event.occurrence): event.entry.date
        for event in listed.events
        if event.uid and not event.cancelled
    }


def _after(before: Events, events: Sequence[Event], today: date) -> dict[tuple[str, str], date]:
    """What is known of all events after these came."""
    now = _events(Listed((), events=tuple(events)))
    cancelled = {(event.uid, event.occurrence) for event in events if event.cancelled}
    listed = {uid for uid, _ in now}
    first, last = month_later(today, -MONTHS_BACK), month_later(today, MONTHS_AHEAD)

    def stays(uid: str, occurrence: str, day: date) -> bool:
        if (uid, "") in cancelled or (uid, occurrence) in cancelled:
            return False
        return uid not in listed or not first <= day <= last

    kept = {(uid, at): day for (uid, at), day in before.items() if stays(uid, at, day)}
    return {**kept, **now}


def _notes(
    magazine: Magazine,
    notes: Mapping[date, str],
    records: Records,
    moved: Iterable[str] = (),
) -> dict[str, str]:
    """The notes by issue, for issues that have none yet."""
    if not notes:
        return {}
    issues = {
        release.date: release.issue
        for release in releases_between([magazine], min(notes), max(notes))
    }
    found = {issues[day]: note for day, note in notes.items() if day in issues}
    return {
        issue: note
        for issue, note in found.items()
        if issue not in moved and not records.marks.get((magazine.id, issue), Mark()).note
    }


def _data(path: Path) -> bytes:
    if exists(path) and not is_file(path):
        raise UserError("“{path}” is not a file.", advice="Choose a .ics or .json file.", path=path)
    with (
        reading(path, "“{path}” cannot be read: {reason}.", advice="Choose another file."),
        path.open("rb") as file,
    ):
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UserError(
            "“{file}” has more than {megabytes:g} MB, too much for a list of release dates.",
            advice="Choose another file.",
            file=path.name,
            megabytes=LARGEST / 1e6,
        )
    return data

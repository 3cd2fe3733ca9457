"""Generated calendars give the same days as dateutil and as recurring-ical-events by itself.

Each calendar is made twice: *clean*, as recurring-ical-events reads it, and as it is met in the
field: with empty lines, folded inside characters, its own time zones, names of zones in other
case, old versions of events. What dateutil gives is computed from the description alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rruleset, rrulestr

from kirara_releases.feeds.content import read_content

TODAY = date(2026, 12, 1)
FIRST, LAST = date(2025, 1, 1), date(2031, 11, 1)  # well inside the window of the reader
JAPAN = ZoneInfo("Asia/Tokyo")
FEEDS = 240

ZONES = {
    "whole days": None, "floating": None, "utc": "UTC", "tokyo": "Asia/Tokyo",
    "system zone": "America/New_York", "own zone": "America/Los_Angeles",
    "zone of the calendar": "Europe/Berlin",
}  # fmt: skip
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0700
TZOFFSETTO:-0800
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0800
TZOFFSETTO:-0700
END:DAYLIGHT
END:VTIMEZONE
""".splitlines()
RULES = (
    "FREQ=DAILY;COUNT={n}", "FREQ=DAILY;INTERVAL=9;COUNT={n}", "FREQ=WEEKLY", "FREQ=MONTHLY",
    "FREQ=WEEKLY;COUNT={n}", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT={n}",
    "FREQ=WEEKLY;WKST=SU;INTERVAL=3;BYDAY=SU,SA;COUNT={n}", "FREQ=MONTHLY;COUNT={n}",
    "FREQ=MONTHLY;BYDAY=2FR;COUNT={n}", "FREQ=MONTHLY;BYDAY=-1WE", "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTHDAY=9,19,24,28", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYMONTHDAY=31;COUNT={n}", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYMONTH=1,7;BYDAY=1SU", "FREQ=YEARLY;BYYEARDAY=100,-1", "FREQ=MONTHLY;INTERVAL=5",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "FREQ=DAILY;BYMONTH=12;BYDAY=SA,SU",
)  # fmt: skip


@dataclass
class Series:
    """An event as it is meant: wall times in its zone."""

    uid: str
    kind: str
    start: datetime
    rule: str = ""
    more: list[datetime] = field(default_factory=list)
    fewer: list[datetime] = field(default_factory=list)
    moved: dict[datetime, datetime] = field(default_factory=dict)
    cancelled: list[datetime] = field(default_factory=list)
    later: tuple[datetime, timedelta] | None = None
    versions: int = 0

    def wall_times(self) -> list[datetime]:
        """By dateutil: the times of all occurrences, before single ones are moved."""
        found = rruleset()
        if self.rule:
            found.rrule(rrulestr(self.rule, dtstart=self.start, ignoretz=True))
        for moment in (self.start, *self.more):
            found.rdate(moment)
        for moment in self.fewer:
            found.exdate(moment)
        last = datetime.combine(LAST + timedelta(40), time())
        return found.between(datetime(2020, 1, 1), last, inc=True)

    def days(self) -> set[date]:
        """The days in Japan on which it should be."""
        found = []
        for moment in self.wall_times():
            if moment in self.cancelled:
                continue
            if self.later and moment >= self.later[0]:
                moment += self.later[1]
            found.append(self.moved.get(moment, moment))
        zone = ZONES[self.kind]
        if zone is None:
            return {moment.date() for moment in found}
        return {m.replace(tzinfo=ZoneInfo(zone)).astimezone(JAPAN).date() for m in found}

    def line(self, name: str, *moments: datetime, clean: bool) -> str:
        """A property with these times, in this event's zone."""
        zone, kind = ZONES[self.kind], self.kind
        if kind == "whole days":
            return f"{name};VALUE=DATE:" + ",".join(f"{m:%Y%m%d}" for m in moments)
        times = ",".join(f"{m:%Y%m%dT%H%M%S}" + ("Z" if kind == "utc" else "") for m in moments)
        if kind in ("floating", "utc") or (kind == "zone of the calendar" and not clean):
            return f"{name}:{times}"
        dirty = '"Customized Time Zone"' if kind == "own zone" else str(zone).lower()
        return f"{name};TZID={zone if clean else dirty}:{times}"

    def events(self, *, clean: bool) -> list[list[str]]:
        """The lines of its events."""
        title = f"SUMMARY:まんがタイム{self.uid}"
        head = [f"UID:{self.uid}", title, f"SEQUENCE:{self.versions}", "DTSTAMP:20260101T000000Z"]
        whole = [*head, self.line("DTSTART", self.start, clean=clean)]
        if self.rule:
            whole.append(f"RRULE:{self.rule}")
        for name, moments in (("RDATE", self.more), ("EXDATE", self.fewer)):
            if moments:
                whole.append(self.line(name, *moments, clean=clean))
            elif not clean:
                whole.append(f"{name}:")
        if not clean and not self.rule:
            whole.append("RRULE:")
        found = [whole]
        for original, new in self.moved.items():
            again = ["RRULE:FREQ=WEEKLY"] if not clean else []  # one occurrence has no rule
            found.append(
                [*head, self.line("RECURRENCE-ID", original, clean=clean),
                 self.line("DTSTART", new, clean=clean), *again]
            )  # fmt: skip
        for original in self.cancelled:
            found.append(
                [*head, self.line("RECURRENCE-ID", original, clean=clean),
                 self.line("DTSTART", original, clean=clean), "STATUS:CANCELLED"]
            )  # fmt: skip
        if self.later:
            original, shift = self.later
            line = self.line("RECURRENCE-ID", original, clean=clean)
            line = line.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE", 1)
            found.append([*head, line, self.line("DTSTART", original + shift, clean=clean)])
        if not clean:
            for version in range(self.versions):
                old = self.line("DTSTART", self.start + timedelta(version + 1), clean=clean)
                found.insert(0, [head[0], title, f"SEQUENCE:{version}", old])
        return found


def made(chance: random.Random) -> Series:
    """A series of any kind."""
    kind = chance.choice(list(ZONES))
    start = datetime(chance.randint(2025, 2027), chance.randint(1, 12), chance.randint(1, 28))
    if kind != "whole days":
        start += timedelta(hours=chance.randint(4, 23), minutes=chance.choice((0, 30)))
    series = Series(f"{chance.randrange(10**9)}@x", kind, start)
    if chance.random() < 0.8:
        series.rule = chance.choice(RULES).format(n=chance.randint(2, 30))
    if series.rule and "COUNT" not in series.rule and chance.random() < 0.5:
        end = start + timedelta(days=chance.randint(400, 700))
        # It is in UTC and the times are not: none may lie near it.
        if all(abs(moment - end) > timedelta(days=2) for moment in series.wall_times()):
            series.rule += f";UNTIL={end:%Y%m%d}" + ("" if kind == "whole days" else "T120000Z")
    if chance.random() < 0.3:
        series.more = [start + timedelta(days=n) for n in chance.sample(range(1, 300), 3)]
    times = series.wall_times()
    if series.rule and chance.random() < 0.4:
        series.fewer = chance.sample(times[1:20], min(len(times[1:20]), 2))
    left = [t for t in times[1:20] if t not in series.fewer and t not in series.more]
    if series.rule and left and chance.random() < 0.6:
        chance.shuffle(left)
        what = chance.choice(("moved", "cancelled", "later", "later"))
        if what == "moved":
            series.moved = {t: t + timedelta(days=chance.choice((-1, 1, 40))) for t in left[:2]}
        elif what == "cancelled":
            series.cancelled = left[:2]
        elif not series.more and not series.fewer:
            series.later = (left[0], timedelta(days=chance.choice((1, 2, -1))))
    series.versions = chance.choice((0, 0, 0, 0, 1, 2))
    if series.versions:
        series.moved, series.cancelled, series.later = {}, [], None
    return series


def written(all_series: list[Series], chance: random.Random | None) -> bytes:
    """The calendar; as it is met in the field if there is a ``chance``."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    if chance is not None:
        # A floating time means the zone of the calendar if there is one.
        floating = any(series.kind == "floating" for series in all_series)
        zone = "" if floating else ZONES["zone of the calendar"]
        lines += [*OWN_ZONE, f"X-WR-TIMEZONE:{zone}"]
    events = [event for series in all_series for event in series.events(clean=chance is None)]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    lines += ["END:VCALENDAR", ""]
    newline = chance.choice(("\r\n", "\n", "\r")) if chance else "\r\n"
    data = newline.join(lines).encode()
    if chance is None:
        return data
    folded = bytearray()
    for line in data.split(newline.encode()):
        fold = len(line) > 1 and line != b"BEGIN:VCALENDAR" and chance.random() < 0.3
        place = chance.randrange(1, len(line)) if fold else 0
        folded += line[:place] + (f"{newline} ".encode() if place else b"") + line[place:]
        folded += newline.encode()
    return bytes(folded)


def by_recurring_ical_events(data: bytes) -> set[date]:
    """The days in Japan, by that library alone."""
    found = set()
    calendar = icalendar.Calendar.from_ical(data)
    query = recurring_ical_events.of(calendar)
    for event in query.between(FIRST - timedelta(40), LAST + timedelta(40)):
        start = event["DTSTART"].dt
        if str(event.get("STATUS", "")) != "CANCELLED":
            aware = isinstance(start, datetime) and start.tzinfo is not None
            start = start.astimezone(JAPAN) if aware else start
            found.add(start.date() if isinstance(start, datetime) else start)
    return found


def inside(days: set[date]) -> list[date]:
    return sorted(day for day in days if FIRST <= day <= LAST)


@pytest.mark.parametrize("part", range(8))
def test_generated_calendars_give_the_right_days(part: int) -> None:
    for number in range(part * FEEDS // 8, (part + 1) * FEEDS // 8):
        chance = random.Random(number)
        all_series = [made(chance) for _ in range(chance.randint(1, 3))]
        if any(series.kind == "floating" for series in all_series):
            all_series = [s for s in all_series if s.kind != "zone of the calendar"]
        data = written(all_series, chance)
        content = read_content(data, "x", today=TODAY)
        found = inside(set(content.dates))
        expected: set[date] = set().union(*(series.days() for series in all_series))
        assert content.skipped == 0, data.decode("utf-8", "replace")
        assert found == inside(expected), f"feed {number}, by dateutil: {all_series}"
        clean = written(all_series, None)
        assert found == inside(by_recurring_ical_events(clean)), f"feed {number}: {clean.decode()}"


def test_the_feeds_are_of_every_kind() -> None:
    everything = []
    for number in range(FEEDS):
        chance = random.Random(number)
        everything += [made(chance) for _ in range(chance.randint(1, 3))]
    for kind in ZONES:
        assert sum(series.kind == kind for series in everything) > 30
    for name in ("rule", "more", "fewer", "moved", "cancelled", "later", "versions"):
        assert sum(bool(getattr(series, name)) for series in everything) > 15, name
    assert len({series.rule.partition(";COUNT")[0] for series in everything}) > 15


def test_nothing_of_a_cancelled_calendar_is_left() -> None:
    for number in range(20):
        data = written([made(random.Random(number))], random.Random(number))
        cancelled = data.replace(b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\nMETHOD:CANCEL", 1)
        assert read_content(cancelled, "x", today=TODAY).entries == ()

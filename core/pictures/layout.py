"""Where everything stands in a picture: boxes and words, mirrored for who reads from the right. Pure."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from core.kernel.phrases import Moment, phrase
from core.kernel.principal import Locale
from core.pictures.models import Bar, Kind, Timeline
from core.texts import is_right_to_left, on_one_line, say

WIDTH = 1080
"""Pixels; what phones show at full width."""
_EDGE, _HEAD, _AXIS, _FOOT = 36, 132, 44, 96
_NAMES = 176
"""Width of the rooms' names."""
_LANE, _GAP, _PAD = 88, 6, 9
_MOST_HEIGHT = 1350
_MOST_LANES = 3
"""Sessions at one time in one room that are drawn; a shared room may have more, which change nothing here."""
_ELLIPSIS = "\u2026"
_TITLE, _SMALL, _NAME = 21, 18, 23
_BOLD = 1.06
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!()[]\"\u05f3\u05f4\u05d5\u05d9\u05df\u05d6\u05d2", 0.34),
    **dict.fromkeys("frt -/\u05be", 0.38),
    **dict.fromkeys("mwMW@%&", 0.88),
}
_WIDTH_OF_CAPITAL, _WIDTH_OF_LETTER = 0.68, 0.55
"""Widths of the font's letters as parts of the size, rather a little too much than too little."""
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So"})
"""Categories of characters that the font has no picture for, or that have none."""

Ink: TypeAlias = Literal["text", "quiet", "other", "now", "proposed", "collides"]
Anchor: TypeAlias = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line of text; ``x`` is its left edge, its middle or its right edge, ``y`` its base line."""

    x: float
    y: float
    text: str
    size: int = _SMALL
    bold: bool = False
    anchor: Anchor = "start"
    ink: Ink = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle: a session, a sample of the legend, or a row's ground."""

    x: float
    y: float
    width: float
    height: float
    kind: Kind | Literal["row", "hour"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything of one picture, in the order in which it is drawn."""

    height: int
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]


def lay_out(timeline: Timeline, locale: Locale) -> Layout:
    """Return the places of everything; in a language that is read from the right, time runs to the left."""
    lanes = {room: _in_lanes([bar for bar in timeline.bars if bar.room == room]) for room in timeline.rooms}
    tops, bottom = _rows(timeline.rooms, lanes)
    if bottom + _FOOT > _MOST_HEIGHT:
        lanes = {room: _thinned(placed) for room, placed in lanes.items()}
        tops, bottom = _rows(timeline.rooms, lanes)
    page = _Page(timeline, locale, bottom)
    boxes: list[Box] = [
        Box(x=_EDGE, y=tops[room], width=WIDTH - 2 * _EDGE, height=_height(lanes[room]), kind="row")
        for place, room in enumerate(timeline.rooms)
        if place % 2 == 0
    ]
    words = [*page.head(), *page.hours(), *page.names(tops, lanes)]
    boxes += page.lines()
    for room in timeline.rooms:
        for bar, lane in lanes[room]:
            box = page.box(bar, tops[room] + _GAP + lane * _LANE)
            boxes.append(box)
            words += page.title(bar, box)
    legend_boxes, legend_words = page.legend()
    boxes, words = [*boxes, *legend_boxes], [*words, *legend_words]
    if is_right_to_left(locale):
        boxes = [replace(each, x=WIDTH - each.x - each.width) for each in boxes]
        mirrored: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
        words = [replace(each, x=WIDTH - each.x, anchor=mirrored[each.anchor]) for each in words]
    return Layout(bottom + _FOOT, tuple(boxes), tuple(words))


def fitting(text: str, width: float, size: int, *, bold: bool = False) -> str:
    """Return a text that is at most so wide, its end marked where it had to be cut; empty where nothing fits."""
    if width_of(text, size, bold=bold) <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        cut = text[:end].rstrip() + _ELLIPSIS
        if width_of(cut, size, bold=bold) <= width:
            return cut
    return ""


def wrapped(text: str, width: float, size: int) -> tuple[str, ...]:
    """Return a title, which is bold, on at most two lines of this width."""
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        first = " ".join(words[:count])
        if width_of(first, size, bold=True) <= width:
            rest = " ".join(words[count:])
            return (first, fitting(rest, width, size, bold=True)) if rest else (first,)
    return (fitting(text, width, size, bold=True),)


def width_of(text: str, size: int, *, bold: bool = False) -> float:
    """Return about how wide a text is, in pixels."""
    em = sum(_WIDTHS.get(each, _WIDTH_OF_CAPITAL if each.isupper() else _WIDTH_OF_LETTER) for each in text)
    return em * size * (_BOLD if bold else 1)


def readable(text: str) -> str:
    """Return somebody's text on one line, without what the font cannot show."""
    shown = "".join(letter for letter in on_one_line(text) if unicodedata.category(letter) not in _UNSHOWN)
    return " ".join(shown.split()) or _ELLIPSIS


@dataclass(frozen=True, slots=True)
class _Page:
    timeline: Timeline
    locale: Locale
    bottom: int

    def head(self) -> list[Words]:
        zone = ZoneInfo(self.timeline.zone)
        day = self.timeline.start.astimezone(zone).date()
        title = say(self.locale, phrase("picture-title", day=day))
        at = say(self.locale, phrase("picture-at", at=Moment(self.timeline.at, self.timeline.zone)))
        place = say(self.locale, phrase("picture-zone", zone=self.timeline.zone))
        event = fitting(readable(self.timeline.event), WIDTH - 2 * _EDGE, 36, bold=True)
        return [
            Words(x=_EDGE, y=62, text=event, size=36, bold=True),
            Words(x=_EDGE, y=104, text=title, size=26),
            Words(x=WIDTH - _EDGE, y=104, text=f"{at} \u00b7 {place}", size=18, anchor="end", ink="quiet"),
        ]

    def hours(self) -> list[Words]:
        y = _HEAD + _AXIS - 14
        return [
            Words(x=self.x(at), y=y, text=f"{at.astimezone(ZoneInfo(self.timeline.zone)):%H:%M}", anchor="middle")
            for at in self._full_hours()
        ]

    def lines(self) -> list[Box]:
        return [
            Box(x=self.x(at), y=_HEAD + _AXIS, width=1, height=self.bottom - _HEAD - _AXIS, kind="hour")
            for at in self._full_hours()
        ]

    def names(self, tops: dict[str, int], lanes: dict[str, list[tuple[Bar, int]]]) -> list[Words]:
        width = _NAMES - 2 * _PAD
        return [
            Words(
                x=_EDGE + _PAD,
                y=tops[room] + _height(lanes[room]) / 2 + _NAME / 3,
                text=fitting(readable(room), width, _NAME, bold=True),
                size=_NAME,
                bold=True,
            )
            for room in self.timeline.rooms
        ]

    def box(self, bar: Bar, y: float) -> Box:
        left, right = self.x(max(bar.start, self.timeline.start)), self.x(min(bar.end, self.timeline.end))
        return Box(x=left + 1, y=y, width=max(right - left - 2, 4), height=_LANE - _GAP, kind=bar.kind)

    def title(self, bar: Bar, box: Box) -> list[Words]:
        starts = bar.start.astimezone(ZoneInfo(self.timeline.zone))
        room = box.width - 2 * _PAD
        title = wrapped(readable(bar.title), room, _TITLE)
        lines = [(text, _TITLE, True) for text in title]
        lines.append((fitting(f"{starts:%H:%M}", room, _SMALL), _SMALL, False))
        return [
            Words(x=box.x + _PAD, y=box.y + 25 + 25 * place, text=text, size=size, bold=bold, ink=bar.kind)
            for place, (text, size, bold) in enumerate(lines)
            if text.strip(_ELLIPSIS)
        ]

    def legend(self) -> tuple[list[Box], list[Words]]:
        kinds: tuple[Kind, ...] = ("now", "proposed", "collides", "other")
        shown: list[Kind] = [kind for kind in kinds if any(bar.kind == kind for bar in self.timeline.bars)]
        boxes: list[Box] = []
        words: list[Words] = []
        x, y = float(_EDGE), self.bottom + 28
        for kind in shown:
            text = say(self.locale, phrase(f"picture-kind-{kind}"))
            boxes.append(Box(x=x, y=y, width=34, height=24, kind=kind))
            words.append(Words(x=x + 44, y=y + 19, text=text))
            x += 44 + width_of(text, _SMALL) + 36
        if self.timeline.more_rooms:
            text = say(self.locale, phrase("picture-more-rooms", count=self.timeline.more_rooms))
            words.append(Words(x=WIDTH - _EDGE, y=y + 19, text=text, anchor="end", ink="quiet"))
        return boxes, words

    def x(self, at: datetime) -> float:
        """Return the place of a moment, from the left."""
        whole = (self.timeline.end - self.timeline.start).total_seconds()
        part = (at - self.timeline.start).total_seconds() / whole
        return round(_EDGE + _NAMES + part * (WIDTH - 2 * _EDGE - _NAMES), 1)

    def _full_hours(self) -> Iterator[datetime]:
        """Yield the hours that are written above: each, or every second one where there are many."""
        step = timedelta(hours=1 if self.timeline.end - self.timeline.start <= timedelta(hours=7) else 2)
        # In the zone's own hours, which begin at other minutes than the world's in a few places.
        local = self.timeline.start.astimezone(ZoneInfo(self.timeline.zone))
        at = self.timeline.start + timedelta(minutes=-local.minute % 60)
        while at <= self.timeline.end - step / 4:
            if at > self.timeline.start:
                yield at
            at += step


def _in_lanes(bars: Sequence[Bar]) -> list[tuple[Bar, int]]:
    """Return each bar with its lane, so that what stands in one room at one time is drawn below each other."""
    ends: list[datetime] = []
    placed: list[tuple[Bar, int]] = []
    for bar in sorted(bars, key=lambda each: (each.start, each.kind != "other", each.title)):
        lane = next((number for number, end in enumerate(ends) if end <= bar.start), len(ends))
        if lane >= _MOST_LANES and bar.kind == "other":
            continue
        ends[lane : lane + 1] = [bar.end]
        placed.append((bar, lane))
    return placed


def _thinned(placed: list[tuple[Bar, int]]) -> list[tuple[Bar, int]]:
    """Return the first lane alone of a room in which nothing moves and nothing is in the way."""
    return placed if any(bar.kind != "other" for bar, _ in placed) else [each for each in placed if each[1] == 0]


def _height(lanes: list[tuple[Bar, int]]) -> int:
    return (max((lane for _, lane in lanes), default=0) + 1) * _LANE + _GAP


def _rows(rooms: Sequence[str], lanes: dict[str, list[tuple[Bar, int]]]) -> tuple[dict[str, int], int]:
    """Return the top of each room's row, and where the last one ends."""
    tops: dict[str, int] = {}
    y = _HEAD + _AXIS
    for room in rooms:
        tops[room] = y
        y += _height(lanes[room])
    return tops, y

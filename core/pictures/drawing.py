"""A layout as a PNG: written as SVG, its text shaped and ordered (Hebrew, English and digits mixed) by resvg."""

import unicodedata
from html import escape
from pathlib import Path

from resvg_py import svg_to_bytes

from core.kernel.principal import Locale
from core.pictures.layout import WIDTH, Box, Ink, Layout, Words, lay_out
from core.pictures.models import Timeline

_FONTS = [str(path) for path in sorted(Path(__file__).with_name("fonts").glob("*.ttf"))]
"""Rubik, under the Open Font License: Latin, Hebrew, Cyrillic and Arabic. No font of the machine is used."""
_FAMILY = "Rubik"
_RIGHT_TO_LEFT_ISOLATE, _POP = "\u2067", "\u2069"
_INKS: dict[Ink, str] = {
    "text": "#111827",
    "quiet": "#4b5563",
    "other": "#374151",
    "now": "#1d4ed8",
    "proposed": "#ffffff",
    "collides": "#7a1b12",
}
"""Each at least 4.5:1 against what it stands on (WCAG 2.2, 1.4.3)."""
_BOXES = {
    "row": 'fill="#f7f8fa"',
    "hour": 'fill="#dfe3e8"',
    "other": 'fill="#e9ecf1" stroke="#c3cad5"',
    "now": 'fill="#ffffff" stroke="#1d4ed8" stroke-width="2.5" stroke-dasharray="8 5"',
    "proposed": 'fill="#1d4ed8" stroke="#1e3a8a" stroke-width="2"',
    "collides": 'fill="url(#hatch)" stroke="#b42318" stroke-width="2.5"',
}
_HATCH = (
    '<defs><pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="12" height="12" fill="#fdeceb"/><rect width="4" height="12" fill="#f9d3d0"/></pattern></defs>'
)
"""What is in the way is told by its pattern too: not everybody sees the colour."""


def draw(timeline: Timeline, locale: Locale) -> bytes:
    """Return the picture as PNG, 1080 pixels wide; a large one takes a fifth of a second of a processor."""
    return png(lay_out(timeline, locale))


def png(layout: Layout) -> bytes:
    """Return a layout as PNG."""
    return svg_to_bytes(
        svg_string=svg(layout), background="#ffffff", skip_system_fonts=True, font_files=_FONTS, font_family=_FAMILY
    )


def svg(layout: Layout) -> str:
    """Return a layout as SVG; every word of somebody's is escaped."""
    drawn = [*map(_box, layout.boxes), *map(_words, layout.words)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{layout.height}" font-family="{_FAMILY}">'
        f"{_HATCH}{''.join(drawn)}</svg>"
    )


def _box(box: Box) -> str:
    radius = 0 if box.kind in {"row", "hour"} else 7
    place = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{radius}"'
    return f"<rect {place} {_BOXES[box.kind]}/>"


def _words(words: Words) -> str:
    weight = 600 if words.bold else 400
    place = f'x="{words.x:g}" y="{words.y:g}" text-anchor="{words.anchor}"'
    look = f'font-size="{words.size}" font-weight="{weight}" fill="{_INKS[words.ink]}"'
    return f"<text {place} {look}>{escape(_ordered(words.text))}</text>"


def _ordered(text: str) -> str:
    """Let a line run the way of its first letter: by itself SVG takes every line for one that runs to the right."""
    strong = next((way for letter in text if (way := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}), "L")
    return text if strong == "L" else f"{_RIGHT_TO_LEFT_ISOLATE}{text}{_POP}"

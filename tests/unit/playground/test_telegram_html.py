"""Telegram's HTML mode as its own library parses it: what people read, and what is refused in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.playground.telegram_html import BadMarkup, read_html, units
from bots.telegram.text import escape


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("שלום <b>עולם</b>", "שלום עולם"),
        ("<B>case</b>", "case"),
        ("<b><i>in</i> out</b>", "in out"),
        ("<i>short end</>", "short end"),
        ("<b >spaces</b   >", "spaces"),
        ('<a href="https://x.example/?a=1&amp;b=2">link</a>', "link"),
        ("<a href='x'>quoted</a><a href=x.example>bare</a>", "quotedbare"),
        ("<blockquote expandable>long</blockquote>", "long"),
        ('<pre><code class="language-sql">select</code></pre>', "select"),
        ('<span class="tg-spoiler">who</span><tg-spoiler>dunnit</tg-spoiler>', "whodunnit"),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "'),
        ("&lt b", "< b"),
        ("&#1488;&#x5D0;", "אא"),
        ("&nbsp; &copy; & && &;", "&nbsp; &copy; & && &;"),
        ("&#0; &#1114112; &#99999999999999999999;", "&#0; &#1114112; &#99999999999999999999;"),
        ("a > b", "a > b"),
    ],
)
def test_what_people_read(markup: str, text: str) -> None:
    assert read_html(markup) == text


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("א<b", "Unclosed start tag at byte offset 2"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("I <3 you>", 'Unsupported start tag "3" at byte offset 2'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<!-- note -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
        ("<b =x>x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ],
)
def test_what_is_refused(markup: str, words: str) -> None:
    with pytest.raises(BadMarkup) as refused:
        read_html(markup)
    assert str(refused.value) == words


@given(st.text())
def test_what_the_program_escapes_is_read_as_it_was(text: str) -> None:
    assert read_html(escape(text)) == text


@given(st.text(alphabet="<>/&;\"'= ab#x1"))
def test_every_text_is_read_or_refused(markup: str) -> None:
    try:
        assert units(read_html(markup)) <= units(markup)
    except BadMarkup as refused:
        assert str(refused)


def test_lengths_are_counted_as_telegram_counts() -> None:
    assert [units(text) for text in ("", "א", "🙂", "a🙂")] == [0, 1, 2, 3]

"""What is read of a body, and what no database could store."""

from urllib.parse import urlencode

import pytest

from bots.slack.wire import read_body
from bots.storable import storable

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b'{"type": "x"}', "application/json", {"type": "x"}),
        (b'{"type": "x"}', "", {"type": "x"}),
        (b"payload=%7B%22a%22%3A+1%7D", f"{FORM}; charset=utf-8", {"a": 1}),
        (b"payload=%7B%22a%22%3A+1%7D", FORM.upper(), {"a": 1}),
        (b"command=%2Feventflow&text=hi&user_id=U1", FORM, {}),
        (b"ssl_check=1&token=x", FORM, {}),
        (urlencode({"payload": '{"a": "שלום 👍"}'}).encode(), FORM, {"a": "שלום 👍"}),
    ],
)
def test_what_slack_sends_is_read(body: bytes, kind: str, expected: dict[str, object]) -> None:
    assert read_body(body, kind) == expected


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", ""),
        (b"{", ""),
        (b"[]", ""),
        (b"null", ""),
        (b'"x"', ""),
        (b"\xff\xfe", ""),
        (b'{"a": "\xff"}', ""),
        (b'{"a": NaN}', ""),
        (b'{"a": -Infinity}', ""),
        (b'{"a": 1e999}', ""),
        (b'{"a": ' + b"9" * 5000 + b"}", ""),
        (b'{"a": "\\u0000"}', ""),
        (b'{"\\u0000": 1}', ""),
        (b'{"a": ["\\ud83d"]}', ""),
        (b'{"a": ' + b"[" * 70 + b"]" * 70 + b"}", ""),
        (b'{"a": ' * 150_000, ""),
        (b'{"type": "x"}', FORM),
        (b"payload=%7B", FORM),
        (b"payload=%ff", FORM),
        (b"payload={}&payload={}", FORM),
        (b"payload=", FORM),
        (b"other=1", FORM),
        (b"&".join([b"a=1"] * 60), FORM),
        (b"command=x&payload=[]", FORM),
    ],
)
def test_everything_else_is_a_value_error(body: bytes, kind: str) -> None:
    with pytest.raises(ValueError):
        read_body(body, kind)


def test_text_that_only_looks_like_an_escape_is_kept() -> None:
    assert storable({"a": "\\u0000 \\ud83d"}) == {"a": "\\u0000 \\ud83d"}

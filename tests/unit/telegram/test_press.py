"""What a button carries reads back as what was written, and nothing that was tampered with reads as anything else."""

from random import Random
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.press import Press, callback_data, read_press
from core.kernel.messages import Verdict

SUGGESTION = UUID("01936b2e-7a3c-7c1e-8f00-0123456789ab")
CHOOSING = ("reject", "edit", "choose", "alternative", "menu")
LETTERS = ":.0123456789abcdefABCDEFxyz_ \n\u202e\u05d0{}-é\0"
TAMPERED = 2_000


def written(random: Random) -> tuple[str, Press]:
    """A button as the program writes it, and what it means."""
    verdict: Verdict = random.choice(get_args(Verdict))
    choice = random.choice(("", "room", "too_late", "0")) if verdict in CHOOSING else ""
    press = Press(UUID(int=random.getrandbits(128)), verdict, choice)
    return callback_data(verdict, press.suggestion_id, choice), press


def tampered(random: Random, data: str) -> str:
    """The same with a few letters put in, taken out, changed or swapped, cut off, doubled, or with another prefix."""
    for _ in range(random.randint(1, 3)):
        place = random.randrange(len(data) + 1)
        data = (
            random.choice(
                (
                    data[:place] + random.choice(LETTERS) + data[place:],
                    data[:place] + data[place + 1 :],
                    data[:place] + random.choice(LETTERS) + data[place + 1 :],
                    data[place:] + data[:place],
                    data[:place],
                    data + data[:place],
                    random.choice(get_args(Verdict)) + "." + data,
                    data.upper(),
                )
            )
            or ":"
        )
    return data


def test_two_thousand_tampered_buttons_never_mean_another_verdict_than_they_say() -> None:
    random, refused = Random(3), 0
    for _ in range(TAMPERED):
        data = tampered(random, written(random)[0])
        press = read_press(data)
        if press is None:
            refused += 1
            continue
        # What still reads is exactly what the program writes for that verdict on that suggestion, and no near miss.
        assert callback_data(press.verdict, press.suggestion_id, press.choice) == data
    assert refused > TAMPERED * 0.9


@given(
    verdict=st.sampled_from(get_args(Verdict)),
    suggestion=st.uuids(),
    choice=st.from_regex(r"[a-z0-9_]{0,16}", fullmatch=True),
)
def test_a_button_fits_and_reads_back(verdict: Verdict, suggestion: UUID, choice: str) -> None:
    chosen = choice if verdict in CHOOSING else ""
    data = callback_data(verdict, suggestion, chosen)
    assert (read_press(data), len(data.encode()) <= 64) == (Press(suggestion, verdict, chosen), True)


@pytest.mark.parametrize(
    ("verdict", "choice"), [("approve", "now"), ("show", "all"), ("reject", "x" * 17), ("edit", "Room"), ("menu", "א")]
)
def test_what_would_not_be_read_again_is_not_written(verdict: Any, choice: str) -> None:
    with pytest.raises(ValueError, match=r"^no data for a button$"):
        callback_data(verdict, SUGGESTION, choice)

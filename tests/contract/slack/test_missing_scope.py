"""A workspace whose installation may not read e-mail addresses: nobody is linked by one, and nobody waits for it."""

import pytest

from bots.slack.outbound import SlackPlatform
from core.kernel.errors import Upstream
from core.kernel.principal import ChatUser
from tests.contract.slack.standin import TEAM, SlackApi, refusal

pytestmark = pytest.mark.contract

DANA = ChatUser("slack", TEAM, "U1")


async def test_without_the_scope_slack_vouches_for_nobody(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["users.info"] = [refusal("missing_scope")]
    assert await platform.verified_email(DANA) is None


async def test_while_slack_is_busy_nobody_is_called_a_stranger(api: SlackApi, platform: SlackPlatform) -> None:
    api.script["users.info"] = [refusal("internal_error")]
    with pytest.raises(Upstream):
        await platform.verified_email(DANA)

"""Slack's Web API with an eye on it: what a refusal says about the installation is reported, whoever called."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bots.slack.failures import error_of
from bots.storable import mapping
from core.kernel.breakages import Breakage, Watch

_INSTALLATION = frozenset(
    {
        "access_denied",
        "account_inactive",
        "app_not_installed",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
    }
)
"""What Slack says of our token, whatever it was used for."""
_RIGHT = frozenset({"missing_scope", "not_allowed_token_type", "team_access_not_granted"})
"""What it says of one call that the token may not make."""
_SOCKET = "apps.connections.open"
"""The one call with the app-level token."""
_DIRECT = "im"
_MESSAGES_OFF = "messages_tab_disabled"
INSTALLATION, SOCKET = Breakage("slack", "installation"), Breakage("slack", "socket")


class WatchedClient(AsyncWebClient):
    """The SDK's client, which tells ``watch`` what it sees of the installation."""

    def __init__(self, watch: Watch, **options: Any) -> None:
        super().__init__(**options)
        self.watch = watch

    async def api_call(self, api_method: str, *args: Any, **kwargs: Any) -> AsyncSlackResponse:
        """Call a method of the Web API; raises like the SDK's own."""
        try:
            answer = await super().api_call(api_method, *args, **kwargs)
        except SlackApiError as refusal:
            self._refused(api_method, refusal)
            raise
        if api_method == _SOCKET:
            self.watch.works(SOCKET)
            return answer
        self.watch.works(INSTALLATION)
        self.watch.works(Breakage("slack", "right", place=api_method))
        if api_method == "chat.postMessage" and str(answer.get("channel")).startswith("D"):
            self.watch.works(Breakage("slack", "right", place=_DIRECT))
        return answer

    def _refused(self, method: str, refusal: SlackApiError) -> None:
        code = error_of(refusal)
        if code in _INSTALLATION:
            self.watch.broke(SOCKET if method == _SOCKET else INSTALLATION, code)
        elif code in _RIGHT:
            self.watch.broke(Breakage("slack", "right", place=method), _needed(code, refusal))
        elif code == _MESSAGES_OFF:
            self.watch.broke(Breakage("slack", "right", place=_DIRECT), code)


def _needed(code: str, refusal: SlackApiError) -> str:
    """Return the code with the scope that Slack names."""
    needed = mapping(getattr(refusal.response, "data", None)).get("needed")
    known = isinstance(needed, str) and needed.replace(":", "").replace(".", "").replace(",", "").isalnum()
    return f"{code}: {needed}" if known else code

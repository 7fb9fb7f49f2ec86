"""Slack's Web API over HTTP: the token, the arguments in a query, a form or JSON, failures on order."""

import hmac
from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bots.playground.config import PlaygroundConfig
from bots.playground.faults import Fault, Faults
from bots.playground.forms import read_arguments
from bots.playground.slack_content import Args
from bots.playground.slack_files import file_at
from bots.playground.slack_methods import SlackApi
from bots.playground.slack_refusal import SlackRefusal

_TOO_MANY = 429


def slack_router(config: PlaygroundConfig, api: SlackApi, faults: Faults) -> APIRouter:
    """Return ``/slack/api/{method}``, and where files are sent to."""
    token = config.slack_bot_token.get_secret_value()
    routes = APIRouter()

    async def call(request: Request, method: str) -> JSONResponse:
        if (fault := faults.take("slack", method)) is not None:
            return _failed(fault)
        args = await read_arguments(request)
        methods = _methods(api, str(request.base_url))
        try:
            _check_token(_given_token(request, args), token)
            api.state.api_url = str(request.base_url)
            if method not in methods:
                raise SlackRefusal("unknown_method")
            return JSONResponse({"ok": True, **methods[method](args)})
        except SlackRefusal as refusal:
            return JSONResponse(refusal.body())

    _add_files(routes, api, faults, token)
    routes.add_api_route("/slack/api/{method}", call, methods=["GET", "POST"], include_in_schema=False)
    return routes


def _add_files(routes: APIRouter, api: SlackApi, faults: Faults, token: str) -> None:
    """Add where a bot sends files to, and where it fetches those that people shared."""

    async def upload(request: Request, file: str) -> Response:
        if (fault := faults.take("slack", "upload")) is not None:
            return Response(status_code=fault.status, headers=fault.headers())
        content = await request.body()
        # The address is the secret: no token comes with the file.
        taken = api.files.receive(file, content)
        return Response(f"OK - {len(content)}" if taken else "no such upload", 200 if taken else 404)

    async def shared(request: Request, place: str) -> Response:
        if (fault := faults.take("slack", "download")) is not None:
            return Response(status_code=fault.status, headers=fault.headers())
        if not hmac.compare_digest(_given_token(request, {}).encode(), token.encode()):
            # Slack asks whoever has no token to log in.
            return Response(status_code=302, headers={"location": f"{request.base_url}?redir=files-pri"})
        content = file_at(api.state, place)
        return Response(content or b"", 200 if content else 404, media_type="application/octet-stream")

    routes.add_api_route("/slack/files-pri/{place}/{name:path}", shared, methods=["GET"], include_in_schema=False)
    routes.add_api_route("/slack/upload/v1/{file}", upload, methods=["POST"], include_in_schema=False)


def _methods(api: SlackApi, base: str) -> dict[str, Callable[[Args], Args]]:
    return {
        "assistant.threads.setStatus": _accept,
        "auth.test": api.auth_test,
        "chat.delete": api.delete,
        "chat.postEphemeral": api.post_ephemeral,
        "chat.postMessage": api.post_message,
        "chat.update": api.update,
        "conversations.info": api.conversations_info,
        "conversations.open": api.conversations_open,
        "files.completeUploadExternal": api.files.complete_upload,
        "files.delete": api.files.delete,
        "files.getUploadURLExternal": lambda args: api.files.get_upload_url(args, base),
        "reactions.add": api.reactions_add,
        "reactions.remove": api.reactions_add,
        "users.info": api.users_info,
        "users.lookupByEmail": api.users_lookup_by_email,
        "views.open": api.views.open,
        "views.publish": api.views.publish,
        "views.update": api.views.update,
    }


def _accept(_args: Args) -> Args:
    return {}


def _given_token(request: Request, args: Args) -> str:
    header = request.headers.get("authorization")
    return str(args.get("token") or "") if header is None else header.removeprefix("Bearer ")


def _check_token(given: str, token: str) -> None:
    if not given:
        raise SlackRefusal("not_authed")
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise SlackRefusal("invalid_auth")


def _failed(fault: Fault) -> JSONResponse:
    error = "ratelimited" if fault.status == _TOO_MANY else "internal_error"
    return JSONResponse({"ok": False, "error": error}, fault.status, headers=fault.headers())

"""The playground as one application: two chat platforms, whatever else is given to it, and the page."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles

from bots.playground.config import Example, PlaygroundConfig
from bots.playground.faults import Faults
from bots.playground.page import Page, page_router
from bots.playground.pictures import picture_router
from bots.playground.post import Post
from bots.playground.slack_api import slack_router
from bots.playground.slack_events import SlackPeople
from bots.playground.slack_methods import SlackApi
from bots.playground.state import State
from bots.playground.telegram_api import telegram_router
from bots.playground.telegram_methods import BotApi
from bots.playground.telegram_queue import UpdateQueue
from bots.playground.telegram_updates import TelegramPeople

_STATIC = Path(__file__).parent / "static"
_LOCAL = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
"""What a browser on this machine puts into the Host header; a name that an attacker made lead here is another."""
_CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def create_playground(
    config: PlaygroundConfig,
    state_file: Path | None,
    *,
    extra: Sequence[APIRouter] = (),
    examples: Sequence[Example] = (),
    model_is_real: bool = False,
    faults: Faults | None = None,
) -> FastAPI:
    """Return the playground. ``state_file`` keeps the chats between runs; ``extra`` adds routes (the model's)."""
    state, failing = State(state_file), faults or Faults()
    post, queue = Post(), UpdateQueue(config, state)
    slack, telegram = SlackPeople(config, state, post), TelegramPeople(config, state, queue)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(state.kept())
            await stack.enter_async_context(post.running())
            await stack.enter_async_context(queue.running())
            yield

    app = FastAPI(title="EventFlow playground", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.close = state.close
    app.middleware("http")(_guarded)
    app.include_router(slack_router(config, SlackApi(state), failing))
    app.include_router(telegram_router(config, BotApi(config, state, telegram, queue), failing))
    app.include_router(picture_router(state))
    for router in extra:
        app.include_router(router)
    app.include_router(page_router(Page(config, state, slack, telegram, examples, model_is_real)))
    app.add_api_route("/", _index, methods=["GET"], include_in_schema=False)
    app.mount("/playground/static", StaticFiles(directory=_STATIC, check_dir=False), name="static")
    return app


async def _index() -> FileResponse:
    return FileResponse(_STATIC / "index.html")


async def _guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Keep other sites out: a page elsewhere must neither read the chats nor write as somebody."""
    if not _LOCAL.fullmatch(request.headers.get("host", "")):
        return PlainTextResponse("This playground is only reached at its own address.", 403)
    is_form = not request.headers.get("content-type", "").startswith("application/json")
    if request.method == "POST" and request.url.path.startswith("/playground/") and is_form:
        return PlainTextResponse("JSON is expected.", 415)
    answer = await call_next(request)
    answer.headers["content-security-policy"] = _CONTENT_POLICY
    answer.headers["x-content-type-options"] = "nosniff"
    answer.headers["referrer-policy"] = "no-referrer"
    answer.headers.setdefault("cache-control", "no-cache")
    return answer

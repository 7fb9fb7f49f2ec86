"""The nearest peer: LangGraph with AsyncPostgresSaver, a graph that interrupts for a person and resumes.

Its node does less than ours: it writes one row, past every rule, and has no conflicts, no log and no outbox.
"""

import importlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypedDict
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

Durability: TypeAlias = Literal["sync", "async", "exit"]
_MOVE = (
    "update public.schedules set start_time = start_time + interval '1 hour', end_time = end_time + interval '1 hour' "
    "where id = %s"
)


class PeerMissing(Exception):
    """LangGraph is not installed; it is in the dependency group ``peers``."""


class _State(TypedDict):
    session: str


@dataclass(frozen=True, slots=True)
class LangGraph:
    """A compiled graph on the same PostgreSQL."""

    graph: Any
    command: Any
    durability: Durability

    async def suggest(self, session: UUID) -> None:
        """Run to the interrupt; the checkpointer keeps the state."""
        await self.graph.ainvoke({"session": str(session)}, _thread(session), durability=self.durability)

    async def approve(self, session: UUID) -> None:
        """Resume with the person's yes; the node writes."""
        await self.graph.ainvoke(self.command(resume=True), _thread(session), durability=self.durability)


def _thread(session: UUID) -> dict[str, dict[str, str]]:
    return {"configurable": {"thread_id": str(session)}}


@asynccontextmanager
async def open_langgraph(url: str, durability: Durability) -> AsyncGenerator[LangGraph]:
    """Open the peer with a pool of ten connections, as ours. Raises ``PeerMissing``."""
    try:
        types, graphs = importlib.import_module("langgraph.types"), importlib.import_module("langgraph.graph")
        saver_module = importlib.import_module("langgraph.checkpoint.postgres.aio")
    except ImportError as missing:
        raise PeerMissing from missing
    pool: AsyncConnectionPool[AsyncConnection[dict[str, Any]]] = AsyncConnectionPool(
        url,
        connection_class=AsyncConnection[dict[str, Any]],
        kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row},
        min_size=1,
        max_size=10,
        open=False,
    )
    async with pool:

        async def move(state: _State) -> _State:
            if types.interrupt({"session": state["session"], "start_time": "11:00"}):
                async with pool.connection() as conn:
                    await conn.execute(_MOVE, (state["session"],))
            return state

        saver = saver_module.AsyncPostgresSaver(pool)
        await saver.setup()
        graph = graphs.StateGraph(_State)
        graph.add_node("move", move)
        graph.add_edge(graphs.START, "move")
        graph.add_edge("move", graphs.END)
        yield LangGraph(graph.compile(checkpointer=saver), types.Command, durability)

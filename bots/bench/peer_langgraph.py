"""The nearest peer: LangGraph with AsyncPostgresSaver, a graph that interrupts for a person and resumes.

Its node does what ours does, in one pipeline: claim, proof, write and outbox, as the person, with the log's triggers.
It is not as safe: the node's transaction and the checkpoint that says it has run are two, and after a crash between
them the node runs again.
"""

import importlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypedDict

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

Durability: TypeAlias = Literal["sync", "async", "exit"]


class PeerMissing(Exception):
    """LangGraph is not installed; it is in the dependency group ``peers``."""


class _State(TypedDict):
    n: int


@dataclass(frozen=True, slots=True)
class LangGraph:
    """A compiled graph on the same PostgreSQL."""

    graph: Any
    command: Any
    durability: Durability

    async def suggest(self, number: int) -> None:
        """Run to the interrupt; the checkpointer keeps the state."""
        await self.graph.ainvoke({"n": number}, _thread(number), durability=self.durability)

    async def approve(self, number: int) -> None:
        """Resume with the person's yes; the node writes."""
        await self.graph.ainvoke(self.command(resume=True), _thread(number), durability=self.durability)


def _thread(number: int) -> dict[str, dict[str, str]]:
    return {"configurable": {"thread_id": str(number)}}


@asynccontextmanager
async def open_langgraph(url: str, durability: Durability, work: Sequence[bytes]) -> AsyncGenerator[LangGraph]:
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
            if types.interrupt({"session": state["n"], "start_time": "11:00"}):
                async with pool.connection() as conn, conn.pipeline():
                    for statement in work:
                        await conn.execute(statement, state)
            return state

        saver = saver_module.AsyncPostgresSaver(pool)
        await saver.setup()
        graph = graphs.StateGraph(_State)
        graph.add_node("move", move)
        graph.add_edge(graphs.START, "move")
        graph.add_edge("move", graphs.END)
        yield LangGraph(graph.compile(checkpointer=saver), types.Command, durability)

"""P11: what a model call costs on top of the bare SDK; the other side answers at once, so that only we count."""

import httpx2
from google import genai
from google.genai import types

from bots.bench.figures import Figure
from bots.bench.fixed_answer import fixed_answer
from bots.bench.stage import Stage
from bots.bench.stopwatch import typical_ms
from core.ai.gemini import open_model
from core.ai.models import Content, ModelRequest, ToolDeclaration
from core.ai.prompt import system_prompt
from core.flows.runtime import tools_for
from core.kernel.settings import Settings

_QUESTION: Content = {"role": "user", "parts": [{"text": "Who speaks in Hall A at ten?"}]}


async def model(stage: Stage) -> list[Figure]:
    """Measure one call with every tool of a manager against the SDK with a reused client and a ready configuration."""
    tools = tools_for("manager")
    system = system_prompt("manager", "en")
    async with fixed_answer() as address, httpx2.AsyncClient(trust_env=False) as http:
        settings = Settings.model_validate({"gemini_api_key": "bench", "gemini_api_url": address})
        ours = open_model(settings)
        bare = genai.Client(
            api_key="bench",
            vertexai=False,
            http_options=types.HttpOptions(base_url=address, api_version="v1", httpx_async_client=http),
        )
        declared = tuple(
            ToolDeclaration(name=tool.name, description=tool.description, parameters=tool.args.model_json_schema())
            for tool in tools
        )
        request = ModelRequest(system=system, contents=(_QUESTION,), tools=declared)
        config = types.GenerateContentConfig(
            system_instruction=system,
            tools=[
                types.Tool(
                    function_declarations=[
                        types.FunctionDeclaration(
                            name=tool.name, description=tool.description, parameters_json_schema=tool.parameters
                        )
                        for tool in declared
                    ]
                )
            ],
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )

        async def our_call() -> None:
            await ours.generate(request)

        async def bare_call() -> None:
            await bare.aio.models.generate_content(
                model=settings.gemini_model, contents=[types.Content.model_validate(_QUESTION)], config=config
            )

        taken = await typical_ms({"ours": our_call, "bare": bare_call}, stage.sizes.calls)
        await ours.close()
        await bare.aio.aclose()
    return [
        Figure(
            number="P11",
            what="one model call with every tool",
            floor="the bare SDK, client and configuration reused",
            ours=taken["ours"],
            theirs=taken["bare"],
            unit="ms",
            target=1.2,
        )
    ]

"""Refuse what Gemini refuses: a history that lost a signature, an answer without its call. Pure."""

from typing import Any


class BadRequest(Exception):
    """``INVALID_ARGUMENT``, in words like Gemini's."""


def check(body: Any) -> None:
    """Raise ``BadRequest`` unless the body is a request that Gemini would take."""
    if not isinstance(body, dict) or not isinstance(body.get("contents"), list) or not body["contents"]:
        raise BadRequest("contents are not specified")
    contents: list[Any] = body["contents"]
    for content in contents:
        if not isinstance(content, dict) or not content.get("parts"):
            raise BadRequest("contents.parts must not be empty")
        if content.get("role") not in {"user", "model"}:
            raise BadRequest("Please use a valid role: user, model.")
    if contents[0]["role"] != "user" or contents[-1]["role"] != "user":
        raise BadRequest("A request must begin and end with a user content.")
    _check_pairs(contents)


def _check_pairs(contents: list[dict[str, Any]]) -> None:
    waiting: list[dict[str, Any]] = []
    for content in contents:
        calls = [part for part in content["parts"] if "functionCall" in part]
        answers = [part["functionResponse"] for part in content["parts"] if "functionResponse" in part]
        if waiting or answers:
            _check_answers(waiting, answers)
            waiting = []
        if calls:
            if content["role"] != "model" or not calls[0].get("thoughtSignature"):
                raise BadRequest("Function call is missing a thought_signature in functionCall parts.")
            waiting = [part["functionCall"] for part in calls]
    if waiting:
        raise BadRequest("A function call must be followed by its response.")


def _check_answers(calls: list[dict[str, Any]], answers: list[dict[str, Any]]) -> None:
    if len(calls) != len(answers):
        raise BadRequest(
            "Please ensure that the number of function response parts is equal to the number of function call parts "
            "of the function call turn."
        )
    for call, answer in zip(calls, answers, strict=True):
        if answer.get("name") != call.get("name") or answer.get("id", call.get("id")) != call.get("id"):
            raise BadRequest("A function response does not belong to its function call.")

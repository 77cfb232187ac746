"""The test of an endpoint that a person starts: what Claude Code needs, point by point."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from qcc_desktop.core.failure import Failure, FailureClass
from qcc_desktop.core.models import names_model
from qcc_desktop.proxy.asking import Asker, Reply
from qcc_desktop.proxy.report import NO_MODELS, NOT_OFFERED, NOT_TRIED, Check, CheckName, TestReport
from qcc_desktop.proxy.small_talk import (
    DEFAULT_MODEL,
    TOOL,
    WRONG_ANSWER,
    cheapest,
    conversation,
    models_in,
    tool_call,
)
from qcc_desktop.wire.anthropic import parse

_NO_TOOL = "The endpoint answered, but did not use the tool it was given."


class Battery:
    """One run of all points, one request at a time: small accounts allow no more.

    ``model`` is what a request would ask for, empty to take one the endpoint lists. A point that
    the first ones make pointless is not tried. ``on_check`` is told each verdict as it comes.
    """

    def __init__(
        self,
        asker: Asker,
        new_code: Callable[[], str],
        model: str,
        on_check: Callable[[Check], None] | None = None,
    ) -> None:
        self._asker = asker
        self._new_code = new_code
        self._model = model
        self._on_check = on_check
        self._checks: list[Check] = []
        self._listing: Check | None = None
        self._began_s = 0.0

    async def run(self) -> TestReport:
        """Try every point."""
        if await self._reaches() and await self._answers():
            await self._streams()
            await self._uses_tools()
            await self._counts()
            self._add(self._listing or await self._listed())
        tried = {check.name for check in self._checks}
        for name in CheckName:
            if name not in tried:
                self._add(Check(name, None, NOT_TRIED, 0.0))
        return TestReport(tuple(self._checks))

    async def _reaches(self) -> bool:
        self._begin()
        return self._verdict(CheckName.REACH, await self._asker.reach())

    async def _answers(self) -> bool:
        if not self._model:
            self._listing = await self._listed()
        self._begin()
        code = self._new_code()
        reply = await self._asker.message(conversation(self._model, code))
        if reply.failure is not None and reply.failure.kind is FailureClass.AUTH:
            return self._verdict(CheckName.AUTH, reply.failure)
        if reply.failure is None:
            self._add(Check(CheckName.AUTH, ok=True, message="", duration_ms=0.0))
        else:
            self._add(Check(CheckName.AUTH, None, NOT_TRIED, 0.0))
        return self._verdict(CheckName.ANSWER, _fault(reply, code))

    async def _streams(self) -> None:
        self._begin()
        code = self._new_code()
        reply = await self._asker.message(conversation(self._model, code, stream=True))
        self._verdict(CheckName.STREAM, _fault(reply, code))
        if reply.first_ms is not None:
            self._add(Check(CheckName.FIRST_BYTE, ok=True, message="", duration_ms=reply.first_ms))

    async def _uses_tools(self) -> None:
        self._begin()
        code = self._new_code()
        reply = await self._asker.message(tool_call(self._model, code))
        if reply.failure is None and not _calls_tool(reply.blocks, code):
            spent_ms = self._spent_ms()
            self._add(Check(CheckName.TOOLS, ok=False, message=_NO_TOOL, duration_ms=spent_ms))
        else:
            self._verdict(CheckName.TOOLS, reply.failure)

    async def _counts(self) -> None:
        self._begin()
        if self._asker.speaks_openai:  # its API has no such call
            self._add(Check(CheckName.COUNT_TOKENS, None, NOT_OFFERED, 0.0))
            return
        body = conversation(self._model, self._new_code())
        asked = {"model": body["model"], "messages": body["messages"]}
        answer = await self._asker.post("/v1/messages/count_tokens", asked)
        counted = _parsed(answer)
        tokens = counted.get("input_tokens") if isinstance(counted, dict) else None
        count = tokens if isinstance(tokens, int) else None
        self._add(self._extra(CheckName.COUNT_TOKENS, answer, count))

    async def _listed(self) -> Check:
        """List the models, and choose one if none is wanted."""
        self._begin()
        answer = await self._asker.models()
        models = models_in(_parsed(answer))
        is_unmapped = not (names_model(self._asker.endpoint) or self._model)
        self._model = self._model or cheapest(models) or DEFAULT_MODEL
        if is_unmapped and not any("claude" in name for name in models):
            return Check(CheckName.MODELS, ok=False, message=NO_MODELS, duration_ms=0.0)
        return self._extra(CheckName.MODELS, answer, len(models) or None)

    def _extra(self, name: CheckName, answer: httpx.Response | Failure, count: int | None) -> Check:
        """Return the verdict on what Claude Code can do without: an answer is enough."""
        if isinstance(answer, Failure):
            return Check(name, ok=False, message=answer.message, duration_ms=self._spent_ms())
        message = NOT_OFFERED if count is None else ""
        return Check(name, None if count is None else True, message, self._spent_ms(), count)

    def _begin(self) -> None:
        self._began_s = time.perf_counter()

    def _spent_ms(self) -> float:
        return (time.perf_counter() - self._began_s) * 1000

    def _verdict(self, name: CheckName, failure: Failure | None) -> bool:
        message = failure.message if failure is not None else ""
        self._add(Check(name, failure is None, message, self._spent_ms()))
        return failure is None

    def _add(self, check: Check) -> None:
        self._checks.append(check)
        if self._on_check is not None:
            self._on_check(check)


def _fault(reply: Reply, code: str) -> Failure | None:
    if reply.failure is not None:
        return reply.failure
    return None if code in reply.text else WRONG_ANSWER


def _calls_tool(blocks: tuple[Mapping[str, Any], ...], code: str) -> bool:
    return any(
        block.get("type") == "tool_use"
        and block.get("name") == TOOL
        and code in str(block.get("input"))
        for block in blocks
    )


def _parsed(answer: httpx.Response | Failure) -> object:
    if isinstance(answer, Failure) or not answer.is_success:
        return None
    found: object = parse(answer.content)
    return found

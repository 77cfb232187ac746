"""Blocking work that no exit of the program waits for."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


async def in_thread(function: Callable[[], _T]) -> _T:
    """Return what ``function`` returns, run in a thread that no exit of the program waits for.

    Unlike `asyncio.to_thread`: a keychain that waits for a person, or a dead network drive,
    must not keep the command from ending.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[_T] = loop.create_future()

    def settle(result: _T | None, error: BaseException | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]  # None only with an error

    def work() -> None:
        result, fault = None, None
        try:
            result = function()
        except Exception as error:  # noqa: BLE001 - carried to whoever awaits
            fault = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, fault)

    threading.Thread(target=work, name="doctor", daemon=True).start()
    return await outcome

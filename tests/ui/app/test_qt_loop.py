"""What asyncio promises holds on the Qt loop: order, timers, threads, failures, signals, the end."""

import asyncio
import math
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from qcc_desktop.app.event_loop.factory import SHAPE_VARIABLE, LoopShape, new_loop
from qcc_desktop.app.event_loop.turn import TurnLoop

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


def running_loop() -> TurnLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, TurnLoop)
    return loop


class TestCallbacks:
    async def test_run_in_the_order_they_were_scheduled(self) -> None:
        loop, seen, done = running_loop(), list[int](), asyncio.Event()

        for number in range(500):
            loop.call_soon(seen.append, number)
        loop.call_soon(done.set)
        await done.wait()

        assert seen == list(range(500))

    async def test_scheduled_by_a_callback_wait_until_its_batch_has_run(self) -> None:
        loop, seen, done = running_loop(), list[str](), asyncio.Event()

        def first() -> None:
            seen.append("first")
            loop.call_soon(seen.append, "added")
            loop.call_soon(done.set)

        loop.call_soon(first)
        loop.call_soon(seen.append, "second")
        await done.wait()

        assert seen == ["first", "second", "added"]

    async def test_do_not_run_once_cancelled(self) -> None:
        loop, seen = running_loop(), list[str]()

        soon = loop.call_soon(seen.append, "soon")
        later = loop.call_later(0.001, seen.append, "later")
        soon.cancel()
        later.cancel()
        await asyncio.sleep(0.005)

        assert seen == []

    async def test_that_raise_are_reported_and_the_next_one_runs(self) -> None:
        loop, reports, done = running_loop(), list[dict[str, Any]](), asyncio.Event()
        loop.set_exception_handler(lambda _, context: reports.append(context))

        loop.call_soon(lambda: 1 / 0)
        loop.call_soon(done.set)
        await done.wait()

        assert [type(report["exception"]) for report in reports] == [ZeroDivisionError]

    @pytest.mark.logs("ERROR asyncio: Exception in callback")
    async def test_that_raise_are_logged_by_default(self) -> None:
        running_loop().call_soon(lambda: 1 / 0)

        await asyncio.sleep(0)

    async def test_from_many_threads_arrive_all_and_in_each_threads_order(self) -> None:
        loop, seen = running_loop(), dict[int, list[int]]()

        def send(thread: int) -> None:
            for number in range(500):
                loop.call_soon_threadsafe(seen.setdefault(thread, []).append, number)

        await asyncio.gather(*(asyncio.to_thread(send, thread) for thread in range(4)))

        assert seen == {thread: list(range(500)) for thread in range(4)}

    async def test_from_a_thread_wake_an_idle_loop(self) -> None:
        loop, woken = running_loop(), asyncio.Event()

        threading.Timer(0.02, loop.call_soon_threadsafe, [woken.set]).start()

        async with asyncio.timeout(2):
            await woken.wait()

    async def test_from_qt_slots_run_although_no_turn_is_under_way(self) -> None:
        loop, arrived = running_loop(), asyncio.Event()

        QTimer.singleShot(5, lambda: loop.call_later(0.005, loop.call_soon, arrived.set))

        async with asyncio.timeout(2):
            await arrived.wait()


class TestTimers:
    async def test_run_by_due_time_and_never_early(self) -> None:
        loop, late_s, done = running_loop(), list[tuple[float, float]](), asyncio.Event()
        start_s = loop.time()

        def note(delay_s: float) -> None:
            late_s.append((delay_s, loop.time() - start_s))

        for delay_s in (0.03, 0.01, 0.02, 0.0):
            loop.call_later(delay_s, note, delay_s)
        loop.call_later(0.04, done.set)
        await done.wait()

        assert [delay_s for delay_s, _ in late_s] == [0.0, 0.01, 0.02, 0.03]
        tick_s = time.get_clock_info("monotonic").resolution  # 16 ms on Windows
        assert all(took_s >= delay_s - tick_s - 1e-6 for delay_s, took_s in late_s)

    async def test_set_for_earlier_than_the_one_waited_for_come_first(self) -> None:
        async def later() -> None:
            await asyncio.sleep(60)

        task = asyncio.ensure_future(later())  # noqa: TID251 - the loop under test, not the program
        await asyncio.sleep(0)

        async with asyncio.timeout(2):
            await asyncio.sleep(0.01)

        task.cancel()

    async def test_cancelled_long_before_they_are_due_do_not_pile_up(self) -> None:
        loop, largest = running_loop(), 0
        head = loop.call_later(200, int)  # behind it, cancelled ones cannot just be popped

        for _ in range(10_000):
            async with asyncio.timeout(300):
                await asyncio.sleep(0)
            largest = max(largest, len(loop._scheduled))

        head.cancel()
        assert largest <= 202  # asyncio sweeps above 100, once half of them are cancelled

    @pytest.mark.parametrize("delay_s", [1e12, math.inf])
    async def test_with_endless_delays_do_not_overflow_qt(self, delay_s: float) -> None:
        handle = running_loop().call_later(delay_s, int)

        await asyncio.to_thread(time.sleep, 0.01)  # Qt waits, with this timer as the next one

        handle.cancel()

    async def test_leave_qt_asleep_in_between(self, iterations: list[float]) -> None:
        far = running_loop().call_later(300, int)
        await asyncio.sleep(0.01)
        iterations.clear()

        await asyncio.sleep(0.2)

        far.cancel()
        assert len(iterations) <= 4


class TestGenerators:
    async def test_left_early_are_finished_on_the_loop(self) -> None:
        finished = asyncio.Event()

        async def numbers() -> AsyncIterator[int]:
            try:
                yield 1
            finally:
                await asyncio.sleep(0)
                finished.set()

        async for _ in numbers():
            break

        async with asyncio.timeout(2):
            await finished.wait()

    def test_still_open_at_the_end_are_finished_by_the_runner(self, qapp: QApplication) -> None:
        finished, kept = list[str](), list[AsyncIterator[int]]()

        async def numbers() -> AsyncIterator[int]:
            try:
                yield 1
            finally:
                await asyncio.sleep(0)
                finished.append("yes")

        async def main() -> None:
            kept.append(numbers())
            await anext(kept[0])

        with asyncio.Runner(loop_factory=lambda: new_loop(qapp)) as runner:
            runner.run(main())

        assert finished == ["yes"]

    def test_hooks_are_put_back_when_the_loop_ends(self, loop: TurnLoop) -> None:
        before = sys.get_asyncgen_hooks()

        loop.run_until_complete(asyncio.sleep(0))

        assert sys.get_asyncgen_hooks() == before


class TestDebugMode:
    @pytest.mark.logs("WARNING asyncio: Executing .* took .* seconds")
    async def test_names_slow_callbacks(self) -> None:
        loop, done = running_loop(), asyncio.Event()
        loop.set_debug(True)
        loop.slow_callback_duration = 0.001

        loop.call_soon(time.sleep, 0.002)
        loop.call_soon(done.set)
        await done.wait()

        loop.slow_callback_duration = 10

    async def test_refuses_unsafe_calls_from_other_threads(self) -> None:
        loop = running_loop()
        loop.set_debug(True)

        with pytest.raises(RuntimeError, match="Non-thread-safe"):
            await asyncio.to_thread(lambda: loop.call_soon(int))


class TestEnd:
    def test_stop_lets_the_current_batch_finish_and_keeps_the_rest(self, loop: TurnLoop) -> None:
        seen = list[str]()

        def stop() -> None:
            loop.stop()
            loop.call_soon(seen.append, "next run")

        loop.call_soon(stop)
        loop.call_soon(seen.append, "same batch")
        loop.run_forever()
        first_run = seen.copy()
        loop.call_soon(loop.stop)
        loop.run_forever()

        assert first_run == ["same batch"]
        assert seen == ["same batch", "next run"]

    def test_stop_before_the_start_runs_one_batch(self, loop: TurnLoop) -> None:
        seen = list[int]()

        loop.call_soon(seen.append, 1)
        loop.stop()
        loop.run_forever()

        assert seen == [1]
        assert not loop.is_running()

    def test_stop_from_a_qt_slot_ends_an_idle_loop(self, loop: TurnLoop) -> None:
        QTimer.singleShot(5, loop.stop)

        loop.run_forever()

        assert not loop.is_running()

    @pytest.mark.parametrize("failure", [KeyboardInterrupt, SystemExit])
    def test_interrupts_raised_by_a_callback_come_out_and_lose_nothing(
        self, loop: TurnLoop, failure: type[BaseException]
    ) -> None:
        seen = list[int]()

        def fail() -> None:
            raise failure

        loop.call_soon(fail)
        loop.call_soon(seen.append, 1)
        with pytest.raises(failure):
            loop.run_forever()
        loop.call_soon(loop.stop)
        loop.run_forever()

        assert seen == [1]

    def test_quitting_the_application_is_an_error_after_which_the_loop_can_clean_up(
        self, loop: TurnLoop, qapp: QApplication
    ) -> None:
        cleaned = list[str]()

        async def main() -> None:
            try:
                qapp.quit()
                await asyncio.sleep(60)
            finally:
                cleaned.append("yes")

        task = loop.create_task(main())
        with pytest.raises(RuntimeError, match="application was quit"):
            loop.run_until_complete(task)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(task)

        assert cleaned == ["yes"]

    def test_a_closed_loop_refuses_work(self, qapp: QApplication) -> None:
        loop = new_loop(qapp)
        loop.close()
        loop.close()

        with pytest.raises(RuntimeError, match="closed"):
            loop.call_soon(int)
        with pytest.raises(RuntimeError, match="closed"):
            loop.call_soon_threadsafe(int)

    async def test_a_running_loop_cannot_be_run_or_closed(self) -> None:
        loop = running_loop()

        with pytest.raises(RuntimeError, match="already running"):
            loop.run_forever()
        with pytest.raises(RuntimeError, match="Cannot close"):
            loop.close()

    def test_qt_alone_runs_no_callbacks(self, loop: TurnLoop, qapp: QApplication) -> None:
        seen = list[int]()
        loop.run_until_complete(asyncio.sleep(0))

        loop.call_soon(seen.append, 1)
        loop.call_later(0, seen.append, 2)
        qapp.processEvents()

        assert seen == []


async def seconds_until_sigterm_is_handled() -> float:
    """How long a signal waits for its Python handler; a time-out at two seconds rescues it."""
    loop, handled = running_loop(), asyncio.Event()
    start_s, handled_s = loop.time(), list[float]()

    def handle(*_: object) -> None:
        handled_s.append(loop.time())
        handled.set()

    before = signal.signal(signal.SIGTERM, handle)
    threading.Timer(0.02, os.kill, [os.getpid(), signal.SIGTERM]).start()
    async with asyncio.timeout(2):
        await handled.wait()
    signal.signal(signal.SIGTERM, before)
    return handled_s[0] - start_s


@unix_only
class TestSignals:
    def test_sigint_in_an_idle_loop_is_keyboard_interrupt(self, loop: TurnLoop) -> None:
        before = signal.getsignal(signal.SIGINT)
        loop.call_soon(threading.Timer(0.02, os.kill, [os.getpid(), signal.SIGINT]).start)

        with pytest.raises(KeyboardInterrupt):
            loop.run_forever()

        assert signal.getsignal(signal.SIGINT) is before

    def test_sigint_is_keyboard_interrupt_after_a_handler_for_it_was_removed(
        self, loop: TurnLoop
    ) -> None:
        def replace_and_remove() -> None:
            loop.add_signal_handler(signal.SIGINT, int)
            loop.remove_signal_handler(signal.SIGINT)
            threading.Timer(0.02, os.kill, [os.getpid(), signal.SIGINT]).start()

        loop.call_soon(replace_and_remove)

        with pytest.raises(KeyboardInterrupt):
            loop.run_forever()

    def test_a_pulse_lets_handlers_run_where_there_is_no_wakeup_descriptor(
        self, loop: TurnLoop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(loop, "_signal_fd", lambda: None)  # as on Windows
        before = signal.signal(signal.SIGTERM, lambda *_: loop.stop())
        loop.call_soon(threading.Timer(0.02, os.kill, [os.getpid(), signal.SIGTERM]).start)

        loop.run_forever()

        signal.signal(signal.SIGTERM, before)

    def test_sigint_cancels_the_main_task_of_a_runner(self, qapp: QApplication) -> None:
        cleaned = list[str]()

        async def main() -> None:
            threading.Timer(0.02, os.kill, [os.getpid(), signal.SIGINT]).start()
            try:
                await asyncio.sleep(60)
            finally:
                cleaned.append("yes")

        with (
            asyncio.Runner(loop_factory=lambda: new_loop(qapp)) as runner,
            pytest.raises(KeyboardInterrupt),
        ):
            runner.run(main())

        assert cleaned == ["yes"]

    async def test_python_handlers_run_while_qt_waits(self) -> None:
        assert await seconds_until_sigterm_is_handled() < 1

    async def test_handlers_of_the_loop_run_and_can_be_removed(self) -> None:
        loop, handled = running_loop(), asyncio.Event()

        loop.add_signal_handler(signal.SIGUSR1, handled.set)
        os.kill(os.getpid(), signal.SIGUSR1)
        async with asyncio.timeout(2):
            await handled.wait()

        assert loop.remove_signal_handler(signal.SIGUSR1)
        assert not loop.remove_signal_handler(signal.SIGUSR1)

    async def test_python_handlers_still_run_after_a_handler_of_the_loop_was_removed(self) -> None:
        loop = running_loop()

        loop.add_signal_handler(signal.SIGUSR1, int)
        loop.remove_signal_handler(signal.SIGUSR1)

        assert await seconds_until_sigterm_is_handled() < 1

    def test_the_wakeup_descriptor_is_put_back(self, loop: TurnLoop) -> None:
        before = signal.set_wakeup_fd(-1)

        loop.run_until_complete(asyncio.sleep(0))

        assert signal.set_wakeup_fd(before) == -1


class TestChoice:
    def test_stock_qasync_is_selectable(self, qapp: QApplication) -> None:
        loop = new_loop(qapp, shape=LoopShape.STOCK)

        assert type(loop) is qasync.QEventLoop

        loop.close()

    @unix_only
    def test_our_loops_are_qasync_loops_of_the_shape_asked_for(self, qapp: QApplication) -> None:
        loops = [new_loop(qapp, shape=shape) for shape in LoopShape]

        names = [type(loop).__name__ for loop in loops]

        for loop in loops:
            assert isinstance(loop, qasync.QEventLoop)
            loop.close()
        assert names == ["SelectorLoop", "SelectorLoop", "PostedLoop", "QSelectorEventLoop"]

    def test_the_environment_decides_what_auto_means(
        self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(SHAPE_VARIABLE, "stock")

        loop = new_loop(qapp)

        assert type(loop) is qasync.QEventLoop
        loop.close()

    def test_a_shape_nobody_knows_is_refused(
        self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(SHAPE_VARIABLE, "round")

        with pytest.raises(ValueError, match="round"):
            new_loop(qapp)

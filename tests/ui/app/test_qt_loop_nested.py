"""A menu or dialog with its own Qt loop: asyncio goes on inside it, wherever it was opened."""

import asyncio
import contextvars
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from typing_extensions import override

from qcc_desktop.app.event_loop.turn import TURN_BUDGET_S, TurnLoop

DEADLINE_MS = 3000

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="readers and pipes of Unix")


def running_loop() -> TurnLoop:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, TurnLoop)
    return loop


class Nested:
    """A Qt loop inside the current call; it says so when asyncio never got to end it."""

    def __init__(self) -> None:
        self._qt = QEventLoop()
        self._guard = QTimer()
        self._guard.setSingleShot(True)
        self._guard.timeout.connect(lambda: self._qt.exit(1))

    def run(self) -> None:
        self._guard.start(DEADLINE_MS)
        stalled = self._qt.exec()
        self._guard.stop()
        assert not stalled, "asyncio stalled while the Qt loop ran"

    def end(self) -> None:
        self._qt.exit(0)


def exec_dialog(during: Callable[[Callable[[], None]], None]) -> None:
    dialog = QDialog()
    QTimer.singleShot(DEADLINE_MS, dialog, dialog.reject)
    during(dialog.accept)
    assert dialog.exec() == QDialog.DialogCode.Accepted, "asyncio stalled while the dialog was open"


def exec_menu(during: Callable[[Callable[[], None]], None]) -> None:
    menu, closed_by = QMenu(), list[str]()
    menu.addAction("Entry")

    def close(who: str) -> None:
        closed_by.append(who)
        menu.close()

    QTimer.singleShot(DEADLINE_MS, menu, partial(close, "guard"))
    during(partial(close, "asyncio"))
    menu.exec()
    assert closed_by == ["asyncio"], "asyncio stalled while the menu was open"


def exec_loop(during: Callable[[Callable[[], None]], None]) -> None:
    nested = Nested()
    during(nested.end)
    nested.run()


def spin(during: Callable[[Callable[[], None]], None]) -> None:
    """`processEvents` until done, as libraries do that show progress."""
    done = list[bool]()
    during(lambda: done.append(True))
    waited = QTimer()
    waited.setSingleShot(True)
    waited.start(DEADLINE_MS)
    while not done:
        QApplication.processEvents()
        assert waited.isActive(), "asyncio stalled while Qt's events were processed"


ways = pytest.mark.parametrize("open_qt", [exec_dialog, exec_menu, exec_loop, spin])


@ways
class TestOpenedFrom:
    async def test_a_callback(self, open_qt: Callable[..., None]) -> None:
        loop, finished = running_loop(), loop_future()

        def callback() -> None:
            open_qt(lambda end: loop.call_later(0.005, loop.call_soon, end))
            finished.set_result(None)

        loop.call_soon(callback)
        await finished

    async def test_a_task_step_while_other_tasks_go_on(self, open_qt: Callable[..., None]) -> None:
        trips = list[int]()

        async def other(end: Callable[[], None]) -> None:
            for number in range(3):
                await asyncio.sleep(0.002)
                trips.append(number)
            end()

        tasks = list[asyncio.Task[None]]()
        open_qt(lambda end: tasks.append(running_loop().create_task(other(end))))
        me = asyncio.current_task()
        await tasks[0]

        assert trips == [0, 1, 2]
        assert asyncio.current_task() is me

    async def test_a_timer_while_other_timers_ring(self, open_qt: Callable[..., None]) -> None:
        loop, finished = running_loop(), loop_future()

        def on_time() -> None:
            open_qt(lambda end: loop.call_later(0.01, end))
            finished.set_result(None)

        loop.call_later(0.005, on_time)
        await finished

    async def test_a_qt_slot(self, open_qt: Callable[..., None]) -> None:
        loop, finished = running_loop(), loop_future()

        def slot() -> None:
            open_qt(lambda end: loop.call_later(0.005, loop.call_soon, end))
            finished.set_result(None)

        QTimer.singleShot(0, slot)
        await finished

    async def test_a_socket_callback_while_other_sockets_stream(
        self, open_qt: Callable[..., None]
    ) -> None:
        received, finished = list[bytes](), loop_future()

        async def stream(end: Callable[[], None]) -> None:
            received.append(await round_trip(b"inside"))
            end()

        class Opener(asyncio.Protocol):
            @override
            def data_received(self, data: bytes) -> None:
                open_qt(lambda end: tasks.append(running_loop().create_task(stream(end))))
                finished.set_result(None)

        tasks = list[asyncio.Task[None]]()
        near, far = socket.socketpair()
        transport, _ = await running_loop().create_connection(Opener, sock=near)
        far.send(b"open")
        await finished
        transport.close()
        far.close()
        await asyncio.sleep(0)

        assert received == [b"inside"]


def loop_future() -> asyncio.Future[None]:
    return running_loop().create_future()


async def round_trip(data: bytes) -> bytes:
    """`data` there and back through a server on loopback."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(len(data)))
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    writer.write(data)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    return answer


class TestInside:
    async def test_callbacks_keep_their_order_and_run_once(self) -> None:
        loop, seen, nested, done = running_loop(), list[int](), Nested(), asyncio.Event()

        def open_qt() -> None:
            seen.append(3)
            loop.call_soon(seen.append, 6)
            loop.call_soon(nested.end)
            nested.run()
            seen.append(7)
            loop.call_soon(done.set)

        for number in (1, 2):
            loop.call_soon(seen.append, number)
        loop.call_soon(open_qt)
        for number in (4, 5):
            loop.call_soon(seen.append, number)
        await done.wait()

        assert seen == [1, 2, 3, 4, 5, 6, 7]

    async def test_what_the_inner_loop_left_runs_in_order_afterwards(self) -> None:
        loop, seen, nested, done = running_loop(), list[int](), Nested(), asyncio.Event()

        def open_qt() -> None:
            nested.run()
            seen.append(1)

        def end() -> None:
            nested.end()
            for number in (2, 3, 4):
                loop.call_soon(seen.append, number)
            loop.call_soon(done.set)
            time.sleep(2 * TURN_BUDGET_S)  # this turn has had its share then

        loop.call_soon(open_qt)
        loop.call_soon(end)
        await done.wait()

        assert seen == [1, 2, 3, 4]

    async def test_loops_inside_loops_go_on_too(self) -> None:
        loop, seen = running_loop(), list[str]()

        async def descend(depth: int) -> None:
            nested = Nested()
            if depth:
                task = loop.create_task(descend(depth - 1))
                task.add_done_callback(lambda _: nested.end())
            else:
                loop.call_later(0.005, nested.end)
            nested.run()
            seen.append(f"depth {depth}")
            await asyncio.sleep(0)

        await descend(4)

        assert seen == [f"depth {depth}" for depth in range(5)]

    async def test_threads_wake_it(self) -> None:
        loop, nested = running_loop(), Nested()

        threading.Timer(0.02, loop.call_soon_threadsafe, [nested.end]).start()

        nested.run()

    async def test_a_callback_that_shares_the_context_of_the_opener_waits_for_it(self) -> None:
        loop, seen, nested, done = running_loop(), list[str](), Nested(), asyncio.Event()
        shared = contextvars.copy_context()

        def open_qt() -> None:
            loop.call_soon(seen.append, "same context", context=shared)
            loop.call_soon(seen.append, "other context")
            loop.call_soon(loop.call_soon, nested.end)
            nested.run()
            loop.call_soon(seen.append, "after")
            seen.append("opener")
            loop.call_soon(done.set)

        loop.call_soon(open_qt, context=shared)
        await done.wait()

        assert seen == ["other context", "opener", "same context", "after"]

    async def test_failures_of_callbacks_are_reported(self) -> None:
        loop, reports, nested = running_loop(), list[type](), Nested()
        loop.set_exception_handler(lambda _, context: reports.append(type(context["exception"])))

        loop.call_soon(lambda: 1 / 0)
        loop.call_soon(nested.end)
        nested.run()

        assert reports == [ZeroDivisionError]

    def test_a_callback_that_waited_for_the_opener_survives_an_interrupt(
        self, loop: TurnLoop
    ) -> None:
        seen, nested, shared = list[str](), Nested(), contextvars.copy_context()

        def open_qt() -> None:
            loop.call_soon(seen.append, "waited", context=shared)
            loop.call_soon(nested.end)
            nested.run()
            raise KeyboardInterrupt

        loop.call_soon(open_qt, context=shared)
        with pytest.raises(KeyboardInterrupt):
            loop.run_forever()
        loop.call_soon(loop.stop)
        loop.run_forever()

        assert seen == ["waited"]

    def test_stop_ends_it_and_the_loop(self, loop: TurnLoop) -> None:
        seen, nested = list[str](), QEventLoop()

        def open_qt() -> None:
            loop.call_later(0.005, loop.stop)
            nested.exec()
            seen.append("after")

        loop.call_soon(open_qt)
        loop.run_forever()

        assert seen == ["after"]

    def test_keyboard_interrupt_ends_it_and_comes_out_of_the_loop(self, loop: TurnLoop) -> None:
        seen, nested = list[str](), QEventLoop()

        def interrupt() -> None:
            raise KeyboardInterrupt

        def open_qt() -> None:
            loop.call_later(0.005, interrupt)
            nested.exec()
            seen.append("after")

        loop.call_soon(open_qt)
        with pytest.raises(KeyboardInterrupt):
            loop.run_forever()

        assert seen == ["after"]


@unix_only
class TestReaders:
    async def test_run_once_for_each_time_there_is_something_to_read(self) -> None:
        loop, seen, done = running_loop(), list[bytes](), loop_future()
        near, far = socket.socketpair()

        def read() -> None:
            seen.append(near.recv(100))
            if seen[-1] == b"last":
                done.set_result(None)
            else:
                far.send(b"last")

        near.setblocking(False)
        loop.add_reader(near, read)
        far.send(b"first")
        await done
        loop.remove_reader(near)
        near.close()
        far.close()

        assert seen == [b"first", b"last"]

    async def test_that_open_qt_before_reading_are_not_entered_again(
        self, iterations: list[float]
    ) -> None:
        loop, entered, done = running_loop(), list[str](), loop_future()
        received = list[bytes]()
        read_end, write_end = os.pipe()

        async def elsewhere(nested: Nested) -> None:
            await asyncio.sleep(0.1)
            received.append(await round_trip(b"other"))
            nested.end()

        def read() -> None:
            entered.append("in")
            nested = Nested()
            tasks.append(loop.create_task(elsewhere(nested)))
            nested.run()
            os.read(read_end, 100)
            done.set_result(None)

        tasks = list[asyncio.Task[None]]()
        loop.add_reader(read_end, read)
        os.write(write_end, b"x")
        await done
        iterations_inside = len(iterations)
        await asyncio.sleep(0.01)
        loop.remove_reader(read_end)
        os.close(read_end)
        os.close(write_end)

        assert entered == ["in"]
        assert received == [b"other"]
        assert iterations_inside < 100, "the unread pipe kept the loop spinning"

    async def test_queued_behind_the_opener_run_once(self) -> None:
        loop, seen, done = running_loop(), list[str](), loop_future()
        pairs = [socket.socketpair() for _ in range(3)]

        def read(name: str, sock: socket.socket) -> None:
            sock.recv(100)
            seen.append(name)
            if len(seen) == 1:
                nested = Nested()
                loop.call_later(0.02, nested.end)
                nested.run()
                done.set_result(None)

        for number, (near, far) in enumerate(pairs):
            near.setblocking(False)
            loop.add_reader(near, read, str(number), near)
            far.send(b"x")
        await done
        await asyncio.sleep(0.01)
        for near, far in pairs:
            loop.remove_reader(near)
            near.close()
            far.close()

        assert sorted(seen) == ["0", "1", "2"]

    def test_queued_behind_an_interrupt_run_once_in_the_next_run(self, loop: TurnLoop) -> None:
        seen, reports = list[str](), list[object]()
        pairs = [socket.socketpair() for _ in range(3)]
        loop.set_exception_handler(lambda _, context: reports.append(context))

        def read(name: str, sock: socket.socket) -> None:
            seen.append(name + sock.recv(100).decode())
            if len(seen) == 1:
                raise KeyboardInterrupt

        for number, (near, far) in enumerate(pairs):
            near.setblocking(False)
            loop.add_reader(near, read, str(number), near)
            far.send(b"!")
        with pytest.raises(KeyboardInterrupt):
            loop.run_forever()
        loop.run_until_complete(asyncio.sleep(0.01))
        for near, far in pairs:
            loop.remove_reader(near)
            near.close()
            far.close()

        assert sorted(seen) == ["0!", "1!", "2!"]
        assert reports == []

"""The command ``demo``: the whole program against simulated endpoints that fail and recover.

It lives in a temporary folder of its own and needs no key; nothing of the user's is read or
written, and a QCC Desktop that runs beside it is not disturbed.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from typing_extensions import override

from qcc_desktop.app.commands.output import say
from qcc_desktop.app.demo.director import Director
from qcc_desktop.app.demo.guide import (
    NO_SCREEN,
    captioned,
    footer,
    has_screen,
    next_steps,
    program_name,
)
from qcc_desktop.app.demo.report import PlainNarrator, print_summary
from qcc_desktop.app.demo.script import STORY, Beat
from qcc_desktop.app.demo.stage import UNWATCHED, WATCHED, Stage
from qcc_desktop.app.lifecycle import Program, stop_on_signals
from qcc_desktop.app.logs import Logs
from qcc_desktop.runtime.tasks import spawn


class Performance(Program):
    """The program with a story that plays in it, from `begin` until it is over or stopped."""

    def __init__(self, director: Director, *, once: bool) -> None:
        super().__init__(director.stage.container, port=0, always_on=True)
        self._director = director
        self._once = once
        self._playing: asyncio.Task[None] | None = None
        self._has_left = False

    def begin(self) -> None:
        """Play; the proxy runs. The program ends with the story."""
        self._playing = spawn(self._play(), name="the demo's story")

    async def _play(self) -> None:
        try:
            await self._director.play(once=self._once)
        finally:
            super().request_stop()

    @property
    def fault(self) -> BaseException | None:
        """What the story failed with, if it did: a mistake of ours."""
        playing = self._playing
        if playing is None or not playing.done() or playing.cancelled():
            return None
        return playing.exception()

    @override
    def request_stop(self) -> None:
        """End, and let nobody begin to ask any more."""
        self._leave()
        super().request_stop()

    @override
    async def stop(self, *, drain_s: float = 1.0) -> None:
        """Stop the story, then the program; its sessions need no time to end."""
        self._leave()
        if self._playing is not None:
            await asyncio.gather(self._playing, return_exceptions=True)
        await super().stop(drain_s=drain_s)

    def _leave(self) -> None:
        """Cancel the story, once: a second time would cancel its tidying up."""
        if self._playing is not None and not self._has_left:
            self._has_left = True
            self._playing.cancel()


Front = Callable[[Performance], Awaitable[None]]
"""Runs the program until it is asked to stop, and shows it."""


def run(*, once: bool, headless: bool, story: Sequence[Beat] = STORY) -> int:
    """Play the demo and return the exit code.

    ``once`` plays one story and returns 0 only if it was played as written and every request
    was answered. Otherwise it goes on until the person ends it. It is shown by the tray icon
    and the window, or, ``headless`` or without a screen, in the terminal.
    """
    with_screen = has_screen(os.environ)
    if not with_screen:
        say(NO_SCREEN)
    with tempfile.TemporaryDirectory(
        prefix="qcc-desktop-demo-", ignore_cleanup_errors=True
    ) as directory:
        if not headless and with_screen:
            director = _play_in_window(Path(directory), story, once=once)
        else:
            director = asyncio.run(_play_in_terminal(Path(directory), story, once=once))
    if director.seen:
        print_summary(director.seen)
    for line in next_steps(_program(), with_screen=with_screen):
        say(line)
    return 0 if director.is_well or not once else 1


def _program() -> str:
    return program_name(sys.argv[0], Path.cwd())


def _play_in_window(directory: Path, story: Sequence[Beat], *, once: bool) -> Director:
    from qcc_desktop.app.event_loop.factory import new_loop  # noqa: PLC0415
    from qcc_desktop.app.gui import run_with  # noqa: PLC0415 - a demo in the terminal has no Qt
    from qcc_desktop.app.qt_app import new_app  # noqa: PLC0415
    from qcc_desktop.ui.caption import Caption  # noqa: PLC0415

    app = new_app()
    caption = Caption(captioned(), title="Demo")

    async def show(performance: Performance) -> None:
        await run_with(app, performance, on_started=performance.begin, caption=caption)

    async def play() -> Director:
        narrator = PlainNarrator(len(story), tell=lambda title: caption.say(captioned(title)))
        director = Director(Stage(directory, WATCHED), narrator, story=story)
        await _perform(director, show, once=once)
        return director

    say("The demo plays: look at the tray icon and the window. Quit there, or Ctrl-C, ends it.")
    with asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
        return runner.run(play())


async def _play_in_terminal(directory: Path, story: Sequence[Beat], *, once: bool) -> Director:
    if sys.stdout is None or not sys.stdout.isatty():
        plain = PlainNarrator(len(story))
        director = Director(Stage(directory, UNWATCHED), plain, story=story)
        await _perform(director, _until_stopped, once=once)
        return director
    from qcc_desktop.app.demo.live import LiveView  # noqa: PLC0415 - 0.1 s of rich

    view = LiveView(footer(_program(), with_screen=has_screen(os.environ)))
    director = Director(Stage(directory, WATCHED), view, story=story)

    async def show(performance: Performance) -> None:
        async with view.shown(director):
            await _until_stopped(performance)

    await _perform(director, show, once=once)
    return director


async def _until_stopped(performance: Performance) -> None:
    with stop_on_signals(performance, asyncio.get_running_loop()):
        await performance.start()
        performance.begin()
        await performance.run_until_stopped()


async def _perform(director: Director, front: Front, *, once: bool) -> None:
    stage = director.stage
    logs = Logs(stage.container.paths.log_file, lambda: (stage.container.token.value,))
    performance = Performance(director, once=once)
    try:
        await stage.set_up()
        await front(performance)
    finally:
        await performance.stop(drain_s=0)
        await stage.strike()
        logs.close()
    if performance.fault is not None:
        raise performance.fault

"""The tray program: the services, Qt around them, and one loop for both.

Tray and window are loaded once the proxy listens: a tenth of the start that nobody waits for.
"""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMessageBox

from qcc_desktop.app.commands.output import tell
from qcc_desktop.app.container import Container, build_container
from qcc_desktop.app.control import ask
from qcc_desktop.app.demo_opener import DemoOpener
from qcc_desktop.app.event_loop.factory import new_loop
from qcc_desktop.app.lifecycle import Program, stop_on_signals
from qcc_desktop.app.logs import Logs
from qcc_desktop.app.qt_app import QtApp, new_app
from qcc_desktop.app.single_instance import AlreadyRunningError
from qcc_desktop.app.wake import WakeWatch
from qcc_desktop.core.errors import NotRunning, UserFacingError
from qcc_desktop.core.settings import Settings
from qcc_desktop.storage.paths import Paths
from qcc_desktop.storage.runtime_file import RuntimeInfo, find_running
from qcc_desktop.system.awake import stay_awake
from qcc_desktop.system.motion import prefers_less_motion
from qcc_desktop.ui.dialogs import show

if TYPE_CHECKING:
    from qcc_desktop.ui.caption import Caption
    from qcc_desktop.ui.desk import Desk
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import Translations

_OTHER_STARTS_S = 5.0
"""How long a program that holds the lock may take to say how it is reached."""


def run(paths: Paths, *, hidden: bool = False) -> int:
    """Run the tray program until it is asked to quit; return the exit code.

    A second start asks the running program to show its window and returns 0.

    Raises:
        UserFacingError: there is no screen, or the running program has no window.
    """
    check_screen(os.environ)
    app = new_app()
    stay_awake()
    container = build_container(paths)
    logs = Logs(paths.log_file, lambda: (container.token.value, *container.keys.secrets()))
    try:
        with asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
            return runner.run(_run(app, container, hidden=hidden))
    finally:
        logs.close()


def check_screen(environ: Mapping[str, str]) -> None:
    """Say in a sentence what Qt would answer with an abort.

    Raises:
        UserFacingError: no window system is there.
    """
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(environ.get(name) for name in known):
        raise UserFacingError(
            "There is no screen to show the tray icon on.",
            "Start 'qcc-desktop serve', the proxy without a window.",
        )


async def _run(app: QtApp, container: Container, *, hidden: bool) -> int:
    program = Program(container)
    try:
        await run_with(app, program, hidden=hidden)
    except AlreadyRunningError as error:
        await _show_other_window(container.paths, error)
    except UserFacingError as error:
        await _tell(error, Translations(app), container.configuration.current.settings)
        return error.exit_code
    return 0


async def run_with(
    app: QtApp,
    program: Program,
    *,
    hidden: bool = False,
    on_started: Callable[[], None] | None = None,
    caption: "Caption | None" = None,
) -> None:
    """Start ``program``, show tray and window over it, and stop it when it is asked to.

    ``on_started`` is called once all is there (the demo begins its story then); ``caption`` is
    shown below the head of the window.

    Raises:
        UserFacingError: the program cannot start.
    """
    with stop_on_signals(program, asyncio.get_running_loop()):
        await program.start()
        desk = new_desk(app, program, caption)
        app.on_quit = program.request_stop
        program.container.updates.on_restart = program.request_stop
        wake = WakeWatch(program.container.clock, program.container.engine.drop_idle)
        try:
            program.on_show_window(desk.show_window)
            desk.start(hidden=hidden)
            gc.freeze()  # the widgets stay as well; see Program.start
            desk.announce(_notices(program.container))
            wake.start()
            if on_started is not None:
                on_started()
            await program.run_until_stopped()
        finally:
            app.on_quit = None
            await wake.stop()
            desk.close()
            if program.container.desktop_messages is not None:
                await program.container.desktop_messages.close()
            await program.stop(drain_s=0)


def new_desk(app: QtApp, program: Program, caption: "Caption | None" = None) -> "Desk":
    """Return the interface of a program that has started; the window is not made yet."""
    from qcc_desktop.ui.bridge import Bridge  # noqa: PLC0415 - see the module's docstring
    from qcc_desktop.ui.contracts import Services  # noqa: PLC0415
    from qcc_desktop.ui.desk import Desk  # noqa: PLC0415

    container = program.container
    services = Services(
        state=container.state,
        endpoints=container.endpoints,
        preferences=container.preferences,
        proxy=container.proxy_control,
        claude_code=container.claude_code,
        sessions=container.sessions,
        activity=container.activity,
        usage=container.usage_report,
        autostart=container.autostart,
        legacy_import=container.legacy_import,
        demo=DemoOpener(container.paths),
        doctor=container.doctor,
        diagnostics=container.diagnostics,
        alerts=container.alerts,
        updates=container.updates,
        about=container.about,
        installations=container.claude_installations,
        installer=container.claude_installer,
        takeover=container.takeover,
        config=lambda: container.configuration.current,
        clock=container.clock,
        request_quit=program.request_stop,
        is_quitting=lambda: program.stop_requested,
        less_motion=prefers_less_motion,
        desktop_messages=container.desktop_messages,
    )
    memory = QSettings(str(container.paths.data_dir / "window.ini"), QSettings.Format.IniFormat)
    return Desk(app, services, Bridge(container.state, container.bus), memory, caption)


def _notices(container: Container) -> tuple[str, ...]:
    """Return what the person should know about this start, as sentences."""
    said = [*container.configuration.notices, *sorted(set(container.keys.faults.values()))]
    if container.proxy_control.notice:
        said.append(container.proxy_control.notice)
    if container.secrets.is_fallback:
        said.append(f"Keys are kept in {container.secrets.place}.")
    if container.history.notice:
        said.append(container.history.notice)
    return tuple(said)


async def _show_other_window(paths: Paths, error: AlreadyRunningError) -> None:
    """Have the running program show its window.

    Raises:
        UserFacingError: it has none, or does not answer.
    """
    other = await _find_other(paths)
    if other is None:
        raise error
    try:
        await ask(other, "show_window")
    except NotRunning:
        raise error from None
    tell("QCC Desktop is running already; its window is shown.")


async def _find_other(paths: Paths) -> RuntimeInfo | None:
    """Return how the running program is reached; it may be starting at this moment."""
    loop = asyncio.get_running_loop()
    deadline_s = loop.time() + _OTHER_STARTS_S
    while True:
        found = await asyncio.to_thread(find_running, paths.runtime_file)
        if found is not None or loop.time() > deadline_s:
            return found
        await asyncio.sleep(0.1)


async def _tell(error: UserFacingError, translations: Translations, settings: Settings) -> None:
    """Show why the program cannot start; there may be no terminal to say it in."""
    translations.choose(settings.ui_language)  # the tray, which chooses it else, is not there yet
    box = QMessageBox(QMessageBox.Icon.Critical, "QCC Desktop", failure_sentence(error.title))
    box.setInformativeText(failure_sentence(error.hint))
    await show(box)

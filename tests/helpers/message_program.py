"""A tray icon whose messages are told by lines on stdin, and whose clicks are told on stdout.

Each line is a JSON object with the fields of `core.alert.Alert`, or with a ``note`` for any other
message; a click that opens a place prints ``go PAGE SUBJECT``, one that brings the window forward
``forward``. With the argument ``qt`` Qt's own messages are used.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable

from qcc_desktop.app.event_loop.factory import new_loop
from qcc_desktop.app.qt_app import new_app
from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.core.config import Config
from qcc_desktop.runtime.clock import SystemClock, utc
from qcc_desktop.system.notifications.entry import desktop_messages
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.notifier import Front, Notifier
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.tray.presenter import present
from qcc_desktop.ui.tray.tray import Tray
from tests.helpers.desk_fakes import four_endpoints


class Lines:
    """An `AlertSource` fed by hand."""

    def __init__(self) -> None:
        self.tell: Callable[[Alert], None] = lambda alert: None

    def subscribe(self, listener: Callable[[Alert], None]) -> Callable[[], None]:
        self.tell = listener
        return lambda: None


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


async def serve(tray: Tray, lines: Lines) -> None:
    clock = SystemClock()

    def in_window(notice: Notice) -> None:
        say("window", notice.title)

    def go(page: PageName, subject: str) -> None:
        say("go", page.value, subject)

    desktop = None if "qt" in sys.argv else desktop_messages(os.environ)
    front = Front(in_window, lambda: False, go, lambda: say("forward"))
    notifier = Notifier(lines, clock, tray.icon, front, desktop)
    tray.apply(present(four_endpoints(), Config(), utc(clock.wall_s())))
    tray.show()
    say("ready")
    while line := await asyncio.to_thread(sys.stdin.readline):
        fields = json.loads(line)
        if "note" in fields:
            notifier.show_notice(Notice(fields["note"]))
            continue
        lines.tell(Alert(AlertKind(fields.pop("kind")), **fields))
    notifier.close()
    if desktop is not None:
        await desktop.close()
    tray.hide()


def main() -> None:
    app = new_app()
    tray = Tray()
    with asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
        runner.run(serve(tray, Lines()))


if __name__ == "__main__":
    main()

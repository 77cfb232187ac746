"""Tests saved endpoints, a few at a time, and shows the verdicts as they come."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.ui.contracts import Services
from qcc_desktop.ui.endpoints.results import TestResults
from qcc_desktop.ui.failure_words import failure_sentence

_AT_ONCE = 4


class Testing(QObject):
    """Holds at most one dialog of results; closing it lets what runs come to nothing."""

    __test__ = False  # the name makes pytest collect it

    def __init__(self, services: Services, parent: QWidget, settled: Callable[[], None]) -> None:
        super().__init__(parent)
        self._services = services
        self._window = parent
        self._settled = settled
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._runs: set[asyncio.Task[None]] = set()
        self.dialog: TestResults | None = None

    def test(self, names: Mapping[str, str]) -> None:
        """Test the endpoints of these ids and names."""
        self.close()
        dialog = TestResults(names, self._window)
        dialog.again_requested.connect(partial(self._again, dialog))
        dialog.finished.connect(partial(self._closed, dialog))
        self.dialog = dialog
        dialog.open()
        self._start(dialog)

    def close(self) -> None:
        """Close the dialog and end what runs."""
        if self.dialog is not None:
            self.dialog.reject()

    def _again(self, dialog: TestResults, *_: object) -> None:
        dialog.begin()
        self._start(dialog)

    def _start(self, dialog: TestResults) -> None:
        for endpoint_id in dialog.parts:
            run = spawn(self._test(dialog, endpoint_id), name="ui: test an endpoint")
            self._runs.add(run)
            run.add_done_callback(self._runs.discard)

    def _closed(self, dialog: TestResults, *_: object) -> None:
        if self.dialog is dialog:
            self.dialog = None
            for run in tuple(self._runs):
                run.cancel()

    async def _test(self, dialog: TestResults, endpoint_id: str) -> None:
        try:
            async with self._turns:
                report = await self._services.endpoints.test(
                    endpoint_id, partial(dialog.show_check, endpoint_id)
                )
        except UserFacingError as error:
            dialog.show_failure(endpoint_id, failure_sentence(str(error)))
        else:
            dialog.show_report(endpoint_id, report)
        finally:
            self._settled()

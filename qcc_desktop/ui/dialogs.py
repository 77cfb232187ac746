"""Dialogs without a loop of their own: opened, and awaited where an answer is needed."""

import asyncio
from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from qcc_desktop.ui.titles import set_title


async def show(dialog: QDialog) -> int:
    """Open ``dialog`` and return its result once it is closed; the proxy goes on meanwhile."""
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finished(result: int) -> None:
        if not answer.done():
            answer.set_result(result)

    dialog.finished.connect(finished)
    dialog.open()
    return await answer


def choose_folder(
    parent: QWidget | None, title: str, start: str, chosen: Callable[[str], None]
) -> QFileDialog:
    """Open a folder picker that calls ``chosen``; it deletes itself when it is closed."""
    dialog = QFileDialog(parent, title, start)
    set_title(dialog, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog

"""A slim bar above the page: there is a newer version, and how far its installation is."""

from PySide6.QtCore import QEvent, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget
from typing_extensions import override

from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.services.update_state import UpdateState
from qcc_desktop.ui.contracts import UpdateService
from qcc_desktop.ui.help.reader import Reader
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.update_words import DECLINED, BannerLook, banner_look
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel

_BAR_WIDTH = 160
_BAR_HEIGHT = 8


class UpdateBanner(QFrame):
    """Shows what `UpdateService` finds and does, until the person says "not now".

    Takes no room while there is nothing to say. `close_banner` ends its listening.
    """

    def __init__(
        self, updates: UpdateService, memory: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._updates = updates
        self._memory = memory
        self._reader: Reader | None = None
        self._log = ""
        self.setObjectName("caption")
        self.title, self.summary = QLabel(), ElidedLabel()
        set_text(self.title, TextSize.BODY, bold=True)
        set_text(self.summary, TextSize.BODY, muted=True)
        self.progress = QProgressBar()
        self.progress.setFixedSize(_BAR_WIDTH, _BAR_HEIGHT)
        self.progress.setTextVisible(False)
        self.install = Button(weight=Weight.PLAIN)
        self.news = Button(weight=Weight.LINK)
        self.page = Button(weight=Weight.LINK)
        self.log = Button(weight=Weight.LINK)
        self.decline = Button(weight=Weight.LINK)
        self.cancel = Button(weight=Weight.LINK)
        self.dismiss = Button(weight=Weight.LINK)
        self._lay_out()
        self._connect()
        self.hide()
        self._unsubscribe = updates.subscribe(self._show_state)
        self._show_state(updates.state)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        row.setSpacing(GAP)
        row.addWidget(self.title)
        row.addWidget(self.progress)
        row.addWidget(self.summary, 1)
        for button in self._buttons():
            row.addWidget(button)

    def _buttons(self) -> tuple[Button, ...]:
        reading = (self.news, self.page, self.log)
        return (*reading, self.decline, self.cancel, self.dismiss, self.install)

    def _connect(self) -> None:
        self.install.clicked.connect(self._install)
        self.news.clicked.connect(self._show_news)
        self.page.clicked.connect(self._open_page)
        self.log.clicked.connect(self._open_log)
        self.decline.clicked.connect(self._decline)
        self.cancel.clicked.connect(self._updates.cancel)
        self.dismiss.clicked.connect(self._close)

    def close_banner(self) -> None:
        """Hear nothing any more."""
        self._unsubscribe()
        if self._reader is not None:
            self._reader.close()

    def _show_state(self, state: UpdateState) -> None:
        look = banner_look(state, str(self._memory.value(DECLINED) or ""))
        if look is not None:
            self._show_look(look)
        self.setVisible(look is not None)

    def _show_look(self, look: BannerLook) -> None:
        self.title.setText(look.title)
        self.setAccessibleName(look.title)
        self.summary.setText(look.text)
        self.progress.setVisible(look.share is not None)
        self._show_share(look.share)
        self.install.set_words(
            self.tr("Try again") if look.is_again else self.tr("Install and restart")
        )
        self.progress.setAccessibleName(look.title)
        words = (
            (self.news, self.tr("What is new"), look.has_news),
            (self.page, self.tr("Download page"), look.has_page),
            (self.log, self.tr("Open the log"), bool(look.log)),
            (self.decline, self.tr("Not now"), look.can_decline),
            (self.cancel, self.tr("Cancel"), look.can_cancel),
            (self.dismiss, self.tr("Close"), look.can_close),
        )
        for button, text, is_there in words:
            button.set_words(text)
            button.setVisible(is_there)
        self.install.setVisible(look.can_install)
        # As high with and without its button: nothing below jumps from state to state.
        self.setMinimumHeight(self.install.sizeHint().height() + 2 * GRID)
        self._log = look.log

    def _show_share(self, share: float | None) -> None:
        """Show how far it is; without a measure the bar only moves."""
        is_known = share is not None and share >= 0
        self.progress.setRange(0, 100 if is_known else 0)
        self.progress.setValue(round(100 * share) if share is not None and is_known else 0)

    def _install(self) -> None:
        _ = spawn(self._updates.install(), name="install the update")

    def _show_news(self) -> None:
        """Open the release's notes here, or their page where the list has none."""
        update = self._updates.state.update
        if update is None:
            return
        if not update.notes:
            self._open_page()
            return
        title = self.tr("What is new in version {version}").format(version=update.version)
        if self._reader is not None:
            self._reader.close()
        self._reader = reader = Reader(title, update.notes, is_markdown=True, parent=self.window())
        reader.finished.connect(self._reader_closed)
        reader.open()

    def _reader_closed(self) -> None:
        if self.sender() is self._reader:
            self._reader = None

    def _open_page(self) -> None:
        update = self._updates.state.update
        if update is not None and update.notes_url:
            QDesktopServices.openUrl(QUrl(update.notes_url))

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._log))

    def _decline(self) -> None:
        update = self._updates.state.update
        if update is not None:
            self._memory.setValue(DECLINED, update.version)
            self._show_state(self._updates.state)

    def _close(self) -> None:
        """Say no more of it; a version that failed its self-test is not offered by itself again."""
        state = self._updates.state
        version = (state.past or state.update) if self._log else None
        if version is not None:
            self._memory.setValue(DECLINED, version.version)
        self._updates.dismiss()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show_state(self._updates.state)

"""A slim bar above the page: there is a newer version."""

from PySide6.QtCore import QEvent, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from qcc_desktop.services.updates import Update, UpdateState
from qcc_desktop.ui.contracts import UpdateService
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel

_DECLINED = "updates/declined"


class UpdateBanner(QFrame):
    """Shows what `UpdateService` finds, until the person says "not now" to that version.

    Takes no room while there is nothing to say. `close_banner` ends its listening.
    """

    def __init__(
        self, updates: UpdateService, memory: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self._update: Update | None = None
        self.setObjectName("caption")
        self.title = QLabel()
        set_text(self.title, TextSize.BODY, bold=True)
        self.summary = ElidedLabel()
        set_text(self.summary, TextSize.BODY, muted=True)
        self.news = Button(weight=Weight.LINK)
        self.news.clicked.connect(self._open_notes)
        self.decline = Button(weight=Weight.LINK)
        self.decline.clicked.connect(self._decline)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        row.setSpacing(GAP)
        row.addWidget(self.title)
        row.addWidget(self.summary, 1)
        row.addWidget(self.news)
        row.addWidget(self.decline)
        self.hide()
        self._retranslate()
        self._unsubscribe = updates.subscribe(self._show_state)
        self._show_state(updates.state)

    def close_banner(self) -> None:
        """Hear nothing any more."""
        self._unsubscribe()

    def _show_state(self, state: UpdateState) -> None:
        update = state.update
        if update is not None and self._memory.value(_DECLINED) == update.version:
            update = None
        self._update = update
        self._retranslate()
        self.setVisible(update is not None)

    def _open_notes(self) -> None:
        if self._update is not None and self._update.notes_url:
            QDesktopServices.openUrl(QUrl(self._update.notes_url))

    def _decline(self) -> None:
        if self._update is not None:
            self._memory.setValue(_DECLINED, self._update.version)
            self._update = None
            self.hide()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.news.set_words(self.tr("What is new"))
        self.decline.set_words(self.tr("Not now"))
        update = self._update
        if update is None:
            return
        self.title.setText(self.tr("Version {version} is there").format(version=update.version))
        self.summary.setText(update.summary)
        self.news.setVisible(bool(update.notes_url))

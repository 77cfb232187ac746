"""The card that says which version runs, whether there is a newer one, and whose work it is."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.services.about import Versions
from qcc_desktop.services.update_state import UpdateState, UpdateStatus
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.update_words import details, update_sentence, way_sentence
from qcc_desktop.ui.widgets.buttons import Button

_ICON = QSize(48, 48)


class AboutCard(QFrame):
    """Shows what it is told."""

    check_requested = Signal()
    licences_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._versions: Versions | None = None
        self._state = UpdateState()
        self._is_checking = False
        self.picture = QLabel()
        self.picture.setPixmap(icons.app_icon().pixmap(_ICON))
        self.name = QLabel("QCC Desktop")
        set_text(self.name, TextSize.TITLE, bold=True)
        self.parts = QLabel()
        self.parts.setWordWrap(True)
        set_text(self.parts, TextSize.SMALL, muted=True)
        self.update_line = QLabel()
        self.update_line.setWordWrap(True)
        set_text(self.update_line, TextSize.BODY)
        self.details = QLabel()
        self.details.setWordWrap(True)
        set_text(self.details, TextSize.SMALL, muted=True)
        self.check = Button()
        self.check.clicked.connect(self.check_requested)
        self.licences = Button()
        self.licences.clicked.connect(self.licences_requested)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(GRID)
        texts.addWidget(self.name)
        texts.addWidget(self.parts)
        texts.addWidget(self.update_line)
        texts.addWidget(self.details)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.check)
        buttons.addWidget(self.licences)
        buttons.addStretch(1)
        texts.addSpacing(GRID)
        texts.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        row.setSpacing(MARGIN)
        column = QVBoxLayout()
        column.addWidget(self.picture)
        column.addStretch(1)
        row.addLayout(column)
        row.addLayout(texts, 1)

    def show_versions(self, versions: Versions) -> None:
        """Say what runs here."""
        self._versions = versions
        self.retranslate()

    def show_update(self, state: UpdateState, *, is_checking: bool = False) -> None:
        """Say what is known of a newer version."""
        self._state, self._is_checking = state, is_checking
        self.retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Put everything in the language shown now."""
        self.check.set_words(self.tr("Check for updates"))
        can_check = self._state.status is not UpdateStatus.NOWHERE
        self.check.setEnabled(not self._is_checking)
        self.check.setVisible(can_check)
        self.update_line.setVisible(can_check)
        self.licences.set_words(self.tr("Licences"))
        self.update_line.setText(
            self.tr("Looking for updates…") if self._is_checking else self._known()
        )
        self.details.setText(details(self._state))
        self.details.setVisible(bool(self.details.text()))
        known = self._versions
        if known is None:
            self.parts.clear()
            return
        self.name.setText(f"QCC Desktop {known.program}")
        self.parts.setText(
            self.tr("Python {python} · Qt {qt} · {system} · MIT licence").format(
                python=known.python, qt=known.qt or "–", system=known.system
            )
        )

    def _known(self) -> str:
        """Return what is known of a newer version, and how it gets here if not by itself."""
        said = update_sentence(self._state)
        is_there = self._state.status is UpdateStatus.AVAILABLE
        return f"{said} {way_sentence(self._state.manner)}".strip() if is_there else said

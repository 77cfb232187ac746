"""A dialog with a long text to read: the manual, the licences."""

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QDesktopServices, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize, font

_WIDE, _TALL = 720, 560


class Reader(QDialog):
    """Shows ``text``; deletes itself when it is closed."""

    def __init__(
        self, title: str, text: str, *, is_markdown: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(_WIDE, _TALL)
        self.text = QTextBrowser()
        self.text.setFont(font(TextSize.BODY))
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(title)
        self.text.anchorClicked.connect(self._follow)
        self.text.document().setDefaultFont(font(TextSize.BODY))
        self.text.document().setDocumentMargin(GAP)
        if is_markdown:
            self.text.document().setMarkdown(
                text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            )
        else:
            self.text.setPlainText(text)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.text)
        column.addWidget(self.buttons)
        self.finished.connect(self.deleteLater)
        self.text.setFocus()

    def go_to_chapter(self, number: int) -> None:
        """Put the heading of a chapter (second level, counted from 0) at the top."""
        block = self.text.document().begin()
        seen = -1
        while block.isValid():
            seen += block.blockFormat().headingLevel() == 2
            if seen == number:
                break
            block = block.next()
        else:
            return
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.text.setTextCursor(cursor)  # from below, so that the heading comes to the top
        self.text.setTextCursor(QTextCursor(block))

    def _follow(self, url: QUrl) -> None:
        """Open web pages in the browser; what is meant as a file of the project is not here."""
        if url.scheme() in {"https", "http"}:
            QDesktopServices.openUrl(url)

    @override
    def showEvent(self, event: QEvent) -> None:  # type: ignore[override]  # a QShowEvent
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        self.text.ensureCursorVisible()

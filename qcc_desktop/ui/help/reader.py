"""A dialog with a long text to read: the manual, the licences."""

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QIcon, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize, font
from qcc_desktop.ui.titles import set_title

_WIDE, _TALL = 720, 560

_EMPTY_TABLE = re.compile(r"^\|( \|)+\n\|[-|]+\n(?!\|)", re.MULTILINE)


def without_pictures(text: str) -> str:
    """Return Markdown without its pictures, which lie beside a clone only, and their tables."""
    kept = "".join(line for line in text.splitlines(keepends=True) if "![" not in line)
    return _EMPTY_TABLE.sub("", kept)


class Reader(QDialog):
    """Shows ``text``; deletes itself when it is closed."""

    def __init__(
        self, title: str, text: str, *, is_markdown: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_title(self, title)
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
                without_pictures(text), QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            )
            _space_out(self.text.document())
        else:
            self.text.setPlainText(text)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
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
        self.text.setTextCursor(QTextCursor(block))
        top = self.text.document().documentLayout().blockBoundingRect(block).top()
        self.text.verticalScrollBar().setValue(round(top))

    def _follow(self, url: QUrl) -> None:
        """Open web pages in the browser; what is meant as a file of the project is not here."""
        if url.scheme() in {"https", "http"}:
            QDesktopServices.openUrl(url)


def _space_out(document: QTextDocument) -> None:
    """Give headings and paragraphs their distance, and let long lines of code wrap."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        if cursor.currentTable() is None:
            form = QTextBlockFormat()
            form.setNonBreakableLines(False)
            form.setTopMargin(2 * GAP if block.blockFormat().headingLevel() else 0)
            form.setBottomMargin(GAP if cursor.currentList() is None else 0)
            cursor.mergeBlockFormat(form)
        block = block.next()

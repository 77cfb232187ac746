"""The questions that are asked first, with their answers, and the keys of the window."""

from dataclasses import dataclass

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui.page import PageName


@dataclass(frozen=True, slots=True)
class Question:
    """English source texts; ``page`` is where the answer is put into practice.

    ``chapter`` counts the chapters of the manual from 0.
    """

    question: str
    answer: str
    page: PageName | None
    subject: str = ""
    chapter: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """A shortcut in Qt's portable words, and what it does."""

    sequence: str
    words: str


QUESTIONS = (
    Question(
        QT_TRANSLATE_NOOP("Help", "How does Claude Code get to my endpoints?"),
        QT_TRANSLATE_NOOP(
            "Help",
            "Press Launch Claude Code and choose a folder. In a terminal of your own, paste what "
            "Copy environment puts on the clipboard, then run claude.",
        ),
        PageName.CLAUDE_CODE,
        chapter=1,
    ),
    Question(
        QT_TRANSLATE_NOOP("Help", "What happens when an endpoint fails?"),
        QT_TRANSLATE_NOOP(
            "Help",
            "The next one in the list answers the same request. The one that failed is checked "
            "in the background and comes back by itself once it answers.",
        ),
        PageName.ENDPOINTS,
        chapter=2,
    ),
    Question(
        QT_TRANSLATE_NOOP("Help", "Why was a request answered by another endpoint?"),
        QT_TRANSLATE_NOOP(
            "Help", "Open the request: it shows every endpoint considered, and why it was passed."
        ),
        PageName.REQUESTS,
        chapter=2,
    ),
    Question(
        QT_TRANSLATE_NOOP("Help", "An endpoint refuses its key. What now?"),
        QT_TRANSLATE_NOOP(
            "Help",
            "Edit the endpoint, paste a new key and press Save. It is used again at once. If the old "
            "key works again, press Test.",
        ),
        PageName.ENDPOINTS,
        chapter=6,
    ),
    Question(
        QT_TRANSLATE_NOOP("Help", "Where are my keys?"),
        QT_TRANSLATE_NOOP(
            "Help",
            "In the keychain of this computer. Where there is none, in a file that only you can "
            "read. They are never in a log or a report.",
        ),
        None,
        chapter=5,
    ),
    Question(
        QT_TRANSLATE_NOOP("Help", "The port is taken by another program."),
        QT_TRANSLATE_NOOP(
            "Help", "Choose another port in the settings; 0 takes a free one at every start."
        ),
        PageName.SETTINGS,
        "server.port",
        chapter=6,
    ),
)

KEYS = (
    Key("Ctrl+1 … 8", QT_TRANSLATE_NOOP("Help", "Open a page, in the order of the list")),
    Key("Ctrl+F", QT_TRANSLATE_NOOP("Help", "Search in the page, where it can be searched")),
    Key("Ctrl+N", QT_TRANSLATE_NOOP("Help", "Add an endpoint")),
    Key("Ctrl+V", QT_TRANSLATE_NOOP("Help", "Add endpoints from what was copied")),
    Key("Ctrl+Z", QT_TRANSLATE_NOOP("Help", "Undo the removal of an endpoint")),
    Key("Alt+↑ ↓", QT_TRANSLATE_NOOP("Help", "Move the selected endpoints in the order")),
    Key("Ctrl+,", QT_TRANSLATE_NOOP("Help", "Open the settings")),
    Key("F1", QT_TRANSLATE_NOOP("Help", "Open this page")),
    Key("Ctrl+W", QT_TRANSLATE_NOOP("Help", "Close the window; the proxy goes on")),
    Key("Ctrl+Q", QT_TRANSLATE_NOOP("Help", "Quit, once running answers are complete")),
    Key("Tab", QT_TRANSLATE_NOOP("Help", "Go to the next field or button")),
    Key("Esc", QT_TRANSLATE_NOOP("Help", "Close a dialog, empty a search")),
)

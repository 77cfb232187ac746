"""Sentences about an installed Claude Code; the window translates them (context ``Installation``)."""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

# Who put it there, where that is not a name.
ANTHROPIC = QT_TRANSLATE_NOOP("Installation", "Anthropic's installer")
OWN_FOLDER = QT_TRANSLATE_NOOP("Installation", "npm, in Claude Code's own folder")
SYSTEM = QT_TRANSLATE_NOOP("Installation", "the system")
APP = QT_TRANSLATE_NOOP("Installation", "the Claude app")
UNKNOWN = QT_TRANSLATE_NOOP("Installation", "unknown")

# Why it does not start.
DEAD_LINK = QT_TRANSLATE_NOOP("Installation", "It is a link to a file that is not there.")
DEAD_SHIM = QT_TRANSLATE_NOOP("Installation", "The program that it starts is not there.")
NO_POSTINSTALL = QT_TRANSLATE_NOOP(
    "Installation", "It was installed without its program. Install it again, scripts allowed."
)
NO_NODE = QT_TRANSLATE_NOOP("Installation", "It needs Node.js, which was not found.")
NO_MANAGER = QT_TRANSLATE_NOOP("Installation", "The version manager that starts it was not found.")
NOT_EXECUTABLE = QT_TRANSLATE_NOOP("Installation", "It may not be run: its file mode forbids it.")
UNREADABLE = QT_TRANSLATE_NOOP("Installation", "It cannot be read: access is denied.")
INSIDE_WSL = QT_TRANSLATE_NOOP(
    "Installation", "It runs inside WSL, from where the proxy is not always reachable."
)

INSTALLATION_TEXTS = (
    ANTHROPIC,
    OWN_FOLDER,
    SYSTEM,
    APP,
    UNKNOWN,
    DEAD_LINK,
    DEAD_SHIM,
    NO_POSTINSTALL,
    NO_NODE,
    NO_MANAGER,
    NOT_EXECUTABLE,
    UNREADABLE,
    INSIDE_WSL,
)

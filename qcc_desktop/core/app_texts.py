"""What the composition root says in the window, for translation (context ``App``)."""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

DEMO = (
    QT_TRANSLATE_NOOP("App", "Demo"),
    QT_TRANSLATE_NOOP("App", "Demo with simulated endpoints"),
    QT_TRANSLATE_NOOP("App", "nothing here is kept"),
    QT_TRANSLATE_NOOP("App", "All is well"),
    QT_TRANSLATE_NOOP("App", "{name} is overloaded"),
    QT_TRANSLATE_NOOP("App", "{name} limits the rate"),
    QT_TRANSLATE_NOOP("App", "{name} is unreachable"),
    QT_TRANSLATE_NOOP("App", "{name} hangs as well"),
    QT_TRANSLATE_NOOP("App", "{name} cuts answers"),
    QT_TRANSLATE_NOOP("App", "All is well again"),
    QT_TRANSLATE_NOOP("App", "{fault}: over, a check finds that out"),
    QT_TRANSLATE_NOOP("App", "Simulated; gone when the demo ends."),
    QT_TRANSLATE_NOOP("App", "The demo could not be opened."),
    QT_TRANSLATE_NOOP("App", "Start it in a terminal: {command}."),
)
"""Of the demo; the parts of its line below the head of the window are looked up one by one."""

START = (
    QT_TRANSLATE_NOOP("App", "Keys are kept in {place}."),
    QT_TRANSLATE_NOOP(
        "App",
        "Keys are kept in a file that only you can read ({file}), because no keychain is usable.",
    ),
    QT_TRANSLATE_NOOP("App", "There is no screen to show the tray icon on."),
    QT_TRANSLATE_NOOP("App", "Start 'qcc-desktop serve', the proxy without a window."),
    QT_TRANSLATE_NOOP("App", "QCC Desktop is running already (process {pid}, its proxy is off)."),
    QT_TRANSLATE_NOOP("App", "QCC Desktop is running already (process {pid}, port {port})."),
    QT_TRANSLATE_NOOP(
        "App", "Use it ('qcc-desktop status'), or end it before you start another one."
    ),
)
"""Of the start, as messages in the window or in a box before there is one."""

TAKEOVER = (
    QT_TRANSLATE_NOOP("App", "QCC Desktop runs and looks after the takeover itself."),
    QT_TRANSLATE_NOOP("App", "Switch it off with: qcc-desktop takeover off"),
    QT_TRANSLATE_NOOP("App", "Claude Code's settings are as they were before the takeover."),
    QT_TRANSLATE_NOOP("App", "To lead them to the proxy again: qcc-desktop takeover on"),
)
"""Of a takeover that was left behind, on the doctor's card."""

LIGHTS = (
    QT_TRANSLATE_NOOP("App", "green"),
    QT_TRANSLATE_NOOP("App", "amber"),
    QT_TRANSLATE_NOOP("App", "red"),
    QT_TRANSLATE_NOOP("App", "grey"),
)
"""Of the light, as its JSON names it."""

APP_TEXTS = (*DEMO, *START, *TAKEOVER, *LIGHTS)

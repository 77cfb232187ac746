"""What is said where endpoints are added to a demo, which keeps none of them."""

from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.notices import told

_LASTING_S = 20.0


def demo_sentence() -> str:
    """Return that nothing is kept, and what to do instead."""
    return f"{_nothing_kept()} {_instead()}"


def demo_notice() -> Notice:
    """Return the message in the window that says the same."""
    return told(lambda: Notice(_nothing_kept(), _instead(), lasting_s=_LASTING_S))


def _nothing_kept() -> str:
    return translate("Demo", "This is the demo: nothing you add here is kept.")


def _instead() -> str:
    return translate("Demo", "Start QCC Desktop to use your endpoints.")

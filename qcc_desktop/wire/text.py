"""Text out of a request that is kept, shown and stored: bounded, and fit for UTF-8."""


def label(text: str, most: int = 256) -> str:
    r"""Return the beginning of ``text``, with ``?`` for half a character pair.

    JSON may spell one (``"\ud800"``); files, databases and windows refuse it.
    """
    return text[:most].encode("utf-8", "replace").decode()

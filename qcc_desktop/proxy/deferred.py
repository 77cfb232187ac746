"""True answers for requests that had to be told 200 before their error was known.

After a soft commit the status is gone. When such a request then ends in the client's own error,
its connection is cut, Claude Code sends it again within a second (measured), and gets the
status and body kept here.
"""

import hashlib

from qcc_desktop.proxy.answers import WholeAnswer

KEPT_S = 60.0
_MOST = 64


class DeferredAnswers:
    """Keeps few answers for a short time, by session and body."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, bytes], tuple[float, WholeAnswer]] = {}

    def keep(self, session: str, body: bytes, answer: WholeAnswer, now_s: float) -> None:
        """Remember ``answer`` for the next identical request of the session."""
        self._expire(now_s)
        if len(self._answers) >= _MOST:
            self._answers.pop(next(iter(self._answers)))
        self._answers[_key(session, body)] = (now_s + KEPT_S, answer)

    def take(self, session: str, body: bytes, now_s: float) -> WholeAnswer | None:
        """Return the answer kept for this request; costs nothing when none is kept at all."""
        if not self._answers:
            return None
        self._expire(now_s)
        kept = self._answers.get(_key(session, body))
        return kept[1] if kept else None

    def _expire(self, now_s: float) -> None:
        for key in [key for key, (until_s, _) in self._answers.items() if until_s <= now_s]:
            del self._answers[key]


def _key(session: str, body: bytes) -> tuple[str, bytes]:
    return session, hashlib.blake2b(body, digest_size=16).digest()

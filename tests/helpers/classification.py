"""The labelled corpus of failures: cases out of `tests/data/classification`, and their judgement.

A case has an ``id``, a ``source`` (a document, a public issue, or the row of the table), an
``observation`` (fields of `core.failure.Observation`; ``json`` or ``text`` is the body) and what
is ``expected``: ``class``, ``row``, ``scope``, ``breaker``, ``switch`` and, where it matters,
single fields of the verdict. ``{"success": true, "row": n}`` expects no failure.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qcc_desktop.core.failure import Failure, Observation, Phase, TransportFault

CORPUS = Path(__file__).resolve().parents[1] / "data" / "classification"
SUCCESS = "success"


@dataclass(frozen=True)
class Case:
    """One labelled observation."""

    id: str
    source: str
    observation: Observation
    expected: dict[str, Any]

    @property
    def expected_class(self) -> str:
        """The class it should get; ``success`` for an answer that is complete after all."""
        return SUCCESS if self.expected.get("success") else str(self.expected["class"])


def cases() -> list[Case]:
    """Return every case of the corpus, in the order of the files."""
    return [
        Case(raw["id"], raw["source"], observation(raw["observation"]), raw["expected"])
        for path in sorted(CORPUS.glob("*.json"))
        for raw in json.loads(path.read_text(encoding="utf-8"))
    ]


def observation(fields: dict[str, Any]) -> Observation:
    """Build the observation that ``fields`` of a corpus file describe."""
    known = dict(fields)
    charset = known.pop("charset", "utf-8")
    body = known.pop("text", "")
    if "json" in known:
        body = json.dumps(known.pop("json"), ensure_ascii=False)
    fault = known.pop("fault", None)
    return Observation(
        phase=Phase(known.pop("phase")),
        fault=TransportFault(fault) if fault else None,
        body=body.encode(charset),
        **known,
    )


def verdict_of(failure: Failure | None) -> dict[str, Any]:
    """Return ``failure`` in the words of the corpus."""
    if failure is None:
        return {"success": True}
    return {
        "class": failure.kind.value,
        "row": failure.row,
        "scope": failure.scope.value,
        "breaker": failure.breaker.value,
        "switch": failure.switch,
        "reason": failure.reason,
        "retry_same": failure.retry_same,
        "quarantine": failure.quarantine,
        "client_status": failure.client_status,
        "client_type": failure.client_error_type,
        "verbatim": failure.verbatim,
        "should_retry": failure.should_retry,
        "retry_after_s": failure.retry_after_s,
        "base_s": failure.cooldown.base_s if failure.cooldown else None,
        "exact_s": failure.cooldown.exact_s if failure.cooldown else None,
    }


def misjudged(case: Case, failure: Failure | None) -> dict[str, Any]:
    """Return the fields in which ``failure`` is not what ``case`` expects."""
    got = verdict_of(failure)
    if case.expected.get("success") or failure is None:
        return {} if bool(case.expected.get("success")) == (failure is None) else got
    return {key: got[key] for key, value in case.expected.items() if got[key] != value}

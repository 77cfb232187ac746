"""The one action that helps in the state that the head of the window shows."""

from dataclasses import dataclass
from enum import StrEnum

from qcc_desktop.core.health import OUT, CauseKind, Light
from qcc_desktop.core.snapshot import EndpointView, Snapshot
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.marks import Mark, mark_of


class Help(StrEnum):
    """What kind of action it is."""

    NONE = ""
    ADD = "add"
    ENABLE = "enable"
    TRY = "try"
    EDIT = "edit"
    PORT = "port"


@dataclass(frozen=True, slots=True)
class Advice:
    """What helps, and the word for it; ``subject`` is the id of the endpoint it is about."""

    help: Help = Help.NONE
    label: str = ""
    subject: str = ""


NO_ADVICE = Advice()


def advice_of(snapshot: Snapshot) -> Advice:
    """Return what the person can do about the state; `Help.NONE` where nothing is to be done.

    Off has no advice: the switch is beside it.
    """
    kind = snapshot.cause.kind
    plain = {
        CauseKind.NO_ENDPOINTS: Advice(Help.ADD, translate("Advice", "Add endpoint")),
        CauseKind.ALL_DISABLED: Advice(Help.ENABLE, translate("Advice", "Show endpoints")),
        CauseKind.PROXY_FAILED: Advice(Help.PORT, translate("Advice", "Change the port")),
    }
    if snapshot.light is Light.GREEN or not snapshot.running:
        return plain.get(kind, NO_ADVICE) if kind is CauseKind.PROXY_FAILED else NO_ADVICE
    if kind in plain:
        return plain[kind]
    if kind is CauseKind.OFFLINE:
        return NO_ADVICE
    out = [view for view in snapshot.endpoints if view.endpoint.name == snapshot.cause.other]
    return _about(out[0]) if out else NO_ADVICE


def _about(view: EndpointView) -> Advice:
    name, key = view.endpoint.name, view.endpoint.id
    if mark_of(view) in {Mark.NO_KEY, Mark.QUARANTINED}:
        return Advice(Help.EDIT, translate("Advice", "Edit {name}").format(name=name), key)
    if view.health in OUT:
        return Advice(Help.TRY, translate("Advice", "Try {name} now").format(name=name), key)
    return NO_ADVICE

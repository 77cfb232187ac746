"""What is said of pasted text, and the drafts that come of it; knows no widget."""

from collections.abc import Collection, Sequence

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.services.pasted import Pasted, PasteKind
from qcc_desktop.ui.endpoints.form import free_name
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.words import shortened

_NAME_CHARS = 32

_KINDS = {
    PasteKind.ENVIRONMENT: QT_TRANSLATE_NOOP("PasteWords", "environment variables"),
    PasteKind.CLAUDE_SETTINGS: QT_TRANSLATE_NOOP("PasteWords", "settings of Claude Code"),
    PasteKind.QCC: QT_TRANSLATE_NOOP("PasteWords", "a configuration of QCC"),
    PasteKind.CC_SWITCH: QT_TRANSLATE_NOOP("PasteWords", "a configuration of cc-switch"),
    PasteKind.JSON: QT_TRANSLATE_NOOP("PasteWords", "JSON"),
    PasteKind.CURL: QT_TRANSLATE_NOOP("PasteWords", "a curl command"),
    PasteKind.LINK: QT_TRANSLATE_NOOP("PasteWords", "a link of cc-switch"),
    PasteKind.TEXT: QT_TRANSLATE_NOOP("PasteWords", "text"),
}


def said_of(found: Sequence[Pasted]) -> str:
    """Return what was recognised, and what is still missing where it is one endpoint."""
    kind = translate("PasteWords", _KINDS[found[0].kind])
    if len(found) > 1:
        return translate("PasteWords", "{count} endpoints were found, in {kind}.").format(
            count=len(found), kind=kind
        )
    one = found[0]
    if not one.base_url:
        sentence = translate("PasteWords", "A key was found. Its address is missing.")
    elif not one.key:
        sentence = translate("PasteWords", "Read from {kind}. The key is missing.")
    else:
        sentence = translate("PasteWords", "Read from {kind}: address and key.")
    return sentence.format(kind=kind)


def nothing_found() -> tuple[str, str]:
    """Return what to say of text without an endpoint: the fact, and what would be understood."""
    return (
        translate("PasteWords", "There is no endpoint in the copied text."),
        translate(
            "PasteWords",
            "Copy an address with its key: export lines, a settings file, JSON or a curl command.",
        ),
    )


def pasted_line(pasted: Pasted) -> str:
    """Return one endpoint in a line; of its key, only whether there is one."""
    address = pasted.base_url.removeprefix("https://")
    if not pasted.key:
        return translate("PasteWords", "{name} · without a key · {address}").format(
            name=shortened(pasted.name, _NAME_CHARS), address=address
        )
    return f"{pasted.name} · {address}"


def draft_of_pasted(pasted: Pasted, taken_names: Collection[str]) -> EndpointDraft:
    """Return the draft; a name that is taken gets a number."""
    return EndpointDraft(
        name=free_name(pasted.name, taken_names),
        base_url=pasted.base_url,
        key=pasted.key or None,
        auth=pasted.auth,
        model_map=pasted.model_map,
        extra_headers=pasted.extra_headers,
        note=pasted.note,
        preset=pasted.preset,
    )

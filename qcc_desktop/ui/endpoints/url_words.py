"""What the editor says about an address as typed; knows no widget."""

from dataclasses import dataclass

from qcc_desktop.core.endpoint import WireProtocol
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.services.pasted import preset_of
from qcc_desktop.services.url_repair import UrlIssue, advise
from qcc_desktop.ui.i18n import translate

_SENTENCES = {
    UrlIssue.PASTED: QT_TRANSLATE_NOOP("UrlWords", "An address stands in what you entered."),
    UrlIssue.SIGNS: QT_TRANSLATE_NOOP("UrlWords", "There are signs that belong to no address."),
    UrlIssue.SCHEME: QT_TRANSLATE_NOOP("UrlWords", "An address begins with https://."),
    UrlIssue.PATH: QT_TRANSLATE_NOOP("UrlWords", "Requests add /v1/messages themselves."),
    UrlIssue.UNENCRYPTED: QT_TRANSLATE_NOOP(
        "UrlWords", "With http, the key can be read on its way."
    ),
    UrlIssue.VENDOR: QT_TRANSLATE_NOOP(
        "UrlWords", "{vendor} takes requests of Claude Code at another address."
    ),
}


_OPENAI_PATH = QT_TRANSLATE_NOOP(
    "UrlWords", "The address ends with its version; requests add the rest."
)


@dataclass(frozen=True, slots=True)
class UrlLook:
    """What to show below the address."""

    fault: str = ""
    """Why it cannot be saved."""
    hint: str = ""
    """What is odd about it."""
    offer: str = ""
    """What one click does about it."""
    address: str = ""
    """The address that the click takes."""


def present_url(
    typed: str, own_port: int | None, protocol: WireProtocol = WireProtocol.ANTHROPIC
) -> UrlLook:
    """Return what to say about an address as typed; nothing when it is fine or past help."""
    advice = advise(typed, own_port, protocol)
    if advice is None:
        return UrlLook()
    if advice.issue is UrlIssue.OWN_PROXY:
        return UrlLook(
            fault=translate(
                "UrlWords",
                "This is QCC Desktop's own proxy, which would ask itself."
                " Give the address of the vendor or relay.",
            )
        )
    address = advice.address or ""
    vendor = preset_of(address)
    is_openai_path = advice.issue is UrlIssue.PATH and protocol is WireProtocol.OPENAI
    sentence = _OPENAI_PATH if is_openai_path else _SENTENCES[advice.issue]
    hint = translate("UrlWords", sentence)
    return UrlLook(
        hint=hint.replace("{vendor}", vendor.name if vendor is not None else ""),
        offer=translate("UrlWords", "Use {address}").format(address=address),
        address=address,
    )

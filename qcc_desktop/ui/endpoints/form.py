"""The editor's texts as an endpoint draft, and what is wrong with them; knows no widget."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from qcc_desktop.core.endpoint import (
    AuthStyle,
    Endpoint,
    WireProtocol,
    endpoint_faults,
)
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.core.models import lacks_models
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.endpoint_changes import CREDENTIAL_HEADERS, check_key
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.services.pasted import Pasted, PasteKind, named, preset_of
from qcc_desktop.services.url_repair import stored_form
from qcc_desktop.ui.i18n import translate

FIELDS = (
    "name",
    "base_url",
    "protocol",
    "key",
    "auth",
    "proxy",
    "priority",
    "weight",
    "model_map",
    "extra_headers",
    "connect_timeout_s",
    "first_byte_timeout_s",
    "stream_idle_timeout_s",
    "note",
)
"""The fields of the form, from top to bottom; faults are reported under these names."""

_TIMEOUTS = ("connect_timeout_s", "first_byte_timeout_s", "stream_idle_timeout_s")


@dataclass(frozen=True, slots=True)
class FormText:
    """What the fields hold, as texts."""

    name: str = ""
    base_url: str = ""
    key: str = field(default="", repr=False)
    auth: AuthStyle = AuthStyle.BEARER
    protocol: WireProtocol = WireProtocol.ANTHROPIC
    enabled: bool = True
    proxy: str = ""
    priority: str = ""
    weight: str = "100"
    model_map: str = ""
    extra_headers: str = field(default="", repr=False)
    connect_timeout_s: str = ""
    first_byte_timeout_s: str = ""
    stream_idle_timeout_s: str = ""
    note: str = ""
    preset: str | None = None


def text_of(endpoint: Endpoint) -> FormText:
    """Return what the form shows for an endpoint; its key is never shown."""
    return FormText(
        name=endpoint.name,
        base_url=endpoint.base_url,
        auth=endpoint.auth,
        protocol=endpoint.protocol,
        enabled=endpoint.enabled,
        proxy=endpoint.proxy or "",
        priority=str(endpoint.priority),
        weight=str(endpoint.weight),
        model_map=_joined(endpoint.model_map, " = "),
        extra_headers=_joined(endpoint.extra_headers, ": "),
        connect_timeout_s=_seconds(endpoint.connect_timeout_s),
        first_byte_timeout_s=_seconds(endpoint.first_byte_timeout_s),
        stream_idle_timeout_s=_seconds(endpoint.stream_idle_timeout_s),
        note=endpoint.note,
        preset=endpoint.preset,
    )


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def text_of_pasted(pasted: Pasted, before: FormText) -> FormText:
    """Return what the form shows for what was found in a text; what it lacks stays."""
    return replace(
        before,
        name=pasted.name or before.name,
        base_url=pasted.base_url or before.base_url,
        key=pasted.key or before.key,
        auth=pasted.auth if pasted.base_url else before.auth,
        protocol=pasted.protocol if pasted.base_url else before.protocol,
        model_map=_joined(pasted.model_map, " = ") or before.model_map,
        extra_headers=_joined(pasted.extra_headers, ": ") or before.extra_headers,
        note=pasted.note or before.note,
        preset=pasted.preset or before.preset,
    )


def _joined(pairs: Iterable[tuple[str, str]], sign: str) -> str:
    return "\n".join(f"{before}{sign}{after}" for before, after in pairs)


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return the name, with a number behind it where it is taken (whatever the case)."""
    folded = {each.casefold() for each in taken}
    free, number = name, 2
    while free and free.casefold() in folded:
        free, number = f"{name} {number}", number + 1
    return free


def name_of_address(address: str) -> str:
    """Return what an endpoint is called after its address, as when one is pasted; else nothing."""
    typed = address.strip()
    try:
        return named(Pasted(PasteKind.TEXT, "", stored_form(typed) or typed)).name
    except ValueError:
        return ""


class FormReader:
    """Reads the texts of one form; ``taken_names`` are those of the other endpoints."""

    def __init__(self, taken_names: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken_names}

    def free_name(self, name: str) -> str:
        """Return the name, with a number behind it where another endpoint has it."""
        return free_name(name, self._taken)

    def draft(self, text: FormText) -> EndpointDraft:
        """Return the draft.

        Raises:
            InvalidInput: everything that is wrong, field by field.
        """
        faults = self.faults(text)
        if faults:
            raise InvalidInput(faults)
        return _draft(text)

    def faults(self, text: FormText) -> Mapping[str, str]:
        """Return what is wrong: field to sentence, empty when all is well."""
        faults = _figures(text) | _pairs(text)
        draft = _draft(text)
        endpoint = Endpoint(
            id="draft",
            name=draft.name,
            base_url=draft.base_url,
            protocol=draft.protocol,
            priority=1 if draft.priority is None else draft.priority,
            weight=draft.weight if "weight" not in faults else 100,
            proxy=draft.proxy,
            extra_headers=draft.extra_headers,
        )
        faults = dict(endpoint_faults(endpoint)) | faults
        if draft.name.casefold() in self._taken:
            faults["name"] = translate("Form", "Another endpoint has this name already.")
        return faults | _credentials(draft)


def _draft(text: FormText) -> EndpointDraft:
    return EndpointDraft(
        name=text.name.strip(),
        base_url=text.base_url.strip(),
        key=text.key.strip() or None,
        auth=text.auth,
        protocol=text.protocol,
        enabled=text.enabled,
        priority=_whole(text.priority),
        weight=_whole(text.weight) or 0,
        proxy=text.proxy.strip() or None,
        extra_headers=_split_lines(text.extra_headers, ":"),
        model_map=_model_map(text),
        note=text.note.strip(),
        preset=_preset(text),
        connect_timeout_s=_number(text.connect_timeout_s),
        first_byte_timeout_s=_number(text.first_byte_timeout_s),
        stream_idle_timeout_s=_number(text.stream_idle_timeout_s),
    )


def _model_map(text: FormText) -> tuple[tuple[str, str], ...]:
    """Return the rules; a name alone is the model for whatever no other rule names."""
    others = _others(text)
    if len(others) != 1:
        return _split_lines(text.model_map, "=")
    rules = "\n".join(line for line in _lines(text.model_map) if line not in others)
    return (*_split_lines(rules, "="), ("claude-*", others[0]))


def _others(text: FormText) -> list[str]:
    """Return the names that stand alone, where the endpoint speaks OpenAI's API."""
    is_openai = text.protocol is WireProtocol.OPENAI
    return [line for line in _lines(text.model_map) if is_openai and "=" not in line]


def needs_model(text: FormText, settings: Settings) -> bool:
    """Whether Claude Code would ask for models the endpoint does not have."""
    endpoint = Endpoint(
        id="draft",
        name="draft",
        base_url="",
        protocol=text.protocol,
        model_map=_model_map(text),
    )
    return lacks_models(endpoint, settings)


def _preset(text: FormText) -> str | None:
    """Return whose address this is; of another address than its own, a vendor knows nothing."""
    found = preset_of(text.base_url.strip())
    return found.id if found is not None else None


def _figures(text: FormText) -> dict[str, str]:
    faults: dict[str, str] = {}
    for name in _TIMEOUTS:
        typed = str(getattr(text, name)).strip()
        value = _number(typed)
        if typed and (value is None or not 0 < value <= 7200):
            faults[name] = translate("Form", "Give a time of at most 7200 s, or nothing.")
    if text.priority.strip() and _whole(text.priority) is None:
        faults["priority"] = translate("Form", "Give a whole number, or nothing.")
    if _whole(text.weight) is None:
        faults["weight"] = translate("Form", "Give a whole number from 1 to 1000.")
    return faults


def _pairs(text: FormText) -> dict[str, str]:
    faults: dict[str, str] = {}
    rules = "\n".join(f"{before}={after}" for before, after in _model_map(text))
    if _has_bad_line(rules, "="):
        faults["model_map"] = translate("Form", "Write one rule a line, as in: *opus* = model-name")
    if _has_bad_line(text.extra_headers, ":"):
        faults["extra_headers"] = translate("Form", "Write one header a line, as in: Name: value")
    return faults


def _credentials(draft: EndpointDraft) -> dict[str, str]:
    faults: dict[str, str] = {}
    try:
        check_key(draft.key)
    except InvalidInput as error:
        faults.update(error.faults)
    for name, _ in draft.extra_headers:
        if name.lower() in CREDENTIAL_HEADERS:
            faults["extra_headers"] = translate(
                "Form", "{name} carries a credential. Give it as the key, which is kept safe."
            ).format(name=name)
    return faults


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _has_bad_line(text: str, sign: str) -> bool:
    parts = [line.partition(sign) for line in _lines(text)]
    return any(not before.strip() or not after.strip() for before, _, after in parts)


def _split_lines(text: str, sign: str) -> tuple[tuple[str, str], ...]:
    parts = [line.partition(sign) for line in _lines(text)]
    return tuple((before.strip(), after.strip()) for before, _, after in parts)


def _whole(text: str) -> int | None:
    typed = text.strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else None


def _number(text: str) -> float | None:
    typed = text.strip()
    parts = typed.split(".")
    is_number = len(parts) <= 2 and all(part.isascii() and part.isdecimal() for part in parts)
    return float(typed) if is_number else None

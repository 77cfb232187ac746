"""The command ``endpoint``."""

import asyncio
import contextlib
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from getpass import getpass
from typing import TYPE_CHECKING, Any

from qcc_desktop.app.commands.output import PROGRAM, complain, say, say_json, say_table, tell
from qcc_desktop.app.commands.session import Session, open_session
from qcc_desktop.app.commands.speech import spoken
from qcc_desktop.core.endpoint import (
    AuthStyle,
    Endpoint,
    WireProtocol,
    needs_key,
    travels_unencrypted,
)
from qcc_desktop.core.errors import BugError, InvalidInput
from qcc_desktop.core.models import lacks_models
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.services.endpoints import EndpointDraft, Endpoints, draft_of
from qcc_desktop.services.presets import find_preset

if TYPE_CHECKING:
    from qcc_desktop.proxy.report import Check, TestReport


def run(namespace: Namespace) -> int:
    """List, change or test endpoints."""
    actions: dict[str, Callable[[Namespace], Any]] = {
        "list": _list,
        "add": _add,
        "edit": _edit,
        "remove": _remove,
        "enable": _switch,
        "disable": _switch,
        "test": _test,
    }
    return int(asyncio.run(actions[namespace.action](namespace)))


@dataclass(frozen=True, slots=True)
class _NoTester:
    """Stands where an engine would: the commands that change endpoints ask none."""

    port: int | None = None
    """Where the running program's proxy listens."""

    async def test(
        self, endpoint: Endpoint, key: str | None, on_check: object = None
    ) -> "TestReport":
        del endpoint, key, on_check
        raise BugError("this command tests no endpoint")

    def snapshot(self) -> Snapshot:
        return Snapshot()  # no endpoint is out where none is asked

    def try_now(self, endpoint_id: str) -> None:
        del endpoint_id
        raise BugError("this command tests no endpoint")


def _endpoints(session: Session, own_port: int | None = None) -> Endpoints:
    stores = session.stores
    return Endpoints(stores.configuration, stores.keys, _NoTester(own_port))


async def _list(namespace: Namespace) -> int:
    session = await open_session(with_keys=True)
    found = _endpoints(session).listed()
    if namespace.json:
        say_json([_described(endpoint, session) for endpoint in found])
    elif found:
        headings = ("Name", "Address", "Auth", "Priority", "Weight", "Enabled", "Key", "Id")
        say_table("", headings, [_row(endpoint, session) for endpoint in found])
    else:
        tell(
            "No endpoint yet. Add one: qcc-desktop endpoint add --preset ID --api-key-stdin\n"
            "Which IDs there are: qcc-desktop endpoint add --help"
        )
    return 0


async def _add(namespace: Namespace) -> int:
    session = await open_session()
    draft = _changed(_blank(namespace), namespace)
    _ask_for_key(draft)
    endpoints = _endpoints(session, await session.own_port())
    with _naming_options():
        endpoint = await endpoints.add(draft)
    _warn_of_plain_http(endpoint)
    _warn_of_models(endpoint, session)
    return await _done(session, namespace, endpoint, "Added")


async def _edit(namespace: Namespace) -> int:
    session = await open_session()
    endpoints = _endpoints(session, await session.own_port())
    old = endpoints.find(namespace.endpoint)
    start = draft_of(old)
    if namespace.preset:
        preset = find_preset(namespace.preset)
        start = replace(
            start,
            base_url=preset.base_url,
            auth=preset.auth,
            protocol=preset.protocol,
            preset=preset.id,
        )
    with _naming_options():
        endpoint = await endpoints.edit(old.id, _changed(start, namespace))
    if endpoint.base_url != old.base_url:
        _warn_of_plain_http(endpoint)
    _warn_of_models(endpoint, session)
    return await _done(session, namespace, endpoint, "Changed")


@contextlib.contextmanager
def _naming_options() -> Iterator[None]:
    """Name the option in faults whose sentence does not tell which time is meant."""
    try:
        yield
    except InvalidInput as error:
        faults = {
            field: f"{_TIMEOUTS[field]}: {sentence}" if field in _TIMEOUTS else sentence
            for field, sentence in error.faults.items()
        }
        raise InvalidInput(faults) from error


_TIMEOUTS = {
    f"{name}_timeout_s": f"--{name.replace('_', '-')}-timeout"
    for name in ("connect", "first_byte", "stream_idle")
}


def _warn_of_plain_http(endpoint: Endpoint) -> None:
    if travels_unencrypted(endpoint.base_url):
        complain("The key will travel unencrypted; use https:// if the endpoint offers it.")


def _ask_for_key(draft: EndpointDraft) -> None:
    """Refuse an endpoint without key, except one on this computer: those seldom want one."""
    if draft.key is None and needs_key(draft.base_url, draft.protocol):
        raise InvalidInput({"key": "Give its key with --api-key-stdin or --api-key."})


def _warn_of_models(endpoint: Endpoint, session: Session) -> None:
    if lacks_models(endpoint, session.stores.configuration.current.settings):
        complain(
            f"{endpoint.name} would be asked for Claude's models. Name its own:"
            f" {PROGRAM} endpoint edit {shlex.quote(endpoint.name)} --map 'claude-*=MODEL'"
        )


async def _remove(namespace: Namespace) -> int:
    session = await open_session()
    endpoints = _endpoints(session)
    removed = await endpoints.remove(endpoints.find(namespace.endpoint).id)
    return await _done(session, namespace, removed.endpoint, "Removed")


async def _switch(namespace: Namespace) -> int:
    session = await open_session()
    endpoints = _endpoints(session)
    on = namespace.action == "enable"
    found = endpoints.find(namespace.endpoint)
    endpoint = await endpoints.set_enabled(found.id, enabled=on)
    return await _done(session, namespace, endpoint, "Switched on" if on else "Switched off")


async def _done(session: Session, namespace: Namespace, endpoint: Endpoint, verb: str) -> int:
    await session.tell_running()
    if namespace.json:
        say_json(_described(endpoint, session))
    else:
        tell(f"{verb} {endpoint.name} ({endpoint.base_url}).")
    return 0


async def _test(namespace: Namespace) -> int:
    from qcc_desktop.app.container import build_container  # noqa: PLC0415 - 0.5 s of engine

    session = await open_session()
    container = build_container(session.paths)
    await container.configuration.load()
    endpoint = container.endpoints.find(namespace.endpoint)
    report = await container.endpoints.test(endpoint.id, None if namespace.json else _tell_check)
    if report.can_answer:
        await session.try_now(endpoint.id)
    if namespace.json:
        _tell_whole(report)
    return 0 if report.ok else 1


def _tell_whole(report: "TestReport") -> None:
    checks = [
        {
            "name": check.name,
            "ok": check.ok,
            "message": check.message,
            "duration_ms": round(check.duration_ms, 3),
            "count": check.count,
        }
        for check in report.checks
    ]
    say_json({"ok": report.ok, "checks": checks})


def _tell_check(check: "Check") -> None:
    mark = {True: "✔", False: "✖", None: "-"}[check.ok]
    message = f": {spoken(check.message)}" if check.message else ""
    count = f": {check.count}" if check.count is not None else ""
    time = f" ({check.duration_ms:.0f} ms)" if check.duration_ms else ""
    say(f"{mark} {check.name}{message}{count}{time}")


def _blank(namespace: Namespace) -> EndpointDraft:
    """Return the draft of a new endpoint before the options: of the preset, if one is named."""
    if namespace.preset:
        preset = find_preset(namespace.preset)
        return EndpointDraft(
            name=preset.name,
            base_url=preset.base_url,
            auth=preset.auth,
            protocol=preset.protocol,
            preset=preset.id,
        )
    faults: dict[str, str] = {}
    if not namespace.name:
        faults["name"] = "Give the endpoint a name with --name, or take a vendor with --preset."
    if not namespace.base_url:
        faults["base_url"] = "Give its address with --base-url, or take a vendor with --preset."
    if faults:
        raise InvalidInput(faults)
    return EndpointDraft(name=namespace.name, base_url=namespace.base_url)


def _changed(draft: EndpointDraft, namespace: Namespace) -> EndpointDraft:
    given: dict[str, Any] = {
        field: getattr(namespace, field)
        for field in ("name", "base_url", "priority", "weight", "note")
        if getattr(namespace, field) is not None
    }
    if namespace.auth:
        given["auth"] = AuthStyle(namespace.auth)
    if namespace.protocol:
        given["protocol"] = WireProtocol(namespace.protocol)
    if namespace.proxy is not None:
        given["proxy"] = None if namespace.proxy == "system" else namespace.proxy
    if namespace.header:
        given["extra_headers"] = _pairs(
            namespace.header, ":", "extra_headers", "--header NAME:VALUE"
        )
    if namespace.map:
        given["model_map"] = _pairs(namespace.map, "=", "model_map", "--map PATTERN=MODEL")
    for field in ("connect_timeout", "first_byte_timeout", "stream_idle_timeout"):
        seconds = getattr(namespace, field)
        if seconds is not None:
            given[f"{field}_s"] = seconds or None
    changed = replace(draft, **given)
    return replace(changed, key=_key(namespace, changed.name))


def _key(namespace: Namespace, name: str) -> str | None:
    if not namespace.api_key_stdin:
        return None if namespace.api_key is None else _not_empty(namespace.api_key)
    if sys.stdin is None:
        return _not_empty("")
    return _not_empty(_asked_for(name) if sys.stdin.isatty() else sys.stdin.readline())


def _asked_for(name: str) -> str:
    """Read the key from the person at the terminal, without showing it."""
    try:
        return getpass(f"Key of {name}: ", stream=sys.stderr)
    except EOFError:
        return ""


def _not_empty(text: str) -> str:
    key = text.strip()
    if not key:
        raise InvalidInput({"key": "The key is empty. Give it with --api-key-stdin."})
    return key


def _pairs(
    texts: Sequence[str], separator: str, field: str, option: str
) -> tuple[tuple[str, str], ...]:
    pairs = [text.partition(separator) for text in texts]
    if not all(found and left.strip() for left, found, _ in pairs):
        name, _, form = option.partition(" ")
        raise InvalidInput({field: f"{name} must look like {form}."})
    return tuple((left.strip(), right.strip()) for left, _, right in pairs)


def _described(endpoint: Endpoint, session: Session) -> dict[str, Any]:
    stores = session.stores
    return {
        "id": endpoint.id,
        "name": endpoint.name,
        "base_url": endpoint.base_url,
        "protocol": str(endpoint.protocol),
        "auth": str(endpoint.auth),
        "enabled": endpoint.enabled,
        "priority": endpoint.priority,
        "weight": endpoint.weight,
        "preset": endpoint.preset,
        "pinned": stores.configuration.current.pinned_id == endpoint.id,
        "has_key": stores.keys.key_of(endpoint.id) is not None,
    }


def _row(endpoint: Endpoint, session: Session) -> tuple[str, ...]:
    has_key = session.stores.keys.key_of(endpoint.id) is not None
    unreadable = endpoint.id in session.stores.keys.faults
    return (
        endpoint.name,
        endpoint.base_url,
        str(endpoint.auth),
        str(endpoint.priority),
        str(endpoint.weight),
        spoken("yes" if endpoint.enabled else "no"),
        spoken("yes" if has_key else "unreadable" if unreadable else "no"),
        endpoint.id,
    )

"""The command ``endpoint``."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qcc_desktop.app.commands.output import say, say_json, say_table
from qcc_desktop.app.commands.session import Session, open_session
from qcc_desktop.core.endpoint import AuthStyle, Endpoint, WireProtocol
from qcc_desktop.core.errors import BugError, InvalidInput
from qcc_desktop.services.endpoints import EndpointDraft, Endpoints, draft_of
from qcc_desktop.services.presets import find_preset

if TYPE_CHECKING:
    from qcc_desktop.proxy.probe import TestReport


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


class _NoTester:
    """Stands where an engine would: the commands that change endpoints ask none."""

    async def test(self, endpoint: Endpoint, key: str | None) -> "TestReport":
        del endpoint, key
        raise BugError("this command tests no endpoint")

    def try_now(self, endpoint_id: str) -> None:
        del endpoint_id
        raise BugError("this command tests no endpoint")


def _endpoints(session: Session) -> Endpoints:
    return Endpoints(session.stores.configuration, session.stores.keys, _NoTester())


async def _list(namespace: Namespace) -> int:
    session = await open_session(with_keys=True)
    found = _endpoints(session).listed()
    if namespace.json:
        say_json([_described(endpoint, session) for endpoint in found])
    elif found:
        headings = ("Name", "Address", "Auth", "Priority", "Weight", "Enabled", "Key", "Id")
        say_table("", headings, [_row(endpoint, session) for endpoint in found])
    else:
        say("No endpoint yet. Add one: qcc-desktop endpoint add --preset ID --api-key-stdin")
    return 0


async def _add(namespace: Namespace) -> int:
    session = await open_session()
    draft = _changed(_blank(namespace), namespace)
    endpoint = await _endpoints(session).add(draft)
    return await _done(session, namespace, endpoint, "Added")


async def _edit(namespace: Namespace) -> int:
    session = await open_session()
    endpoints = _endpoints(session)
    old = endpoints.find(namespace.endpoint)
    start = draft_of(old)
    if namespace.preset:
        preset = find_preset(namespace.preset)
        start = replace(start, base_url=preset.base_url, auth=preset.auth, preset=preset.id)
    endpoint = await endpoints.edit(old.id, _changed(start, namespace))
    return await _done(session, namespace, endpoint, "Changed")


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
        say(f"{verb} {endpoint.name} ({endpoint.base_url}).")
    return 0


async def _test(namespace: Namespace) -> int:
    from qcc_desktop.app.container import build_container  # noqa: PLC0415 - 0.5 s of engine

    session = await open_session()
    container = build_container(session.paths)
    await container.configuration.load()
    report = await container.endpoints.test(container.endpoints.find(namespace.endpoint).id)
    if namespace.json:
        checks = [
            {
                "name": check.name,
                "ok": check.ok,
                "message": check.message,
                "duration_ms": round(check.duration_ms, 3),
            }
            for check in report.checks
        ]
        say_json({"ok": report.ok, "checks": checks})
    else:
        marks = {True: "✔", False: "✖", None: "-"}
        for check in report.checks:
            say(f"{marks[check.ok]} {check.name}: {check.message} ({check.duration_ms:.0f} ms)")
    return 0 if report.ok else 1


def _blank(namespace: Namespace) -> EndpointDraft:
    """Return the draft of a new endpoint before the options: of the preset, if one is named."""
    if namespace.preset:
        preset = find_preset(namespace.preset)
        return EndpointDraft(
            name=preset.name, base_url=preset.base_url, auth=preset.auth, preset=preset.id
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
        given["extra_headers"] = _pairs(namespace.header, ":", "extra_headers", "--header")
    if namespace.map:
        given["model_map"] = _pairs(namespace.map, "=", "model_map", "--map")
    for field in ("connect_timeout", "first_byte_timeout", "stream_idle_timeout"):
        seconds = getattr(namespace, field)
        if seconds is not None:
            given[f"{field}_s"] = seconds or None
    return replace(draft, key=_key(namespace), **given)


def _key(namespace: Namespace) -> str | None:
    if not namespace.api_key_stdin:
        return None if namespace.api_key is None else _not_empty(namespace.api_key)
    return _not_empty(sys.stdin.readline() if sys.stdin is not None else "")


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
        raise InvalidInput({field: f"{option} must look like NAME{separator}VALUE."})
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
        "yes" if endpoint.enabled else "no",
        "yes" if has_key else "unreadable" if unreadable else "no",
        endpoint.id,
    )

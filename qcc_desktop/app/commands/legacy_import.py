"""The command ``import``."""

import asyncio
from argparse import Namespace
from typing import Any

from qcc_desktop.app.commands.output import complain, say, say_json, say_table, tell
from qcc_desktop.app.commands.session import open_session
from qcc_desktop.app.commands.speech import spoken
from qcc_desktop.core.endpoint import travels_unencrypted
from qcc_desktop.services.legacy_import import LegacyImport
from qcc_desktop.services.legacy_items import Found, ImportReport, Item, Source

_TITLES = {
    Source.QCC: "QCC",
    Source.CC_SWITCH: "cc-switch",
    Source.ENV: "Variables",
    Source.CLAUDE: "Claude Code",
}
_PIPED_COLUMNS = 140


def run(namespace: Namespace) -> int:
    """Take over what other programs have stored, or tell what there is."""
    return asyncio.run(_run(namespace))


async def _run(namespace: Namespace) -> int:
    from qcc_desktop.app.container import build_container  # noqa: PLC0415 - 0.5 s of engine

    session = await open_session()
    container = build_container(session.paths)
    await container.configuration.load()
    service: LegacyImport = container.legacy_import
    sources = (Source(namespace.source),) if namespace.source else tuple(Source)
    found = await service.find(sources)
    report = ImportReport()
    if not namespace.dry_run:
        report = await _take(service, found)
        if report.added or report.settings:
            await session.tell_running()
    if namespace.json:
        say_json(_described(found, report, dry_run=namespace.dry_run))
    else:
        _tell(found, report, dry_run=namespace.dry_run)
    return 1 if report.failed or any(place.fault for place in found) else 0


async def _take(service: LegacyImport, found: tuple[Found, ...]) -> ImportReport:
    items = [item for place in found for item in place.items if item.is_new]
    settings = [setting for place in found for setting in place.settings]
    return await service.take(items, settings)


def _tell(found: tuple[Found, ...], report: ImportReport, *, dry_run: bool) -> None:
    if not found:
        tell("Nothing to import was found.")
    failed = {entry.name: entry.reason for entry in report.failed}
    for place in found:
        title = f"{_TITLES[place.source]}: {place.place}"
        if place.items:
            rows = [_row(item, failed, dry_run=dry_run) for item in place.items]
            headings = ("Name", "Address", "Key", "Group", "Result")
            say_table(title, headings, rows, piped_columns=_PIPED_COLUMNS)
        for remark in place.remarks:
            tell(f"{title}: {remark}")
        if place.fault:
            complain(f"{title}: {place.fault}")
    _tell_options(found, report, dry_run=dry_run)
    _sum_up(found, report, dry_run=dry_run)


def _row(item: Item, failed: dict[str, str], *, dry_run: bool) -> tuple[str, ...]:
    if item.problem:
        result = f"left out: {item.problem}"
    elif item.is_known:
        result = f"here already, as {item.known_as}"
    elif item.name in failed:
        result = f"failed: {failed[item.name]}"
    else:
        result = "would be added" if dry_run else "added"
        result += "" if item.draft.enabled else ", switched off"
    return (item.name, item.base_url, item.key_tail, ", ".join(item.groups), spoken(result))


def _tell_options(found: tuple[Found, ...], report: ImportReport, *, dry_run: bool) -> None:
    changes = (
        [setting for place in found for setting in place.settings] if dry_run else report.settings
    )
    for setting in changes:
        words = "would become" if dry_run else "="
        say(f"{setting.key} {words} {setting.value} ({spoken(setting.why)})")


def _sum_up(found: tuple[Found, ...], report: ImportReport, *, dry_run: bool) -> None:
    if dry_run:
        new = sum(item.is_new for place in found for item in place.items)
        tell(f"{_counted(new)} would be added; nothing was changed.")
        return
    if found:
        tell(f"{_counted(len(report.added))} added.")
    for entry in report.failed:
        complain(f"{entry.name}: {entry.reason}")
    for endpoint in report.added:
        if travels_unencrypted(endpoint.base_url):
            complain(
                f"The key of {endpoint.name} will travel unencrypted; use https:// if you can."
            )


def _counted(number: int) -> str:
    return f"{number} endpoint" if number == 1 else f"{number} endpoints"


def _described(found: tuple[Found, ...], report: ImportReport, *, dry_run: bool) -> dict[str, Any]:
    def pairs(entries: Any) -> list[dict[str, str]]:
        return [{"name": entry.name, "reason": entry.reason} for entry in entries]

    return {
        "dry_run": dry_run,
        "found": [_described_place(place) for place in found],
        "added": [
            {"id": endpoint.id, "name": endpoint.name, "base_url": endpoint.base_url}
            for endpoint in report.added
        ],
        "options": {setting.key: setting.value for setting in report.settings},
        "skipped": pairs(report.skipped),
        "failed": pairs(report.failed),
    }


def _described_place(place: Found) -> dict[str, Any]:
    return {
        "source": str(place.source),
        "place": place.place,
        "fault": place.fault,
        "remarks": list(place.remarks),
        "options": {setting.key: setting.value for setting in place.settings},
        "items": [_described_item(item) for item in place.items],
    }


def _described_item(item: Item) -> dict[str, Any]:
    return {
        "name": item.name,
        "base_url": item.base_url,
        "key": item.key_tail,
        "auth": str(item.draft.auth),
        "enabled": item.draft.enabled,
        "groups": list(item.groups),
        "models": dict(item.draft.model_map),
        "is_new": item.is_new,
        "known_as": item.known_as,
        "problem": item.problem,
    }

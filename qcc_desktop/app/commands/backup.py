"""The commands ``backup``, ``export`` and ``restore``."""

import asyncio
from argparse import Namespace
from pathlib import Path

from qcc_desktop.app.commands.output import complain, tell
from qcc_desktop.app.commands.session import Session, open_session
from qcc_desktop.app.commands.takeover import give_back, give_back_after
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.runtime.clock import SystemClock, utc
from qcc_desktop.services.backup import Backup, BackupReport


def run(namespace: Namespace) -> int:
    """Write the configuration to a file, or bring it back from one."""
    match namespace.command:
        case "backup":
            return asyncio.run(_backup(namespace.file, with_keys=namespace.with_keys))
        case "export":
            return asyncio.run(_export(Path(namespace.file)))
        case _ if namespace.file is None and namespace.after is not None:
            return give_back_after(namespace.after)
        case _ if namespace.file is None:
            return give_back(as_json=namespace.json)
        case _ if namespace.json:
            raise InvalidInput({"json": "--json goes without a file only."})
        case _:
            return asyncio.run(_restore(Path(namespace.file)))


async def _backup(file: str | None, *, with_keys: bool) -> int:
    service = _service(await open_session(with_keys=with_keys))
    report = service.write(Path(file) if file else None, with_keys=with_keys)
    words = f"and {_count(report.keys, 'key')}" if with_keys else "without keys"
    tell(f"{_count(report.endpoints, 'endpoint')} and all options, {words}: {report.file}")
    if with_keys:
        complain(
            "The keys stand in this file as they are. Only you can read it here;"
            " keep it where nobody else can."
        )
    return 0


async def _export(file: Path) -> int:
    report = _service(await open_session()).export(file)
    tell(f"{_count(report.endpoints, 'endpoint')} and all options, without secrets: {report.file}")
    return 0


async def _restore(file: Path) -> int:
    session = await open_session(with_keys=True)
    report = await _service(session).restore(file)
    await session.tell_running()
    _tell(report)
    return 0


def _tell(report: BackupReport) -> None:
    for notice in report.notices:
        complain(notice)
    tell(
        f"{_count(report.endpoints, 'endpoint')}, {_count(report.keys, 'key')} and all options"
        f" are as in {report.file}. What was there before, without keys,"
        f" is kept in {report.before}."
    )
    if report.keys < report.endpoints:
        complain("Endpoints whose key is not known here need it again: qcc-desktop endpoint edit.")


def _service(session: Session) -> Backup:
    clock = SystemClock()
    return Backup(
        session.stores.configuration,
        session.stores.keys,
        session.paths.data_dir / "backups",
        lambda: utc(clock.wall_s()),
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

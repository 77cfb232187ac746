"""What other programs leave in a home, and proof that nobody touched it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

CC_SWITCH_TABLE = """CREATE TABLE providers (
    id TEXT NOT NULL, app_type TEXT NOT NULL, name TEXT NOT NULL, settings_config TEXT NOT NULL,
    website_url TEXT, category TEXT, created_at INTEGER, sort_index INTEGER, notes TEXT,
    icon TEXT, icon_color TEXT, meta TEXT NOT NULL DEFAULT '{}',
    is_current BOOLEAN NOT NULL DEFAULT 0, in_failover_queue BOOLEAN NOT NULL DEFAULT 0,
    PRIMARY KEY (id, app_type))"""
"""As cc-switch 3.20 creates it (``src-tauri/src/database/schema.rs``)."""


def claude_config(host: str, key: str, **env: Any) -> dict[str, Any]:
    """Return a provider's ``settings_config``."""
    base = {"ANTHROPIC_BASE_URL": f"https://{host}", "ANTHROPIC_AUTH_TOKEN": key}
    return {"env": base | env}


def write_cc_switch(home: Path, rows: list[Mapping[str, Any]], *, wal: bool = False) -> Path:
    """Write a database with these providers, and return the file."""
    file = home / ".cc-switch" / "cc-switch.db"
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        if wal:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(CC_SWITCH_TABLE)
        for number, row in enumerate(rows):
            full = {"id": str(number), "app_type": "claude", "sort_index": number, **row}
            full = {name: _column(value) for name, value in full.items()}
            marks = ", ".join("?" * len(full))
            connection.execute(
                f"INSERT INTO providers ({', '.join(full)}) VALUES ({marks})", tuple(full.values())
            )
        connection.commit()
    return file


def _column(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def write_json(file: Path, document: Any) -> Path:
    """Write a JSON file and its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return file


@contextmanager
def untouched(*folders: Path) -> Iterator[None]:
    """Fail unless everything below the folders stays as it is: names, bytes, times, modes.

    Meanwhile files and folders are read-only, which stops everybody but root.
    """
    everything = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    modes = {path: path.stat().st_mode for path in everything}
    for path in everything:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        before = {path: _state(path) for path in everything}
        yield
        found = [path for folder in folders for path in (folder, *folder.rglob("*"))]
        assert {path: _state(path) for path in found} == before
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def _state(path: Path) -> tuple[int, int, str]:
    status = path.stat()
    content = path.read_bytes() if path.is_file() else b""
    return status.st_mtime_ns, status.st_mode, hashlib.sha256(content).hexdigest()

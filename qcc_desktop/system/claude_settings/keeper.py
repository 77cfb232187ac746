"""Points Claude Code's settings files at the proxy, and gives them back. Everything blocks.

The order makes it safe at every moment: former values go to the secret store, then the journal
is written, then the settings file is replaced; on the way back the settings file comes first,
then the journal, then the secrets. Whatever a crash leaves, giving back again finishes it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.ports import SecretStore
from qcc_desktop.system.claude_settings.disk import Disk
from qcc_desktop.system.claude_settings.files import (
    ChangedMeanwhile,
    read_settings,
    remove_leftover,
    replace_settings,
)
from qcc_desktop.system.claude_settings.formers import Formers
from qcc_desktop.system.claude_settings.journal import (
    FileRecord,
    Journal,
    new_record,
    read_journal,
    save_journal,
)
from qcc_desktop.system.claude_settings.plan import (
    URL,
    Taken,
    give_back,
    is_leftover,
    leads_to_us,
    raw_of,
    sweep,
    take,
)
from qcc_desktop.wire.jsonc import NotSettingsError

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a keeper needs of the computer besides its disk."""

    lock: Callable[[], AbstractContextManager[None]]
    """Keeps other processes of this program out."""
    answers: Callable[[str, int], bool]
    """Tells whether anybody listens at a place of this computer."""
    settle: Callable[[], None] = lambda: None
    """Waits as long as others may take between reading a file and writing it."""


class SettingsKeeper:
    """The one who changes Claude Code's settings files."""

    def __init__(
        self,
        files: Sequence[Path],
        journal: Path,
        *,
        disk: Disk,
        secrets: SecretStore,
        surroundings: Surroundings,
    ) -> None:
        self.given = tuple(files)
        """The settings files of this person."""
        self._journal = journal
        self._disk = disk
        self._formers = Formers(secrets, surroundings.answers)
        self._lock = surroundings.lock
        self._settle = surroundings.settle

    @property
    def journal(self) -> Journal:
        """What is remembered.

        Raises:
            UserFacingError: it cannot be read.
        """
        return read_journal(self._disk, self._journal)

    def files_of(self, journal: Journal) -> tuple[Path, ...]:
        """Return the settings files of this person, and those that are still taken over."""
        return tuple(dict.fromkeys((*self.given, *(file.path for file in journal.files))))

    def text_of(self, path: Path) -> str | None:
        """Return what stands in a settings file, None if there is none.

        Raises:
            UserFacingError: it cannot be read.
            NotSettingsError: it is no text.
        """
        return _decoded(read_settings(self._disk, path))

    def would_take(self, path: Path, variables: Mapping[str, str]) -> tuple[str | None, str]:
        """Return a file's text now and as a takeover would make it.

        Raises:
            UserFacingError: it cannot be read, or is broken.
        """
        record = self.journal.find(path) or new_record(path)
        try:
            before = self.text_of(path)
            return before, take(before, variables, record, retake=True).text
        except NotSettingsError as error:
            raise _broken(path, error) from error

    def point(self, variables: Mapping[str, str], *, retake: bool) -> tuple[str, ...]:
        """Lead every file to the proxy and remember that this is wanted; return what to say.

        Without ``retake`` a file that others have changed since is left alone.

        Raises:
            UserFacingError: no file could be led there; its words are those of the first.
        """
        notes: list[str] = []
        faults: list[UserFacingError] = []
        with self._lock():
            for path in self.given:
                try:
                    notes += self._point(path, variables, retake=retake)
                except UserFacingError as error:
                    faults.append(error)
            if self.given and len(faults) == len(self.given):
                raise faults[0]
            self._want(wanted=True)
        return (*notes, *map(str, faults))

    def give_back(
        self, *, wanted: bool | None = None, unless: Callable[[], bool] = lambda: False
    ) -> tuple[str, ...]:
        """Put back what is ours in every file; ``wanted`` is the wish from now on, None the same.

        ``unless`` is asked while no other process can change anything; True: nothing is done.

        Raises:
            UserFacingError: a file could not be put back; the others were.
        """
        notes: list[str] = []
        faults: list[UserFacingError] = []
        with self._lock():
            if unless():
                return ()
            wanted = self.journal.wanted if wanted is None else wanted
            self._want(wanted=wanted)
            records = self.journal.files
            steps = [partial(self._give_back, record) for record in records]
            if not wanted:
                forgotten = [path for path in self.given if self.journal.find(path) is None]
                steps += [partial(self._sweep, path) for path in forgotten]
            for step in steps:
                try:
                    notes += step()
                except UserFacingError as error:
                    faults.append(error)
        if faults:
            raise UserFacingError(" ".join(map(str, faults)))
        return tuple(notes)

    def _want(self, *, wanted: bool) -> None:
        journal = self.journal
        if journal.wanted != wanted:
            self._save(replace(journal, wanted=wanted))

    def _save(self, journal: Journal) -> None:
        save_journal(self._disk, self._journal, journal)

    def _point(self, path: Path, variables: Mapping[str, str], *, retake: bool) -> list[str]:
        before = self.journal
        try:
            for _ in range(_TRIES):
                with suppress(ChangedMeanwhile):
                    return self._point_once(path, variables, retake=retake)
        except UserFacingError:
            if before.find(path) is None and self.journal.find(path) is not None:
                self._save(self.journal.without(path))
            raise
        raise _restless(path)

    def _point_once(self, path: Path, variables: Mapping[str, str], *, retake: bool) -> list[str]:
        remove_leftover(self._disk, path)
        journal = self.journal
        prior = journal.find(path)
        content = read_settings(self._disk, path)
        taken = self._taken(path, content, variables, prior, retake=retake)
        if taken.foreign:
            names = ", ".join(taken.foreign)
            return [f"{path} was changed by another program ({names}) and is left as it is."]
        record = taken.record
        if prior is None:
            record = replace(record, made_folder=not self._disk.has_dir(path.parent))
        record, notes = self._formers.keep(record)
        if record != prior:
            self._save(journal.with_file(record))
        self._replace(path, content, taken.text)
        return notes

    def _taken(
        self,
        path: Path,
        content: bytes | None,
        variables: Mapping[str, str],
        prior: FileRecord | None,
        *,
        retake: bool,
    ) -> Taken:
        try:
            record = new_record(path) if prior is None else prior
            return take(_decoded(content), variables, record, retake=retake)
        except NotSettingsError as error:
            raise _broken(path, error) from error

    def _give_back(self, record: FileRecord) -> list[str]:
        for _ in range(_TRIES):
            with suppress(ChangedMeanwhile):
                notes = self._give_back_once(record)
                self._settle()
                if self._is_still_ours(record):
                    continue  # who had read it before wrote it after us
                self._formers.forget(record)
                self._save(self.journal.without(record.path))
                return notes
        raise _restless(record.path)

    def _is_still_ours(self, record: FileRecord) -> bool:
        try:
            text = self.text_of(record.path)
            return bool((text or "").strip("\ufeff \t\r\n")) and leads_to_us(text or "", record)
        except NotSettingsError:
            return False

    def _give_back_once(self, record: FileRecord) -> list[str]:
        remove_leftover(self._disk, record.path)
        content = read_settings(self._disk, record.path)
        notes = [] if content is None else self._restore(record, content)
        if record.made_folder:
            with suppress(OSError):
                self._disk.remove_dir(record.path.parent)
                self._disk.sync_dir(record.path.parent.parent)
        return notes

    def _restore(self, record: FileRecord, content: bytes) -> list[str]:
        fetched = self._formers.fetch(record)
        try:
            given = give_back(_decoded(content) or "", record, fetched.values)
        except NotSettingsError as error:
            raise _broken(record.path, error) from error
        self._replace(record.path, content, given.text)
        notes = list(fetched.notes)
        if lost := fetched.missing & given.removed:
            names = ", ".join(sorted(place[-1] for place in lost))
            notes.append(f"{record.path}: the former {names} is no longer in the keychain.")
        if given.kept:
            names = ", ".join(given.kept)
            notes.append(f"{record.path}: {names} was changed since by others, and stays.")
        return notes

    def _sweep(self, path: Path) -> list[str]:
        """Take out what an earlier takeover left, of which nothing is remembered."""
        content = read_settings(self._disk, path)
        try:
            text = _decoded(content)
            if text is None or not is_leftover(text):
                return []
            if self._formers.is_alive(new_record(path), raw_of(text, URL)):
                return [f"{path} leads to another QCC Desktop that runs; it is left as it is."]
            swept = sweep(text)
        except NotSettingsError:
            return []
        with suppress(ChangedMeanwhile):
            self._replace(path, content, swept)
            return [f"{path}: what an earlier takeover had left was taken out."]
        return []

    def _replace(self, path: Path, content: bytes | None, text: str | None) -> None:
        new = None if text is None else text.encode("utf-8")
        if new != content:
            replace_settings(self._disk, path, old=content, new=new)


def _decoded(content: bytes | None) -> str | None:
    try:
        return None if content is None else content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotSettingsError("it is no UTF-8 text") from error


def _broken(path: Path, error: NotSettingsError) -> UserFacingError:
    return UserFacingError(
        f"{path} is broken ({error}) and stays as it is.",
        "Repair it in an editor, then try again.",
    )


def _restless(path: Path) -> UserFacingError:
    return UserFacingError(
        f"{path} is being changed by another program again and again; it stays as it is.",
        "Close the other program, then try again.",
    )

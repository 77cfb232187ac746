"""What each conversation asked and used, beside where `core.affinity` has bound it.

A conversation and its subagents send requests under one key; a subagent adds its id (Claude
Code 2.1.139 and later). Bounded: the conversation used longest ago is forgotten first, and
within one so is the subagent.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from qcc_desktop.core.affinity import BINDINGS_MAX, Binding
from qcc_desktop.core.snapshot import AgentView, SessionView
from qcc_desktop.core.usage import Usage

SUBAGENTS_KEPT = 32
FOLDER_LOOKS = 3
"""So many requests are searched for the folder; after that the conversation has none."""


@dataclass(slots=True)
class Tally:
    """The requests of one subagent, or of a whole conversation.

    Tokens are counted in plain numbers: this runs with every request.
    """

    last_seen: datetime
    model: str = ""
    turns: int = 0
    in_flight: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read: int = 0
    cache_creation: int = 0
    shown: AgentView | None = None
    """The last view: nothing is built anew while nothing happens."""

    def began(self, model: str, at: datetime) -> None:
        """Count a request."""
        self.turns += 1
        self.in_flight += 1
        self.model = model or self.model
        self.last_seen = at
        self.shown = None

    def ended(self, usage: Usage | None, at: datetime) -> None:
        """Count what a request used, however it ended."""
        self.in_flight = max(0, self.in_flight - 1)
        if usage is not None:
            self.input_tokens += usage.input_tokens
            self.output_tokens += usage.output_tokens
            self.cache_read += usage.cache_read
            self.cache_creation += usage.cache_creation
        self.last_seen = at
        self.shown = None

    @property
    def usage(self) -> Usage:
        """The tokens in one value."""
        return Usage(self.input_tokens, self.output_tokens, self.cache_read, self.cache_creation)

    def view(self, agent: str) -> AgentView:
        """Return the requests of a subagent as front ends show them."""
        if self.shown is None:
            self.shown = AgentView(
                agent, self.model, self.turns, self.last_seen, self.in_flight, self.usage
            )
        return self.shown


@dataclass(slots=True)
class Account:
    """One conversation; ``used_s`` is when it began or ended a request last (monotonic)."""

    tally: Tally
    used_s: float
    folder: str = ""
    looks: int = 0
    agents: OrderedDict[str, Tally] = field(default_factory=OrderedDict)
    shown: tuple[tuple[object, ...], SessionView] | None = None
    """The last view with what it was made of."""


class SessionBook:
    """All accounts, the one used longest ago first."""

    __slots__ = ("_accounts", "_limit")

    def __init__(self, limit: int = BINDINGS_MAX) -> None:
        self._limit = limit
        self._accounts: OrderedDict[str, Account] = OrderedDict()

    def __len__(self) -> int:
        return len(self._accounts)

    def began(self, key: str, agent: str, model: str, now_s: float, at: datetime) -> None:
        """Note a request of a conversation, or of its subagent ``agent``."""
        account = self._accounts.get(key)
        if account is None:
            account = self._accounts[key] = Account(Tally(at), now_s)
            if len(self._accounts) > self._limit:
                self._accounts.popitem(last=False)
        account.tally.began("" if agent and account.tally.model else model, at)
        if agent:
            _agent(account, agent, at).began(model, at)
        self._touch(key, account, now_s)

    def ended(self, key: str, agent: str, usage: Usage | None, now_s: float, at: datetime) -> None:
        """Note the end of a request that `began`."""
        account = self._accounts.get(key)
        if account is None:
            return
        account.tally.ended(usage, at)
        tally = account.agents.get(agent)
        if tally is not None:
            tally.ended(usage, at)
        self._touch(key, account, now_s)

    def restore(self, key: str, tally: Tally, folder: str, used_s: float) -> None:
        """Take over what an earlier start knew of a conversation, unless it is known already."""
        if key not in self._accounts and len(self._accounts) < self._limit:
            self._accounts[key] = Account(tally, used_s, folder)

    def tally_of(self, key: str) -> Tally | None:
        """Return the requests of a conversation (do not change)."""
        account = self._accounts.get(key)
        return None if account is None else account.tally

    def wants_folder(self, key: str, agent: str) -> bool:
        """Tell whether a request may be searched for the folder; asking counts.

        Subagents are not asked: theirs may be a copy of the folder.
        """
        account = self._accounts.get(key)
        if account is None or agent or account.folder or account.looks >= FOLDER_LOOKS:
            return False
        account.looks += 1
        return True

    def set_folder(self, key: str, folder: str) -> None:
        """Note where a conversation works."""
        account = self._accounts.get(key)
        if account is not None:
            account.folder = folder
            account.shown = None

    def folder_of(self, key: str) -> str:
        """Return where a conversation works; empty when it did not tell."""
        account = self._accounts.get(key)
        return "" if account is None else account.folder

    def expire(self, now_s: float, ttl_s: float) -> int:
        """Forget what was not used for ``ttl_s``; return how many that were."""
        old = []
        for key, account in self._accounts.items():
            if now_s - account.used_s < ttl_s:
                break
            if account.tally.in_flight == 0:
                old.append(key)
        for key in old:
            del self._accounts[key]
        return len(old)

    def view(self, binding: Binding, wall: Callable[[float], datetime]) -> SessionView:
        """Return a conversation as front ends show it; ``wall`` makes monotonic time wall time."""
        account = self._accounts.get(binding.key)
        if account is None:
            tally = Tally(wall(binding.last_seen_s), binding.model, binding.turns)
            return _view(binding, Account(tally, 0.0))
        made_of = (binding.endpoint_id, binding.pin_id, binding.home_id, len(binding.agents))
        if account.shown is None or account.shown[0] != made_of:
            account.shown = made_of, _view(binding, account)
        return account.shown[1]

    def _touch(self, key: str, account: Account, now_s: float) -> None:
        account.used_s = now_s
        account.shown = None
        self._accounts.move_to_end(key)


def _agent(account: Account, agent: str, at: datetime) -> Tally:
    tally = account.agents.get(agent)
    if tally is None:
        tally = account.agents[agent] = Tally(at)
        if len(account.agents) > SUBAGENTS_KEPT:
            account.agents.popitem(last=False)
    account.agents.move_to_end(agent)
    return tally


def _view(binding: Binding, account: Account) -> SessionView:
    tally = account.tally
    return SessionView(
        key=binding.key,
        endpoint_id=binding.endpoint_id or "",
        model=tally.model,
        turns=tally.turns,
        last_seen=tally.last_seen,
        agents=max(len(binding.agents), len(account.agents)),
        folder=account.folder,
        pin_id=binding.pin_id or "",
        home_id=binding.home_id or "",
        in_flight=tally.in_flight,
        usage=tally.usage,
        subagents=tuple(each.view(key) for key, each in reversed(account.agents.items())),
    )

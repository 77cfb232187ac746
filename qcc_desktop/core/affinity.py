"""Which endpoint a conversation is bound to, and since when.

Prompt caches belong to one endpoint and stay warm for about five minutes, so moving a
conversation makes its next turn expensive. Therefore:

- the first answer binds a conversation (its *home*);
- a failover binds it a second time, for the time being; it stays there while the cache is
  warm and may go home, or to the endpoint the user prefers by now, only after a natural pause;
- a refused key, used-up money or an answer cut before it began unbind it;
- what was not used for the time to live is forgotten unless the person pinned it, and so is the
  one used longest ago when there are too many.

The person may choose: a *pin* comes before everything as long as that endpoint can answer
(others step in while it cannot), a *move* binds once, as an answer would.
"""

from collections import Counter, OrderedDict
from dataclasses import dataclass, field

BINDINGS_MAX = 10_000
PAUSE_S = 300.0
"""A conversation that was idle so long may change its endpoint: prompt caches last 5 min."""
AGENTS_MAX = 256


@dataclass(slots=True)
class Binding:
    """One conversation.

    ``endpoint_id`` is where it is now, ``home_id`` where it was bound deliberately; they
    differ after a failover. ``pin_id`` is the person's choice for this conversation.
    ``confirmed_s`` is when ``endpoint_id`` answered last. ``moves`` counts changes of endpoint.
    ``in_flight`` counts its requests. ``is_placed`` says that the person moved it since its last
    request: the next one goes there however long it rested.
    """

    key: str
    last_seen_s: float
    endpoint_id: str | None = None
    home_id: str | None = None
    pin_id: str | None = None
    model: str = ""
    turns: int = 0
    confirmed_s: float = 0.0
    moves: int = 0
    in_flight: int = 0
    is_placed: bool = False
    agents: set[str] = field(default_factory=set)

    def is_paused(self, now_s: float) -> bool:
        """Tell whether the conversation rests, so that a change of endpoint costs little."""
        if self.in_flight or self.is_placed:
            return False
        return now_s - self.last_seen_s >= PAUSE_S


class Affinity:
    """All bindings, the one used longest ago first."""

    __slots__ = ("_bindings", "_counts", "_limit", "ttl_s")

    def __init__(self, ttl_s: float = 18_000.0, limit: int = BINDINGS_MAX) -> None:
        self.ttl_s = ttl_s
        self._limit = limit
        self._bindings: OrderedDict[str, Binding] = OrderedDict()
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._bindings)

    def find(self, key: str, now_s: float) -> Binding | None:
        """Return the binding of a conversation unless it is unknown or too old."""
        binding = self._bindings.get(key)
        if binding is None or self._is_over(binding, now_s):
            return None
        return binding

    def entered(
        self, key: str, endpoint_id: str, now_s: float, *, model: str = "", agent: str = ""
    ) -> None:
        """Note that a request of the conversation goes to ``endpoint_id`` now.

        After a natural pause this already moves it, so that its next requests follow.
        """
        binding = self._open(key, now_s)
        if binding.endpoint_id not in (None, endpoint_id) and binding.is_paused(now_s):
            self._move(binding, endpoint_id)
            binding.home_id = endpoint_id
        binding.is_placed = False
        binding.in_flight += 1
        binding.turns += 1
        binding.model = model or binding.model
        if agent and len(binding.agents) < AGENTS_MAX:
            binding.agents.add(agent)
        self._touch(binding, now_s)

    def answered(self, key: str, endpoint_id: str, taken_s: float, now_s: float) -> None:
        """Bind the conversation to an endpoint whose answer has begun to reach the client.

        ``taken_s`` is when the request was let through. A slow answer of a parallel request
        does not take the conversation away from where it was confirmed since.
        """
        binding = self._open(key, now_s)
        if binding.endpoint_id is None:
            self._move(binding, endpoint_id)
            binding.home_id = binding.home_id or endpoint_id
        elif binding.endpoint_id != endpoint_id and binding.confirmed_s <= taken_s:
            self._move(binding, endpoint_id)
        if binding.endpoint_id == endpoint_id:
            binding.confirmed_s = now_s
        self._touch(binding, now_s)

    def left(self, key: str, now_s: float) -> None:
        """Note that a request of the conversation is over, however it ended."""
        binding = self._bindings.get(key)
        if binding is not None:
            binding.in_flight = max(0, binding.in_flight - 1)
            self._touch(binding, now_s)

    def restore(self, binding: Binding) -> None:
        """Take over a binding of an earlier start, unless the conversation is known already.

        Call it with the one used longest ago first, before any request.
        """
        if binding.key in self._bindings:
            return
        endpoint_id, binding.endpoint_id = binding.endpoint_id, None
        self._bindings[binding.key] = binding
        self._move(binding, endpoint_id)
        if len(self._bindings) > self._limit:
            self._forget(next(iter(self._bindings)))

    def release(self, key: str, endpoint_id: str) -> None:
        """Unbind one conversation from an endpoint that cannot answer it any more."""
        binding = self._bindings.get(key)
        if binding is not None:
            self._release(binding, endpoint_id)

    def release_all(self, endpoint_id: str) -> None:
        """Unbind every conversation from an endpoint that is gone or switched off."""
        for binding in self._bindings.values():
            self._release(binding, endpoint_id)
            if binding.pin_id == endpoint_id:
                binding.pin_id = None

    def pin(self, key: str, endpoint_id: str | None, now_s: float) -> None:
        """Let the person choose the endpoint of one conversation; None ends that."""
        self._open(key, now_s).pin_id = endpoint_id

    def move(self, key: str, endpoint_id: str, now_s: float) -> None:
        """Bind a conversation as the person says, from its next request on; ends a pin."""
        binding = self._open(key, now_s)
        if binding.endpoint_id != endpoint_id:
            self._move(binding, endpoint_id)
        binding.home_id = endpoint_id
        binding.pin_id = None
        binding.confirmed_s = now_s
        binding.is_placed = True

    def unbind(self, key: str) -> None:
        """Forget where a conversation is bound, and its pin: it is routed anew."""
        binding = self._bindings.get(key)
        if binding is not None:
            self._move(binding, None)
            binding.home_id = binding.pin_id = None
            binding.is_placed = False

    def expire(self, now_s: float) -> int:
        """Forget what is too old and return how many that were.

        Conversations with a pin or with requests in flight stay.
        """
        old: list[str] = []
        for binding in self._bindings.values():
            if now_s - binding.last_seen_s < self.ttl_s:
                break
            if self._is_over(binding, now_s):
                old.append(binding.key)
        for key in old:
            self._forget(key)
        return len(old)

    def count(self, endpoint_id: str) -> int:
        """Return how many conversations are bound to an endpoint."""
        return self._counts[endpoint_id]

    def rows(self, now_s: float) -> tuple[Binding, ...]:
        """Return the bindings that are not too old, the one used last first (do not change)."""
        newest_first = reversed(self._bindings.values())
        return tuple(item for item in newest_first if not self._is_over(item, now_s))

    def _is_over(self, binding: Binding, now_s: float) -> bool:
        if binding.in_flight or binding.pin_id is not None:
            return False
        return now_s - binding.last_seen_s >= self.ttl_s

    def _open(self, key: str, now_s: float) -> Binding:
        binding = self._bindings.get(key)
        if binding is not None and self._is_over(binding, now_s):
            self._forget(key)
            binding = None
        if binding is None:
            binding = self._bindings[key] = Binding(key, now_s)
            if len(self._bindings) > self._limit:
                self._forget(next(iter(self._bindings)))
        return binding

    def _touch(self, binding: Binding, now_s: float) -> None:
        binding.last_seen_s = now_s
        self._bindings.move_to_end(binding.key)

    def _release(self, binding: Binding, endpoint_id: str) -> None:
        if binding.endpoint_id == endpoint_id:
            self._move(binding, None)
        if binding.home_id == endpoint_id:
            binding.home_id = binding.endpoint_id

    def _move(self, binding: Binding, endpoint_id: str | None) -> None:
        if binding.endpoint_id is not None:
            self._counts[binding.endpoint_id] -= 1
            binding.moves += 1
        if endpoint_id is not None:
            self._counts[endpoint_id] += 1
        binding.endpoint_id = endpoint_id

    def _forget(self, key: str) -> None:
        self._move(self._bindings.pop(key), None)

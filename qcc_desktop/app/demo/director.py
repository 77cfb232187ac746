"""Plays the story: sets moods, lets the sessions talk, and goes on when it has seen enough."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from qcc_desktop.app.demo.script import STORY, Beat
from qcc_desktop.app.demo.session import Turn
from qcc_desktop.app.demo.stage import Stage
from qcc_desktop.app.demo.tally import Act, Tally
from qcc_desktop.app.simulation import Mood
from qcc_desktop.core.events import AttemptFailed, Event, FailedOver
from qcc_desktop.core.health import Health, Light
from qcc_desktop.core.snapshot import EndpointView
from qcc_desktop.runtime.clock import utc
from qcc_desktop.runtime.tasks import spawn

BEAT_S = 25.0
"""A part of the story that takes longer has gone wrong."""
_SOON = timedelta(seconds=1)
_SETTLED = frozenset({Health.HEALTHY, Health.DISABLED})
"""In the window a person may switch an endpoint off; nobody waits for that one."""


class Narrator(Protocol):
    """Tells a person about the story."""

    def began(self, number: int, beat: Beat) -> None:
        """Part ``number`` begins."""
        ...

    def mending(self, beat: Beat) -> None:
        """Its endpoints are well again; the program has to find that out."""
        ...

    def ended(self, number: int, act: Act) -> None:
        """Part ``number`` was played."""
        ...


class Director:
    """Plays on one stage; remembers all that was seen since the start."""

    def __init__(self, stage: Stage, narrator: Narrator, *, story: Sequence[Beat] = STORY) -> None:
        self.stage = stage
        self.story = story
        self.number = 0
        self._played: dict[int, Act] = {}
        self._narrator = narrator
        self._tally = Tally()
        self._stirred = asyncio.Event()
        self._usual_wait_s = 0.0

    async def play(self, *, once: bool) -> None:
        """Play the story, once or until cancelled; the proxy runs."""
        unsubscribe = self.stage.container.bus.subscribe(self._on_event)
        self.stage.let_in(self._on_turn)
        talks = [
            spawn(session.run(self.stage.gate), name=f"session {session.name}")
            for session in self.stage.sessions
        ]
        try:
            await self._play_story()
            while not once:
                await self._play_story()
        finally:
            unsubscribe()
            for talk in talks:
                talk.cancel()
            await asyncio.gather(*talks, return_exceptions=True)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The parts that were played to their end, each with all its rounds."""
        return tuple(self._played.values())

    @property
    def seen(self) -> tuple[Act, ...]:
        """All parts, also the one that is played now as far as it was seen."""
        if not self._tally.turns:
            return self.acts
        now = self._act(self.story[self.number - 1], Light.GREY)
        return tuple((self._played | {self.number: self._with_earlier(now)}).values())

    @property
    def is_well(self) -> bool:
        """Whether the whole story was played, as written, and every request was answered."""
        return len(self.acts) == len(self.story) and all(act.is_well for act in self.acts)

    async def _play_story(self) -> None:
        for number, beat in enumerate(self.story, 1):
            self.number = number
            act = await self._play_beat(beat)
            self._played[number] = self._with_earlier(act)
            self._tally = Tally()
            self._narrator.ended(number, act)

    def _with_earlier(self, act: Act) -> Act:
        earlier = self._played.get(self.number)
        return act if earlier is None else earlier.followed_by(act)

    async def _play_beat(self, beat: Beat) -> Act:
        stage, light, missed = self.stage, Light.GREY, ""
        await stage.gate.close()
        for name in stage.cast:
            await self._set_mood(name, beat.moods.get(name, Mood.WELL))
        self._narrator.began(self.number, beat)
        stage.gate.open()
        try:
            async with asyncio.timeout(BEAT_S):
                await self._until(lambda: self._has_failed(beat))
                await asyncio.sleep(stage.pace.trouble_s if beat.culprit else stage.pace.calm_s)
                await self._until(lambda: len(self._tally.turns) >= beat.turns)
                light = stage.container.state.fresh().light
                if beat.mends:
                    self._narrator.mending(beat)
                    await self._mend(beat.mends)
        except TimeoutError:
            missed = f"It was not over after {BEAT_S:g} s."
        await stage.gate.close()
        if not self._played:
            self._usual_wait_s = self._tally.usual_wait_s
        return self._act(beat, light, mended=beat.mends, missed=missed)

    def _act(
        self, beat: Beat, light: Light, *, mended: tuple[str, ...] = (), missed: str = ""
    ) -> Act:
        return self._tally.act(
            beat.title, light, usual_wait_s=self._usual_wait_s, mended=mended, missed=missed
        )

    def _has_failed(self, beat: Beat) -> bool:
        return not beat.culprit or self._tally.has_failed(beat.culprit)

    async def _mend(self, names: tuple[str, ...]) -> None:
        """Make endpoints well and wait until the program has verified them.

        Background checks find out by themselves. Where that takes long (an endpoint that failed
        lately counts as degraded for a minute), "Try now" is pressed, as a person could; never
        before the time that a rate limit named is over.
        """
        for name in names:
            await self._set_mood(name, Mood.WELL)
        pressed: set[str] = set()
        while out := [view for view in self._views(names) if view.health not in _SETTLED]:
            for view in out:
                if view.endpoint.id not in pressed and self._takes_long(view):
                    pressed.add(view.endpoint.id)
                    self.stage.container.endpoints.try_now(view.endpoint.id)
            await self._stir()

    def _takes_long(self, view: EndpointView) -> bool:
        if view.health is Health.DEGRADED:
            return True
        now = utc(self.stage.container.clock.wall_s())
        is_late = view.retry_at is not None and view.retry_at - now > _SOON
        return view.breaker != "closed" and is_late

    def _views(self, names: tuple[str, ...]) -> list[EndpointView]:
        views = self.stage.container.state.fresh().endpoints
        return [view for view in views if view.endpoint.name in names]

    async def _set_mood(self, name: str, mood: Mood) -> None:
        simulated = self.stage.cast[name]
        if simulated.mood is not mood:
            await simulated.set_mood(mood)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            await self._stir()

    async def _stir(self) -> None:
        """Wait until something happens."""
        self._stirred.clear()
        await self._stirred.wait()

    def _on_turn(self, turn: Turn) -> None:
        self._tally.turns.append(turn)
        self.stage.last_turns.appendleft(turn)
        self._stirred.set()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, AttemptFailed):
            self._tally.note_failure(self._name_of(event.endpoint_id), event.failure.reason)
        elif isinstance(event, FailedOver):
            self._tally.elsewhere += 1
        self._stirred.set()

    def _name_of(self, endpoint_id: str) -> str:
        listed = self.stage.container.endpoints.listed()
        return next((item.name for item in listed if item.id == endpoint_id), endpoint_id)

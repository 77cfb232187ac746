"""What the handlers of one running engine share."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import WireProtocol
from qcc_desktop.core.events import NetworkChanged
from qcc_desktop.core.fleet import Fleet
from qcc_desktop.core.ports import EventSink, KeySource
from qcc_desktop.core.session_book import SessionBook
from qcc_desktop.core.settings import Settings
from qcc_desktop.proxy.body_limits import BodyLimits
from qcc_desktop.proxy.capabilities import Capabilities
from qcc_desktop.proxy.deferred import DeferredAnswers
from qcc_desktop.proxy.dialect import OpenAIDialect
from qcc_desktop.proxy.downstream import Silence
from qcc_desktop.proxy.recorder import Recorder
from qcc_desktop.proxy.upstreams import Upstreams
from qcc_desktop.runtime.clock import Clock


@dataclass(slots=True)
class EngineState:
    """Every part of the engine a request needs; built once by `Engine`."""

    fleet: Fleet
    upstreams: Upstreams
    keys: KeySource
    recorder: Recorder
    sink: EventSink
    clock: Clock
    rng: random.Random
    deferred: DeferredAnswers
    capabilities: Capabilities
    dialect: OpenAIDialect
    config: Config = field(default_factory=Config)
    silence: Silence = field(default_factory=Silence)
    body_limits: BodyLimits = field(default_factory=BodyLimits)
    book: SessionBook = field(default_factory=SessionBook)
    is_draining: bool = False
    on_trouble: Callable[[], None] = lambda: None
    """Called when an endpoint failed, so that its check is planned."""
    last_model: str = ""
    """The model a client asked for last; background checks use it."""
    without_count_tokens: set[str] = field(default_factory=set)
    """Ids of endpoints that answered 404 to count_tokens."""
    was_offline: bool = False
    """What listeners were told of this computer's network."""

    @property
    def speaks_openai(self) -> bool:
        """True when answers may have come from an endpoint that speaks OpenAI's API."""
        return any(each.protocol is WireProtocol.OPENAI for each in self.config.endpoints)

    @property
    def settings(self) -> Settings:
        """The options at this moment."""
        return self.config.settings

    def tell_network(self) -> None:
        """Tell listeners if this computer went offline or came back."""
        if self.fleet.is_offline is not self.was_offline:
            self.was_offline = self.fleet.is_offline
            self.sink.publish(NetworkChanged(offline=self.was_offline))


ENGINE_STATE = web.AppKey("engine_state", EngineState)

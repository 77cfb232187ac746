"""Every option, once: key, default, unit, range and words.

Form, command line, validation and documentation are derived from the fields of `Settings`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any

from qcc_desktop.core.text import QT_TRANSLATE_NOOP


class Strategy(StrEnum):
    """How one of several equally healthy endpoints is chosen."""

    PRIORITY_FAILOVER = "priority_failover"
    WEIGHTED = "weighted"
    ROUND_ROBIN = "round_robin"
    LEAST_BUSY = "least_busy"
    RANDOM = "random"
    FASTEST = "fastest"


class ModelMode(StrEnum):
    """What happens to the model name of a request."""

    PASSTHROUGH = "passthrough"
    OVERRIDE = "override"
    MAP = "map"


class ProbeKind(StrEnum):
    """How a queued endpoint is verified in the background."""

    CONVERSATION = "conversation"
    """A tiny paid conversation that must repeat a code word, as QCC did."""
    MODELS = "models"
    """``GET /v1/models``: free, proves reach and key."""
    CONNECT = "connect"
    """A connection only: free, proves reach."""


class Language(StrEnum):
    """Language of the interface."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"


class Theme(StrEnum):
    """Colours of the interface."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TrayClick(StrEnum):
    """What a left click on the tray icon does."""

    WINDOW = "window"
    TOGGLE = "toggle"


OptionValue = bool | int | float | str
"""A stored value; enums are stored as their string."""


@dataclass(frozen=True, slots=True)
class Option:
    """The declaration of one option; ``label`` and ``help`` are English source texts."""

    key: str
    default: OptionValue
    label: str
    help: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    """A text must be empty or match this regular expression wholly."""
    live: bool = True
    """Takes effect at once; False: with the next start."""

    @property
    def kind(self) -> type[bool] | type[int] | type[float] | type[str]:
        """The type a stored value must have."""
        kind: type[bool] | type[int] | type[float] | type[str] = type(self.default)
        return str if issubclass(kind, StrEnum) else kind


CLOCK_TIME = r"([01]?[0-9]|2[0-3]):[0-5][0-9]"
"""A time of day: ``7:30``, ``22:00``."""


def _option(key: str, default: Any, label: str, words: str, **rest: Any) -> Any:
    choices = tuple(type(default)) if isinstance(default, StrEnum) else ()
    option = Option(key, default, label, words, choices=tuple(map(str, choices)), **rest)
    return field(default=default, metadata={"option": option})


@dataclass(frozen=True, slots=True)
class Settings:
    """The value of every option at one moment."""

    routing_strategy: Strategy = _option(
        "routing.strategy",
        Strategy.PRIORITY_FAILOVER,
        QT_TRANSLATE_NOOP("Settings", "Strategy"),
        QT_TRANSLATE_NOOP("Settings", "Which of several healthy endpoints is asked first."),
    )
    routing_max_attempts: int = _option(
        "routing.max_attempts",
        4,
        QT_TRANSLATE_NOOP("Settings", "Endpoints per request"),
        QT_TRANSLATE_NOOP("Settings", "How many endpoints one request may try."),
        minimum=1,
        maximum=20,
    )
    routing_connect_timeout_s: float = _option(
        "routing.connect_timeout",
        5.0,
        QT_TRANSLATE_NOOP("Settings", "Connect time-out"),
        QT_TRANSLATE_NOOP("Settings", "How long a connection to an endpoint may take."),
        unit="s",
        minimum=0.1,
        maximum=120,
    )
    routing_first_byte_timeout_s: float = _option(
        "routing.first_byte_timeout",
        60.0,
        QT_TRANSLATE_NOOP("Settings", "First-byte time-out"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "How long an endpoint may take to begin its answer while others remain; "
            "the last one gets five times as long.",
        ),
        unit="s",
        minimum=0.1,
        maximum=3600,
    )
    routing_stream_idle_timeout_s: float = _option(
        "routing.stream_idle_timeout",
        180.0,
        QT_TRANSLATE_NOOP("Settings", "Stream idle time-out"),
        QT_TRANSLATE_NOOP("Settings", "How long a running answer may stay silent."),
        unit="s",
        minimum=0.1,
        maximum=3600,
    )
    routing_total_timeout_s: float = _option(
        "routing.total_timeout",
        600.0,
        QT_TRANSLATE_NOOP("Settings", "Total time-out"),
        QT_TRANSLATE_NOOP("Settings", "How long an answer that is not streamed may take in all."),
        unit="s",
        minimum=1,
        maximum=7200,
    )
    breaker_failure_threshold: int = _option(
        "breaker.failure_threshold",
        3,
        QT_TRANSLATE_NOOP("Settings", "Failures until the circuit opens"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Consecutive failures after which an endpoint is left out. "
            "An overload (529) counts half, a rate limit (429) does not count.",
        ),
        minimum=1,
        maximum=100,
    )
    breaker_open_s: float = _option(
        "breaker.open_seconds",
        60.0,
        QT_TRANSLATE_NOOP("Settings", "Open circuit lasts"),
        QT_TRANSLATE_NOOP("Settings", "After this time one trial request is let through."),
        unit="s",
        minimum=0.1,
        maximum=86_400,
    )
    affinity_ttl_s: float = _option(
        "affinity.ttl_seconds",
        18_000.0,
        QT_TRANSLATE_NOOP("Settings", "Session memory"),
        QT_TRANSLATE_NOOP("Settings", "How long an idle session stays bound to its endpoint."),
        unit="s",
        minimum=1,
        maximum=604_800,
    )
    affinity_cleanup_s: float = _option(
        "affinity.cleanup_seconds",
        300.0,
        QT_TRANSLATE_NOOP("Settings", "Session clean-up"),
        QT_TRANSLATE_NOOP("Settings", "How often expired sessions are forgotten."),
        unit="s",
        minimum=1,
        maximum=86_400,
    )
    upstream_max_connections: int = _option(
        "upstream.max_connections",
        100,
        QT_TRANSLATE_NOOP("Settings", "Connections per endpoint"),
        QT_TRANSLATE_NOOP("Settings", "At most so many connections are open to one endpoint."),
        minimum=1,
        maximum=10_000,
    )
    upstream_max_keepalive: int = _option(
        "upstream.max_keepalive",
        20,
        QT_TRANSLATE_NOOP("Settings", "Connections kept alive"),
        QT_TRANSLATE_NOOP("Settings", "At most so many idle connections are kept."),
        minimum=0,
        maximum=10_000,
    )
    upstream_keepalive_s: float = _option(
        "upstream.keepalive_seconds",
        30.0,
        QT_TRANSLATE_NOOP("Settings", "Keep-alive time"),
        QT_TRANSLATE_NOOP("Settings", "How long an idle connection is kept."),
        unit="s",
        minimum=0,
        maximum=3600,
    )
    upstream_probe: ProbeKind = _option(
        "upstream.probe",
        ProbeKind.CONVERSATION,
        QT_TRANSLATE_NOOP("Settings", "Background check"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "How an endpoint that failed is verified before it gets requests again: a tiny "
            "conversation (costs a few tokens), the model list, or a connection only.",
        ),
    )
    upstream_probe_s: float = _option(
        "upstream.probe_seconds",
        60.0,
        QT_TRANSLATE_NOOP("Settings", "Background check interval"),
        QT_TRANSLATE_NOOP("Settings", "How long to wait between checks; grows while they fail."),
        unit="s",
        minimum=0.1,
        maximum=86_400,
    )
    upstream_ca_file: str = _option(
        "upstream.ca_file",
        "",
        QT_TRANSLATE_NOOP("Settings", "Extra certificate file"),
        QT_TRANSLATE_NOOP(
            "Settings", "A PEM file with private certificate authorities, beside the system's."
        ),
    )
    server_port: int = _option(
        "server.port",
        7860,
        QT_TRANSLATE_NOOP("Settings", "Port"),
        QT_TRANSLATE_NOOP(
            "Settings", "Where the proxy listens on this computer; 0 takes a free one."
        ),
        minimum=0,
        maximum=65_535,
        live=False,
    )
    server_max_body_mb: int = _option(
        "server.max_body_mb",
        64,
        QT_TRANSLATE_NOOP("Settings", "Largest request"),
        QT_TRANSLATE_NOOP("Settings", "Larger request bodies are answered with 413."),
        unit="MB",
        minimum=1,
        maximum=1024,
    )
    models_mode: ModelMode = _option(
        "models.mode",
        ModelMode.PASSTHROUGH,
        QT_TRANSLATE_NOOP("Settings", "Models"),
        QT_TRANSLATE_NOOP(
            "Settings",
            "Pass the requested model on, replace it by one model, or use each endpoint's map.",
        ),
    )
    models_override: str = _option(
        "models.override",
        "",
        QT_TRANSLATE_NOOP("Settings", "Replacement model"),
        QT_TRANSLATE_NOOP("Settings", "The model that every request gets in override mode."),
    )
    privacy_log_bodies: bool = _option(
        "privacy.log_bodies",
        default=False,
        label=QT_TRANSLATE_NOOP("Settings", "Log error bodies"),
        words=QT_TRANSLATE_NOOP(
            "Settings",
            "Write the first 2 KB of an endpoint's error body to the log, secrets removed; "
            "never a request or an answer.",
        ),
    )
    history_retention_days: int = _option(
        "history.retention_days",
        30,
        QT_TRANSLATE_NOOP("Settings", "Keep history"),
        QT_TRANSLATE_NOOP("Settings", "Usage and rotated logs older than this are deleted."),
        unit="d",
        minimum=1,
        maximum=3650,
    )
    ui_language: Language = _option(
        "ui.language",
        Language.SYSTEM,
        QT_TRANSLATE_NOOP("Settings", "Language"),
        QT_TRANSLATE_NOOP("Settings", "Language of the interface."),
    )
    ui_theme: Theme = _option(
        "ui.theme",
        Theme.SYSTEM,
        QT_TRANSLATE_NOOP("Settings", "Colours"),
        QT_TRANSLATE_NOOP("Settings", "Light or dark, or as the system has it."),
    )
    ui_reduced_motion: bool = _option(
        "ui.reduced_motion",
        default=False,
        label=QT_TRANSLATE_NOOP("Settings", "Reduced motion"),
        words=QT_TRANSLATE_NOOP("Settings", "No pulse of the icon while requests run."),
    )
    ui_tray_click: TrayClick = _option(
        "ui.tray_click",
        TrayClick.WINDOW,
        QT_TRANSLATE_NOOP("Settings", "Click on the tray icon"),
        QT_TRANSLATE_NOOP(
            "Settings", "Opens and closes the window, or switches the proxy on and off."
        ),
    )
    notify_failover: bool = _option(
        "notify.failover",
        default=True,
        label=QT_TRANSLATE_NOOP("Settings", "Another endpoint took over"),
        words=QT_TRANSLATE_NOOP("Settings", "A message when requests go to another endpoint."),
    )
    notify_recovery: bool = _option(
        "notify.recovery",
        default=True,
        label=QT_TRANSLATE_NOOP("Settings", "An endpoint is back"),
        words=QT_TRANSLATE_NOOP("Settings", "A message when an endpoint answers again."),
    )
    notify_all_down: bool = _option(
        "notify.all_down",
        default=True,
        label=QT_TRANSLATE_NOOP("Settings", "No endpoint can answer"),
        words=QT_TRANSLATE_NOOP("Settings", "A message when Claude Code gets no answer any more."),
    )
    notify_key_refused: bool = _option(
        "notify.key_refused",
        default=True,
        label=QT_TRANSLATE_NOOP("Settings", "A key was refused"),
        words=QT_TRANSLATE_NOOP("Settings", "A message when an endpoint does not take its key."),
    )
    notify_quota: bool = _option(
        "notify.quota",
        default=True,
        label=QT_TRANSLATE_NOOP("Settings", "A quota is used up"),
        words=QT_TRANSLATE_NOOP("Settings", "A message when money or quota of an endpoint ends."),
    )
    notify_quiet_from: str = _option(
        "notify.quiet_from",
        "",
        QT_TRANSLATE_NOOP("Settings", "Quiet from"),
        QT_TRANSLATE_NOOP(
            "Settings", "No messages from this time of day (22:00); empty: messages at any time."
        ),
        pattern=CLOCK_TIME,
    )
    notify_quiet_to: str = _option(
        "notify.quiet_to",
        "",
        QT_TRANSLATE_NOOP("Settings", "Quiet until"),
        QT_TRANSLATE_NOOP("Settings", "Messages again from this time of day (07:30)."),
        pattern=CLOCK_TIME,
    )
    updates_check: bool = _option(
        "updates.check",
        default=True,
        label=QT_TRANSLATE_NOOP("Settings", "Look for updates"),
        words=QT_TRANSLATE_NOOP(
            "Settings", "Ask once a day whether there is a newer version; nothing else is sent."
        ),
    )
    claude_executable: str = _option(
        "claude.executable",
        "",
        QT_TRANSLATE_NOOP("Settings", "Claude Code program"),
        QT_TRANSLATE_NOOP(
            "Settings", "Which of several installed ones is launched; empty takes the first found."
        ),
    )
    claude_arguments: str = _option(
        "claude.arguments",
        "",
        QT_TRANSLATE_NOOP("Settings", "Extra arguments"),
        QT_TRANSLATE_NOOP(
            "Settings", "Given to Claude Code at every launch, written as on a command line."
        ),
    )
    claude_terminal: str = _option(
        "claude.terminal",
        "",
        QT_TRANSLATE_NOOP("Settings", "Terminal"),
        QT_TRANSLATE_NOOP(
            "Settings", "The terminal that Claude Code opens in; empty takes the system's."
        ),
    )


@cache
def options() -> Mapping[str, Option]:
    """Return every option by its key, in the order of declaration."""
    found = (item.metadata["option"] for item in fields(Settings))
    return {option.key: option for option in found}


@cache
def _field_names() -> Mapping[str, str]:
    return {item.metadata["option"].key: item.name for item in fields(Settings)}


def get_option(settings: Settings, key: str) -> OptionValue:
    """Return the value of the option ``key`` as it is stored.

    Raises:
        KeyError: when there is no such option.
    """
    value: OptionValue = getattr(settings, _field_names()[key])
    return str(value) if isinstance(value, StrEnum) else value


def with_option(settings: Settings, key: str, value: object) -> Settings:
    """Return ``settings`` with one option changed.

    Text is parsed (as from a command line), other values must have the option's type.

    Raises:
        KeyError: when there is no such option.
        ValueError: one sentence that says which values are allowed.
    """
    option = options()[key]
    name = _field_names()[key]
    parsed = parse_value(option, value)
    changed: Any = type(option.default)(parsed) if option.choices else parsed
    return replace(settings, **{name: changed})


def parse_value(option: Option, value: object) -> OptionValue:
    """Return ``value`` in the option's stored type, or say what is allowed.

    Raises:
        ValueError: one sentence with the allowed values.
    """
    converted = _CONVERTERS[option.kind](value)
    if converted is None or not _within(option, converted):
        raise ValueError(f"{option.key} must be {allowed(option)}.")
    return converted


def allowed(option: Option) -> str:
    """Return in words which values the option takes (``"a number from 1 to 20 s"``)."""
    if option.choices:
        return "one of " + ", ".join(option.choices)
    if option.kind is bool:
        return "on or off"
    if option.pattern == CLOCK_TIME:
        return "a time of day such as 22:00, or empty"
    if option.kind is str:
        return "a text"
    noun = "a whole number" if option.kind is int else "a number"
    unit = f" {option.unit}" if option.unit else ""
    return f"{noun} from {option.minimum:g} to {option.maximum:g}{unit}"


def _within(option: Option, value: OptionValue) -> bool:
    if option.choices:
        return value in option.choices
    if isinstance(value, str) and value and option.pattern:
        return re.fullmatch(option.pattern, value) is not None
    if isinstance(value, str) or option.minimum is None or option.maximum is None:
        return True
    return option.minimum <= value <= option.maximum


def _to_bool(value: object) -> OptionValue | None:
    if isinstance(value, bool):
        return value
    words = {"on": True, "true": True, "yes": True, "1": True}
    words |= {"off": False, "false": False, "no": False, "0": False}
    return words.get(value.strip().lower()) if isinstance(value, str) else None


def _to_int(value: object) -> OptionValue | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    try:
        return int(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def _to_float(value: object) -> OptionValue | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if number - number == 0 else None  # rejects nan and infinities


def _to_str(value: object) -> OptionValue | None:
    return str(value) if isinstance(value, str) else None


_CONVERTERS: Mapping[type, Callable[[object], OptionValue | None]] = {
    bool: _to_bool,
    int: _to_int,
    float: _to_float,
    str: _to_str,
}

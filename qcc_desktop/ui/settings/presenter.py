"""Turns the declared options and their values into rows; knows no widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcc_desktop.core.settings import (
    CLOCK_TIME,
    Language,
    ModelMode,
    Option,
    OptionValue,
    ProbeKind,
    Settings,
    Strategy,
    Theme,
    TrayClick,
    get_option,
    options,
)
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui import words
from qcc_desktop.ui.i18n import translate

SECTIONS: Mapping[str, str] = {
    "ui": QT_TRANSLATE_NOOP("SettingsPage", "Appearance"),
    "notify": QT_TRANSLATE_NOOP("SettingsPage", "Messages"),
    "claude": "Claude Code",
    "routing": QT_TRANSLATE_NOOP("SettingsPage", "Routing"),
    "models": QT_TRANSLATE_NOOP("SettingsPage", "Models"),
    "affinity": QT_TRANSLATE_NOOP("SettingsPage", "Sessions"),
    "breaker": QT_TRANSLATE_NOOP("SettingsPage", "Circuit breaker"),
    "upstream": QT_TRANSLATE_NOOP("SettingsPage", "Connections to endpoints"),
    "server": QT_TRANSLATE_NOOP("SettingsPage", "Proxy on this computer"),
    "privacy": QT_TRANSLATE_NOOP("SettingsPage", "Privacy"),
    "history": QT_TRANSLATE_NOOP("SettingsPage", "History"),
    "updates": QT_TRANSLATE_NOOP("SettingsPage", "Updates"),
}
"""The first part of an option's key, in the order of the page: what people change first."""

_CHOICES: Mapping[str, str] = {
    **{
        f"models.mode={mode}": text
        for mode, text in {
            ModelMode.PASSTHROUGH: QT_TRANSLATE_NOOP("SettingsPage", "Pass on as asked"),
            ModelMode.OVERRIDE: QT_TRANSLATE_NOOP("SettingsPage", "Replace by one model"),
            ModelMode.MAP: QT_TRANSLATE_NOOP("SettingsPage", "Each endpoint's own map"),
        }.items()
    },
    **{
        f"upstream.probe={kind}": text
        for kind, text in {
            ProbeKind.CONVERSATION: QT_TRANSLATE_NOOP("SettingsPage", "A tiny conversation"),
            ProbeKind.MODELS: QT_TRANSLATE_NOOP("SettingsPage", "The model list (free)"),
            ProbeKind.CONNECT: QT_TRANSLATE_NOOP("SettingsPage", "A connection only (free)"),
        }.items()
    },
    f"ui.language={Language.SYSTEM}": QT_TRANSLATE_NOOP("SettingsPage", "Like the system"),
    f"ui.language={Language.ENGLISH}": "English",
    f"ui.language={Language.CHINESE}": "简体中文",
    f"ui.theme={Theme.SYSTEM}": QT_TRANSLATE_NOOP("SettingsPage", "Like the system"),
    f"ui.theme={Theme.LIGHT}": QT_TRANSLATE_NOOP("SettingsPage", "Light"),
    f"ui.theme={Theme.DARK}": QT_TRANSLATE_NOOP("SettingsPage", "Dark"),
    f"ui.tray_click={TrayClick.WINDOW}": QT_TRANSLATE_NOOP("SettingsPage", "Opens the window"),
    f"ui.tray_click={TrayClick.TOGGLE}": QT_TRANSLATE_NOOP("SettingsPage", "Switches the proxy"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One option as the page shows it."""

    option: Option
    value: OptionValue
    label: str
    help: str
    choices: tuple[tuple[str, str], ...]
    """Stored value and word of each choice."""
    default: str
    """The default in words."""

    @property
    def is_default(self) -> bool:
        """Whether nothing was changed."""
        return self.value == _plain(self.option.default)

    def matches(self, wanted: str) -> bool:
        """Tell whether every word of ``wanted`` is found in the texts of this option."""
        own = (self.label, self.help, self.option.key, self.option.label)
        texts = " ".join((*own, *(word for _, word in self.choices))).casefold()
        return all(word in texts for word in wanted.casefold().split())


_UNITS = {
    "s": QT_TRANSLATE_NOOP("Units", "s"),
    "d": QT_TRANSLATE_NOOP("Units", "d"),
    "MB": QT_TRANSLATE_NOOP("Units", "MB"),
}


def rows_of(settings: Settings) -> tuple[Row, ...]:
    """Return every option with its value, in the language shown."""
    return tuple(_row(option, get_option(settings, key)) for key, option in options().items())


def section_of(key: str) -> str:
    """Return the section an option belongs to."""
    return key.partition(".")[0]


def section_word(section: str) -> str:
    """Return what a section is called."""
    return translate("SettingsPage", SECTIONS[section])


def shown_value(option: Option, value: OptionValue) -> str:
    """Return a value in words."""
    if isinstance(value, bool):
        return translate("SettingsPage", "on") if value else translate("SettingsPage", "off")
    if option.choices:
        return choice_word(option.key, str(value))
    if isinstance(value, str):
        return value or translate("SettingsPage", "empty")
    return f"{value:g} {unit_word(option)}".strip()


def unit_word(option: Option) -> str:
    """Return what a number of the option counts; empty for a bare number."""
    return translate("Units", _UNITS[option.unit]) if option.unit else ""


def choice_word(key: str, value: str) -> str:
    """Return what a choice of an option is called."""
    if key == "routing.strategy":
        return words.strategy_word(Strategy(value))
    return translate("SettingsPage", _CHOICES[f"{key}={value}"])


def allowed_words(option: Option) -> str:
    """Return in the language shown which values a text may have; "" for any."""
    if option.pattern == CLOCK_TIME:
        return translate("SettingsPage", "A time of day such as 22:00, or empty.")
    return ""


def fault_sentence(row: Row, sentence: str) -> str:
    """Return why a value was refused, with the option's label instead of its key."""
    if not sentence.startswith(f"{row.option.key} "):
        return sentence
    if row.option.pattern == CLOCK_TIME:
        said = translate("SettingsPage", "{label} must be a time of day such as 22:00, or empty.")
        return said.format(label=row.label)
    said = sentence.removeprefix(row.option.key)
    return f"{row.label}{said if said[1:2].isascii() else said.lstrip()}"


def found(rows: Sequence[Row], wanted: str) -> frozenset[str]:
    """Return the keys of the options that a search shows."""
    return frozenset(row.option.key for row in rows if row.matches(wanted))


def _row(option: Option, value: OptionValue) -> Row:
    return Row(
        option=option,
        value=value,
        label=translate("Settings", option.label),
        help=translate("Settings", option.help),
        choices=tuple((choice, choice_word(option.key, choice)) for choice in option.choices),
        default=shown_value(option, _plain(option.default)),
    )


def _plain(value: OptionValue) -> OptionValue:
    return str(value) if isinstance(value, str) else value

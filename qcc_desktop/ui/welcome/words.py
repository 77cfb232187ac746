"""The words of an import: its sources, options and doubles."""

from collections.abc import Mapping

from qcc_desktop.core.settings import ModelMode, options
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.services.legacy_items import Source
from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.ui.i18n import translate

_SOURCES: Mapping[Source, str] = {
    Source.QCC: "QCC",
    Source.CC_SWITCH: "cc-switch",
    Source.ENV: QT_TRANSLATE_NOOP("Import", "Variables"),
    Source.CLAUDE: "Claude Code",
}
_MODES: Mapping[str, str] = {
    ModelMode.PASSTHROUGH: QT_TRANSLATE_NOOP("SettingsPage", "Pass on as asked"),
    ModelMode.OVERRIDE: QT_TRANSLATE_NOOP("SettingsPage", "Replace by one model"),
    ModelMode.MAP: QT_TRANSLATE_NOOP("SettingsPage", "Each endpoint's own map"),
}


def known_as(name: str) -> str:
    """Return which endpoint, here already or earlier in the list, is the same one."""
    return translate("Import", "The same endpoint as {name}.").format(name=name)


def source_word(source: Source) -> str:
    """Return what a source is called."""
    return translate("Import", _SOURCES[source])


def option_line(setting: LegacySetting) -> str:
    """Return an option with the value it would get."""
    option = options().get(setting.key)
    label = translate("Settings", option.label) if option else setting.key
    mode = _MODES.get(setting.value) if setting.key == "models.mode" else None
    value = translate("SettingsPage", mode) if mode else setting.value
    return translate("Import", "{option}: {value}").format(option=label, value=value)

"""The words of an import: the sentences of its readers in the language shown, sources, options.

The readers of other programs' files write English; a sentence that is not listed here is shown
as it is.
"""

import re
from collections.abc import Mapping

from qcc_desktop.core.settings import ModelMode, options
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.services.legacy_items import Source
from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate

SENTENCES = (
    QT_TRANSLATE_NOOP(
        "Import", "Some of these endpoints have models of their own in the place of Claude's."
    ),
    QT_TRANSLATE_NOOP("Import", "It has no key. Add the endpoint by hand, with its key."),
    QT_TRANSLATE_NOOP("Import", "It has no address."),
    QT_TRANSLATE_NOOP("Import", "Its address or key is not text, or far too long."),
    QT_TRANSLATE_NOOP("Import", "It is not stored the way the program stores an entry."),
    QT_TRANSLATE_NOOP(
        "Import", "It leads to a proxy on this computer, not to an endpoint, so it is left out."
    ),
    QT_TRANSLATE_NOOP("Import", "Only the first 500 entries are shown."),
    QT_TRANSLATE_NOOP(
        "Import",
        "Claude Code asks a program for the key (apiKeyHelper), which was not run."
        " Add the endpoint by hand, with its key.",
    ),
    QT_TRANSLATE_NOOP("Import", "The variables in this file are not stored as an object."),
    QT_TRANSLATE_NOOP(
        "Import", "This database is damaged or in use. Close cc-switch and try again."
    ),
    QT_TRANSLATE_NOOP(
        "Import", "cc-switch has changes that are not in its file yet. Close it to see them here."
    ),
    QT_TRANSLATE_NOOP(
        "Import", "It uses a login, not a key. Only endpoints with a key can be taken over."
    ),
    QT_TRANSLATE_NOOP(
        "Import", "It speaks another protocol than Anthropic's, which is not supported yet."
    ),
    QT_TRANSLATE_NOOP("Import", "the environment"),
    QT_TRANSLATE_NOOP("Import", "You may not read this file. Change its permissions."),
    QT_TRANSLATE_NOOP("Import", "This is not a file."),
    QT_TRANSLATE_NOOP("Import", "This file is larger than 16 MB, so it was not read."),
    QT_TRANSLATE_NOOP("Import", "This file is not text."),
    QT_TRANSLATE_NOOP("Import", "This file is broken: it is not JSON."),
    QT_TRANSLATE_NOOP("Import", "This file is not what the program writes."),
    QT_TRANSLATE_NOOP("Import", "This file could not be read."),
    QT_TRANSLATE_NOOP("Import", "QCC asks for this model whatever Claude Code asks for."),
    QT_TRANSLATE_NOOP(
        "Import",
        "Comments or trailing commas are in this file; Claude Code itself loads none of it.",
    ),
)
"""Those of `storage.legacy_*` and `services.legacy_items`."""

_KNOWN = frozenset(SENTENCES)
_DOUBLE = re.compile(r"It is here already, as (?P<name>.+)\.", re.DOTALL)
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


def import_sentence(sentence: str) -> str:
    """Return a sentence of the readers, or why something was not taken, in the language shown."""
    if double := _DOUBLE.fullmatch(sentence):
        here = translate("Import", "It is here already, as {name}.")
        return here.format(name=double["name"])
    if sentence in _KNOWN:
        return translate("Import", sentence)
    return failure_sentence(sentence)


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

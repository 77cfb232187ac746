"""What is said about an import: faults of files and entries, why one is left out (``Import``)."""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

IMPORT_TEXTS = (
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
        "Import", "It speaks neither Anthropic's protocol nor OpenAI's Chat Completions."
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
    QT_TRANSLATE_NOOP("Import", "It is here already, as {name}."),
)
"""Those of `storage.legacy_*` and `services.legacy_items`."""

"""What is said about looking for a newer version and installing it (context ``Updates``)."""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

UPDATE_TEXTS = (
    QT_TRANSLATE_NOOP("Updates", "This build names no place to look for updates."),
    QT_TRANSLATE_NOOP("Updates", "The list of versions did not come in time."),
    QT_TRANSLATE_NOOP("Updates", "The list of versions cannot be reached."),
    QT_TRANSLATE_NOOP("Updates", "The list of versions cannot be read."),
    QT_TRANSLATE_NOOP(
        "Updates",
        "The list of versions is written for a newer QCC Desktop: download that by hand.",
    ),
    QT_TRANSLATE_NOOP("Updates", "The list of versions is older than one that was seen before."),
    QT_TRANSLATE_NOOP("Updates", "The signature is not that of this program's makers."),
    QT_TRANSLATE_NOOP("Updates", "The signature belongs to another file."),
    QT_TRANSLATE_NOOP("Updates", "The download stands still."),
    QT_TRANSLATE_NOOP("Updates", "The download is not what was published."),
    QT_TRANSLATE_NOOP("Updates", "The new version cannot be downloaded."),
    QT_TRANSLATE_NOOP("Updates", "There is not enough room on the disk."),
    QT_TRANSLATE_NOOP("Updates", "The new version cannot be written to the disk."),
    QT_TRANSLATE_NOOP("Updates", "The new version is not there for this computer yet."),
    QT_TRANSLATE_NOOP("Updates", "The new version is packed in a way that is not known here."),
    QT_TRANSLATE_NOOP("Updates", "The new version is no application."),
    QT_TRANSLATE_NOOP("Updates", "The new version failed its self-test."),
    QT_TRANSLATE_NOOP("Updates", "This version is in use already."),
    QT_TRANSLATE_NOOP("Updates", "There is no newer version any more."),
    QT_TRANSLATE_NOOP("Updates", "This build does not install updates."),
    QT_TRANSLATE_NOOP("Updates", "QCC Desktop could not be started: start it by hand."),
    QT_TRANSLATE_NOOP("Updates", "Something unexpected happened; the log says more."),
    QT_TRANSLATE_NOOP("Updates", "Try again later."),
    QT_TRANSLATE_NOOP("Updates", "What it said: {log}"),
)
"""The sentences of `core.release`, `services.updates` and `system.updating`."""

"""Translations: which language is shown, and switching it while the program runs."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from qcc_desktop.core.settings import Language
from qcc_desktop.ui import assets


def translate(context: str, text: str) -> str:
    """Return ``text`` in the language shown; lupdate finds the calls by this name."""
    return QCoreApplication.translate(context, text)


def resolve(language: Language, system: QLocale) -> Language:
    """Return the language to show: the chosen one, or the system's where we speak it."""
    if language is not Language.SYSTEM:
        return language
    is_chinese = system.language() is QLocale.Language.Chinese
    is_simplified = system.script() is not QLocale.Script.TraditionalHanScript
    return Language.CHINESE if is_chinese and is_simplified else Language.ENGLISH


class Translations(QObject):
    """Installs our texts and Qt's own; widgets hear of it through ``LanguageChange``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []
        self._shown: Language | None = None

    @property
    def shown(self) -> Language:
        """The language on the screen."""
        return self._shown or Language.ENGLISH

    def choose(self, language: Language) -> bool:
        """Show ``language``; True when that changed anything."""
        wanted = resolve(language, QLocale.system())
        if wanted is self._shown:
            return False
        self._shown = wanted
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
        self._installed.clear()
        QLocale.setDefault(QLocale(wanted.value))
        if wanted is not Language.ENGLISH:
            qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(f"{qt_folder}/qtbase_{wanted.value}.qm")
            self._install(str(assets.translation(wanted.value)))
        return True

    def _install(self, path: str) -> None:
        translator = QTranslator(self)
        if translator.load(path):
            QCoreApplication.installTranslator(translator)
            self._installed.append(translator)

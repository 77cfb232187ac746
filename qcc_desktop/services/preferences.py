"""What a user can do with options."""

from dataclasses import replace
from difflib import get_close_matches

from qcc_desktop.core.config import Config
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.core.settings import Option, OptionValue, get_option, options, with_option
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.option_checks import checked


class Preferences:
    """Reads and changes options by their key, such as ``routing.strategy``."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def rows(self) -> tuple[tuple[Option, OptionValue], ...]:
        """Every option with its value, in the order of declaration."""
        settings = self._configuration.current.settings
        return tuple((option, get_option(settings, key)) for key, option in options().items())

    def get(self, key: str) -> OptionValue:
        """Return the value of the option.

        Raises:
            InvalidInput: there is no such option; the nearest ones are named.
        """
        return get_option(self._configuration.current.settings, _known(key))

    async def set(self, key: str, value: object) -> OptionValue:
        """Change the option, parse text as on the command line, and return what is stored.

        Raises:
            InvalidInput: there is no such option, the value is not allowed, or the file or program
            it names is not there.
            UserFacingError: it could not be saved.
        """
        known = _known(key)

        def changed(now: Config) -> Config:
            settings = with_option(now.settings, known, value)
            right = checked(known, get_option(settings, known))
            return replace(now, settings=with_option(settings, known, right))

        try:
            config = await self._configuration.update(changed)
        except ValueError as error:
            raise InvalidInput({known: str(error)}) from error
        return get_option(config.settings, known)


def _known(key: str) -> str:
    if key in options():
        return key
    near = get_close_matches(key, options(), n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else "See: qcc-desktop config list."
    raise InvalidInput({key: f"There is no option {key!r}. {hint}"})

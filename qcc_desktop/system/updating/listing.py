r"""The entry in Windows' list of installed programs, as an update that is put back needs it.

``HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\QCC Desktop``, written by the set-up
(Microsoft, "Uninstall Registry Key"): texts and numbers, no keys below it. On other systems there
is no such list.
"""

import sys
from collections.abc import Mapping

KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\QCC Desktop"

Listing = Mapping[str, str | int]

if sys.platform == "win32":
    import winreg

    def read_listing(key: str = KEY) -> Listing:
        """Return what the list says; nothing where the program is not in it."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                count = winreg.QueryInfoKey(opened)[1]
                found = [winreg.EnumValue(opened, index) for index in range(count)]
        except OSError:
            return {}
        return {name: value for name, value, _ in found if isinstance(value, str | int)}

    def write_listing(listing: Listing, key: str = KEY) -> None:
        """Have the list say exactly that.

        Raises:
            OSError: it cannot be written.
        """
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            for name in read_listing(key).keys() - listing.keys():
                winreg.DeleteValue(opened, name)
            for name, value in listing.items():
                if isinstance(value, int):
                    winreg.SetValueEx(opened, name, 0, winreg.REG_DWORD, value)
                else:
                    winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

else:

    def read_listing(key: str = KEY) -> Listing:
        """Return nothing: there is no such list."""
        del key
        return {}

    def write_listing(listing: Listing, key: str = KEY) -> None:
        """Do nothing: there is no such list."""
        del listing, key

"""The registry of Windows, as `system.autostart.windows` needs it."""

import sys

if sys.platform == "win32":
    import winreg
    from contextlib import suppress

    class UserRegistry:
        """Implements `system.autostart.windows.Registry` over ``HKEY_CURRENT_USER``."""

        def get(self, key: str, name: str) -> str | bytes | None:
            """Return a value, None when it or its key is not there."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value, _ = winreg.QueryValueEx(opened, name)
            except FileNotFoundError:
                return None
            return value if isinstance(value, str | bytes) else None

        def set_text(self, key: str, name: str, text: str) -> None:
            """Write a text, and make the key if need be."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def delete(self, key: str, name: str) -> None:
            """Remove a value; no error when it is not there."""
            with (
                suppress(FileNotFoundError),
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened,
            ):
                winreg.DeleteValue(opened, name)

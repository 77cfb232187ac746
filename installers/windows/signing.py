"""Signs programs for Windows, where a certificate is configured; says so where none is.

    QCC_DESKTOP_SIGN_PFX             the certificate with its key (PKCS #12)
    QCC_DESKTOP_SIGN_PASSWORD_FILE   a file with its password, where it has one
    QCC_DESKTOP_SIGN_TIMESTAMP       the server that says when it was signed (RFC 3161)

``signtool`` of the Windows SDK does it on Windows, ``osslsigncode`` elsewhere. Run as a program it
signs the files named, which is how NSIS has the uninstaller signed:

    python installers/windows/signing.py FILE...
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PFX = "QCC_DESKTOP_SIGN_PFX"
PASSWORD_FILE = "QCC_DESKTOP_SIGN_PASSWORD_FILE"  # noqa: S105 - the name of a variable
TIMESTAMP = "QCC_DESKTOP_SIGN_TIMESTAMP"
NOT_SIGNED = f"Not signed: no certificate is configured ({PFX})."
_NAME = "QCC Desktop"


class SigningError(Exception):
    """It cannot be signed as configured; the text is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A configured certificate and the tool that signs with it."""

    tool: str
    certificate: str
    password_file: str = ""
    timestamp: str = ""

    def sign(self, file: Path) -> None:
        """Sign a program in its place.

        Raises:
            SigningError: the tool refused.
        """
        if Path(self.tool).stem.lower() == "signtool":
            self._run(self._signtool(file))
            return
        signed = file.with_name(file.name + ".signed")
        self._run(self._osslsigncode(file, signed))
        shutil.copymode(file, signed)
        signed.replace(file)

    def _signtool(self, file: Path) -> list[str]:
        """Words as in Microsoft, "SignTool"; it takes a password in no other way."""
        words = [self.tool, "sign", "/q", "/fd", "sha256", "/d", _NAME, "/f", self.certificate]
        if self.password_file:
            password = Path(self.password_file).read_text(encoding="utf-8").strip()
            words += ["/p", password]
        if self.timestamp:
            words += ["/tr", self.timestamp, "/td", "sha256"]
        return [*words, str(file)]

    def _osslsigncode(self, file: Path, signed: Path) -> list[str]:
        words = [self.tool, "sign", "-h", "sha256", "-n", _NAME, "-pkcs12", self.certificate]
        if self.password_file:
            words += ["-readpass", self.password_file]
        if self.timestamp:
            words += ["-ts", self.timestamp]
        return [*words, "-in", str(file), "-out", str(signed)]

    def _run(self, words: Sequence[str]) -> None:
        """Run the tool; its words are not shown as they were given, for one may be a password."""
        done = subprocess.run(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode != 0:
            raise SigningError(f"{Path(self.tool).name} did not sign {words[-1]}: {done.stdout}")


def configured(
    environ: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    *,
    is_windows: bool = os.name == "nt",
) -> Signer | None:
    """Return what signs here; None where no certificate is configured.

    Raises:
        SigningError: the certificate or the tool is missing.
    """
    certificate = environ.get(PFX, "")
    if not certificate:
        return None
    if not Path(certificate).is_file():
        raise SigningError(f"There is no certificate at {certificate} ({PFX}).")
    name = "signtool" if is_windows else "osslsigncode"
    tool = which(name)
    if tool is None:
        raise SigningError(f"A certificate is configured, but {name} is not on the path.")
    return Signer(tool, certificate, environ.get(PASSWORD_FILE, ""), environ.get(TIMESTAMP, ""))


def main(arguments: Sequence[str]) -> int:
    """Sign each file; 1 where it cannot be, or nothing is configured."""
    try:
        signer = configured()
        if signer is None:
            print(NOT_SIGNED, file=sys.stderr)
            return 1
        for name in arguments:
            signer.sign(Path(name))
    except SigningError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

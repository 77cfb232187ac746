"""What the Windows set-up is made from: icon, version, requirements, signature, portable mark."""

import ast
import os
import shutil
import struct
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

import dev_env
from windows import needs, package, signing, version_info, wine

ICON = Path(version_info.__file__).with_name("icon.py")


def _finds(*names: str) -> object:
    return lambda name: f"/usr/bin/{name}" if name in names else None


def test_the_icon_holds_a_picture_for_every_size_windows_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "made.ico"

    subprocess.run([sys.executable, "-W", "error", ICON, file], check=True)

    data = file.read_bytes()
    kind, count = struct.unpack_from("<2xHH", data)
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * index) for index in range(count)]
    assert (kind, [entry[0] or 256 for entry in entries]) == (1, [16, 20, 24, 32, 40, 48, 64, 256])
    assert entries[-1][6] + entries[-1][7] == len(data)
    for entry in entries[:-1]:
        header, width, height = struct.unpack_from("<Iii", data, entry[7])
        assert (header, width, height) == (40, entry[0], 2 * entry[0])
    assert data[entries[-1][7] :].startswith(b"\x89PNG")


def test_the_icons_corners_are_clear_and_its_middle_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "made.ico"
    subprocess.run([sys.executable, "-W", "error", ICON, file], check=True)
    data = file.read_bytes()
    offset = struct.unpack_from("<I", data, 6 + 12)[0] + 40

    alphas = data[offset + 3 : offset + 16 * 16 * 4 : 4]

    assert alphas[0] == 0
    assert alphas[8 * 16 + 8] == 255


def test_the_set_ups_picture_is_the_drawing_on_white(tmp_path: Path) -> None:
    file = tmp_path / "made.bmp"

    subprocess.run([sys.executable, "-W", "error", ICON, file], check=True)

    picture = QImage(str(file))
    assert (picture.width(), picture.height()) == (420, 942)
    corners = {picture.pixelColor(x, y).name() for x in (0, 419) for y in (0, 941)}
    assert corners == {"#ffffff"}
    assert picture.pixelColor(210, 350).name() not in corners


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.2.3", (1, 2, 3, 0)), ("0.1", (0, 1, 0, 0)), ("1.2.3rc1", (1, 2, 3, 0))],
)
def test_windows_compares_the_first_three_numbers(
    version: str, numbers: tuple[int, int, int, int]
) -> None:
    assert version_info.quad(version) == numbers


@pytest.mark.parametrize(("version", "flags"), [("1.2.3", "0x3f, flags=0"), ("2.0b1", "flags=2")])
def test_the_version_file_can_be_read_and_names_the_version(version: str, flags: str) -> None:
    text = version_info.text(version, "qcc-desktopw")

    ast.parse(text)
    assert f"'ProductVersion', '{version}'" in text
    assert "'OriginalFilename', 'qcc-desktopw.exe'" in text
    assert flags in text


def test_the_programs_have_the_copyright_of_the_licence() -> None:
    assert version_info.COPYRIGHT.partition(".")[0] in (dev_env.ROOT / "LICENSE").read_text("utf-8")


def test_what_only_windows_needs_is_among_the_requirements_and_what_only_linux_needs_is_not() -> (
    None
):
    named = dict(needs.needs(["qcc-desktop"]))

    assert {"pyside6-essentials", "brotli", "pywin32-ctypes"} <= set(named)
    assert not {"jeepney", "secretstorage", "pytest", "macholib"} & set(named)


def test_a_root_that_is_not_installed_is_no_root_that_needs_nothing() -> None:
    with pytest.raises(PackageNotFoundError):
        list(needs.needs(["qcc-desktop", "no-such-package"]))


@pytest.mark.skipif(sys.platform != "linux", reason="Wine is used on Linux")
def test_a_wine_prefix_is_made_below_folders_that_are_not_there_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    system32 = '"$WINEPREFIX/drive_c/windows/system32"'
    for name, line in (
        ("wineboot", f'mkdir "$WINEPREFIX" && mkdir -p {system32}'),  # as Wine: the last folder
        ("wine", "exit 0"),
        ("x86_64-w64-mingw32-gcc", 'while [ "$1" != -o ]; do shift; done; echo dll > "$2"'),
    ):
        (tools / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")

    wine.prepare(tmp_path / "fresh clone" / ".tools" / "prefix")

    system = tmp_path / "fresh clone" / ".tools" / "prefix" / "drive_c" / "windows" / "system32"
    assert sorted(path.name for path in system.iterdir()) == ["bcryptprimitives.dll", "icuuc.dll"]


@pytest.mark.parametrize(
    ("platform", "tools", "said"),
    [
        ("win32", (), "needs NSIS"),
        ("linux", ("wine", "makensis"), "needs wineboot, x86_64-w64-mingw32-gcc here"),
        ("darwin", (), "on Windows only"),
    ],
)
def test_it_is_refused_in_one_sentence_where_tools_are_missing(
    platform: str, tools: tuple[str, ...], said: str
) -> None:
    reason = package.refuse(platform, _finds(*tools))  # type: ignore[arg-type]

    assert reason is not None
    assert said in reason
    assert "\n" not in reason


def test_without_a_certificate_nothing_is_signed_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(signing.PFX, raising=False)

    assert signing.main(["a.exe"]) == 1
    assert capsys.readouterr().err == f"{signing.NOT_SIGNED}\n"


@pytest.mark.parametrize(
    ("is_there", "said"), [(False, "There is no certificate"), (True, "signtool is not on")]
)
def test_a_certificate_that_cannot_be_used_is_an_error(
    tmp_path: Path, is_there: bool, said: str
) -> None:
    certificate = tmp_path / "own.pfx"
    if is_there:
        certificate.write_bytes(b"")

    with pytest.raises(signing.SigningError, match=said):
        signing.configured({signing.PFX: str(certificate)}, lambda _: None, is_windows=True)


def test_what_was_signed_is_verified_by_the_tool(tmp_path: Path) -> None:
    tool = shutil.which("osslsigncode")
    openssl = shutil.which("openssl")
    if tool is None or openssl is None:
        pytest.skip("osslsigncode and openssl are needed")
    certificate, password = _certificate(tmp_path, openssl)
    program = tmp_path / "program.exe"
    program.write_bytes(_launcher().read_bytes())

    signing.Signer(tool, str(certificate), str(password)).sign(program)

    shown = subprocess.run(
        [tool, "verify", "-in", program, "-CAfile", tmp_path / "own.pem"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert "Signature verification: ok" in shown.stdout


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the tool")
def test_a_refused_signature_tells_no_password(tmp_path: Path) -> None:
    tool = tmp_path / "signtool.exe"
    tool.write_text('#!/bin/sh\necho "bad certificate"; exit 1\n', encoding="utf-8")
    tool.chmod(0o755)
    password = tmp_path / "password"
    password.write_text("hush-hush\n", encoding="utf-8")

    with pytest.raises(signing.SigningError, match="bad certificate") as refused:
        signing.Signer(str(tool), "own.pfx", str(password)).sign(tmp_path / "a.exe")

    assert "hush" not in str(refused.value)


def _certificate(folder: Path, openssl: str) -> tuple[Path, Path]:
    key, certificate, packed = folder / "own.key", folder / "own.pem", folder / "own.pfx"
    password = folder / "password"
    password.write_text("own-password", encoding="utf-8")
    request = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=own")
    usage = ("-addext", "extendedKeyUsage=codeSigning")
    pack = ("pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", packed)
    commands = (
        (openssl, *request, *usage, "-keyout", key, "-out", certificate),
        (openssl, *pack, "-passout", f"file:{password}"),
    )
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    return packed, password


def _launcher() -> Path:
    """A real Windows program that pip brings along."""
    packages = next((dev_env.VENV / "lib").glob("python*")) / "site-packages"
    return packages / "pip" / "_vendor" / "distlib" / "t64.exe"


def test_the_portable_program_carries_its_mark(tmp_path: Path) -> None:
    frozen = tmp_path / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "qcc-desktop.exe").write_bytes(b"program")
    (frozen / "_internal" / "base.dll").write_bytes(b"part")

    package.portable(frozen, tmp_path / "made.zip")

    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        assert sorted(archive.namelist()) == [
            "qcc-desktop/_internal/base.dll",
            "qcc-desktop/portable.txt",
            "qcc-desktop/qcc-desktop.exe",
        ]
        assert "beside it" in archive.read("qcc-desktop/portable.txt").decode()

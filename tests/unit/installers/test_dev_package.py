"""`dev.py package`: what is refused in one sentence, and what each file's own facts are."""

from pathlib import Path

import pytest

import dev_package
import package_linux


def _finds(*names: str) -> object:
    return lambda name: f"/usr/bin/{name}" if name in names else None


@pytest.mark.parametrize(
    ("target", "platform", "tools", "said"),
    [
        ("windows", "linux", ("dpkg-deb",), "needs wine, wineboot"),
        ("windows", "win32", (), "needs NSIS"),
        ("macos", "linux", (), "is made by the release workflow"),
        ("deb", "win32", ("dpkg-deb",), "on Linux only"),
        ("deb", "linux", (), "needs dpkg-deb"),
        ("appimage", "darwin", ("appimagetool",), "on Linux only"),
        ("appimage", "linux", ("dpkg-deb",), "needs appimagetool"),
    ],
)
def test_what_a_system_cannot_make_is_refused_in_one_sentence(
    target: str, platform: str, tools: tuple[str, ...], said: str
) -> None:
    with pytest.raises(dev_package.RefusedError, match=said) as refused:
        dev_package.refuse(target, platform, _finds(*tools))  # type: ignore[arg-type]

    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("target", "platform", "tools"),
    [
        ("folder", "win32", ()),
        ("wheel", "darwin", ()),
        ("deb", "linux", ("dpkg-deb",)),
        ("appimage", "linux", ("appimagetool",)),
    ],
)
def test_what_a_system_can_make_is_not(target: str, platform: str, tools: tuple[str, ...]) -> None:
    dev_package.refuse(target, platform, _finds(*tools))  # type: ignore[arg-type]


def test_a_refusal_ends_with_1_and_makes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise dev_package.RefusedError("Not here.")

    monkeypatch.setattr(dev_package, "refuse", refuse)

    assert dev_package.main(["--target", "windows"]) == 1

    said = capsys.readouterr()
    assert (said.err, said.out) == ("Not here.\n", "")


def test_every_target_that_is_made_here_has_a_maker() -> None:
    assert {*dev_package.makers()} == {*dev_package.TARGETS}


def test_a_folder_counts_as_large_as_its_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_bytes(b"1234")
    (tmp_path / "two").write_bytes(b"12")

    assert dev_package.size_bytes(tmp_path) == 6


def test_libraries_are_found_in_packages_needed_or_recommended() -> None:
    depends, recommends = package_linux.packages_for(
        {"libc.so.6", "ld-linux-x86-64.so.2", "libX11.so.6", "libgtk-3.so.0"}
    )

    assert depends == ["libc6", "libx11-6"]
    assert recommends == ["libgtk-3-0t64 | libgtk-3-0"]


def test_a_library_that_nobody_thought_of_stops_the_build() -> None:
    with pytest.raises(SystemExit, match=r"No Debian package is known for libnew\.so\.1"):
        package_linux.packages_for({"libnew.so.1", "libc.so.6"})


def test_the_newest_symbol_of_the_c_library_decides(tmp_path: Path) -> None:
    (tmp_path / "one.so").write_bytes(b"\x7fELF..GLIBC_2.17\0GLIBC_2.5\0")
    (tmp_path / "two.so").write_bytes(b"\x7fELF..GLIBC_2.34\0")
    (tmp_path / "notes").write_bytes(b"GLIBC_2.99\0")

    assert package_linux.oldest_glibc(tmp_path) == "2.34"

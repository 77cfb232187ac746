"""An application is looked at before it is packed, and signed only where a certificate is."""

import os
import subprocess
import tarfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import dev_package
import package_freeze
from macos import bundle, package
from qcc_desktop.system.updating.bundle import Bundle

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes and links of a Mac")


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """What PyInstaller 6 makes: programs, libraries and data apart, with links between them."""
    app = tmp_path / bundle.BUNDLE_NAME
    contents = app / "Contents"
    for name in (
        "MacOS/qcc-desktop",
        "Frameworks/libpython3.13.dylib",
        "Resources/qcc-desktop.icns",
        "Resources/zh-Hans.lproj/InfoPlist.strings",
        "Resources/qcc_desktop/resources/icons/app.svg",
    ):
        file = contents / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    (contents / "MacOS" / "qcc-desktop").chmod(0o755)
    (contents / "Info.plist").write_bytes(
        b'<plist version="1.0"><dict><key>CFBundleExecutable</key>'
        b"<string>qcc-desktop</string></dict></plist>"
    )
    (contents / "Frameworks" / "qcc_desktop").symlink_to("../Resources/qcc_desktop")
    return app


def _data_among_programs(app: Path) -> None:
    (app / "Contents" / "MacOS" / "app.svg").touch()


def _no_icon(app: Path) -> None:
    (app / "Contents" / "Resources" / "qcc-desktop.icns").unlink()


def _not_executable(app: Path) -> None:
    (app / "Contents" / "MacOS" / "qcc-desktop").chmod(0o644)


def _link_to_nothing(app: Path) -> None:
    (app / "Contents" / "Frameworks" / "gone").symlink_to("../Resources/gone")


def _link_to_the_builder(app: Path) -> None:
    (app / "Contents" / "Frameworks" / "python").symlink_to("/usr")


def test_a_whole_application_is_taken(app: Path) -> None:
    package.check_layout(app)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_data_among_programs, r"app\.svg"),
        (_no_icon, "lacks Resources/qcc-desktop.icns"),
        (_not_executable, "cannot be executed"),
        (_link_to_nothing, "leads outside or nowhere"),
        (_link_to_the_builder, "leads outside or nowhere"),
    ],
)
def test_a_spoilt_application_is_refused_with_the_reason(
    app: Path, spoil: Callable[[Path], None], why: str
) -> None:
    spoil(app)

    with pytest.raises(package.LayoutError, match=why):
        package.check_layout(app)


def test_without_a_certificate_it_says_so_and_signs_nothing(
    app: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[Sequence[str]] = []

    made = package.package(app, tmp_path, "qcc-1", environ={}, run=calls.append)

    assert [Path(call[0]).name for call in calls] == ["make_dmg.sh"]
    assert "No certificate is configured" in capsys.readouterr().out
    assert [path.name for path in made] == ["qcc-1.dmg", "qcc-1.tar.gz"]


def test_with_a_certificate_both_are_signed_and_notarised_in_turn(
    app: Path, tmp_path: Path
) -> None:
    calls: list[Sequence[str]] = []
    environ = {"QCC_DESKTOP_SIGN_IDENTITY": "Developer ID Application: Ada"}

    package.package(app, tmp_path, "qcc-1", environ=environ, run=calls.append)

    assert [(Path(call[0]).name, Path(call[-1]).suffix) for call in calls] == [
        ("codesign", ".app"),
        ("notarise.sh", ".app"),
        ("make_dmg.sh", ".dmg"),
        ("codesign", ".dmg"),
        ("notarise.sh", ".dmg"),
    ]


def test_the_archive_is_one_that_a_running_program_updates_itself_from(
    app: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "update.tar.gz"
    place = tmp_path / "Applications" / bundle.BUNDLE_NAME
    place.mkdir(parents=True)

    package.pack(app, archive)
    [program] = Bundle(place).stage(archive, "1.2.0")

    staged = Path(program)
    package.check_layout(staged.parents[2])
    assert staged.read_text(encoding="utf-8") == "MacOS/qcc-desktop"


def test_the_archive_names_nobody_who_built_it(app: Path, tmp_path: Path) -> None:
    package.pack(app, tmp_path / "update.tar.gz")

    with tarfile.open(tmp_path / "update.tar.gz") as opened:
        owners = {(each.uid, each.gid, each.uname, each.gname) for each in opened}
    assert owners == {(0, 0, "", "")}


def test_a_mac_makes_the_application_with_icon_and_entitlements(
    app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def freeze(into: Path, extra: Mapping[str, str], *, name: str) -> Path:
        asked.update(into=into, name=name, given=[Path(path).is_file() for path in extra.values()])
        return app

    programs: list[str] = []

    def run(words: Sequence[str], **_: object) -> None:
        programs.append(Path(words[-1]).name if "icon.py" in words[1] else Path(words[0]).name)
        if "icon.py" in words[1]:
            Path(words[-1]).touch()

    monkeypatch.delenv("QCC_DESKTOP_SIGN_IDENTITY", raising=False)
    monkeypatch.setattr(dev_package, "DIST", tmp_path)
    monkeypatch.setattr(dev_package, "ensure_tools", lambda: None)
    monkeypatch.setattr(package_freeze, "freeze", freeze)
    monkeypatch.setattr(subprocess, "run", run)

    made = package.make()

    assert asked == {"into": tmp_path, "name": bundle.BUNDLE_NAME, "given": [True, True]}
    assert programs == ["qcc-desktop.icns", "make_dmg.sh"]
    assert [path.suffix for path in made] == [".app", ".dmg", ".gz"]


@pytest.mark.parametrize(
    ("machine", "name"),
    [("arm64", "qcc-desktop-1.2.0-macos-arm64"), ("x86_64", "qcc-desktop-1.2.0-macos-x86_64")],
)
def test_files_are_called_by_version_and_processor(machine: str, name: str) -> None:
    assert package.release_name("1.2.0", machine) == name

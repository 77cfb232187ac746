"""The `.deb` and the AppImage, both around the frozen program.

The `.deb` is put together by dpkg-deb alone: what it holds is finished, and debhelper would only
undo that (strip, move, look for what to depend on) or be told not to.
"""

import datetime
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import dev_env
import dev_package
import package_freeze

HERE = dev_env.ROOT / "installers" / "linux"
ICON = dev_env.ROOT / "resources" / "icons" / "app.svg"
ICON_SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
METAINFO = "io.github.qcc_desktop.qcc_desktop.metainfo.xml"
"""Named after its component, as software centres want it."""

DEPENDS = {
    "libc6": ("libc.so", "libm.so", "libpthread.so", "libdl.so", "librt.so", "libutil.so",
              "ld-linux"),
    "libgcc-s1": ("libgcc_s.so",),
    "libstdc++6": ("libstdc++.so",),
    "zlib1g": ("libz.so",),
    "libuuid1": ("libuuid.so",),
    "libzstd1": ("libzstd.so",),
    "libegl1": ("libEGL.so",),
    "libgl1": ("libGL.so",),
    "libglib2.0-0t64 | libglib2.0-0": ("libglib-2.0.so", "libgthread-2.0.so", "libgobject-2.0.so",
                                       "libgio-2.0.so"),
    "libdbus-1-3": ("libdbus-1.so",),
    "libfontconfig1": ("libfontconfig.so",),
    "libfreetype6": ("libfreetype.so",),
    "libx11-6": ("libX11.so",),
    "libx11-xcb1": ("libX11-xcb.so",),
    "libxcb1": ("libxcb.so",),
    "libxcb-randr0": ("libxcb-randr.so",),
    "libxcb-render0": ("libxcb-render.so",),
    "libxcb-shape0": ("libxcb-shape.so",),
    "libxcb-shm0": ("libxcb-shm.so",),
    "libxcb-sync1": ("libxcb-sync.so",),
    "libxcb-xfixes0": ("libxcb-xfixes.so",),
}  # fmt: skip
"""Packages without which the program does not start, each with the libraries it is needed for."""

RECOMMENDS = {
    "libgtk-3-0t64 | libgtk-3-0": ("libgtk-3.so", "libgdk-3.so", "libgdk_pixbuf-2.0.so",
                                   "libatk-1.0.so", "libcairo.so", "libcairo-gobject.so",
                                   "libpango-1.0.so", "libpangocairo-1.0.so", "libharfbuzz.so"),
    "libwayland-client0": ("libwayland-client.so",),
    "libwayland-cursor0": ("libwayland-cursor.so",),
    "libwayland-egl1": ("libwayland-egl.so",),
}  # fmt: skip
"""Packages for plugins of Qt that are left alone where they are missing: Wayland, GTK's look."""

CERTIFICATES = "ca-certificates"
"""No library, but without it no endpoint's certificate can be verified."""

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.M)
_GLIBC = re.compile(rb"GLIBC_2\.(\d+)\0")


def make_deb() -> Sequence[Path]:
    """Makes `dist/qcc-desktop_VERSION_ARCHITECTURE.deb`.

    Raises:
        subprocess.CalledProcessError: freezing or packing failed; its own message was shown.
    """
    with tempfile.TemporaryDirectory(prefix="qcc-desktop-deb-") as scratch:
        frozen = package_freeze.freeze(Path(scratch))
        return [pack_deb(frozen, dev_package.version(), dev_package.DIST)]


def pack_deb(frozen: Path, version: str, into: Path) -> Path:
    """Packs a frozen program as the package of ``version`` and returns the file."""
    architecture = _output("dpkg", "--print-architecture").strip()
    version = debian_version(version)
    into.mkdir(parents=True, exist_ok=True)
    target = into / f"qcc-desktop_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(prefix="qcc-desktop-deb-") as scratch:
        root = Path(scratch) / "root"
        library = root / "usr/lib/qcc-desktop"
        shutil.copytree(frozen, library, symlinks=True)
        (root / "usr/bin").mkdir()
        (root / "usr/bin/qcc-desktop").symlink_to("../lib/qcc-desktop/qcc-desktop")
        desktop_files(root / "usr/share", version)
        _documents(root / "usr/share", version)
        _control(root, version, architecture)
        _set_modes(root)
        options = ("--root-owner-group", "-Zxz", "--build")
        subprocess.run(
            ["dpkg-deb", *options, str(root), str(target)], check=True, stdout=subprocess.DEVNULL
        )
    return target


def debian_version(version: str) -> str:
    """The version as dpkg and software centres order it: ``1.2.0~rc1`` comes before ``1.2.0``."""
    return re.sub(r"(?<=\d)(?=(?:a|b|rc)\d)", "~", version)


def make_appimage() -> Sequence[Path]:
    """Makes `dist/QCC_Desktop-VERSION-ARCHITECTURE.AppImage` with appimagetool.

    Raises:
        subprocess.CalledProcessError: freezing or packing failed; its own message was shown.
    """
    with tempfile.TemporaryDirectory(prefix="qcc-desktop-appimage-") as scratch:
        version = dev_package.version()
        folder = app_dir(package_freeze.freeze(Path(scratch)), version, Path(scratch) / "AppDir")
        machine = os.uname().machine
        target = dev_package.DIST / f"QCC_Desktop-{version}-{machine}.AppImage"
        target.parent.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "ARCH": machine, "VERSION": version}
        command = ["appimagetool", "--no-appstream", str(folder), str(target)]
        subprocess.run(command, env=environment, check=True)
        return [target]


def app_dir(frozen: Path, version: str, folder: Path) -> Path:
    """Lays a frozen program out as an AppImage wants it and returns ``folder``."""
    shutil.copytree(frozen, folder / "usr/lib/qcc-desktop", symlinks=True)
    desktop_files(folder / "usr/share", version)
    (folder / "AppRun").symlink_to("usr/lib/qcc-desktop/qcc-desktop")
    shutil.copy(HERE / "qcc-desktop.desktop", folder)
    (folder / "qcc-desktop.png").symlink_to("usr/share/icons/hicolor/256x256/apps/qcc-desktop.png")
    (folder / ".DirIcon").symlink_to("qcc-desktop.png")
    return folder


def desktop_files(share: Path, version: str) -> None:
    """Writes menu entry, metadata for software centres and icons below a `share` folder."""
    _copy(HERE / "qcc-desktop.desktop", share / "applications/qcc-desktop.desktop")
    date = built_on().strftime("%Y-%m-%d")
    _write(
        share / "metainfo" / METAINFO,
        _filled("metainfo.xml.in", VERSION=debian_version(version), DATE=date),
    )
    hicolor = share / "icons/hicolor"
    _copy(ICON, hicolor / "scalable/apps/qcc-desktop.svg")
    with tempfile.TemporaryDirectory(prefix="qcc-desktop-icons-") as scratch:
        renderer = dev_env.ROOT / "installers" / "render_icon.py"
        sizes = [str(size) for size in ICON_SIZES_PX]
        python = str(dev_env.executable("python"))
        subprocess.run([python, str(renderer), str(ICON), scratch, *sizes], check=True)
        for size in sizes:
            _copy(Path(scratch, f"{size}.png"), hicolor / f"{size}x{size}/apps/qcc-desktop.png")


def built_on() -> datetime.datetime:
    """The time that goes into files: ``SOURCE_DATE_EPOCH``, else that of the last commit."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or _output("git", "log", "-1", "--format=%ct")
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)


def needed_libraries(frozen: Path) -> set[str]:
    """Libraries that the frozen program loads and does not bring along."""
    files = list(package_freeze.programs(frozen))
    texts = _output("objdump", "-p", *map(str, files))
    brought = {path.name for path in frozen.rglob("*.so*")}
    return set(_NEEDED.findall(texts)) - brought


def packages_for(libraries: set[str]) -> tuple[list[str], list[str]]:
    """Debian's packages with these libraries: those it needs, those it recommends.

    Raises:
        SystemExit: a library is new to `DEPENDS` and `RECOMMENDS`.
    """
    known = {stem: name for name, stems in {**DEPENDS, **RECOMMENDS}.items() for stem in stems}
    found = {library: known.get(_stem(library)) for library in libraries}
    if unknown := sorted(library for library, name in found.items() if name is None):
        raise SystemExit(f"No Debian package is known for {', '.join(unknown)}.")
    names = set(found.values())
    return [each for each in DEPENDS if each in names], [
        each for each in RECOMMENDS if each in names
    ]


def oldest_glibc(frozen: Path) -> str:
    """The version of the C library that the frozen program needs at least."""
    minors = [
        int(minor)
        for path in package_freeze.programs(frozen)
        for minor in _GLIBC.findall(path.read_bytes())
    ]
    return f"2.{max(minors)}"


def _stem(library: str) -> str:
    return "ld-linux" if library.startswith("ld-linux") else library.partition(".so")[0] + ".so"


def _control(root: Path, version: str, architecture: str) -> None:
    frozen = root / "usr/lib/qcc-desktop"
    depends, recommends = packages_for(needed_libraries(frozen))
    depends = [
        f"libc6 (>= {oldest_glibc(frozen)})" if name == "libc6" else name for name in depends
    ]
    installed_kib = sum((each.lstat().st_size + 1023) // 1024 for each in _files(root))
    values = {
        "VERSION": version,
        "ARCHITECTURE": architecture,
        "INSTALLED_KIB": str(installed_kib),
        "DEPENDS": ", ".join([*depends, CERTIFICATES]),
        "RECOMMENDS": ", ".join(recommends),
    }
    _write(root / "DEBIAN/control", _filled("control.in", **values))
    running = (HERE / "running.sh").read_text(encoding="utf-8")
    for script in ("prerm", "postinst"):
        _write(root / "DEBIAN" / script, _filled(script, RUNNING=running))
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}"
        f"  {path.relative_to(root)}\n"
        for path in _files(root)
        if "DEBIAN" not in path.parts and not path.is_symlink()
    ]
    _write(root / "DEBIAN/md5sums", "".join(sums))


def _documents(share: Path, version: str) -> None:
    licence = (dev_env.ROOT / "LICENSE").read_text(encoding="utf-8").strip().splitlines()
    indented = "".join(f" {line or '.'}\n" for line in licence)
    copyright_text = (HERE / "copyright").read_text(encoding="utf-8") + indented
    _write(share / "doc/qcc-desktop/copyright", copyright_text)
    date = built_on().strftime("%a, %d %b %Y %H:%M:%S +0000")
    changes = (
        f"qcc-desktop ({version}) stable; urgency=medium\n\n  * Version {version}; what is new"
        " stands in the program's CHANGELOG.\n\n -- QCC Desktop contributors"
        f" <qcc-desktop@users.noreply.github.com>  {date}\n"
    )
    _compress(share / "doc/qcc-desktop/changelog.gz", changes.encode())
    _compress(share / "man/man1/qcc-desktop.1.gz", (HERE / "qcc-desktop.1").read_bytes())
    _copy(HERE / "lintian-overrides", share / "lintian/overrides/qcc-desktop")


def _set_modes(root: Path) -> None:
    """Lets only programs and scripts be started, whatever the builder's umask."""
    scripts = {root / "DEBIAN/prerm", root / "DEBIAN/postinst"}
    scripts.add(root / "usr/lib/qcc-desktop/qcc-desktop")
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in scripts else 0o644)


def _files(root: Path) -> Iterator[Path]:
    return (each for each in sorted(root.rglob("*")) if each.is_symlink() or each.is_file())


def _filled(template: str, **values: str) -> str:
    text = (HERE / template).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda found: values[found[1]], text)


def _compress(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(content, mtime=0))


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _output(*command: str) -> str:
    return subprocess.run(
        command, cwd=dev_env.ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout

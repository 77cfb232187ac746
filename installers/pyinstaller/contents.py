"""What goes into the frozen program and what stays out: one list for all three systems.

The spec beside this file asks here, so that a test can look at the lists without freezing.
"""

from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import PurePosixPath

from packaging.requirements import Requirement

PACKAGE = "qcc-desktop"
TOP = "qcc_desktop"

LATE_PACKAGES = (TOP,)
"""Packages with modules that are imported by a name in a string: pages, the doctor, threads."""

LATE_MODULES = {
    "": ("keyring.backends.fail", "keyring.backends.chainer", "keyring.backends.null",
         "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"),
    "linux": ("keyring.backends.SecretService", "keyring.backends.kwallet", "secretstorage",
              "jeepney", "jeepney.auth", "jeepney.io.blocking"),
    "win32": ("keyring.backends.Windows", "win32ctypes.pywin32.win32cred", "winreg"),
    "darwin": ("keyring.backends.macOS",),
}  # fmt: skip
"""Modules that others import by a name in a string, by system; "" is every system."""

LEFT_OUT = (
    # Qt that no module of ours, nor pyqtgraph's part that we use, imports.
    "PySide6.QtConcurrent", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtNetwork",
    "PySide6.QtPrintSupport", "PySide6.QtQml", "PySide6.QtQuick",
    "PySide6.QtQuickControls2", "PySide6.QtQuickWidgets", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtUiTools",
    "PySide6.QtXml", "PySide6.scripts", "PyQt5", "PyQt6", "PySide2",
    # Parts of libraries that are for other uses than ours.
    "pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter", "pyqtgraph.console",
    "pyqtgraph.dockarea", "pyqtgraph.flowchart",
    "numpy.f2py", "numpy.fft", "numpy.polynomial", "numpy.random", "numpy.testing", "numpy.distutils", "numpy.tests",
    "zstandard._cffi", "zstandard.backend_cffi", "readline", "curses",
    "pygments", "markdown_it", "mdurl",  # rich's, for sources and Markdown
    "matplotlib", "scipy", "OpenGL", "cupy", "numba", "h5py", "pandas", "IPython", "jupyter_rfb",
    # Developers' tools that libraries would like to find.
    "pytest", "_pytest", "hypothesis", "mypy", "setuptools", "pkg_resources", "pip", "wheel",
    "tkinter", "idlelib", "lib2to3", "ensurepip", "pydoc_data", "turtledemo", "test",
    "click", "trio", "curio", "uvloop", "h2", "socksio", "gunicorn",
)  # fmt: skip

QT_PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qminimal", "qwindows", "qcocoa"),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg", "qico", "qicns", "qjpeg", "qgif"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("qxdgdesktopportal", "qgtk3"),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
    "wayland-shell-integration": ("xdg-shell", "qt-shell"),
    "xcbglintegrations": (),
}  # fmt: skip
"""Plugins of Qt that stay, by folder; of every other folder none does."""

QT_TRANSLATIONS = ("qtbase_zh_CN.qm",)

_QT_LIBRARIES = (
    "Qml", "QmlMeta", "QmlModels", "QmlWorkerScript", "Quick", "QuickWidgets", "Pdf", "Network",
    "VirtualKeyboard", "EglFSDeviceIntegration", "EglFsKmsSupport", "WaylandCompositor",
    "PrintSupport", "Sql", "Test", "WlShellIntegration", "opengl32sw",
)  # fmt: skip

NO_HOOKS = (
    # Sets QT_PLUGIN_PATH for us and thereby for all we start. Qt finds its plugins without.
    "pyi_rth_pyside6",
    # Load what every command would then load, for what no part of this program does: reading
    # sources, and processes of `multiprocessing`.
    "pyi_rth_inspect", "pyi_rth_multiprocessing", "pyi_rth_pyqtgraph_multiprocess",
)  # fmt: skip
"""What PyInstaller would run before the program, and does not."""

BROUGHT_ALONG = (
    # Python's own, whose names differ between distributions, and what wheels call by these names.
    "libpython", "libssl", "libcrypto", "libffi", "libbz2", "liblzma", "libsqlite3",
    "libpyside6", "libshiboken6", "libicu", "libscipy_openblas", "libgfortran", "libquadmath",
    # What Qt's xcb plugin needs and a desktop need not have.
    "libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-render-util",
    "libxcb-util", "libxcb-xkb", "libxkbcommon",
)  # fmt: skip
"""Libraries that go along on Linux. All others, such as X11, fonts, GTK, GLib and D-Bus, must be
the system's own: they speak with its services and load its modules."""


def late_modules(platform: str) -> list[str]:
    """Modules for PyInstaller's ``hiddenimports`` on ``platform`` (`sys.platform`)."""
    return [*LATE_MODULES[""], *LATE_MODULES.get(platform, ())]


def distributions() -> Iterator[str]:
    """Names of this program's package and of all it is built from here.

    Their metadata goes along: versions, licences, entry points and the place of the releases are
    read from it.
    """
    waiting: list[tuple[str, frozenset[str]]] = [(PACKAGE, frozenset())]
    seen: set[str] = set()
    while waiting:
        name, extras = waiting.pop()
        try:
            part = distribution(name)
        except PackageNotFoundError:
            continue
        if part.name not in seen:
            seen.add(part.name)
            yield part.name
        for need in map(Requirement, part.requires or []):
            wanted = need.marker is None or any(
                need.marker.evaluate({"extra": extra}) for extra in extras or {""}
            )
            if wanted and need.name not in seen:
                waiting.append((need.name, frozenset(need.extras)))


def stays(destination: str, *, is_linux: bool) -> bool:
    """Whether a collected file belongs into the program; ``destination`` is its place in it."""
    path = PurePosixPath(destination.replace("\\", "/"))
    if "PySide6" in path.parts:
        return _qt_stays(path)
    if path.name.startswith("libQt6"):  # a link at the top to the library in PySide6
        return _stem(path).removeprefix("Qt6") not in _QT_LIBRARIES
    if is_linux and len(path.parts) == 1 and path.name.startswith("lib"):
        return path.name.startswith(BROUGHT_ALONG)
    return not _is_dead_weight(path)


def _qt_stays(path: PurePosixPath) -> bool:
    if "plugins" in path.parts:
        folder, name = path.parts[-2], _stem(path)
        return name in QT_PLUGINS.get(folder, ())
    if "translations" in path.parts:
        return path.name in QT_TRANSLATIONS
    if "qml" in path.parts:
        return False
    return _stem(path).removeprefix("Qt6") not in _QT_LIBRARIES


def _stem(path: PurePosixPath) -> str:
    return path.name.partition(".")[0].removeprefix("lib")


def _is_dead_weight(path: PurePosixPath) -> bool:
    """Types and sources of libraries, what only installers read, and pictures that nobody sees.

    Licences lie in a folder of their own, see `licences`.
    """
    if path.suffix in {".pyi", ".pxd", ".pyx", ".c", ".h", ".ts"}:
        return True
    if path.parts[0].endswith(".dist-info"):
        return path.name not in {"METADATA", "entry_points.txt"}
    return "pyqtgraph" in path.parts and bool({"colors", "icons"} & set(path.parts))


def outside(entries: Iterable[tuple[str, str, str]], *, is_linux: bool) -> list[str]:
    """Destinations of those collected ``entries`` that do not stay, for the log of a build."""
    return sorted(entry[0] for entry in entries if not stays(entry[0], is_linux=is_linux))

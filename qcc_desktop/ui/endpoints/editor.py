"""The dialog that adds or edits one endpoint."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.core.settings import Settings
from qcc_desktop.services.presets import Preset
from qcc_desktop.ui.contracts import ReportView
from qcc_desktop.ui.endpoints.form import FormReader, FormText, repaired_url
from qcc_desktop.ui.endpoints.inputs import EndpointInputs
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.report_words import check_line
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN
from qcc_desktop.ui.theme.palette import Role, colour, current_tone
from qcc_desktop.ui.widgets.buttons import Button, Weight

_WIDTH = 480
_VERDICTS = 3
"""A test has so many points, a line each."""
_SPARE_FAULTS = 3
"""So many faults appear below their fields without a scroll bar."""
_ADVANCED = (
    "proxy",
    "priority",
    "weight",
    "model_map",
    "extra_headers",
    "connect_timeout_s",
    "first_byte_timeout_s",
    "stream_idle_timeout_s",
    "note",
)


class EndpointEditor(QDialog):
    """Shows and reads a `FormText`; saving and testing are wishes.

    A fault appears below its field once the field was edited, or all of them when saving was
    tried. The window stays open until `QDialog.accept` is called from outside.
    """

    save_requested = Signal(object)
    test_requested = Signal(object)

    def __init__(
        self,
        reader: FormReader,
        settings: Settings,
        text: FormText | None = None,
        *,
        has_key: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._reader = reader
        self._is_new = text is None
        self._touched: set[str] = set()
        self._server_faults: dict[str, str] = {}
        self.inputs = EndpointInputs(settings, text or FormText(), has_key=has_key)
        self.fields = self.inputs.fields
        self._lay_out()
        self._connect()
        self._check()

    def text(self) -> FormText:
        """Return what the fields hold."""
        return self.inputs.text()

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Add endpoint") if self._is_new else self.tr("Edit endpoint"))
        form = QVBoxLayout()
        form.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        form.setSpacing(3 * GRID)
        shown = ("preset", "name", "base_url", "key", "auth")
        for name in shown if self._is_new else shown[1:]:
            form.addWidget(self.fields[name])
        self.advanced_button = Button("expand", Weight.DISCLOSURE)
        self.advanced_button.setCheckable(True)
        self.advanced_button.set_words(self.tr("Advanced"))
        form.addWidget(self.advanced_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.advanced = self._advanced_part()
        form.addWidget(self.advanced)
        form.addStretch(1)
        inner = QWidget()
        inner.setLayout(form)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._scroll, self._inner = scroll, inner
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        self._below, self._foot = self._verdicts(), self._button_row()
        whole.addWidget(self._below)
        whole.addWidget(self._foot)

    def _advanced_part(self) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(3 * GRID)
        grid.addWidget(self.fields["proxy"], 0, 0, 1, 6)
        grid.addWidget(self.fields["priority"], 1, 0, 1, 3)
        grid.addWidget(self.fields["weight"], 1, 3, 1, 3)
        for place, name in enumerate(_ADVANCED[5:8]):
            grid.addWidget(self.fields[name], 2, 2 * place, 1, 2)
        grid.addWidget(self.fields["model_map"], 3, 0, 1, 6)
        grid.addWidget(self.fields["extra_headers"], 4, 0, 1, 6)
        grid.addWidget(self.fields["note"], 5, 0, 1, 6)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        part.hide()
        return part

    def _verdicts(self) -> QWidget:
        """Return the part that a test writes to; its room is kept, so that no button jumps."""
        part = QFrame()
        part.setObjectName("verdicts")
        inside = QVBoxLayout(part)
        inside.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        self.report = QLabel()
        self.report.setWordWrap(True)
        self.report.setTextFormat(Qt.TextFormat.RichText)
        self.report.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.report.setMinimumHeight(_VERDICTS * self.report.fontMetrics().lineSpacing() + GRID)
        self.report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        hint = escape(self.tr("Test asks the endpoint now; nothing is saved by it."))
        self.report.setText(f'<span style="color:{_shade(Role.MUTED)}">{hint}</span>')
        inside.addWidget(self.report)
        return part

    def _button_row(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("footer")
        row = QHBoxLayout(bar)
        row.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 3 * GRID)
        self.test = QPushButton(self.tr("Test"))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setDefault(True)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())  # Fusion puts pictures of its own there
            button.setObjectName("plain")
        self.save.setObjectName("primary")
        self.test.setObjectName("plain")
        self.test.setAutoDefault(False)
        row.addWidget(self.test)
        row.addStretch(1)
        row.addWidget(self.buttons)
        return bar

    def _connect(self) -> None:
        self.buttons.accepted.connect(self._try_to_save)
        self.buttons.rejected.connect(self.reject)
        self.test.clicked.connect(self._try_to_test)
        self.advanced_button.toggled.connect(self.show_advanced)
        self.inputs.preset.activated.connect(self._preset_chosen)
        self.fields["base_url"].offer.linkActivated.connect(self._repair)
        for name, line in {
            "name": self.inputs.name,
            "base_url": self.inputs.base_url,
            "key": self.inputs.key,
            **self.inputs.lines,
        }.items():
            line.textEdited.connect(partial(self._edited, name))
        for name, area in self.inputs.texts.items():
            area.textChanged.connect(partial(self._edited, name))
        self.inputs.proxy.editTextChanged.connect(partial(self._edited, "proxy"))
        self.inputs.auth.currentIndexChanged.connect(partial(self._edited, "auth"))

    def show_advanced(self, is_shown: bool) -> None:
        """Show or hide the fields that few people need."""
        self.advanced_button.setChecked(is_shown)
        self.advanced_button.set_picture("collapse" if is_shown else "expand")
        self.advanced.setVisible(is_shown)
        self._fit()

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Show what the service found wrong, each fault at its field until that is edited."""
        self._server_faults = dict(faults)
        self._touched |= set(faults)
        if set(faults) & set(_ADVANCED):
            self.show_advanced(True)
        self.set_busy(is_busy=False)
        self._check()

    def show_report(self, report: ReportView) -> None:
        """Show the verdict on each point of a test."""
        lines = [self._report_line(check.ok, check_line(check)) for check in report.checks]
        self._show_result("<br>".join(lines))

    def show_failure(self, sentence: str) -> None:
        """Say why there is no result."""
        self._show_result(self._report_line(False, sentence))

    def show_testing(self) -> None:
        """Say that the test runs."""
        self._show_result(escape(self.tr("Testing…")))
        self.test.setEnabled(False)

    def set_busy(self, *, is_busy: bool) -> None:
        """Let nothing be saved a second time while the first is under way."""
        self.save.setEnabled(not is_busy)

    def _show_result(self, html: str) -> None:
        self.test.setEnabled(True)
        self.report.setText(html)

    def _report_line(self, is_ok: bool | None, sentence: str) -> str:
        sign, role = {
            True: ("✓", Role.GREEN),
            False: ("✕", Role.RED),
            None: ("–", Role.MUTED),
        }[is_ok]
        return f'<span style="color:{_shade(role)}">{sign}&nbsp; </span>{escape(sentence)}'

    def _edited(self, name: str, *_: object) -> None:
        self._touched.add(name)
        self._server_faults.pop(name, None)
        self._check()

    def _check(self) -> Mapping[str, str]:
        text = self.inputs.text()
        faults = {**self._server_faults, **self._reader.faults(text)}
        for name, field in self.fields.items():
            found = faults.get(name, "") if name in self._touched else ""
            field.show_fault(failure_sentence(found))
        self._offer_repair(text.base_url)
        return faults

    def _offer_repair(self, typed: str) -> None:
        offer = self.fields["base_url"].offer
        better = repaired_url(typed) if "base_url" in self._touched else None
        offer.setVisible(better is not None)
        if better is not None:
            self.fields["base_url"].show_fault("")
            sentence = self.tr("Use {address}").format(address=better)
            offer.setText(f'<a href="{escape(better)}">{escape(sentence)}</a>')

    def _repair(self, address: str) -> None:
        self.inputs.base_url.setText(address)
        self._edited("base_url")

    def _try_to_save(self) -> None:
        self._when_sound(self.save_requested.emit)

    def _try_to_test(self) -> None:
        self._when_sound(self.test_requested.emit)

    def _when_sound(self, wish: Callable[[FormText], None]) -> None:
        self._touched |= set(self.fields)
        better = repaired_url(self.inputs.base_url.text())
        if better is not None:
            self.inputs.base_url.setText(better)
        faults = self._check()
        if not faults:
            wish(self.inputs.text())
            return
        if set(faults) & set(_ADVANCED):
            self.show_advanced(True)
        first = next((name for name in self.fields if name in faults), None)
        if first is not None:
            self.fields[first].editor.setFocus()
            self._scroll.ensureWidgetVisible(self.fields[first])

    def _preset_chosen(self) -> None:
        preset = self.inputs.preset.currentData()
        if not isinstance(preset, Preset):
            return
        self.inputs.take(preset)
        self._touched |= {"name"}
        self._check()
        self.inputs.key.setFocus()

    def _fit(self) -> None:
        """Grow with the content as far as the screen allows."""
        self._inner.adjustSize()
        wanted = self.sizeHint().height()
        limit = self.screen().availableGeometry().height() - 120
        self.resize(max(self.width(), _WIDTH), min(max(wanted, self.height()), limit))

    @override
    def sizeHint(self) -> QSize:
        below = self._below.sizeHint().height() + self._foot.sizeHint().height()
        faults = [field.fault for field in self.fields.values()]
        spare = _SPARE_FAULTS * (faults[0].fontMetrics().lineSpacing() + GRID)
        taken = sum(fault.height() for fault in faults if fault.isVisible())
        return QSize(_WIDTH, self._inner.sizeHint().height() + max(0, spare - taken) + below)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        (self.inputs.preset if self._is_new else self.inputs.name).setFocus()


def _shade(role: Role) -> str:
    return colour(role, current_tone()).name()

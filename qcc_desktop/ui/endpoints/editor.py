"""The dialog that adds or edits one endpoint."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from html import escape

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.core.endpoint import WireProtocol
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.paste import parse_paste
from qcc_desktop.services.pasted import Pasted, preset_of, speaks_only_openai
from qcc_desktop.services.presets import Preset
from qcc_desktop.services.url_repair import stored_form
from qcc_desktop.ui.contracts import CheckView, ReportView
from qcc_desktop.ui.endpoints.checks_view import ChecksView
from qcc_desktop.ui.endpoints.editor_form import ADVANCED, EditorForm
from qcc_desktop.ui.endpoints.form import (
    FormReader,
    FormText,
    name_of_address,
    needs_model,
)
from qcc_desktop.ui.endpoints.inputs import EndpointInputs
from qcc_desktop.ui.endpoints.url_words import UrlLook, present_url
from qcc_desktop.ui.endpoints.vendor_picker import VendorPicker
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN
from qcc_desktop.ui.titles import set_title

_WIDTH = 520
_SPARE_FAULTS = 2
"""So many faults appear below their fields without a scroll bar."""
_ROOM_BESIDE = 120


class EndpointEditor(QDialog):
    """Shows and reads a `FormText`; saving and testing are wishes.

    A new endpoint begins with the list of vendors. A fault appears below its field once the
    field was edited, or all of them when saving was tried. The window stays open until
    `QDialog.accept` is called from outside.
    """

    save_requested = Signal(object)
    test_requested = Signal(object)
    paste_requested = Signal()

    def __init__(
        self,
        reader: FormReader,
        settings: Settings,
        text: FormText | None = None,
        *,
        has_key: bool = False,
        own_port: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._reader = reader
        self._settings = settings
        self._own_port = own_port
        self._is_new = text is None
        self.is_out = False
        """Whether a good test brings it back."""
        self._stored_url = text.base_url if text is not None else ""
        self._touched: set[str] = set()
        self._server_faults: dict[str, str] = {}
        self._url = UrlLook()
        self.inputs = EndpointInputs(settings, text or FormText(), has_key=has_key)
        self.fields = self.inputs.fields
        self.form = EditorForm(self.inputs, is_new=self._is_new)
        self.form.show_vendor(preset_of(text.base_url) if text is not None else None)
        self.advanced = self.form.advanced
        self.vendors = VendorPicker()
        self.checks = ChecksView()
        self._lay_out()
        self._connect()
        self.form.place_models()
        self._check()

    def text(self) -> FormText:
        """Return what the fields hold; a new endpoint without a name has that of its address."""
        text = self.inputs.text()
        is_nameless = self._is_new and not text.name.strip()
        return replace(text, name=self._name_by_address()) if is_nameless else text

    def _name_by_address(self) -> str:
        return self._reader.free_name(name_of_address(self.inputs.base_url.text()))

    def _lay_out(self) -> None:
        set_title(self, self.tr("Add endpoint") if self._is_new else self.tr("Edit endpoint"))
        self._scroll = _scrolled(self.form)
        self._form_page = QWidget()
        column = QVBoxLayout(self._form_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        self._below = self._verdicts()
        column.addWidget(self._below)
        self._vendor_page = QWidget()
        vendors = QVBoxLayout(self._vendor_page)
        vendors.setContentsMargins(MARGIN, MARGIN, MARGIN, 3 * GRID)
        vendors.addWidget(self.vendors)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._vendor_page)
        self._stack.addWidget(self._form_page)
        self._foot = self._button_row()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._foot)
        self._show_page(self._vendor_page if self._is_new else self._form_page)

    def _verdicts(self) -> QWidget:
        part = QFrame()
        part.setObjectName("footer")
        inside = QVBoxLayout(part)
        inside.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        inside.addWidget(self.checks)
        self.checks.say(self._first_words())
        return part

    def _first_words(self) -> str:
        if self._is_new:
            return self.tr("Test asks the endpoint now; nothing is saved by it.")
        return self.tr("Test asks the endpoint now. Save to use a new key or address.")

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
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
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
        self.form.resized.connect(self._fit)
        self.form.vendors_requested.connect(lambda: self._show_page(self._vendor_page))
        self.vendors.chosen.connect(self.take_preset)
        self.vendors.by_address_requested.connect(self._begin_by_address)
        self.vendors.paste_requested.connect(self.paste_requested)
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
        self.inputs.protocol.currentIndexChanged.connect(self._change_protocol)

    def _follow_address(self) -> None:
        """Choose OpenAI's API where the address leaves no doubt, until the person chooses."""
        if speaks_only_openai(self.inputs.base_url.text()):
            with QSignalBlocker(self.inputs.protocol):
                openai = self.inputs.protocol.findData(WireProtocol.OPENAI)
                self.inputs.protocol.setCurrentIndex(openai)
            self.inputs.name_by_protocol()
            self.form.place_models()

    def _change_protocol(self) -> None:
        self.inputs.name_by_protocol()
        self.form.place_models()
        self._edited("protocol")

    # The two pages

    def _show_page(self, page: QWidget) -> None:
        is_form = page is self._form_page
        self._stack.setCurrentWidget(page)
        self.save.setVisible(is_form)
        self.test.setVisible(is_form)
        self.save.setDefault(is_form)
        if not is_form:
            self.vendors.search.setFocus()

    def take_preset(self, preset: Preset) -> None:
        """Fill in what is known of a vendor; the key is what is missing."""
        self.inputs.take(preset, self._reader.free_name(preset.name))
        self.form.show_vendor(preset)
        self._touched |= {"name"}
        self._check()
        self._show_page(self._form_page)
        self.inputs.key.setFocus()

    def _begin_by_address(self) -> None:
        self.inputs.drop_preset()
        self.form.show_vendor(preset_of(self.inputs.base_url.text()))
        self._touched -= {"name", "base_url"}
        self._check()
        self._show_page(self._form_page)
        self.inputs.first_empty.setFocus()

    def take_pasted(self, pasted: Pasted, said: str = "") -> None:
        """Fill in what was found in a text; the first thing it lacks gets the cursor."""
        self.inputs.take_pasted(replace(pasted, name=self._reader.free_name(pasted.name)))
        self.form.show_vendor(preset_of(self.inputs.base_url.text()))
        self._touched |= {"name", "base_url"}
        self._check()
        self.checks.say(said)
        self._show_page(self._form_page)
        missing = self.inputs.base_url if not pasted.base_url else self.inputs.key
        (self.save if pasted.base_url and pasted.key else missing).setFocus()

    # Faults and offers

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Show what the service found wrong, each fault at its field until that is edited."""
        self._server_faults = dict(faults)
        self._touched |= set(faults)
        self.set_busy(is_busy=False)
        self.checks.say("")
        self._lead_to(self._check())

    def _edited(self, name: str, *_: object) -> None:
        if name == "base_url" and "protocol" not in self._touched:
            self._follow_address()
        self._touched.add(name)
        self._server_faults.pop(name, None)
        self._check()

    def _check(self) -> Mapping[str, str]:
        text = self.text()
        if self._is_new:
            self.inputs.name.setPlaceholderText(self._name_by_address())
        faults = {**self._server_faults, **self._reader.faults(text)}
        self._url = present_url(text.base_url, self._own_port, text.protocol)
        if self._url.fault:
            faults["base_url"] = self._url.fault
        elif self._url.address:
            faults.pop("base_url", None)
        for name, field in self.fields.items():
            found = faults.get(name, "") if name in self._touched else ""
            field.show_fault(failure_sentence(found))
        self._offer_repair()
        self._ask_for_models(text)
        return faults

    def _ask_for_models(self, text: FormText) -> None:
        offer = self.fields["model_map"].offer
        offer.setVisible(needs_model(text, self._settings))
        offer.setText(
            escape(
                self.tr(
                    "Claude Code asks for Claude's models. Name the model of this endpoint that"
                    " answers instead, or one for each kind."
                )
            )
        )

    def _offer_repair(self) -> None:
        offer = self.fields["base_url"].offer
        is_offered = bool(self._url.address) and "base_url" in self._touched
        offer.setVisible(is_offered)
        if is_offered:
            link = f'<a href="{escape(self._url.address)}">{escape(self._url.offer)}</a>'
            offer.setText(f"{escape(self._url.hint)} {link}")

    def _repair(self, address: str) -> None:
        found = parse_paste(self.inputs.base_url.text())
        self.inputs.base_url.setText(address)
        if len(found) == 1 and found[0].key and not self.inputs.key.text():
            self.inputs.key.setText(found[0].key)
            self.inputs.auth.setCurrentIndex(self.inputs.auth.findData(found[0].auth))
        self._edited("base_url")

    # Saving and testing

    def _try_to_save(self) -> None:
        self._when_sound(self.save_requested.emit)

    def _try_to_test(self) -> None:
        self._when_sound(self.test_requested.emit)

    def _when_sound(self, wish: Callable[[FormText], None]) -> None:
        self._touched |= set(self.fields)
        better = stored_form(self.inputs.base_url.text(), self.text().protocol)
        if better is not None:
            self.inputs.base_url.setText(better)
        faults = self._check()
        if faults:
            self._lead_to(faults)
        else:
            wish(self.text())

    def _lead_to(self, faults: Mapping[str, str]) -> None:
        """Bring the first field with a fault into view."""
        if set(faults) & set(ADVANCED):
            self.form.show_advanced(True)
        first = next((name for name in self.fields if name in faults), None)
        if first is not None:
            self.fields[first].editor.setFocus()
            self._scroll.ensureWidgetVisible(self.fields[first])

    def show_testing(self) -> None:
        """Say that the test runs."""
        self.checks.begin()
        self.test.setEnabled(False)

    def show_check(self, check: CheckView) -> None:
        """Show one verdict while the test runs."""
        self.checks.add(check)

    def show_report(self, report: ReportView) -> None:
        """Show the verdict on each point of a test."""
        self.test.setEnabled(True)
        self.checks.end(report)
        if report.ok and self.is_out:
            self.checks.say(self._way_back())

    def _way_back(self) -> str:
        """Say how an endpoint that is out is used again after a good test."""
        text = self.inputs.text()
        if text.key.strip() or text.base_url.strip() != self._stored_url:
            return self.tr("All is well. Save it, and it is used again at once.")
        return self.tr("All is well. It is being verified and will be used again.")

    def show_failure(self, sentence: str) -> None:
        """Say why there is no result."""
        self.test.setEnabled(True)
        self.checks.fail(sentence)

    def set_busy(self, *, is_busy: bool) -> None:
        """Let nothing be saved a second time while the first is under way."""
        self.save.setEnabled(not is_busy)

    # Size

    def _fit(self) -> None:
        """Grow with the content as far as the screen allows."""
        self.form.adjustSize()
        wanted = self.sizeHint().height()
        limit = self.screen().availableGeometry().height() - _ROOM_BESIDE
        self.resize(max(self.width(), _WIDTH), min(max(wanted, self.height()), limit))

    @override
    def sizeHint(self) -> QSize:
        below = self._below.sizeHint().height() + self._foot.sizeHint().height()
        faults = [field.fault for field in self.fields.values()]
        spare = _SPARE_FAULTS * (faults[0].fontMetrics().lineSpacing() + GRID)
        taken = sum(fault.height() for fault in faults if fault.isVisible())
        return QSize(_WIDTH, self.form.sizeHint().height() + max(0, spare - taken) + below)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        if self._stack.currentWidget() is self._vendor_page:
            self.vendors.search.setFocus()
        elif not self._is_new:
            self.inputs.name.setFocus()


def _scrolled(widget: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(widget)
    return scroll

"""The fields of the editor in their places: the few everybody needs, and the rest folded away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qcc_desktop.services.presets import Preset
from qcc_desktop.ui.endpoints.inputs import EndpointInputs
from qcc_desktop.ui.endpoints.vendor_picker import open_page
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.vendor_words import vendor_word
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel

ADVANCED = (
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
"""The fields that few people need."""
_MODELS_PLACE = (3, 0, 1, 6)
_ALWAYS = ("name", "base_url", "protocol", "key", "auth")


class EditorForm(QWidget):
    """Lays out `EndpointInputs`; ``resized`` says that another height is wanted."""

    resized = Signal()
    vendors_requested = Signal()

    def __init__(
        self, inputs: EndpointInputs, *, is_new: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._inputs = inputs
        self._is_new = is_new
        self._preset: Preset | None = None
        self.vendor = ElidedLabel()
        set_text(self.vendor, TextSize.TITLE, bold=True)
        self.key_page = Button("", Weight.LINK)
        self.key_page.set_words(self.tr("Get a key"))
        self.key_page.clicked.connect(self._open_key_page)
        self.back = Button("", Weight.LINK)
        self.back.set_words(self.tr("Other vendor"))
        self.back.clicked.connect(self.vendors_requested)
        if not is_new:
            self.back.hide()
        self.advanced_button = Button("expand", Weight.DISCLOSURE)
        self.advanced_button.setCheckable(True)
        self.advanced_button.set_words(self.tr("More"))
        self.advanced_button.toggled.connect(self.show_advanced)
        self.advanced = self._advanced_part()
        self._lay_out()
        self.show_vendor(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.vendor, 1)
        head.addWidget(self.key_page)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(3 * GRID)
        column.addLayout(head)
        for name in _ALWAYS:
            column.addWidget(self._inputs.fields[name])
        self._column = column
        column.addWidget(self.advanced_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.advanced)
        column.addStretch(1)

    def _advanced_part(self) -> QWidget:
        fields = self._inputs.fields
        part = QWidget()
        self._grid = grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(3 * GRID)
        grid.addWidget(fields["proxy"], 0, 0, 1, 6)
        grid.addWidget(fields["priority"], 1, 0, 1, 3)
        grid.addWidget(fields["weight"], 1, 3, 1, 3)
        for place, name in enumerate(ADVANCED[5:8]):
            grid.addWidget(fields[name], 2, 2 * place, 1, 2)
        grid.addWidget(fields["model_map"], *_MODELS_PLACE)
        grid.addWidget(fields["extra_headers"], 4, 0, 1, 6)
        grid.addWidget(fields["note"], 5, 0, 1, 6)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        part.hide()
        return part

    def place_models(self) -> None:
        """Put the models where everybody sees them when the endpoint speaks OpenAI's API."""
        models, auth = self._inputs.fields["model_map"], self._inputs.fields["auth"]
        if self._inputs.speaks_openai:
            self._column.insertWidget(self._column.indexOf(auth) + 1, models)
            QWidget.setTabOrder(auth.editor, models.editor)
        else:
            self._grid.addWidget(models, *_MODELS_PLACE)
        models.show()  # another parent has hidden it
        self.resized.emit()

    def show_vendor(self, preset: Preset | None) -> None:
        """Say whose endpoint this is, and where its keys are had."""
        self._preset = preset
        self.vendor.setVisible(self._is_new or preset is not None)
        self.vendor.setText(vendor_word(preset) if preset is not None else self.tr("New endpoint"))
        self.key_page.setVisible(preset is not None and preset.needs_key)
        self.key_page.setToolTip(preset.key_page if preset is not None else "")

    def _open_key_page(self) -> None:
        if self._preset is not None:
            open_page(self._preset.key_page)

    def show_advanced(self, is_shown: bool) -> None:
        """Show or hide the fields that few people need."""
        self.advanced_button.setChecked(is_shown)
        self.advanced_button.set_picture("collapse" if is_shown else "expand")
        self.advanced.setVisible(is_shown)
        self.resized.emit()

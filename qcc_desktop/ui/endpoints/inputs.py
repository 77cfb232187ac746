"""The fields of the endpoint editor: filled from a `FormText`, read as one."""

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from qcc_desktop.core.endpoint import DIRECT, AuthStyle, WireProtocol
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.pasted import Pasted
from qcc_desktop.services.presets import Preset
from qcc_desktop.ui.endpoints.form import FormText, text_of_pasted
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GRID
from qcc_desktop.ui.theme.palette import Role, current_tone
from qcc_desktop.ui.widgets.field import Field

_OPENAI_MODELS = "large-model\n*haiku* = small-model"
_MODEL_RULE = "*opus* = vendor-large"
_TIMEOUTS = ("connect_timeout_s", "first_byte_timeout_s", "stream_idle_timeout_s")


class EndpointInputs:
    """Holds the widgets until the editor's layout owns them; knows nothing of saving."""

    def __init__(self, settings: Settings, start: FormText, *, has_key: bool) -> None:
        self._start = start
        self._has_key = has_key
        self._filled: FormText | None = None
        self._needs_key = True
        self._model_rule = _MODEL_RULE
        self._build()
        self._name(settings)
        self._fill(start)

    def _build(self) -> None:
        self.name = QLineEdit()
        self.base_url = QLineEdit()
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.reveal = QAction(self.key)
        self.reveal.setCheckable(True)
        self.reveal.toggled.connect(self._reveal)
        self.key.addAction(self.reveal, QLineEdit.ActionPosition.TrailingPosition)
        self.protocol = QComboBox()
        self.auth = QComboBox()
        self.proxy = QComboBox()
        self.proxy.setEditable(True)
        self.lines = {name: QLineEdit() for name in ("priority", "weight", *_TIMEOUTS, "note")}
        self.texts = {name: QPlainTextEdit() for name in ("model_map", "extra_headers")}
        for area in self.texts.values():
            area.setFixedHeight(3 * area.fontMetrics().lineSpacing() + 4 * GRID)
            area.setTabChangesFocus(True)
        inputs: dict[str, QWidget] = {
            "name": self.name,
            "base_url": self.base_url,
            "protocol": self.protocol,
            "key": self.key,
            "auth": self.auth,
            "proxy": self.proxy,
            **self.lines,
            **self.texts,
        }
        self.fields = {name: Field(widget) for name, widget in inputs.items()}

    def _name(self, settings: Settings) -> None:
        labels = {
            "name": translate("EndpointEditor", "Name"),
            "base_url": translate("EndpointEditor", "Base URL"),
            "protocol": translate("EndpointEditor", "It speaks"),
            "key": translate("EndpointEditor", "Key"),
            "auth": translate("EndpointEditor", "The key is sent as"),
            "proxy": translate("EndpointEditor", "Network proxy"),
            "priority": translate("EndpointEditor", "Priority (1 is asked first)"),
            "weight": translate("EndpointEditor", "Weight (1 to 1000)"),
            "extra_headers": translate("EndpointEditor", "Extra headers, one a line"),
            "connect_timeout_s": translate("EndpointEditor", "Connect (s)"),
            "first_byte_timeout_s": translate("EndpointEditor", "First byte (s)"),
            "stream_idle_timeout_s": translate("EndpointEditor", "Silence (s)"),
            "note": translate("EndpointEditor", "Note"),
        }
        for name, label in labels.items():
            self.fields[name].set_label(label)
        self.protocol.addItem(
            translate("EndpointEditor", "Anthropic's API"), WireProtocol.ANTHROPIC
        )
        self.protocol.addItem(
            translate("EndpointEditor", "OpenAI's API (requests are translated)"),
            WireProtocol.OPENAI,
        )
        self.auth.addItem("Authorization: Bearer", AuthStyle.BEARER)
        self.auth.addItem("x-api-key", AuthStyle.X_API_KEY)
        self.auth.addItem(translate("EndpointEditor", "Both headers"), AuthStyle.BOTH)
        self.proxy.addItem(translate("EndpointEditor", "Like the system"), "")
        self.proxy.addItem(translate("EndpointEditor", "None"), DIRECT)
        self.texts["extra_headers"].setPlaceholderText("X-Team: blue")
        self.lines["priority"].setPlaceholderText(translate("EndpointEditor", "Last"))
        for name in _TIMEOUTS:
            self.lines[name].setPlaceholderText(f"{getattr(settings, f'routing_{name}'):g}")
        self._draw_reveal(is_on=False)
        self.name_by_protocol()

    @property
    def speaks_openai(self) -> bool:
        """Whether the endpoint is said to speak OpenAI's API."""
        return WireProtocol(self.protocol.currentData()) is WireProtocol.OPENAI

    def name_by_protocol(self) -> None:
        """Name and explain what depends on the API the endpoint speaks."""
        is_openai = self.speaks_openai
        self.fields["model_map"].set_label(
            translate("EndpointEditor", "Models")
            if is_openai
            else translate("EndpointEditor", "Model map, one rule a line")
        )
        self.texts["model_map"].setPlaceholderText(
            _OPENAI_MODELS if is_openai else self._model_rule
        )
        self.base_url.setPlaceholderText(
            "https://api.example.com/v1" if is_openai else "https://api.example.com/anthropic"
        )
        self.key.setPlaceholderText(self._key_words())

    def _key_words(self) -> str:
        if self._has_key:
            return translate("EndpointEditor", "Unchanged")
        if not self._needs_key:
            return translate("EndpointEditor", "Not needed")
        return translate("EndpointEditor", "The vendor's API key")

    def _fill(self, text: FormText) -> None:
        self.name.setText(text.name)
        self.base_url.setText(text.base_url)
        self.key.setText(text.key)
        self.protocol.setCurrentIndex(self.protocol.findData(text.protocol))
        self.auth.setCurrentIndex(self.auth.findData(text.auth))
        known = self.proxy.findData(text.proxy)
        if known >= 0:
            self.proxy.setCurrentIndex(known)
        else:
            self.proxy.setEditText(text.proxy)
        for name, line in self.lines.items():
            line.setText(str(getattr(text, name)))
        for name, area in self.texts.items():
            area.setPlainText(str(getattr(text, name)))

    def text(self) -> FormText:
        """Return what the fields hold, and what they do not show as it was."""
        chosen = self.proxy.findText(self.proxy.currentText())
        proxy = self.proxy.itemData(chosen) if chosen >= 0 else self.proxy.currentText()
        return replace(
            self._start,
            name=self.name.text(),
            base_url=self.base_url.text(),
            key=self.key.text(),
            auth=AuthStyle(self.auth.currentData()),
            protocol=WireProtocol(self.protocol.currentData()),
            proxy=str(proxy),
            priority=self.lines["priority"].text(),
            weight=self.lines["weight"].text(),
            model_map=self.texts["model_map"].toPlainText(),
            extra_headers=self.texts["extra_headers"].toPlainText(),
            connect_timeout_s=self.lines["connect_timeout_s"].text(),
            first_byte_timeout_s=self.lines["first_byte_timeout_s"].text(),
            stream_idle_timeout_s=self.lines["stream_idle_timeout_s"].text(),
            note=self.lines["note"].text(),
        )

    def take(self, preset: Preset, name: str) -> None:
        """Fill in what is known of a vendor, in the place of what another one had filled in."""
        self.drop_preset()
        self._start = replace(self._start, preset=preset.id)
        self.name.setText(name)
        self.base_url.setText(preset.base_url)
        self.auth.setCurrentIndex(self.auth.findData(preset.auth))
        self.protocol.setCurrentIndex(self.protocol.findData(preset.protocol))
        self._needs_key = preset.needs_key
        if preset.model:
            self._model_rule = f"*opus* = {preset.model}"
        self.name_by_protocol()
        self._filled = self.text()

    def drop_preset(self) -> None:
        """Take back what a vendor filled in, except where the person changed it."""
        filled, self._filled = self._filled, None
        if filled is None:
            return
        self._start = replace(self._start, preset=None)
        for line, text in ((self.name, filled.name), (self.base_url, filled.base_url)):
            if line.text() == text:
                line.clear()
        if self.auth.currentData() == filled.auth:
            self.auth.setCurrentIndex(self.auth.findData(FormText().auth))
        if self.protocol.currentData() == filled.protocol:
            self.protocol.setCurrentIndex(self.protocol.findData(FormText().protocol))
        self._needs_key, self._model_rule = True, _MODEL_RULE
        self.name_by_protocol()

    @property
    def first_empty(self) -> QLineEdit:
        """The first of the fields everybody needs that holds nothing; the name if none is empty."""
        needed = (self.name, self.base_url, self.key)
        return next((line for line in needed if not line.text().strip()), self.name)

    def take_pasted(self, pasted: Pasted) -> None:
        """Fill in what was found in a text; what it lacks stays as it is."""
        found = text_of_pasted(pasted, self.text())
        self._start = found
        self._fill(found)

    def _reveal(self, is_on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_on else QLineEdit.EchoMode.Password
        self.key.setEchoMode(mode)
        self._draw_reveal(is_on=is_on)

    def _draw_reveal(self, *, is_on: bool) -> None:
        tone = current_tone()
        self.reveal.setIcon(icons.icon("hide" if is_on else "show", tone, Role.MUTED))
        self.reveal.setToolTip(
            translate("EndpointEditor", "Hide the key")
            if is_on
            else translate("EndpointEditor", "Show the key")
        )

"""The editor dialog: live checks, repairs, the key, verdicts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from qcc_desktop.core.endpoint import DIRECT, AuthStyle
from qcc_desktop.core.settings import Settings
from qcc_desktop.ui.endpoints.editor import EndpointEditor
from qcc_desktop.ui.endpoints.form import FormReader, FormText, text_of
from tests.helpers.desk_fakes import REFUSED, FakeReport, endpoint

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[EndpointEditor]:
    """An empty editor beside an endpoint called Taken."""
    made = EndpointEditor(FormReader(["Taken"]), Settings())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.open()
    yield made
    made.reject()


def fault(editor: EndpointEditor, name: str) -> str:
    label = editor.fields[name].fault
    return label.text() if not label.isHidden() else ""


def fill(editor: EndpointEditor) -> None:
    QTest.keyClicks(editor.inputs.name, "Relay")
    QTest.keyClicks(editor.inputs.base_url, "https://relay.example.com")
    QTest.keyClicks(editor.inputs.key, "sk-secret")


def test_nothing_is_called_wrong_before_it_was_touched(editor: EndpointEditor) -> None:
    assert not any(fault(editor, name) for name in editor.fields)


def test_a_name_that_is_taken_is_said_while_typing(editor: EndpointEditor) -> None:
    QTest.keyClicks(editor.inputs.name, "taken")
    said = fault(editor, "name")
    QTest.keyClicks(editor.inputs.name, "2")

    assert said == "Another endpoint has this name already."
    assert fault(editor, "name") == ""
    assert fault(editor, "base_url") == ""


def test_saving_an_unsound_form_shows_every_fault_and_asks_for_nothing(
    editor: EndpointEditor, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(editor.save_requested):
        QTest.mouseClick(editor.save, LEFT)

    assert fault(editor, "name")
    assert fault(editor, "base_url")
    assert editor.isVisible()


def test_a_sound_form_is_asked_to_be_saved(editor: EndpointEditor, qtbot: QtBot) -> None:
    fill(editor)

    with qtbot.waitSignal(editor.save_requested) as wish:
        QTest.mouseClick(editor.save, LEFT)

    assert wish.args is not None
    text: FormText = wish.args[0]
    assert (text.name, text.base_url, text.key) == (
        "Relay",
        "https://relay.example.com",
        "sk-secret",
    )


def test_a_doubled_path_can_be_repaired_with_one_click(editor: EndpointEditor) -> None:
    QTest.keyClicks(editor.inputs.base_url, "https://a.example/v1/v1/messages")
    offer = editor.fields["base_url"].offer
    assert "https://a.example" in offer.text()

    offer.linkActivated.emit("https://a.example")

    assert editor.inputs.base_url.text() == "https://a.example"
    assert offer.isHidden()


def test_saving_repairs_the_address_by_itself(editor: EndpointEditor, qtbot: QtBot) -> None:
    fill(editor)
    QTest.keyClicks(editor.inputs.base_url, "/v1/")

    with qtbot.waitSignal(editor.save_requested) as wish:
        QTest.mouseClick(editor.save, LEFT)

    assert wish.args is not None
    assert wish.args[0].base_url == "https://relay.example.com"


def test_the_key_is_hidden_until_it_is_to_be_shown(editor: EndpointEditor) -> None:
    assert editor.inputs.key.echoMode() is QLineEdit.EchoMode.Password

    editor.inputs.reveal.trigger()

    assert editor.inputs.key.echoMode() is QLineEdit.EchoMode.Normal


def test_a_stored_key_is_never_shown_and_empty_keeps_it(qtbot: QtBot) -> None:
    editor = EndpointEditor(FormReader(), Settings(), text_of(endpoint("Relay")), has_key=True)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(editor)

    assert editor.inputs.key.text() == ""
    assert editor.inputs.key.placeholderText() == "Unchanged"
    assert FormReader().draft(editor.text()).key is None


def test_a_vendor_fills_name_address_and_header(editor: EndpointEditor) -> None:
    number = editor.inputs.preset.findText("Anthropic")
    editor.inputs.preset.setCurrentIndex(number)
    editor.inputs.preset.activated.emit(number)

    text = editor.text()
    assert (text.name, text.base_url) == ("Anthropic", "https://api.anthropic.com")
    assert (text.auth, text.preset) == (AuthStyle.X_API_KEY, "anthropic")


def test_everything_an_endpoint_has_survives_the_form(qtbot: QtBot) -> None:
    shown = text_of(
        endpoint(
            "Relay",
            7,
            weight=30,
            auth=AuthStyle.BOTH,
            proxy="http://127.0.0.1:8080",
            model_map=(("*", "m"),),
            extra_headers=(("X-A", "1"),),
            connect_timeout_s=2.0,
            note="mine",
        )
    )
    editor = EndpointEditor(FormReader(), Settings(), shown)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(editor)

    assert editor.text() == shown


def test_the_network_proxy_can_be_the_systems_none_or_any(editor: EndpointEditor) -> None:
    assert editor.text().proxy == ""
    editor.inputs.proxy.setCurrentIndex(1)
    assert editor.text().proxy == DIRECT
    editor.inputs.proxy.setEditText("socks5://127.0.0.1:1080")
    assert editor.text().proxy == "socks5://127.0.0.1:1080"


def test_a_fault_in_the_advanced_part_opens_it(editor: EndpointEditor, qtbot: QtBot) -> None:
    fill(editor)
    assert editor.advanced.isHidden()
    editor.inputs.lines["weight"].setText("0")

    QTest.mouseClick(editor.save, LEFT)

    assert editor.advanced.isVisible()
    assert fault(editor, "weight")


def test_faults_of_the_service_stand_at_their_fields_until_edited(
    editor: EndpointEditor, qtbot: QtBot
) -> None:
    fill(editor)
    editor.set_busy(is_busy=True)

    editor.show_faults({"key": "The key holds blanks."})

    assert fault(editor, "key") == "The key holds blanks."
    assert editor.save.isEnabled()
    QTest.keyClicks(editor.inputs.key, "x")
    assert fault(editor, "key") == ""


def test_a_test_tells_the_verdict_on_every_point(editor: EndpointEditor) -> None:
    editor.show_testing()
    assert not editor.test.isEnabled()
    editor.show_report(FakeReport())
    good = editor.report.text()
    editor.show_report(REFUSED)

    assert good.count("✓") == 3
    assert "Reachable · 48 ms" in good
    assert "Answers: no. The endpoint refused the key (401)." in editor.report.text()
    assert "Streams: not tried" in editor.report.text()
    assert editor.test.isEnabled()


def test_texts_from_outside_are_not_taken_for_markup(editor: EndpointEditor) -> None:
    editor.show_failure("<b>bold</b>")

    assert "&lt;b&gt;" in editor.report.text()

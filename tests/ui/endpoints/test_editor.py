"""The editor dialog: live checks, repairs, the key, verdicts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from qcc_desktop.core.endpoint import DIRECT, AuthStyle, WireProtocol
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.pasted import Pasted, PasteKind
from qcc_desktop.services.presets import PRESETS
from qcc_desktop.ui.endpoints.editor import EndpointEditor
from qcc_desktop.ui.endpoints.form import FormReader, FormText, text_of
from tests.helpers.desk_fakes import REFUSED, FakeReport, endpoint

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[EndpointEditor]:
    """An empty editor beside an endpoint called Taken."""
    made = EndpointEditor(FormReader(["Taken"]), Settings(), own_port=7860)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.open()
    QTest.mouseClick(made.vendors.by_address, LEFT)
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


@pytest.fixture
def new_editor(qtbot: QtBot) -> Iterator[EndpointEditor]:
    """An editor as it opens for a new endpoint: with the list of vendors."""
    made = EndpointEditor(FormReader(), Settings())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.open()
    yield made
    made.reject()


def test_a_vendor_found_by_typing_fills_the_form_and_leaves_the_key(
    new_editor: EndpointEditor,
) -> None:
    QTest.keyClicks(new_editor.vendors.search, "anthropic.com")
    QTest.keyClick(new_editor.vendors.search, Qt.Key.Key_Return)

    text = new_editor.text()
    assert (text.name, text.base_url) == ("Anthropic", "https://api.anthropic.com")
    assert text.auth is AuthStyle.X_API_KEY
    assert new_editor.focusWidget() is new_editor.inputs.key
    assert new_editor.form.vendor.text() == "Anthropic"
    assert new_editor.save.isVisible()


def test_arrow_keys_move_through_the_vendors_past_their_headings(
    new_editor: EndpointEditor,
) -> None:
    first = new_editor.vendors.current
    QTest.keyClick(new_editor.vendors.search, Qt.Key.Key_Down)
    second = new_editor.vendors.current

    assert first is not None
    assert second is not None
    assert (first.id, second.id) == ("anthropic", "deepseek")


def test_a_vendor_nobody_knows_is_said(new_editor: EndpointEditor) -> None:
    QTest.keyClicks(new_editor.vendors.search, "nobody")

    assert new_editor.vendors.nothing.isVisible()
    assert new_editor.vendors.list.isHidden()
    assert new_editor.vendors.current is None


def test_the_pages_of_a_vendor_open_in_the_browser(
    new_editor: EndpointEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "qcc_desktop.ui.endpoints.vendor_picker.QDesktopServices.openUrl",
        lambda url: opened.append(url.toString()),
    )
    new_editor.vendors.search.setText("openrouter")

    for button in (new_editor.vendors.site, new_editor.vendors.keys_page):
        QTest.mouseClick(button, LEFT)
    QTest.keyClick(new_editor.vendors.search, Qt.Key.Key_Return)
    QTest.mouseClick(new_editor.form.key_page, LEFT)

    assert opened == [
        "https://openrouter.ai",
        "https://openrouter.ai/keys",
        "https://openrouter.ai/keys",
    ]


def test_one_can_go_back_to_the_vendors(new_editor: EndpointEditor) -> None:
    QTest.mouseClick(new_editor.vendors.by_address, LEFT)
    QTest.mouseClick(new_editor.form.back, LEFT)

    assert new_editor.vendors.isVisible()
    assert new_editor.save.isHidden()


def test_what_was_pasted_fills_the_form_and_says_what_it_was(new_editor: EndpointEditor) -> None:
    pasted = Pasted(PasteKind.CURL, "Relay", "https://relay.example.com")

    new_editor.take_pasted(pasted, "Read from a curl command.")

    assert new_editor.text().base_url == "https://relay.example.com"
    assert "curl" in new_editor.checks.said.text()
    assert new_editor.focusWidget() is new_editor.inputs.key


def test_our_own_address_cannot_be_saved(editor: EndpointEditor, qtbot: QtBot) -> None:
    QTest.keyClicks(editor.inputs.name, "Loop")
    QTest.keyClicks(editor.inputs.base_url, "http://localhost:7860")

    with qtbot.assertNotEmitted(editor.save_requested):
        QTest.mouseClick(editor.save, LEFT)

    assert "own proxy" in fault(editor, "base_url")


def test_an_unencrypted_address_is_warned_of_and_can_be_saved(
    editor: EndpointEditor, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor.inputs.name, "Relay")
    QTest.keyClicks(editor.inputs.base_url, "http://relay.example.com")

    with qtbot.waitSignal(editor.save_requested) as wish:
        QTest.mouseClick(editor.save, LEFT)

    assert "Use https://relay.example.com" in editor.fields["base_url"].offer.text()
    assert wish.args is not None
    assert wish.args[0].base_url == "http://relay.example.com"


def test_a_curl_command_in_the_address_gives_address_and_key(editor: EndpointEditor) -> None:
    editor.inputs.base_url.setText(
        "curl https://relay.example.com/v1/messages -H 'x-api-key: sk-abcdef0123456789'"
    )
    editor.inputs.base_url.textEdited.emit("")

    editor.fields["base_url"].offer.linkActivated.emit("https://relay.example.com")

    text = editor.text()
    assert (text.base_url, text.key) == ("https://relay.example.com", "sk-abcdef0123456789")
    assert text.auth is AuthStyle.X_API_KEY


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


def test_a_test_tells_each_verdict_as_it_comes_and_then_the_whole(editor: EndpointEditor) -> None:
    editor.show_testing()
    assert not editor.test.isEnabled()
    assert "…" in editor.checks.labels["reach"].text()
    editor.show_check(FakeReport().checks[0])
    assert "48 ms" in editor.checks.labels["reach"].text()
    assert "…" in editor.checks.labels["auth"].text()

    editor.show_report(REFUSED)

    assert "✕" in editor.checks.labels["answer"].text()
    assert "not tried" in editor.checks.labels["stream"].text()
    assert "The endpoint refused the key (401)." in editor.checks.said.text()
    assert editor.test.isEnabled()


def test_texts_from_outside_are_not_taken_for_markup(editor: EndpointEditor) -> None:
    editor.show_failure("<b>bold</b>")

    assert "&lt;b&gt;" in editor.checks.said.text()


def begin_by_address(editor: EndpointEditor) -> None:
    QTest.mouseClick(editor.form.back, LEFT)
    QTest.mouseClick(editor.vendors.by_address, LEFT)


def test_by_its_address_takes_back_what_a_vendor_filled_in(new_editor: EndpointEditor) -> None:
    new_editor.take_preset(PRESETS["deepseek"])

    begin_by_address(new_editor)

    text = new_editor.text()
    assert (text.name, text.base_url, text.preset) == ("", "", None)
    assert new_editor.form.vendor.text() == "New endpoint"
    assert new_editor.focusWidget() is new_editor.inputs.name
    assert not any(fault(new_editor, name) for name in new_editor.fields)


def test_by_its_address_keeps_what_the_person_typed(new_editor: EndpointEditor) -> None:
    new_editor.take_preset(PRESETS["deepseek"])
    QTest.keyClicks(new_editor.inputs.name, " at work")
    QTest.keyClicks(new_editor.inputs.key, "sk-secret")

    begin_by_address(new_editor)

    text = new_editor.text()
    assert (text.name, text.base_url, text.key) == ("DeepSeek at work", "", "sk-secret")
    assert new_editor.focusWidget() is new_editor.inputs.base_url


def test_a_name_is_taken_from_the_address_where_none_is_typed(
    editor: EndpointEditor, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor.inputs.base_url, "https://taken")
    assert editor.inputs.name.placeholderText() == "taken 2"
    editor.inputs.base_url.clear()
    QTest.keyClicks(editor.inputs.base_url, "https://api.relay.example.com/v1")

    for button, signal in (
        (editor.test, editor.test_requested),
        (editor.save, editor.save_requested),
    ):
        with qtbot.waitSignal(signal) as wish:
            QTest.mouseClick(button, LEFT)
        assert wish.args is not None
        assert wish.args[0].name == "relay.example.com"
    assert editor.inputs.name.placeholderText() == "relay.example.com"


def test_an_address_that_is_none_names_nothing(editor: EndpointEditor) -> None:
    QTest.keyClicks(editor.inputs.base_url, "https://[")

    assert editor.inputs.name.placeholderText() == ""


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "All is well. It is being verified and will be used again."),
        ("sk-new", "All is well. Save it, and it is used again at once."),
    ],
)
def test_after_a_good_test_an_endpoint_that_is_out_is_told_the_way_back(
    qtbot: QtBot, key: str, said: str
) -> None:
    editor = EndpointEditor(FormReader(), Settings(), text_of(endpoint("Relay")), has_key=True)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(editor)
    editor.is_out = True
    editor.inputs.key.setText(key)

    editor.show_report(FakeReport())

    assert said in editor.checks.said.text()


def test_a_dialog_is_named_like_the_window(editor: EndpointEditor) -> None:
    assert editor.windowTitle() == "Add endpoint · QCC Desktop"


# Endpoints that speak OpenAI's API


def opened(qtbot: QtBot, text: FormText | None = None) -> EndpointEditor:
    made = EndpointEditor(FormReader(), Settings(), text)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.open()
    return made


def speaks_openai(editor: EndpointEditor) -> bool:
    return editor.inputs.speaks_openai


def choose_openai(editor: EndpointEditor) -> None:
    editor.inputs.protocol.setCurrentIndex(editor.inputs.protocol.findData(WireProtocol.OPENAI))


def test_openais_api_brings_the_models_into_view_and_asks_for_one(qtbot: QtBot) -> None:
    editor = opened(qtbot, FormText(name="A", base_url="https://h.example/v1"))
    models = editor.fields["model_map"]
    assert not models.isVisible()

    choose_openai(editor)

    assert models.isVisible()
    assert "answers instead" in models.offer.text()
    editor.inputs.texts["model_map"].setPlainText("gpt-x")
    assert not models.offer.isVisible()
    assert editor.text().protocol is WireProtocol.OPENAI


def test_back_at_anthropics_api_the_models_are_folded_away_again(qtbot: QtBot) -> None:
    text = FormText(name="A", base_url="https://h.example/v1", protocol=WireProtocol.OPENAI)
    editor = opened(qtbot, text)
    assert editor.fields["model_map"].isVisible()

    anthropic = editor.inputs.protocol.findData(WireProtocol.ANTHROPIC)
    editor.inputs.protocol.setCurrentIndex(anthropic)

    assert not editor.fields["model_map"].isVisible()
    editor.form.show_advanced(True)
    assert editor.fields["model_map"].isVisible()


def test_an_address_that_leaves_no_doubt_chooses_the_api_until_the_person_does(
    qtbot: QtBot,
) -> None:
    editor = opened(qtbot, FormText(name="A"))

    QTest.keyClicks(editor.inputs.base_url, "https://api.openai.com/v1")
    assert speaks_openai(editor)
    anthropic = editor.inputs.protocol.findData(WireProtocol.ANTHROPIC)
    editor.inputs.protocol.setCurrentIndex(anthropic)
    QTest.keyClicks(editor.inputs.base_url, "/")

    assert not speaks_openai(editor)


def test_saving_keeps_the_version_in_the_address(qtbot: QtBot) -> None:
    editor = opened(qtbot, FormText(name="A", base_url="https://h.example/v1/chat/completions"))
    choose_openai(editor)
    wishes: list[FormText] = []
    editor.save_requested.connect(wishes.append)

    editor.save.click()

    assert wishes[0].base_url == "https://h.example/v1"
    assert wishes[0].protocol is WireProtocol.OPENAI


def test_a_program_on_this_computer_needs_no_key(qtbot: QtBot) -> None:
    editor = opened(qtbot)

    editor.take_preset(PRESETS["ollama"])

    assert speaks_openai(editor)
    assert editor.inputs.key.placeholderText() == "Not needed"
    assert not editor.form.key_page.isVisible()
    editor.take_preset(PRESETS["deepseek"])
    assert not speaks_openai(editor)
    assert editor.inputs.key.placeholderText() == "The vendor's API key"

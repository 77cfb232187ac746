"""Vendors are found by every name they have."""

import pytest
from PySide6.QtWidgets import QApplication

from qcc_desktop.core.settings import Language
from qcc_desktop.services.presets import PRESETS
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.vendor_words import NAMES, vendor_word, vendors_matching


def test_every_translated_name_is_that_of_a_vendor() -> None:
    assert set(NAMES) <= {preset.name for preset in PRESETS.values()}


@pytest.mark.parametrize("wanted", ["智谱", "zhipu", "bigmodel"])
def test_a_vendor_is_found_by_each_of_its_names(wanted: str, qapp: QApplication) -> None:
    translations = Translations(qapp)
    translations.choose(Language.CHINESE)
    try:
        assert PRESETS["zhipu"] in vendors_matching(wanted)
        assert vendor_word(PRESETS["zhipu"]) == "Zhipu 智谱"
    finally:
        translations.choose(Language.ENGLISH)
    assert vendor_word(PRESETS["zhipu"]) == "Zhipu"


def test_without_a_search_all_vendors_are_there_in_their_order() -> None:
    assert list(vendors_matching("")) == list(PRESETS.values())

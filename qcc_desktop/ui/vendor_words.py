"""What vendors and relays are called: in a Chinese window with the name they have in China."""

from collections.abc import Sequence

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.services.presets import PRESETS, Preset, presets_matching
from qcc_desktop.ui.i18n import translate

NAMES = (
    QT_TRANSLATE_NOOP("Vendor", "Moonshot"),
    QT_TRANSLATE_NOOP("Vendor", "Zhipu"),
    QT_TRANSLATE_NOOP("Vendor", "Alibaba Bailian"),
    QT_TRANSLATE_NOOP("Vendor", "Alibaba Bailian Coding"),
    QT_TRANSLATE_NOOP("Vendor", "MiniMax International"),
    QT_TRANSLATE_NOOP("Vendor", "Volcengine Ark"),
    QT_TRANSLATE_NOOP("Vendor", "Baidu Qianfan"),
    QT_TRANSLATE_NOOP("Vendor", "StepFun"),
    QT_TRANSLATE_NOOP("Vendor", "StepFun International"),
    QT_TRANSLATE_NOOP("Vendor", "Xiaomi MiMo"),
    QT_TRANSLATE_NOOP("Vendor", "Xiaomi MiMo Plan"),
    QT_TRANSLATE_NOOP("Vendor", "BaiLing"),
    QT_TRANSLATE_NOOP("Vendor", "SiliconFlow"),
    QT_TRANSLATE_NOOP("Vendor", "SiliconFlow International"),
    QT_TRANSLATE_NOOP("Vendor", "ModelScope"),
    QT_TRANSLATE_NOOP("Vendor", "PPIO"),
    QT_TRANSLATE_NOOP("Vendor", "Qiniu"),
)
"""Those that have another name there; the others are called the same everywhere."""


def vendor_word(preset: Preset) -> str:
    """Return what a vendor is called."""
    return translate("Vendor", preset.name)


def vendors_matching(wanted: str) -> Sequence[Preset]:
    """Return the vendors that a search means, by any of their names."""
    found = {preset.id for preset in presets_matching(wanted)}
    sought = wanted.strip().casefold()
    return [
        preset
        for preset in PRESETS.values()
        if preset.id in found or (sought and sought in vendor_word(preset).casefold())
    ]

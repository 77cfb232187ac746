"""Vendors whose Anthropic-compatible address is known, so that a key is all one must give.

The addresses are those the vendors publish for Claude Code, as collected in the public preset
lists of other switchers (2026-09); a vendor may change its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from qcc_desktop.core.endpoint import AuthStyle
from qcc_desktop.core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Preset:
    """One vendor: ``id`` for the command line, ``name`` for people."""

    id: str
    name: str
    base_url: str
    auth: AuthStyle = AuthStyle.BEARER


_VENDORS = (
    Preset("anthropic", "Anthropic", "https://api.anthropic.com", AuthStyle.X_API_KEY),
    Preset("deepseek", "DeepSeek", "https://api.deepseek.com/anthropic"),
    Preset("moonshot", "Moonshot", "https://api.moonshot.cn/anthropic"),
    Preset("kimi-coding", "Kimi Coding", "https://api.kimi.com/coding"),
    Preset("zhipu", "Zhipu", "https://open.bigmodel.cn/api/anthropic"),
    Preset("zai", "Z.ai", "https://api.z.ai/api/anthropic"),
    Preset("bailian", "Alibaba Bailian", "https://dashscope.aliyuncs.com/apps/anthropic"),
    Preset(
        "bailian-coding",
        "Alibaba Bailian Coding",
        "https://coding.dashscope.aliyuncs.com/apps/anthropic",
    ),
    Preset("minimax", "MiniMax", "https://api.minimaxi.com/anthropic"),
    Preset("minimax-intl", "MiniMax International", "https://api.minimax.io/anthropic"),
    Preset("volcengine", "Volcengine Ark", "https://ark.cn-beijing.volces.com/api/coding"),
    Preset("byteplus", "BytePlus", "https://ark.ap-southeast.bytepluses.com/api/coding"),
    Preset("qianfan", "Baidu Qianfan", "https://qianfan.baidubce.com/anthropic/coding"),
    Preset("stepfun", "StepFun", "https://api.stepfun.com/step_plan"),
    Preset("stepfun-intl", "StepFun International", "https://api.stepfun.ai/step_plan"),
    Preset("longcat", "LongCat", "https://api.longcat.chat/anthropic"),
    Preset("mimo", "Xiaomi MiMo", "https://api.xiaomimimo.com/anthropic"),
    Preset("mimo-plan", "Xiaomi MiMo Plan", "https://token-plan-cn.xiaomimimo.com/anthropic"),
    Preset("bailing", "BaiLing", "https://api.tbox.cn/api/anthropic"),
    Preset("openrouter", "OpenRouter", "https://openrouter.ai/api"),
    Preset("siliconflow", "SiliconFlow", "https://api.siliconflow.cn"),
    Preset("siliconflow-intl", "SiliconFlow International", "https://api.siliconflow.com"),
    Preset("novita", "Novita", "https://api.novita.ai/anthropic"),
    Preset("modelscope", "ModelScope", "https://api-inference.modelscope.cn"),
    Preset("aihubmix", "AiHubMix", "https://aihubmix.com", AuthStyle.X_API_KEY),
    Preset("ppio", "PPIO", "https://api.ppio.com/anthropic"),
    Preset("opencode-go", "OpenCode Go", "https://opencode.ai/zen/go", AuthStyle.X_API_KEY),
    Preset("therouter", "TheRouter", "https://api.therouter.ai"),
    Preset("dmxapi", "DMXAPI", "https://www.dmxapi.cn"),
    Preset("qiniu", "Qiniu", "https://api.qnaigc.com"),
    Preset("jiekou", "JieKou", "https://api.jiekou.ai/anthropic"),
)

PRESETS: Mapping[str, Preset] = {preset.id: preset for preset in _VENDORS}
"""Every preset by its id, the official API first."""


def find_preset(preset_id: str) -> Preset:
    """Return the preset.

    Raises:
        InvalidInput: there is none of this id; the known ones are named.
    """
    if preset := PRESETS.get(preset_id.strip().lower()):
        return preset
    raise InvalidInput(
        {"preset": f"There is no preset {preset_id!r}. Known: {', '.join(PRESETS)}."}
    )

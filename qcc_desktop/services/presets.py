"""Vendors whose address is known, so that a key is all one must give.

The addresses are those the vendors publish for Claude Code, as collected in the public preset
lists of other switchers (2026-09); a vendor may change its own. Those that speak OpenAI's API
alone, and programs that serve models on this computer, are given with the address of their
documentation. Pages are given without anyone's referral code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from qcc_desktop.core.endpoint import AuthStyle, WireProtocol, is_loopback
from qcc_desktop.core.errors import InvalidInput


class PresetGroup(StrEnum):
    """Who runs the endpoint."""

    OFFICIAL = "official"
    VENDOR = "vendor"
    """It makes the models it serves."""
    RELAY = "relay"
    """It serves the models of others."""
    LOCAL = "local"
    """It runs on this computer."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One vendor: ``id`` for the command line, ``name`` for people.

    ``site`` is where one signs up, ``keys_page`` where keys are made (`key_page` is the nearer
    one of both). ``model`` is a model it serves, for the model map; most translate Claude's
    names themselves. One that speaks OpenAI's API does not: a model must be chosen there.
    """

    id: str
    name: str
    base_url: str
    auth: AuthStyle = AuthStyle.BEARER
    group: PresetGroup = PresetGroup.VENDOR
    site: str = ""
    keys_page: str = ""
    model: str = ""
    protocol: WireProtocol = WireProtocol.ANTHROPIC

    @property
    def needs_key(self) -> bool:
        """False for what runs on this computer."""
        return not is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def key_page(self) -> str:
        """Where a key is had."""
        return self.keys_page or self.site


_OFFICIAL = (
    Preset(
        "anthropic",
        "Anthropic",
        "https://api.anthropic.com",
        auth=AuthStyle.X_API_KEY,
        site="https://console.anthropic.com",
        keys_page="https://console.anthropic.com/settings/keys",
        group=PresetGroup.OFFICIAL,
    ),
)
_MAKERS = (
    Preset(
        "deepseek",
        "DeepSeek",
        "https://api.deepseek.com/anthropic",
        site="https://platform.deepseek.com",
        keys_page="https://platform.deepseek.com/api_keys",
        model="deepseek-chat",
    ),
    Preset(
        "moonshot",
        "Moonshot",
        "https://api.moonshot.cn/anthropic",
        site="https://platform.moonshot.cn",
        keys_page="https://platform.moonshot.cn/console/api-keys",
        model="kimi-k2.5",
    ),
    Preset(
        "kimi-coding",
        "Kimi Coding",
        "https://api.kimi.com/coding",
        site="https://www.kimi.com/coding/docs/",
    ),
    Preset(
        "zhipu",
        "Zhipu",
        "https://open.bigmodel.cn/api/anthropic",
        site="https://open.bigmodel.cn",
        keys_page="https://open.bigmodel.cn/usercenter/apikeys",
        model="glm-4.7",
    ),
    Preset(
        "zai",
        "Z.ai",
        "https://api.z.ai/api/anthropic",
        site="https://z.ai",
        keys_page="https://z.ai/manage-apikey/apikey-list",
        model="glm-4.7",
    ),
    Preset(
        "bailian",
        "Alibaba Bailian",
        "https://dashscope.aliyuncs.com/apps/anthropic",
        site="https://bailian.console.aliyun.com",
        model="qwen3-coder-plus",
    ),
    Preset(
        "bailian-coding",
        "Alibaba Bailian Coding",
        "https://coding.dashscope.aliyuncs.com/apps/anthropic",
        site="https://bailian.console.aliyun.com",
        model="qwen3-coder-plus",
    ),
    Preset(
        "minimax",
        "MiniMax",
        "https://api.minimaxi.com/anthropic",
        site="https://platform.minimaxi.com",
        keys_page="https://platform.minimaxi.com/user-center/basic-information/interface-key",
        model="MiniMax-M2.1",
    ),
    Preset(
        "minimax-intl",
        "MiniMax International",
        "https://api.minimax.io/anthropic",
        site="https://platform.minimax.io",
        keys_page="https://platform.minimax.io/user-center/basic-information/interface-key",
        model="MiniMax-M2.1",
    ),
    Preset(
        "volcengine",
        "Volcengine Ark",
        "https://ark.cn-beijing.volces.com/api/coding",
        site="https://www.volcengine.com/product/doubao",
        keys_page="https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey",
        model="doubao-seed-code-preview-latest",
    ),
    Preset(
        "byteplus",
        "BytePlus",
        "https://ark.ap-southeast.bytepluses.com/api/coding",
        site="https://www.byteplus.com",
        keys_page="https://console.byteplus.com/ark/region:ark+ap-southeast-1/apiKey",
    ),
    Preset(
        "qianfan",
        "Baidu Qianfan",
        "https://qianfan.baidubce.com/anthropic/coding",
        site="https://cloud.baidu.com/product-s/qianfan_home",
        keys_page="https://console.bce.baidu.com/iam/#/iam/apikey/list",
    ),
    Preset(
        "stepfun",
        "StepFun",
        "https://api.stepfun.com/step_plan",
        site="https://platform.stepfun.com",
        keys_page="https://platform.stepfun.com/interface-key",
    ),
    Preset(
        "stepfun-intl",
        "StepFun International",
        "https://api.stepfun.ai/step_plan",
        site="https://platform.stepfun.ai",
        keys_page="https://platform.stepfun.ai/interface-key",
    ),
    Preset(
        "longcat",
        "LongCat",
        "https://api.longcat.chat/anthropic",
        site="https://longcat.chat/platform",
        keys_page="https://longcat.chat/platform/api_keys",
        model="LongCat-Flash-Chat",
    ),
    Preset(
        "mimo",
        "Xiaomi MiMo",
        "https://api.xiaomimimo.com/anthropic",
        site="https://platform.xiaomimimo.com",
        keys_page="https://platform.xiaomimimo.com/#/console/api-keys",
    ),
    Preset(
        "mimo-plan",
        "Xiaomi MiMo Plan",
        "https://token-plan-cn.xiaomimimo.com/anthropic",
        site="https://platform.xiaomimimo.com",
    ),
    Preset(
        "bailing",
        "BaiLing",
        "https://api.tbox.cn/api/anthropic",
        site="https://alipaytbox.yuque.com/sxs0ba/ling/get_started",
        model="Ling-1T",
    ),
)
_RELAYS = (
    Preset(
        "openrouter",
        "OpenRouter",
        "https://openrouter.ai/api",
        site="https://openrouter.ai",
        keys_page="https://openrouter.ai/keys",
        model="anthropic/claude-sonnet-4.5",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "siliconflow",
        "SiliconFlow",
        "https://api.siliconflow.cn",
        site="https://siliconflow.cn",
        keys_page="https://cloud.siliconflow.cn/me/account/ak",
        model="Pro/MiniMaxAI/MiniMax-M2.1",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "siliconflow-intl",
        "SiliconFlow International",
        "https://api.siliconflow.com",
        site="https://siliconflow.com",
        keys_page="https://cloud.siliconflow.com/account/ak",
        model="MiniMaxAI/MiniMax-M2.1",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "novita",
        "Novita",
        "https://api.novita.ai/anthropic",
        site="https://novita.ai",
        keys_page="https://novita.ai/settings/key-management",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "modelscope",
        "ModelScope",
        "https://api-inference.modelscope.cn",
        site="https://modelscope.cn",
        keys_page="https://modelscope.cn/my/myaccesstoken",
        model="ZhipuAI/GLM-4.7",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "aihubmix",
        "AiHubMix",
        "https://aihubmix.com",
        auth=AuthStyle.X_API_KEY,
        site="https://aihubmix.com",
        keys_page="https://aihubmix.com/token",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "ppio",
        "PPIO",
        "https://api.ppio.com/anthropic",
        site="https://ppio.com",
        keys_page="https://ppio.com/settings/key-management",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "opencode-go",
        "OpenCode Go",
        "https://opencode.ai/zen/go",
        auth=AuthStyle.X_API_KEY,
        site="https://opencode.ai/zen",
        keys_page="https://opencode.ai/auth",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "therouter",
        "TheRouter",
        "https://api.therouter.ai",
        site="https://therouter.ai",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "dmxapi",
        "DMXAPI",
        "https://www.dmxapi.cn",
        site="https://www.dmxapi.cn",
        keys_page="https://www.dmxapi.cn/token",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "qiniu",
        "Qiniu",
        "https://api.qnaigc.com",
        site="https://www.qiniu.com/ai/agent",
        keys_page="https://portal.qiniu.com/ai-inference/api-key",
        group=PresetGroup.RELAY,
    ),
    Preset(
        "jiekou",
        "JieKou",
        "https://api.jiekou.ai/anthropic",
        site="https://jiekou.ai",
        keys_page="https://jiekou.ai/settings/key-management",
        group=PresetGroup.RELAY,
    ),
)
_OPENAI_MAKERS = (
    Preset(
        "openai",
        "OpenAI",
        "https://api.openai.com/v1",
        site="https://platform.openai.com",
        keys_page="https://platform.openai.com/api-keys",
        protocol=WireProtocol.OPENAI,
    ),
    Preset(
        "mistral",
        "Mistral",
        "https://api.mistral.ai/v1",
        site="https://console.mistral.ai",
        keys_page="https://console.mistral.ai/api-keys",
        protocol=WireProtocol.OPENAI,
    ),
)
_OPENAI_RELAYS = (
    Preset(
        "groq",
        "Groq",
        "https://api.groq.com/openai/v1",
        site="https://console.groq.com",
        keys_page="https://console.groq.com/keys",
        group=PresetGroup.RELAY,
        protocol=WireProtocol.OPENAI,
    ),
    Preset(
        "together",
        "Together AI",
        "https://api.together.ai/v1",
        site="https://www.together.ai",
        keys_page="https://api.together.ai/settings/api-keys",
        group=PresetGroup.RELAY,
        protocol=WireProtocol.OPENAI,
    ),
)
_LOCAL = (
    Preset(
        "ollama",
        "Ollama",
        "http://localhost:11434/v1",
        site="https://docs.ollama.com/api/openai-compatibility",
        group=PresetGroup.LOCAL,
        protocol=WireProtocol.OPENAI,
    ),
    Preset(
        "lm-studio",
        "LM Studio",
        "http://localhost:1234/v1",
        site="https://lmstudio.ai/docs/api/openai-api",
        group=PresetGroup.LOCAL,
        protocol=WireProtocol.OPENAI,
    ),
    Preset(
        "llama-cpp",
        "llama.cpp",
        "http://localhost:8080/v1",
        site="https://github.com/ggml-org/llama.cpp/tree/master/tools/server",
        group=PresetGroup.LOCAL,
        protocol=WireProtocol.OPENAI,
    ),
    Preset(
        "vllm",
        "vLLM",
        "http://localhost:8000/v1",
        site="https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html",
        group=PresetGroup.LOCAL,
        protocol=WireProtocol.OPENAI,
    ),
)
_VENDORS = (*_OFFICIAL, *_MAKERS, *_OPENAI_MAKERS, *_RELAYS, *_OPENAI_RELAYS, *_LOCAL)

PRESETS: Mapping[str, Preset] = {preset.id: preset for preset in _VENDORS}
"""Every preset by its id: the official API first, then vendors, relays, what runs here."""


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


def presets_matching(text: str) -> tuple[Preset, ...]:
    """Return the presets in whose name, id or address every word of ``text`` stands."""
    words = text.casefold().split()
    return tuple(
        preset
        for preset in PRESETS.values()
        if all(word in f"{preset.name} {preset.id} {preset.base_url}".casefold() for word in words)
    )

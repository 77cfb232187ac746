"""The wordings and codes that say what an error is about, in English and Chinese.

A topic is a hint only: which topics count under which status is decided in `status_rows`.
Codes are compared whole. Texts are matched word-bounded, with bounded gaps, and never contain
a number of a status, a port or a request id.
"""

import re
from enum import StrEnum
from functools import cache
from typing import Final


class Topic(StrEnum):
    """What an error is about."""

    QUOTA = "quota"
    """Money or a paid allowance is used up."""
    QUOTA_WEAK = "quota_weak"
    """Words that mean money unless the status is 429."""
    CONTEXT = "context"
    THINKING = "thinking"
    CAPABILITY = "capability"
    MODEL = "model"
    AUTH = "auth"
    PERMISSION = "permission"
    OVERLOAD = "overload"
    RATE = "rate"
    POLICY = "policy"
    """The vendor's content filter: the request's own content is refused."""
    HOST = "host"
    """The server's own trouble, reported under a client status."""
    MISSING_FILE = "missing_file"
    """A thing named in the request does not exist."""


def _any_of(*alternatives: str) -> str:
    return "|".join(alternatives)


_WORDS: Final[dict[Topic, str]] = {
    Topic.QUOTA: _any_of(
        r"\bcredit balance is (?:too )?low\b",
        r"\bspecified (?:workspace )?api usage limits?\b",
        r"\bspend(?:ing)? (?:limit|cap)s?\b",
        r"\binsufficient[ _-](?:\w{1,20}[ _-]){0,2}(?:quota|balance|credits?|funds|points)\b",
        r"\b(?:quota|balance|credits?)\b(?: \w{1,20}){0,3} "
        r"(?:insufficient|exhausted|depleted|used up|not enough|run out|too low)\b",
        r"\b(?:out of|no|no more|no remaining|not enough|negative) "
        r"(?:(?:account|remaining|prepaid|api) )?(?:credits?|balance|funds|quota)\b",
        r"\bexceeded your current (?:\w{1,20} )?quota\b",
        r"\bpayment[ _]required\b",
        r"\bin arrears\b",
        r"(?<!thinking )\bbudget\b.{0,30}\b(?:reached|exceeded|exhausted)\b",
        r"\b(?:account|billing|payment|invoice)\b.{0,40}\b(?:overdue|past due|unpaid)\b",
        r"\bbilling hard limit\b",
        r"\b(?:top(?:ping)?[ -]?up|recharge) (?:your|the|and|to|at|now|account|first)\b",
        r"\bplease (?:top[ -]?up|recharge)\b",
        r"\b(?:add|purchase|buy) (?:more )?(?:credits|funds)\b",
        r"\brequires more credits\b",
        r"余额(?:已)?(?:不足|不够|耗尽|用尽|用完|为零|为负)",
        r"欠费",
        r"额度.{0,6}?(?:不足|不够|用尽|耗尽|用完|用光|为零)",
        r"(?:预扣费|扣费|扣款)(?:额度)?失败",
        r"(?:请|需要?|先|及时)充值",
        r"(?:套餐|资源包|订阅|积分|点数|流量包).{0,4}(?:到期|过期|用尽|用完|不足|耗尽)",
        r"无可用资源包",
    ),
    Topic.QUOTA_WEAK: _any_of(
        r"\bquota\b.{0,30}\bexceeded\b",
        r"\bexceed(?:s|ed|ing)?\b.{0,30}\bquota\b",
        r"\bbilling\b",
        r"\b(?:usage|key|plan|credits?) limit\b",
        r"\bupgrade your plan\b",
        r"(?:额度|配额)(?:已)?(?:超限|超出|超过|超额)",
    ),
    Topic.CONTEXT: _any_of(
        r"\b(?:prompt|input|conversation|context) is too long\b",
        r"\bcontent_length_exceeds\w{0,30}",
        r"\bcontext[ _]length[ _]exceeded\b",
        r"\bmaximum context (?:length|window|size)\b",
        r"\b(?:exceed(?:s|ed|ing)?|larger than|beyond|over)\b.{0,80}\bcontext[ _]?"
        r"(?:window|limit|length|size)\b",
        r"\bcontext[ _]?(?:window|limit|length|size)\b.{0,60}\b(?:exceed\w{0,4}|too small|full)\b",
        r"\bmax_tokens\b.{0,80}\bexceed",
        r"\bexceed(?:s|ed)?\b.{0,40}\b(?:model )?token limit\b",
        r"\btokens? > \d{1,9} maximum\b",
        r"\breduce the length of\b",
        r"\btokens? too long\b",
        r"\bmax(?:imum)? input (?:characters|tokens|length)\b",
        r"\bless than the context (?:length|window)\b",
        r"\brange of input length\b",
        r"(?:上下文|输入|提示词|prompt|请求内容).{0,12}(?:过长|超长|太长)",
        r"(?:上下文|输入|提示词|prompt|tokens?).{0,16}超(?:出|过|限).{0,16}(?:限制|最大|长度|上限)",
        r"超(?:出|过).{0,10}(?:上下文|输入|token).{0,10}(?:长度|限制|上限|窗口)",
    ),
    Topic.THINKING: _any_of(
        r"\b(?:invalid|missing|corrupt\w{0,3}|expired)\b.{0,20}\bsignature\b.{0,40}\bthinking\b",
        r"\bsignature\b.{0,40}\bthinking\b.{0,40}\b(?:invalid|required|missing|mismatch)\b",
        r"\bthinking\b.{0,40}\bsignature\b.{0,40}\b(?:invalid|required|missing|mismatch"
        r"|expired|not)\b",
        r"\bthinking\b.{0,160}\bcannot be modified\b",
        r"\bsignature: field required\b",
        r"\bmust start with a thinking block\b",
        r"\bexpected\b.{0,6}\bthinking\b.{0,60}\bfound\b",
        r"\beach thinking block must contain\b",
    ),
    Topic.CAPABILITY: _any_of(
        r"\bextra inputs are not permitted\b",
        r"\bextraneous key\b",
        r"\banthropic-beta\b",
        r"\bbeta\b.{0,40}\bnot (?:yet )?(?:available|supported|enabled|allowed)\b",
        r"\badaptive\b.{0,80}\b(?:not|unsupported)\b",
        r"\b(?:unknown|unrecognized|unsupported|unexpected) "
        r"(?:request )?(?:parameter|argument|field|header|name|content type|beta)s?\b",
        r"\b(?:tools?|tool use|tool_choice|function calling|images?|vision|streaming|thinking"
        r"|caching|cache_control|documents?|pdf|effort|output_config|context_management)\b"
        r".{0,40}\b(?:is|are) not (?:currently )?supported\b",
        r"\b(?:does(?: not|n't)|do(?: not|n't)|cannot) support\b.{0,30}\b(?:tools?|function"
        r"|images?|vision|thinking|caching|streaming|documents?|effort|prefill|system|parameter"
        r"|temperature|reasoning)",
        r"不支持.{0,12}(?:图片|图像|工具|思考|参数|字段|函数|多模态)",
    ),
    Topic.MODEL: _any_of(
        r"^\s*model: [\w.:/@\[\]-]{1,80}\s*$",
        r"\bmodel\b.{0,120}?\b(?:not (?:found|exists?|available|supported|recogni[sz]ed"
        r"|configured|accessible|allowed|enabled)|does(?: not|n't) exist|unsupported"
        r"|(?<!temporarily )unavailable|no access|been (?:deprecated|retired|removed|shut down))\b"
        r"(?! (?:at the moment|right now|currently))",
        r"\b(?:invalid|unknown|unsupported|no such|unrecognized|incorrect) model\b",
        r"\bnot a valid model\b",
        r"\bmodel (?:identifier|id|name)\b.{0,20}\binvalid\b",
        r"\bmodel use case\b",
        r"\b(?:permission|allowed|authorized) to (?:use|access|call) (?:the |this )?model\b",
        r"\bnot activated the model\b",
        r"\brequested entity was not found\b",
        r"(?:\bnot|n't|\bno) have (?:access|permission)\b.{0,20}\bmodel\b",
        r"\bno access to (?:the |this )?model\b",
        r"\bnot supported by any\b.{0,40}\baccounts?\b",
        r"\bno available channel",
        r"\bno (?:available )?(?:\w{1,20} )?(?:endpoints?|providers?|accounts?|channels?|"
        r"deployments?)\b.{0,30}\b(?:for|support\w{0,3})\b.{0,40}\bmodel\b",
        r"\bno (?:allowed )?(?:endpoints|providers) (?:found|are available)\b",
        r"\bdeployment\b.{0,40}\bdoes not exist\b",
        r"无可用(?:的)?渠道",
        r"暂未开放.{0,40}权限",
        r"模型.{0,60}(?:不存在|无可用|不可用|未找到|不支持|已下线|已停用|无权|未开通|没有权限)",
        r"(?:不支持|无权(?:限)?(?:访问|使用|调用)|未配置|找不到|不存在|没有权限使用)"
        r"(?:该|此|的|这个|请求的)?.{0,4}模型",
    ),
    Topic.AUTH: _any_of(
        r"\b(?:invalid|incorrect|expired|revoked|disabled|inactive|missing|unknown|wrong|no)\b"
        r".{0,20}\b(?:api[ _-]?key|x-api-key|(?:access|auth|bearer|oauth) token|credentials)\b",
        r"\b(?:api[ _-]?key|x-api-key|(?:access|auth|bearer|oauth) token)\b.{0,40}\b(?:invalid"
        r"|incorrect|expired|revoked|disabled|deleted|not (?:valid|found|exist|provided)"
        r"|does(?: not|n't) exist)\b",
        r"\b(?:organization|account|workspace|user)\b.{0,30}\b(?:has been|is|was) (?:disabled"
        r"|deactivated|suspended|restricted|banned|terminated|blocked)\b",
        r"\bauthentication (?:failed|error|fails)\b",
        r"\b(?:failed to get|missing|no|without|empty)\b.{0,10}\bauthorization header\b",
        r"\bonly authorized for use with claude code\b",
        r"无效的?\s?(?:令牌|密钥|token|api[ _-]?key|key)",
        r"令牌.{0,12}(?:无效|过期|不可用|禁用|不存在|失效)",
        r"(?:api[ _-]?key|密钥|身份验证|身份认证|鉴权|认证).{0,8}"
        r"(?:无效|错误|失败|过期|失效|不存在|不正确|禁用)",
        r"未提供(?:令牌|密钥|api)",
        r"(?:账号|账户|用户|组织).{0,4}(?:封禁|被封|已封|停用|禁用|冻结)",
    ),
    Topic.PERMISSION: _any_of(
        r"\b(?:no|without|lacks?) permission\b",
        r"\b(?:access denied|forbidden)\b",
        r"无权|没有权限",
    ),
    Topic.OVERLOAD: _any_of(
        r"\boverloaded\b",
        r"\bat (?:full |maximum |max )?capacity\b",
        r"\bcapacity (?:exceeded|constraints?|limits?)\b",
        r"\b(?:servers?|system|service|model) (?:is|are) (?:currently |too |very |so )?busy\b",
        r"\b(?:experiencing|due to|under) (?:very |unusually )?(?:high|heavy) "
        r"(?:demand|load|traffic)\b",
        r"负载.{0,6}(?:饱和|过高|过大|较高|已满)",
        r"(?:服务|系统|服务器|模型|引擎|当前).{0,8}(?:繁忙|过载|拥挤)",
        r"访问量过大",
    ),
    Topic.RATE: _any_of(
        r"\brate[ _-]?limit(?:s|ed|ing|_error|_exceeded|_reached)?\b",
        r"\btoo many (?:concurrent )?(?:requests|connections)\b",
        r"\bthrottl(?:ed|ing)",
        r"\bconcurren(?:t|cy)\b.{0,20}\blimit",
        r"\b(?:rpm|tpm|qps|rpd|tpd)\b.{0,20}\blimit",
        r"\b(?:usage|request|hourly|daily|weekly|token) limit (?:has been )?(?:reached|exceeded)\b",
        r"(?:请求|访问|调用).{0,6}(?:频繁|频率|过多|次数)",
        r"限流|速率限制|使用上限",
        r"并发.{0,8}(?:超|上限|限制|已满|达到)",
    ),
    Topic.POLICY: _any_of(
        r"\b(?:sensitive_words_detected|data_?inspection_?failed)\b",
        r"\bsensitive (?:words?|content|information)\b",
        r"\bcontent[ _](?:filter|policy|management policy|exists risk)",
        r"\binappropriate content\b",
        r"敏感(?:词|内容|信息)|内容(?:安全|违规)|违规内容",
    ),
    Topic.HOST: _any_of(
        r"\bno space left on device\b",
        r"\bdisk (?:is )?full\b",
        r"\bdatabase is locked\b",
        r"\btoo many open files\b",
        r"\bdial tcp\b",
        r"\bi/o timeout\b",
        r"\bconnection refused\b",
        r"磁盘(?:空间)?(?:已满|不足)",
    ),
    Topic.MISSING_FILE: _any_of(
        r"\b(?:file|batch|container|session|skill)s?\b.{0,80}\bnot found\b",
        r"\bnot found\b.{0,20}\bfile_",
    ),
}

_CODES: Final[dict[Topic, frozenset[str]]] = {
    Topic.QUOTA: frozenset(
        {
            "insufficient_quota", "insufficient_balance", "insufficient_user_quota",
            "insufficient_credits", "insufficient_balance_error", "billing_error",
            "billing_hard_limit_reached", "enforced_spend_limit_reached", "payment_required",
            "exceeded_current_quota_error", "pre_consume_token_quota_failed", "arrearage",
            "accountoverdueerror", "budget_exceeded", "1113", "1008",
        }
    ),
    Topic.CONTEXT: frozenset(
        {
            "context_length_exceeded", "model_context_window_exceeded",
            "content_length_exceeds_threshold", "tokens_too_long", "characters_too_long", "1261", "1039",
        }
    ),
    Topic.MODEL: frozenset(
        {
            "model_not_found", "deploymentnotfound", "model_not_available", "modelnotfound",
            "invalid_model", "model_not_supported", "invalidendpointormodel.notfound", "invalidendpoint.closedendpoint", "modelnotopen", "key_model_access_denied", "1211",
        }
    ),
    Topic.AUTH: frozenset(
        {
            "authentication_error", "invalid_api_key", "invalid_authentication_error",
            "account_deactivated", "token_expired", "unauthenticated", "invalidapikey",
            "unrecognizedclientexception", "expiredtokenexception", "1004", "2049",
        }
    ),
    Topic.OVERLOAD: frozenset(
        {
            "overloaded_error", "engine_overloaded_error", "server_overloaded", "overloaded",
            "server_is_overloaded", "modelnotreadyexception", "1305",
        }
    ),
    Topic.RATE: frozenset(
        {
            "rate_limit_error", "rate_limit_exceeded", "rate_limit_reached_error",
            "too_many_requests", "throttlingexception", "throttling", "resource_exhausted",
            "usage_limit_reached", "1302", "1303", "1308", "1002",
        }
    ),
    Topic.POLICY: frozenset(
        {
            "content_filter", "content_policy_violation", "sensitive_words_detected",
            "data_inspection_failed", "datainspectionfailed", "responsibleaipolicyviolation",
            "1301",
        }
    ),
}  # fmt: skip
"""Types and codes in lower case; four digits are Zhipu's (11xx to 13xx) and MiniMax's."""

_TYPE_STATUS: Final[dict[str, int]] = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "overloaded_error": 529,
}


def code_says(topic: Topic, codes: tuple[str, ...]) -> bool:
    """Return whether a machine-readable code names ``topic``."""
    return not _CODES.get(topic, frozenset()).isdisjoint(codes)


def text_says(topic: Topic, text: str) -> bool:
    """Return whether the words of ``text`` name ``topic``."""
    return bool(text) and _pattern(topic).search(text) is not None


@cache
def _pattern(topic: Topic) -> re.Pattern[str]:
    """One pattern; ASCII, so that a Latin word next to a Chinese character has a bound.

    Made when it is first asked for: all of them take 10 ms of a start.
    """
    return re.compile(_WORDS[topic], re.IGNORECASE | re.ASCII)


def status_of_types(types: tuple[str, ...]) -> int | None:
    """Return the status that Anthropic pairs with the innermost known error type."""
    for name in reversed(types):
        if name in _TYPE_STATUS:
            return _TYPE_STATUS[name]
    return None

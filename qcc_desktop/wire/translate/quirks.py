"""What a server that speaks OpenAI's API does not take, known beforehand or learnt from a refusal.

Compatible servers differ in the fields they take, and refuse a request for one too many. Each
refusal names the field; what it teaches is kept for the endpoint and the model, and the request
is sent again without it. Words of refusals: OpenAI ("Unsupported parameter: 'max_tokens' ..."),
Groq ("property 'reasoning_effort' is unsupported", "must be less than or equal to `8192`"),
Mistral (``extra_forbidden``, "Tool call id was ... but must be ... with a length of 9"), DeepSeek
("The `reasoning_content` in the thinking mode must be passed back", "the valid range of
max_tokens is [1, 8192]"), vLLM ("maximum context length ... in the completion"), Gemini
("Function call is missing a thought_signature"), Ollama.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

LEARNING_STATUSES = frozenset({400, 422, 500})
"""Who refuses a field says so with one of these; llama.cpp answers 500 for a chat template."""

_READ_BYTES = 8192
_UNSUPPORTED = re.compile(
    r"unsupported|not supported|not support|unrecognized|unknown|unexpected|not permitted"
    r"|extra_forbidden|not allowed|not available|must be one of|is not one of|only the default"
    r"|not compatible"
)
_LIMITS = re.compile(r"max_(?:completion_|output_)?tokens")
_OTHER_LIMIT = re.compile(r"use ['\"`]?(max_completion_tokens|max_tokens)")
_TOO_MUCH = re.compile(
    r"too (?:large|many|high|big)|at most|less than or equal|range|exceed|maximum"
)
_CAPS = (
    re.compile(r"at most (\d+)"),
    re.compile(r"less than or equal to ['\"`]?(\d+)"),
    re.compile(r"[\[(]\s*\d+\s*,\s*(\d+)\s*[\])]"),
    re.compile(r"maximum output tokens \((\d+)\)"),
)
_NO_ROOM = re.compile(r"\d+ in the completion")
_SHORT_IDS = re.compile(r"tool call id .{0,200}length of 9", re.DOTALL)
_REASONING_WANTED = re.compile(r"must be passed back|missing|required")
_IMAGES = re.compile(
    r"image_url|image input|images? (?:is|are) not|not support (?:images?|vision)|multimodal|no vision"
)
_IMAGE_REFUSED = re.compile(
    r"unknown variant|expected ['\"`]?text|invalid (?:type|content|value)|only text"
)
_FILES = re.compile(r"['\"`]file['\"`]|file (?:content|input|part)s?")
_SYSTEM = re.compile(r"system role|role.{0,40}system|['\"`]system['\"`] with this model")
_REASONS = re.compile(r"(?:o[1-9]|gpt-5|codex)(?:[-.:]|$)")
"""OpenAI's models that take ``reasoning_effort`` and no ``max_tokens`` (API reference, "Create
chat completion")."""
_TAKES_EFFORT = re.compile(r"(?:o[1-9]|gpt-5|codex|gpt-oss)(?:[-.:]|$)")


@dataclass(frozen=True, slots=True)
class Quirks:
    """What is sent to one endpoint for one model.

    ``limit_field`` carries the most tokens of an answer; ``limit_cap`` is the most it may say,
    0 leaves it out. ``returns_reasoning`` sends earlier thinking back as ``reasoning_content``.
    ``short_ids`` makes tool call ids nine letters and digits. ``has_system`` False puts the
    system prompt into the first user message. ``thought_signatures`` gives earlier calls the
    signature that Gemini takes in the place of its own. The other flags leave a field out.
    """

    limit_field: str = "max_tokens"
    limit_cap: int | None = None
    stream_options: bool = True
    parallel_tool_calls: bool = True
    forced_tools: bool = True
    reasoning_effort: bool = False
    returns_reasoning: bool = False
    temperature: bool = True
    top_p: bool = True
    stop: bool = True
    images: bool = True
    files: bool = True
    short_ids: bool = False
    has_system: bool = True
    thought_signatures: bool = False


def known_quirks(base_url: str, model: str) -> Quirks:
    """Return what is documented of a server or a model before it has been asked."""
    name = model.rpartition("/")[2].lower()
    quirks = Quirks(reasoning_effort=_TAKES_EFFORT.match(name) is not None)
    if _REASONS.match(name):
        quirks = replace(
            quirks, limit_field="max_completion_tokens", temperature=False, top_p=False
        )
    match urlsplit(base_url).hostname:
        case "api.openai.com":
            return replace(quirks, limit_field="max_completion_tokens")
        case "api.deepseek.com":
            return replace(quirks, returns_reasoning=True)
        case "api.mistral.ai":
            return replace(quirks, stream_options=False, short_ids=True)
        case "generativelanguage.googleapis.com":
            return replace(quirks, thought_signatures=True)
        case _:
            return quirks


def learnt(quirks: Quirks, status: int, body: bytes) -> Quirks | None:
    """Return what to send after this refusal; None where it teaches nothing new."""
    if status not in LEARNING_STATUSES:
        return None
    words = body[:_READ_BYTES].decode("utf-8", "replace").replace("\\", "").lower()
    for lesson in (_limit, _reasoning, _content, _fields):
        better = lesson(quirks, words)
        if better is not None and better != quirks:
            return better
    return None


def _limit(quirks: Quirks, words: str) -> Quirks | None:
    if not (_LIMITS.search(words) or _NO_ROOM.search(words)):
        return None
    if found := _OTHER_LIMIT.search(words):
        return replace(quirks, limit_field=found[1])
    if _TOO_MUCH.search(words):
        caps = (pattern.search(words) for pattern in _CAPS)
        cap = next((int(found[1]) for found in caps if found), 0)
        is_lower = quirks.limit_cap is None or 0 < cap < quirks.limit_cap
        return replace(quirks, limit_cap=cap if is_lower else 0)
    if _UNSUPPORTED.search(words) and quirks.limit_field in words:
        is_old = quirks.limit_field == "max_tokens"
        return replace(quirks, limit_field="max_completion_tokens" if is_old else "max_tokens")
    return None


def _reasoning(quirks: Quirks, words: str) -> Quirks | None:
    if "reasoning_content" not in words:
        return None
    if _REASONING_WANTED.search(words):
        return replace(quirks, returns_reasoning=True)
    return replace(quirks, returns_reasoning=False) if _UNSUPPORTED.search(words) else None


def _content(quirks: Quirks, words: str) -> Quirks | None:
    """Learn what cannot stand in messages."""
    if _SHORT_IDS.search(words):
        return replace(quirks, short_ids=True)
    if "missing a thought_signature" in words:
        return replace(quirks, thought_signatures=True)
    is_refused = _UNSUPPORTED.search(words) or _IMAGE_REFUSED.search(words)
    if not is_refused:
        return None
    if _IMAGES.search(words):
        return replace(quirks, images=False)
    if _FILES.search(words):
        return replace(quirks, files=False)
    return replace(quirks, has_system=False) if _SYSTEM.search(words) else None


def _fields(quirks: Quirks, words: str) -> Quirks | None:
    """Learn which fields are not taken; the first one named that is sent."""
    if not _UNSUPPORTED.search(words):
        return None
    for pattern, field in _FIELDS:
        if getattr(quirks, field) and pattern.search(words):
            changed: Quirks = replace(quirks, **{field: False})  # type: ignore[arg-type]  # flags
            return changed
    return None


_FIELDS = (
    (re.compile(r"stream_options|include_usage"), "stream_options"),
    (re.compile(r"parallel_tool_calls"), "parallel_tool_calls"),
    (re.compile(r"reasoning_?effort"), "reasoning_effort"),
    (re.compile(r"tool_choice"), "forced_tools"),
    (re.compile(r"temperature"), "temperature"),
    (re.compile(r"top_p"), "top_p"),
    (re.compile(r"['\"`]stop['\"`]"), "stop"),
)

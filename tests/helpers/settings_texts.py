"""Settings files as people, editors and other programs leave them, for property tests."""

import json
from typing import Any

from hypothesis import strategies as st

_NAMES = st.sampled_from(
    [
        "model",
        "permissions",
        "hooks",
        "theme",
        "statusLine",
        "主题",
        "a b",
        'q"uote',
        "apiKeyHelper",
    ]
) | st.text(max_size=5)
_ENV_NAMES = st.sampled_from(
    [
        "ANTHROPIC_BASE_URL",
        "ANTHROPIC_AUTH_TOKEN",
        "ANTHROPIC_API_KEY",
        "CLAUDE_CODE_USE_BEDROCK",
        "ANTHROPIC_MODEL",
        "HTTP_PROXY",
        "NO_PROXY",
        "no_proxy",
        "键",
    ]
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.sampled_from(["", "sk-ant-1234", "http://127.0.0.1:4000", "proxy-managed", "// no", "😀"])
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
_COMMENTS = ["", "", "", "/* c, } */", "/**/", "// it's, {\"\n", "//\n"]


@st.composite
def settings_texts(draw: st.DrawFn) -> bytes:
    """Draw a file: valid JSON, with comments and trailing commas or without, oddly formatted."""
    members = draw(st.lists(st.tuples(_NAMES.filter(lambda n: n != "env"), _VALUES), max_size=4))
    entries: list[tuple[str, Any]] = list(members)
    if draw(st.booleans()):
        env = draw(st.lists(st.tuples(_ENV_NAMES, _VALUES), max_size=5))
        entries.insert(draw(st.integers(0, len(entries))), ("env", env))
    odd = draw(st.booleans())
    newline = draw(st.sampled_from(["\n", "\r\n", ""]))
    indent = draw(st.sampled_from(["  ", "    ", "\t", ""]))
    text = _object(draw, entries, newline, indent, depth=1, odd=odd)
    if odd:
        text = _space(draw, newline) + text + _space(draw, newline)
    mark = draw(st.sampled_from(["", "", "\ufeff"]))
    return (mark + text + draw(st.sampled_from(["", "\n", newline]))).encode("utf-8", "replace")


def _object(
    draw: st.DrawFn,
    entries: list[tuple[str, Any]],
    newline: str,
    indent: str,
    *,
    depth: int,
    odd: bool,
) -> str:
    colon = draw(st.sampled_from([": ", ":", " : "]))
    parts = []
    for name, value in entries:
        raw = (
            _object(draw, value, newline, indent, depth=depth + 1, odd=odd)
            if name == "env"
            else json.dumps(value, ensure_ascii=draw(st.booleans()))
        )
        around = (_space(draw, newline), _space(draw, newline)) if odd else ("", "")
        lead = newline + indent * depth if newline else ""
        parts.append(f"{lead}{around[0]}{json.dumps(name)}{colon}{raw}{around[1]}")
    comma = "," if odd and parts and draw(st.booleans()) else ""
    end = newline + indent * (depth - 1) if parts and newline else ""
    return "{" + ",".join(parts) + comma + (_space(draw, newline) if odd else "") + end + "}"


def _space(draw: st.DrawFn, newline: str) -> str:
    comment = draw(st.sampled_from(_COMMENTS))
    return draw(st.sampled_from(["", " ", newline])) + comment

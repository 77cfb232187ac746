"""Content blocks of a conversation as the parts of OpenAI's messages.

What has no counterpart becomes text that says what it was: nothing vanishes without a word.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from qcc_desktop.wire.anthropic import dump
from qcc_desktop.wire.translate.quirks import Quirks

SEPARATOR = "\n\n"
"""Between texts that were blocks of their own."""
_NO_OUTPUT = "(no output)"
_SEE_BELOW = "(The image is in the next message.)"
_NO_IMAGES = "[An image was here, which this model cannot see.]"
Part = dict[str, Any]


def parts_of(content: object, quirks: Quirks) -> list[Part]:
    """Return the parts of a user's content."""
    return [part for block in blocks_of(content) for part in _parts(block, quirks)]


def blocks_of(content: object) -> list[Mapping[str, Any]]:
    """Return content as blocks, also where it is plain text."""
    if isinstance(content, str):
        return [{"type": "text", "text": content}] if content else []
    blocks = content if isinstance(content, list) else []
    return [block for block in blocks if isinstance(block, Mapping)]


def joined(parts: list[Part]) -> str | list[Part]:
    """Return parts as OpenAI's ``content``: text alone as text, which every server takes."""
    if all(part["type"] == "text" for part in parts):
        return SEPARATOR.join(part["text"] for part in parts)
    return parts


def text_of(content: object) -> str:
    """Return all text of some content, whatever else is in it."""
    return SEPARATOR.join(
        str(block["text"]) for block in blocks_of(content) if block.get("type") == "text"
    )


def tool_result(block: Mapping[str, Any], quirks: Quirks) -> tuple[str, list[Part]]:
    """Return a tool's result as text, and what of it must stand in a user's message.

    A ``tool`` message of OpenAI holds text only.
    """
    parts = parts_of(block.get("content"), quirks)
    text = SEPARATOR.join(part["text"] for part in parts if part["type"] == "text")
    beside = [part for part in parts if part["type"] != "text"]
    if beside:
        text = SEPARATOR.join(filter(None, (text, _SEE_BELOW)))
    if block.get("is_error") is True:
        text = f"Error: {text}" if text else "Error"
    return text or _NO_OUTPUT, beside


def _parts(block: Mapping[str, Any], quirks: Quirks) -> Iterator[Part]:
    match block:
        case {"type": "text", "text": str(text)}:
            if text:
                yield _text(text)
        case {"type": "image", "source": Mapping() as source}:
            yield _image(source, quirks)
        case {"type": "document", "source": Mapping() as source}:
            yield from _document(block, source, quirks)
        case {"type": "search_result"}:
            said = (block.get("title"), block.get("source"), text_of(block.get("content")))
            yield _text("\n".join(str(each) for each in said if each))
        case {"type": "thinking" | "redacted_thinking"}:
            return
        case _:
            yield _text(described(block))


def _text(text: str) -> Part:
    return {"type": "text", "text": text}


def _image(source: Mapping[str, Any], quirks: Quirks) -> Part:
    url = _url(source, "image/png")
    if url is None or not quirks.images:
        return _text(_NO_IMAGES)
    return {"type": "image_url", "image_url": {"url": url}}


def _document(
    block: Mapping[str, Any], source: Mapping[str, Any], quirks: Quirks
) -> Iterator[Part]:
    title = str(block.get("title") or "document.pdf")
    match source:
        case {"type": "text", "data": str(data)}:
            yield _text(data)
        case {"type": "content"}:
            yield from parts_of(source.get("content"), quirks)
        case {"type": "base64"} if quirks.files and (url := _url(source, "application/pdf")):
            yield {"type": "file", "file": {"filename": title, "file_data": url}}
        case {"type": "url", "url": str(url)}:
            yield _text(f"[A document: {url}]")
        case _:
            yield _text(f"[A document was here, which this model cannot read: {title}]")


def _url(source: Mapping[str, Any], media_type: str) -> str | None:
    match source:
        case {"type": "base64", "data": str(data)}:
            return f"data:{source.get('media_type') or media_type};base64,{data}"
        case {"type": "url", "url": str(url)}:
            return url
        case _:
            return None


def described(block: Mapping[str, Any]) -> str:
    """Return a block as text: what Anthropic's own tools did in an earlier turn, mostly."""
    kept = {key: value for key, value in block.items() if key not in _NOISE}
    return f"[{block.get('type', 'block')}] {dump(_readable(kept)).decode()}"


_NOISE = frozenset({"type", "cache_control", "signature", "citations", "id", "tool_use_id"})
_ENCRYPTED = frozenset({"encrypted_content", "encrypted_index", "data"})


def _readable(value: Any) -> Any:
    """Return JSON without what only Anthropic's servers can read."""
    if isinstance(value, Mapping):
        return {key: _readable(each) for key, each in value.items() if key not in _ENCRYPTED}
    return [_readable(each) for each in value] if isinstance(value, list) else value

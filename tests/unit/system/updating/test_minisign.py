"""Signatures: the real minisign's are taken, and nothing else."""

import base64
import io

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.updating.minisign import parse_key, parse_signature, verify
from tests.helpers.releases import Signer

KEY = """untrusted comment: minisign public key E6F7B60518645B61
RWRhW2QYBbb35rN0+hgXYTc9ag7rE2aowpz+1P9KGtiF2X340seZNqyQ
"""
CONTENT = b"A file of the release.\n"
SIGNATURE = """untrusted comment: signature from minisign secret key
RURhW2QYBbb35qY7pEq/CtEPHjScAX/dM4RMzQNJCQ1GT5iD6B6KGJSEbrdZDSe3354LKuIrMNySyuQpHB1AqvbeTw5GCsAwOQA=
trusted comment: version:1.2.0 file:notes.txt
k96iZeYWuJi96rRpSHm/6V6znPhltZ521a6ei5pTCyGmx5HhaI4s4rbLqq7J4CQfridjV0Ljkq3YMhWwByeHAg==
"""
"""Made with minisign 0.11: ``minisign -S -H -t 'version:1.2.0 file:notes.txt'``."""


def check(signature: str = SIGNATURE, content: bytes = CONTENT, key: str = KEY) -> dict[str, str]:
    return dict(verify(parse_key(key), signature.encode(), io.BytesIO(content)))


def test_a_signature_of_minisign_itself_is_taken_and_its_trusted_comment_read() -> None:
    assert check() == {"version": "1.2.0", "file": "notes.txt"}


def test_a_windows_line_end_changes_nothing() -> None:
    assert check(SIGNATURE.replace("\n", "\r\n"), key=KEY.replace("\n", "\r\n"))


def other_bytes(line: int) -> str:
    lines = SIGNATURE.splitlines()
    raw = bytearray(base64.b64decode(lines[line]))
    raw[-1] ^= 1
    lines[line] = base64.b64encode(raw).decode()
    return "\n".join(lines)


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(other_bytes(1), id="another signature"),
        pytest.param(other_bytes(3), id="another signature of the comment"),
        pytest.param(SIGNATURE.replace("1.2.0", "1.3.0"), id="another comment"),
        pytest.param(SIGNATURE.replace("RURh", "RWRh"), id="not prehashed"),
        pytest.param(SIGNATURE.replace("RURhW", "RURhX"), id="of another key's number"),
        pytest.param(SIGNATURE.rsplit("\n", 2)[0], id="without the comment's signature"),
        pytest.param("", id="empty"),
        pytest.param("a\n!\ntrusted comment: x\n!", id="no base64"),
        pytest.param("a\nAAAA\ntrusted comment: x\nAAAA", id="too short"),
    ],
)
def test_everything_else_is_refused(signature: str) -> None:
    with pytest.raises(UserFacingError, match="not that of this program's makers"):
        check(signature)


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(UserFacingError):
        verify(parse_key(KEY), b"\xff\xfe", io.BytesIO(CONTENT))


def test_another_content_is_refused() -> None:
    with pytest.raises(UserFacingError):
        check(content=CONTENT + b" ")


def test_another_key_is_refused() -> None:
    with pytest.raises(UserFacingError):
        check(key=Signer(7).key_file)


def test_another_key_that_calls_itself_ours_is_refused() -> None:
    ours = parse_key(KEY)
    raw = b"Ed" + ours.number + Signer(7).key.key

    with pytest.raises(UserFacingError):
        check(key=base64.b64encode(raw).decode())


@pytest.mark.parametrize("text", ["", "x", "untrusted comment: x\n", "RWQ", SIGNATURE])
def test_a_key_file_that_holds_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_key(text)


def test_a_signature_of_several_megabytes_of_content_is_checked_piece_by_piece() -> None:
    content = bytes(range(256)) * 10_000
    signer = Signer()

    said = verify(signer.key, signer.sign(content, "version:2 x"), io.BytesIO(content))

    assert said == {"version": "2"}
    assert parse_signature(signer.sign(content, "version:2 x").decode()).comment == "version:2 x"

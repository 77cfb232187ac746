"""Which certificates a client context trusts."""

import ssl
import sys
import threading
from pathlib import Path

import pytest
import trustme

from qcc_desktop.proxy.transport import trust
from qcc_desktop.proxy.transport.trust import (
    client_ssl_context,
    forget_contexts,
    load_client_ssl_context,
)


@pytest.fixture
def ca_file(tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    return path


def test_threads_share_one_context() -> None:
    forget_contexts()
    made: list[ssl.SSLContext] = []
    threads = [threading.Thread(target=lambda: made.append(client_ssl_context())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(map(id, made))) == 1


def test_names_and_certificates_are_checked() -> None:
    context = client_ssl_context()

    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


async def test_an_extra_authority_has_a_context_of_its_own(ca_file: Path) -> None:
    extra = await load_client_ssl_context(ca_file)

    assert extra is not await load_client_ssl_context()
    assert extra is await load_client_ssl_context(ca_file)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")

    with pytest.raises(ssl.SSLError):
        client_ssl_context(empty)
    with pytest.raises(FileNotFoundError):
        client_ssl_context(tmp_path / "absent.pem")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system itself verifies there")
def test_a_bundle_is_found_where_the_interpreter_does_not_look(
    ca_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere = ssl.DefaultVerifyPaths(None, None, "", "", "", "")  # type: ignore[arg-type]
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    monkeypatch.setattr(trust, "_LINUX_BUNDLES", (str(tmp_path / "absent"), str(ca_file)))
    forget_contexts()

    context = client_ssl_context()
    forget_contexts()

    assert len(context.get_ca_certs()) == 1

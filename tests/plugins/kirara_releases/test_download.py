"""Downloads have an end, whatever a server does, and say in a sentence what went wrong."""

from __future__ import annotations

import gzip
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kirara_releases.feeds.refresh import download, validator
from kirara_studio.api.http import HttpError, Limits

from .feed_server import (
    Behaviour,
    FeedServer,
    Handler,
    breaking_off,
    closed_port,
    dripping_body,
    dripping_chunks,
    dripping_headers,
    giving,
    hanging_up,
    huge,
    redirecting,
    stalling,
    stalling_body,
    talking_nonsense,
    versioned,
)

IMPATIENT = Limits(connect=1.0, silence=0.4, total=0.9, size=200_000)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FeedServer() as running:
        yield running


def test_it_brings_the_body_and_what_to_ask_with_next_time(server: FeedServer) -> None:
    url = server.at("/a", versioned(b"hello", etag='"7"', modified="Sun, 06 Nov 1994 08:49:37 GMT"))
    got = download(url)
    etag, modified = validator(got, "etag"), validator(got, "last-modified")
    assert (got.body, got.status, etag) == (b"hello", 200, '"7"')
    assert modified == "Sun, 06 Nov 1994 08:49:37 GMT"
    assert download(url, etag=etag).status == download(url, modified=modified).status == 304


def test_it_says_who_asks(server: FeedServer) -> None:
    download(server.at("/a", b"hello"))
    [(_, headers)] = server.requests
    assert headers["User-Agent"].startswith("KiraraStudio/")
    assert "If-None-Match" not in headers


def test_an_unasked_304_is_no_answer(server: FeedServer) -> None:
    with pytest.raises(HttpError, match="304"):
        download(server.at("/a", giving(b"", 304)))


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_compressed_data_are_unpacked(server: FeedServer, pack) -> None:
    name = "gzip" if pack is gzip.compress else "deflate"
    url = server.at("/a", giving(pack(b"hello" * 1000), Content_Encoding=name))
    assert download(url).body == b"hello" * 1000


def test_100_mb_are_refused_after_5(server: FeedServer) -> None:
    with pytest.raises(HttpError, match="more than 5 MB"):
        download(server.at("/a", huge(100_000_000)))
    assert server.sent < 20_000_000  # what was taken, and what the sockets hold


@pytest.mark.parametrize("depth", [1, 2])
def test_a_gzip_bomb_never_goes_off(server: FeedServer, depth: int) -> None:
    bomb = gzip.compress(bytes(100_000_000), 9)
    encoding = "gzip"
    if depth == 2:
        bomb, encoding = gzip.compress(bomb), "gzip, gzip"
    url = server.at("/a", giving(bomb, Content_Encoding=encoding))
    tracemalloc.start()
    try:
        with pytest.raises(HttpError, match=r"more than 0.2 MB|compressed as"):
            download(url, limits=Limits(size=200_000))
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [
        (stalling, "silent"),
        (stalling_body, "silent"),
        (dripping_headers, "longer than 0.9 seconds"),
        (dripping_body, "longer than 0.9 seconds"),
        (dripping_chunks, "longer than 0.9 seconds"),
        (breaking_off, "broke off half-way"),
        (hanging_up, "cannot be reached"),
        (talking_nonsense, "cannot be reached"),
        (giving(gzip.compress(b"hello" * 1000)[:-20], Content_Encoding="gzip"), "broke off"),
        (giving(b"hello", Content_Encoding="gzip"), "decompressed"),
        (giving(b"hello", Content_Encoding="br"), "compressed as “br”"),
        (giving(b"", 404), "nothing at this address"),
        (giving(b"", 410), "for good"),
        (giving(b"", 401), "asks for a name and a password"),
        (giving(b"", 403), "does not let you read"),
        (giving(b"", 407), "The proxy .* asks for a name and a password"),
        (giving(b"", 500), r"fault of its own \(500\)"),
        (giving(b"", 429), "too often"),
        (giving(b"", 503), "busy"),
        (giving(b"", 204), r"unexpected answer \(204\)"),
        (giving(b"", 302), r"unexpected answer \(302\)"),
        (redirecting("/a"), "keeps redirecting"),
        (redirecting("ftp://127.0.0.1/a"), "neither http nor https"),
        (redirecting("file:///etc/hostname"), "neither http nor https"),
        (redirecting("http://[broken"), "is not an address"),
    ],
)
def test_what_goes_wrong_is_said_in_time(
    server: FeedServer, behaviour: Behaviour, sentence: str
) -> None:
    url = server.at("/a", behaviour)
    begun = time.monotonic()
    with pytest.raises(HttpError, match=sentence) as raised:
        download(url, limits=IMPATIENT)
    assert time.monotonic() - begun < 5  # the servers would go on for 10 seconds
    assert raised.value.advice


@pytest.mark.parametrize("behaviour", [dripping_body, stalling_body])
def test_a_download_that_was_given_up_leaves_no_thread(
    server: FeedServer, behaviour: Behaviour
) -> None:
    with pytest.raises(HttpError, match=r"longer than 0\.5 seconds"):
        download(server.at("/a", behaviour), limits=Limits(silence=60, total=0.5))
    end = time.monotonic() + 5
    while any(thread.name == "http" for thread in threading.enumerate()):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_redirect_that_ends_with_its_cookie_ends(server: FeedServer) -> None:
    def behave(handler: Handler) -> None:
        if "seen=1" in handler.headers.get("Cookie", ""):
            handler.answer(200, b"[]")
        else:
            handler.answer(302, Location="/a", Set_Cookie="seen=1; Path=/")

    url = server.at("/a", behave)
    assert download(url).body == b"[]"
    assert download(url).body == b"[]" and len(server.requests) == 4  # it is not kept longer


def test_redirects_are_followed_and_their_bodies_left_alone(server: FeedServer) -> None:
    server.at("/c", b"hello")
    server.at("/b", redirecting("c", 301))

    def endless(handler) -> None:
        handler.send_response(307)
        handler.send_header("Location", server.url("/b"))
        handler.end_headers()
        huge(100_000_000)(handler)

    assert download(server.at("/a", endless)).body == b"hello"
    assert server.sent < 20_000_000


def test_nobody_listening_is_said() -> None:
    with pytest.raises(HttpError, match=r"“127.0.0.1:[0-9]+” cannot be reached"):
        download(f"http://127.0.0.1:{closed_port()}/a", limits=IMPATIENT)


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "http://a..b/", "http://x:99999/", "http://\udcff/", "x"]
)
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(HttpError):
        download(url, limits=IMPATIENT)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A certificate that nobody vouches for."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(1))
        .sign(key, hashes.SHA256())
    )
    path: Path = tmp_path_factory.mktemp("certificate") / "self-signed.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return str(path)


def test_a_certificate_that_is_no_good_is_said(certificate: str) -> None:
    with FeedServer(certificate) as server:
        url = server.at("/a", b"hello")
        with pytest.raises(HttpError, match="no valid certificate"):
            download(url)
        assert not server.requests
        # A webcal address means https.
        with pytest.raises(HttpError, match="no valid certificate"):
            download("webcal" + url.removeprefix("https"))


def test_a_server_without_https_is_said(server: FeedServer) -> None:
    url = server.at("/a", b"hello")
    with pytest.raises(HttpError, match="does not speak https"):
        download("https" + url.removeprefix("http"))


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120), ("soon", None), ("-5", None), ("9" * 5000, 999999999999)]
)
def test_the_wait_that_a_server_asks_for(
    server: FeedServer, header: str, seconds: float | None
) -> None:
    with pytest.raises(HttpError) as raised:
        download(server.at("/a", giving(b"", 429, Retry_After=header)))
    assert raised.value.retry_after == seconds


def test_the_wait_may_be_a_date(server: FeedServer) -> None:
    later = datetime.now(UTC) + timedelta(hours=2)
    header = later.strftime("%a, %d %b %Y %H:%M:%S GMT")
    with pytest.raises(HttpError) as raised:
        download(server.at("/a", giving(b"", 503, Retry_After=header)))
    assert raised.value.retry_after == pytest.approx(7200, abs=30)


def test_stop_ends_a_download_at_once(server: FeedServer) -> None:
    class Stopped(Exception):
        pass

    def check() -> None:
        raise Stopped

    begun = time.monotonic()
    with pytest.raises(Stopped):
        download(server.at("/a", stalling), check=check)
    assert time.monotonic() - begun < 5


def test_errors_show_no_password_and_no_key(server: FeedServer) -> None:
    url = server.at("/private-key", giving(b"", 500)).replace("//", "//me:secret@")
    with pytest.raises(HttpError) as raised:
        download(url)
    assert "secret" not in str(raised.value) and "private-key" not in str(raised.value)


def test_a_giant_etag_is_not_kept(server: FeedServer) -> None:
    assert validator(download(server.at("/a", giving(b"hello", ETag="x" * 5000))), "etag") == ""

"""Fetching, against a server on 127.0.0.1."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from claims.errors import InputError
from claims.models import Document
from claims.read import read
from claims.read.fetch import USER_AGENT, fetch, is_public

PAGE = (
    "<html><head><meta property='og:site_name' content='Example Times'></head><body><article><h1>Dam breaks</h1>"
    + "<p>The dam at Ostmark broke at dawn, and the lower town was flooded within an hour, the mayor said.</p>" * 1
    + "<p>Engineers had warned of cracks since the spring, but the harbour board denies that it was told.</p>"
    + "<p>The board will meet on Friday, and the boatmen have called for a strike if nobody resigns.</p></article>"
).encode()


class Site(BaseHTTPRequestHandler):
    robots: ClassVar[tuple[int, bytes]] = (404, b"")
    seen: ClassVar[list[tuple[str, str, str]]] = []
    port: ClassVar[int] = 0

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["User-Agent"], self.headers["Host"]))
        path = self.path.split("?")[0]
        if path == "/robots.txt":
            self.answer(*self.robots)
        elif path == "/page":
            self.answer(200, PAGE)
        elif path == "/packed":
            self.answer(200, gzip.compress(b"<p>" + b"word " * 2_000_000), **{"Content-Encoding": "gzip"})
        elif path == "/big":
            self.answer(200, b"x" * 300_000)
        elif path == "/text":
            self.answer(
                200, "Grüße aus Ostmark, wo der Damm brach.".encode("latin-1"), **{"Content-Type": "text/plain"}
            )
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(1200):  # two minutes, were nobody to hang up
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        elif path == "/silent":
            time.sleep(2)
        elif path.startswith("/to/"):
            self.answer(
                302,
                b"",
                Location=self.headers.get("X-To")
                or {
                    "page": "/page",
                    "loop": "/to/loop",
                    "file": "file:///etc/passwd",
                    "private": "http://10.0.0.1/x",
                    "meta": "http://169.254.169.254/latest",
                    "named": f"http://localhost:{self.port}/page",
                    "hidden": "/hidden/x",
                }[path[4:]],
            )
        else:
            self.answer(404, b"no such page")

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.robots, Site.seen, Site.port = (404, b""), [], server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def get(url: str, **options: object) -> bytes:
    return fetch(url, **{"limit": 100_000, "allow_private": True, **options}).data  # type: ignore[arg-type]


def test_page_becomes_a_document(site: str) -> None:
    (found,) = read(f"{site}/page", allow_private=True)
    assert isinstance(found, Document)
    assert (found.outlet, found.path, found.url) == ("Example Times", f"{site}/page", f"{site}/page")
    assert "broke at dawn" in found.text


def test_user_agent_and_host(site: str) -> None:
    get(f"{site}/page?a=1&b=%20")
    assert Site.seen[-1] == ("/page?a=1&b=%20", USER_AGENT, site.removeprefix("http://"))


def test_local_network_is_refused_unless_allowed(site: str) -> None:
    with pytest.raises(InputError, match="local network"):
        fetch(f"{site}/page", limit=1000)
    port = site.rpartition(":")[2]
    with pytest.raises(InputError, match="local network"):
        list(read(f"http://localhost:{port}/page"))
    assert Site.seen == []


def test_redirects_are_followed_and_each_is_checked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert get(f"{site}/to/page") == PAGE
    assert get(f"{site}/to/named") == PAGE
    for path, message in (("loop", "redirects"), ("file", "only http and https")):
        with pytest.raises(InputError, match=message):
            get(f"{site}/to/{path}")
    monkeypatch.setattr("claims.read.fetch.is_public", lambda address: address == "127.0.0.1")
    for path in ("private", "meta"):
        with pytest.raises(InputError, match="local network"):
            fetch(f"{site}/to/{path}", limit=1000)


def test_name_is_resolved_once_and_pinned(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that answers with a public address first and a private one later gains nothing."""
    port = int(site.rpartition(":")[2])
    answers = []

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        answers.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("claims.read.fetch.socket.getaddrinfo", resolve)
    assert get(f"http://rebind.example:{port}/page", robots=False) == PAGE
    assert answers.count("rebind.example") == 1
    assert Site.seen[-1][2] == f"rebind.example:{port}"


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (a, 80)) for a in ("93.184.216.34", "192.168.1.1")]
    monkeypatch.setattr("claims.read.fetch.socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(InputError, match=r"192\.168\.1\.1"):
        fetch("http://two.example/", limit=10)


def test_robots(site: str) -> None:
    Site.robots = (200, b"User-agent: *\nDisallow: /hidden\n")
    assert get(f"{site}/page") == PAGE
    for path in ("/hidden/x", "/to/hidden"):
        with pytest.raises(InputError, match=r"robots\.txt"):
            get(site + path)
    Site.robots = (503, b"")
    with pytest.raises(InputError, match=r"robots\.txt"):
        get(f"{site}/page")
    assert get(f"{site}/page", robots=False) == PAGE


def test_limits_of_size_and_time(site: str) -> None:
    for path in ("/big", "/packed"):
        with pytest.raises(InputError, match="bigger than the limit"):
            get(site + path)
    start = time.monotonic()
    for path in ("/slow", "/silent"):
        with pytest.raises(InputError, match="seconds"):
            get(site + path, timeout=0.4)
    assert time.monotonic() - start < 60


def test_errors_name_the_address_and_the_way_out(site: str) -> None:
    with pytest.raises(InputError, match=rf"^{site}/none: the server answered 404; check"):
        get(f"{site}/none")
    with pytest.raises(InputError, match="cannot be fetched"):
        get("http://127.0.0.1:1/x", robots=False)
    for bad in ("http://", "http://[::1", "http://exa mple.com:99999/"):
        with pytest.raises(InputError):
            get(bad)
    with pytest.raises(InputError, match="only http"):
        list(read("ftp://example.com/x"))


def test_text_in_another_encoding(site: str) -> None:
    (found,) = read(f"{site}/text", allow_private=True)
    assert isinstance(found, Document)
    assert found.text.startswith("Grüße")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("10.1.2.3", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("nonsense", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public

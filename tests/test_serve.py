"""The door of ``claims serve``: who is let in, and what every answer says. The page itself: test_browser.py."""

from __future__ import annotations

import shlex
import socket
from pathlib import Path

import pytest
import tui_database
from aiohttp import ClientSession, CookieJar, WSServerHandshakeError
from aiohttp.test_utils import TestServer
from click.testing import CliRunner

import tui
from claims.cli import main
from claims.errors import UsageProblem
from tui.server import Contested

TOKEN = "a token & its = signs"


async def served(database: Path, host: str = "127.0.0.1", token: str = "") -> tuple[TestServer, Contested]:
    """The application on a free port, without its process."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    server = Contested(database, host, port, token, lambda _: None)
    running = TestServer(await server._make_app(), host="127.0.0.1", port=port)
    await running.start_server()
    return running, server


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tui_database.small(tmp_path / "dam.db")


async def test_the_page_loads_nothing_from_outside(database: Path) -> None:
    running, _ = await served(database)
    async with running, ClientSession() as visitor, visitor.get(running.make_url("/")) as answer:
        text = await answer.text()
        assert answer.status == 200 and "dam.db" in text
        assert "http:" not in text and "https:" not in text and "//" not in text.replace("<!", "")
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {"Host": "evil.example"}, 403),  # a name that was pointed at this machine
        ("/", {"Origin": "http://evil.example"}, 403),
        ("/ws", {"Origin": "http://evil.example"}, 403),
        ("/ws", {"Origin": "null"}, 403),
        ("/ws", {}, 403),
        ("/download/x", {"Origin": "https://evil.example"}, 403),
        ("/own/../serve.py", {}, 404),
        ("/static/", {}, 403),
    ],
)
async def test_other_sites_stay_out(database: Path, path: str, headers: dict[str, str], status: int) -> None:
    running, _ = await served(database)
    async with running, ClientSession() as visitor, visitor.get(running.make_url(path), headers=headers) as answer:
        assert answer.status == status
        assert "Content-Security-Policy" in answer.headers


async def test_a_token_is_shown_once(database: Path) -> None:
    running, _ = await served(database, "0.0.0.0", TOKEN)
    home = running.make_url("/")
    async with running, ClientSession(cookie_jar=CookieJar(unsafe=True)) as visitor:
        for wrong in ("", "?token=", "?token=a", f"?token={'x' * len(TOKEN)}", "?token=%ff%00"):
            async with visitor.get(f"{home}{wrong}") as answer:
                assert answer.status == 401 and "claims serve" in await answer.text(), wrong
        async with visitor.get(running.make_url("/own/page.js").with_query(token=TOKEN)) as answer:
            assert answer.status == 401, "only the page itself takes the token"
        origin = {"Origin": str(home).rstrip("/")}
        with pytest.raises(WSServerHandshakeError):
            await visitor.ws_connect(running.make_url("/ws"), headers=origin)
        async with visitor.get(home.with_query(token=TOKEN)) as answer:
            assert answer.status == 200 and answer.url == home
            (first,) = answer.history
            cookie = first.headers["Set-Cookie"]
            assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "token" not in cookie
        async with visitor.get(running.make_url("/own/page.js")) as answer:
            assert answer.status == 200
    async with ClientSession(cookies={"contested-1": "x"}) as other:
        running, server = await served(database, "0.0.0.0", TOKEN)
        async with running, other.get(running.make_url("/"), cookies={server.door.cookie: TOKEN}) as answer:
            assert answer.status == 401, "the cookie is not the token"


def test_a_token_is_needed_where_others_can_come(database: Path) -> None:
    assert [tui.is_local(h) for h in ("127.0.0.1", "::1", "[::1]", "localhost", "127.1.2.3")] == [True] * 5
    assert [tui.is_local(h) for h in ("0.0.0.0", "::", "10.0.0.1", "", "localhost.example")] == [False] * 5
    with pytest.raises(UsageProblem, match="token"):
        tui.serve(database, "0.0.0.0", 0, "", print)


def test_the_command_survives_any_file_name(tmp_path: Path) -> None:
    odd = tmp_path / "a 'b' $(touch x); c.db"
    server = Contested(odd, "127.0.0.1", 1, "", print)
    assert shlex.split(server.command)[-1] == str(odd)


def test_a_port_that_is_taken_is_told(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["--db", str(database), "serve", "--port", str(port)])
    assert result.exit_code == 1
    assert f"port {port}: Address already in use. Choose another port with --port" in result.output


def test_a_short_token_is_refused(database: Path) -> None:
    result = CliRunner().invoke(main, ["--db", str(database), "serve", "--token", "short"])
    assert result.exit_code == 2 and "12 characters" in result.output


def test_a_file_that_is_no_database_is_told_before_anything_is_served(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database, but a text of some length" * 100)
    result = CliRunner().invoke(main, ["--db", str(tmp_path / "x.db"), "serve", "--port", "0"])
    assert result.exit_code == 1 and "x.db" in result.output

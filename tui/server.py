"""The terminal UI in a browser: textual-serve behind a door that lets nobody else in.

Whoever reaches the page works in the database and reads files with its owner's rights. So, on every request: ``Host``
must be this server (no other site's name may be pointed at it), ``Origin`` must be this server too (no other site's
page may open its socket), and on any address but this machine's own a token is needed. Everything the page loads
comes from here, and the Content-Security-Policy says so.
"""

from __future__ import annotations

import asyncio
import hmac
import shlex
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from claims.errors import UsageProblem

WEB = Path(__file__).parent / "web"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'"
        " data:; connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",  # an article's page, opened from here, gets no hold of this window
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

UNKNOWN = "This needs the address that `claims serve` printed, with its token.\n"


class Door:
    """Middleware that decides who may come in. ``token`` is empty where none is needed."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self.token = token
        self.cookie = f"contested-{port}"  # cookies do not know ports: two servers on one host must not share one
        names = {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host.lower()}
        self.names = {f"{name}:{port}" for name in names} | (names if port == 80 else set())

    def pass_for(self, token: str) -> str:
        """What the cookie of somebody who showed ``token`` holds: it proves the token without giving it away."""
        return hmac.new(token.encode("utf-8", "replace"), self.cookie.encode(), "sha256").hexdigest()

    def refusal(self, request: web.Request) -> str:
        """Why a request is not from this server's own page; empty where it is."""
        if not self.token and request.host.lower() not in self.names:
            # with a token the name does not matter: another site's name has no cookie
            return f"This server does not answer to {request.host!r}.\n"
        origin = request.headers.get("Origin")
        if origin is not None and origin.lower().partition("://")[2] != request.host.lower():
            return "Another site's page may not come in.\n"
        if origin is None and request.path == "/ws":
            return "A browser says where it comes from.\n"
        return ""

    def knows(self, request: web.Request) -> bool:
        """Whether the cookie is that of a former visit."""
        shown = request.cookies.get(self.cookie, "").encode()
        return hmac.compare_digest(shown, self.pass_for(self.token).encode())

    @web.middleware
    async def let_in(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse, let in with the token, or pass on."""
        if why := self.refusal(request):
            return web.Response(status=403, text=why)
        if self.token and not self.knows(request):
            shown = self.pass_for(request.query.get("token", ""))
            if request.path != "/" or not hmac.compare_digest(shown, self.pass_for(self.token)):
                return web.Response(status=401, text=UNKNOWN)
            answer = web.Response(status=303, headers={"Location": "/"})  # the token leaves the address bar
            answer.set_cookie(self.cookie, shown, httponly=True, samesite="Lax", path="/")
            return answer
        return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """What every answer says about itself, also a refusal or a download."""
    for name, value in HEADERS.items():
        response.headers[name] = value.replace("{host}", request.host)


class Contested(Server):
    """textual-serve with our page, our door, and an end that does not hang."""

    def __init__(self, database: Path, host: str, port: int, token: str, ready: Callable[[str], None]) -> None:
        # -P: no module of the working folder is taken for the program's own
        command = shlex.join([sys.executable, "-P", "-m", "tui", str(database.absolute())])
        super().__init__(command, host, port, title=f"Contested: {database.name}", templates_path=WEB)
        self.door = Door(host, port, token)
        self.ready = ready
        self._sockets: set[asyncio.Task[Any]] = set()
        self._ending: set[asyncio.Task[Any]] = set()
        """Of those, the ones whose page is gone and whose program has yet to end."""

    def initialize_logging(self) -> None:
        """The program's output is ours; nothing is logged."""

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self.door.let_in])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(WEB), autoescape=True)
        app.add_routes([
            web.get("/", self.handle_index, name="index"),
            web.get("/ws", self.handle_websocket, name="websocket"),
            web.get("/download/{key}", self.handle_download, name="download"),
            web.static("/static", self.statics_path, name="static"),
            web.static("/own", WEB, name="own"),
        ])  # fmt: skip
        app.on_response_prepare.append(add_headers)
        app.on_startup.append(self.on_startup)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say where it is."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        address = f"http://{name}:{self.port}/"
        self.ready(f"{address}?token={quote(self.door.token, safe='')}" if self.door.token else address)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One program for each page. That of a page that is loaded again has written down first where one was."""
        if self._ending:
            await asyncio.wait(self._ending, timeout=5)
        task = asyncio.current_task()
        assert task is not None
        self._sockets.add(task)
        try:
            return await super().handle_websocket(request)
        finally:
            self._sockets.discard(task)
            self._ending.discard(task)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        try:
            await super()._process_messages(websocket, app_service)
        finally:
            task = asyncio.current_task()
            assert task is not None
            self._ending.add(task)

    async def on_shutdown(self, app: web.Application) -> None:
        """End the programs of the pages that are open."""
        for task in self._sockets:
            task.cancel()
        if self._sockets:
            await asyncio.wait(self._sockets, timeout=5)

    def run(self, listening: socket.socket) -> None:
        """Serve until interrupted."""
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self.request_exit)
        web.run_app(
            self._make_app(), sock=listening, handle_signals=False, loop=loop, print=None, access_log=None,
            shutdown_timeout=2,
        )  # fmt: skip


def listen(host: str, port: int) -> socket.socket:
    """A socket on an address. Raises :class:`UsageProblem` where it is taken, or not ours to use."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return socket.create_server(found[0][4][:2], family=found[0][0])
    except OSError as error:
        why = (error.strerror or str(error)).partition(" (while")[0]
        hint = "Choose another port with --port, or 0 for any that is free."
        raise UsageProblem(f"Cannot serve on {host} port {port}: {why}. {hint}") from error

"""Fetching an address: politely, with bounds, and never into the local network unless allowed.

The host is resolved once for each hop; every address it has must be public; the connection then goes to the address
that was checked (the name is kept for the Host header and the certificate), so that a name which answers differently
the second time gains nothing. Redirects are followed by hand, each checked like the first.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from claims.errors import InputError

USER_AGENT = "contested/1 (reads single articles for an analyst; respects robots.txt)"
ROBOT = "contested"
TIMEOUT = 20.0
MAX_HOPS = 5
_ROBOTS_LIMIT = 500_000


@dataclass(frozen=True)
class Fetched:
    """An answer: where it came from in the end, and what it is."""

    url: str
    data: bytes
    content_type: str | None


@dataclass
class _Fetcher:
    limit: int
    timeout: float
    allow_private: bool
    robots: bool
    deadline: float
    rules: dict[str, RobotFileParser | None]
    client: httpx.Client
    addresses: dict[tuple[str, int], str] = field(default_factory=dict)

    def page(self, url: str) -> Fetched:
        """The page, over redirects."""
        at = url
        for _ in range(MAX_HOPS + 1):
            parts = _checked(at, url)
            self._resolve(parts.host, parts.port, url)
            if self.robots and not self._allowed(at, f"{parts.scheme}://{parts.netloc}"):
                raise InputError(
                    f"{url}: the site's robots.txt asks not to fetch it; save the page in your browser and give the "
                    "file."
                )
            answer = self._get(at, url, self.limit)
            if isinstance(answer, Fetched):
                return answer
            at = urljoin(at, answer)
        raise InputError(f"{url}: more than {MAX_HOPS} redirects; give the address of the page itself.")

    def _allowed(self, url: str, site: str) -> bool:
        """robots.txt: none is a yes, one that cannot be had (5xx, no answer) is a no, as RFC 9309 has it."""
        if site not in self.rules:
            self.rules[site] = self._rules(site)
        rules = self.rules[site]
        return rules is not None and rules.can_fetch(ROBOT, url)

    def _rules(self, site: str) -> RobotFileParser | None:
        rules = RobotFileParser()
        at = f"{site}/robots.txt"
        for _ in range(MAX_HOPS + 1):
            try:
                _checked(at, at)
                answer = self._get(at, at, _ROBOTS_LIMIT, robots=True)
            except _Refused as refused:
                if 400 <= refused.status < 500:
                    rules.parse([])
                    return rules
                return None
            if isinstance(answer, Fetched):
                rules.parse(answer.data.decode("utf-8", "replace").splitlines())
                return rules
            at = urljoin(at, answer)
        return None

    def _get(self, at: str, url: str, limit: int, *, robots: bool = False) -> Fetched | str:
        """One request: the answer, or where it redirects to."""
        parts = urlsplit(at)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = self._resolve(host, port, url)
        literal = f"[{address}]" if ":" in address else address
        netloc = f"{literal}:{port}"
        path = parts.path or "/"
        target = f"{parts.scheme}://{netloc}{path}{'?' + parts.query if parts.query else ''}"
        named = f"[{host}]" if ":" in host else host
        headers = {
            "Host": f"{named}:{parts.port}" if parts.port else named,
            "User-Agent": USER_AGENT,
            "Accept": "text/html, text/*;q=0.9, application/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",
        }
        try:
            with self.client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as answer:
                if answer.is_redirect:
                    return answer.headers["location"]
                if answer.status_code != 200:
                    raise _Refused(answer.status_code, url)
                if int(answer.headers.get("content-length") or 0) > limit and not robots:
                    raise _too_big(url, limit)
                data = bytearray()
                for chunk in answer.iter_bytes():  # as it comes: a size would wait for that much, past the deadline
                    data += chunk
                    if len(data) > limit:
                        if robots:
                            break
                        raise _too_big(url, limit)
                    if time.monotonic() > self.deadline:
                        raise InputError(
                            f"{url}: not whole after {self.timeout:g} seconds; try again, or save the page and give "
                            "the file."
                        )
                return Fetched(url=at, data=bytes(data[:limit]), content_type=answer.headers.get("content-type"))
        except httpx.TimeoutException as error:
            raise InputError(f"{url}: no answer within {self.timeout:g} seconds; try again later.") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise InputError(
                f"{url}: cannot be fetched ({str(error)[:120] or type(error).__name__}); check the address and the "
                "network."
            ) from error

    def _resolve(self, host: str, port: int, url: str) -> str:
        """One checked address of the host, the same for the whole fetch; every address it has must be allowed."""
        if (host, port) in self.addresses:
            return self.addresses[host, port]
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise InputError(f"{url}: the host {host!r} is not known; check the address and the network.") from error
        addresses = [str(entry[4][0]).split("%")[0] for entry in found]
        for address in addresses:
            if not self.allow_private and not is_public(address):
                raise InputError(
                    f"{url}: leads to {address}, in the local network; save the page in your browser and give the file."
                )
        self.addresses[host, port] = addresses[0]
        return addresses[0]


class _Refused(InputError):
    """The server's answer is not the page."""

    def __init__(self, status: int, url: str) -> None:
        super().__init__(
            f"{url}: the server answered {status}; check the address, or save the page in your browser and give the "
            "file."
        )
        self.status = status


def fetch(
    url: str, *, limit: int, timeout: float = TIMEOUT, allow_private: bool = False, robots: bool = True
) -> Fetched:
    """The bytes at ``url``; raises InputError with one clear line for whatever stands against it."""
    with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False, max_redirects=0) as client:
        fetcher = _Fetcher(limit, timeout, allow_private, robots, time.monotonic() + 3 * timeout, {}, client)
        return fetcher.page(url)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network: not private, loopback, link-local, multicast, reserved."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _checked(at: str, url: str) -> _Parts:
    try:
        parts = urlsplit(at)
        host, _ = parts.hostname, parts.port  # asking for the port checks it
    except ValueError as error:
        raise InputError(f"{url}: not a valid address ({error}); check it.") from error
    if parts.scheme not in ("http", "https"):
        raise InputError(f"{url}: leads to a {parts.scheme or 'nameless'}: address; only http and https are fetched.")
    if not host:
        raise InputError(f"{url}: an address without a host; check it.")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return _Parts(parts.scheme, parts.netloc.rpartition("@")[2], host, port)


@dataclass(frozen=True)
class _Parts:
    scheme: str
    netloc: str
    host: str
    port: int


def _too_big(url: str, limit: int) -> InputError:
    return InputError(
        f"{url}: bigger than the limit of {limit:,} bytes; raise max_bytes in contested.toml if you mean it."
    )

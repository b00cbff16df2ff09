"""``sources.toml``: what the user knows about outlets, which no article says.

.. code-block:: toml

    [outlets."Example Times"]
    aliases = ["The Example Times", "extimes"]
    kind = "newspaper"
    country = "GB"
    family = "Example Group"
    domains = ["example-times.com"]
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from claims.errors import InputError
from claims.models import Frozen


class Outlet(Frozen):
    """One outlet."""

    aliases: tuple[str, ...] = ()
    """Other ways to write its name."""
    kind: str | None = None
    """Newspaper, agency, think tank, state media, ...: free text."""
    country: str | None = None
    family: str | None = None
    """Owner or group: outlets of one family are not independent of one another."""
    domains: tuple[str, ...] = ()
    """Hosts of its pages, without ``www.``."""


class Sources(Frozen):
    """The whole file."""

    outlets: dict[str, Outlet] = Field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {key(n): name for name, o in self.outlets.items() for n in (name, *o.aliases)}

    @cached_property
    def _by_host(self) -> dict[str, str]:
        return {d.lower().removeprefix("www."): name for name, o in self.outlets.items() for d in o.domains}

    def names(self) -> frozenset[str]:
        """Every name and alias, as keys."""
        return frozenset(self._by_name)

    def canonical(self, name: str | None) -> str | None:
        """The outlet's main name for an alias or a domain; the name itself if it is not known."""
        if not name:
            return None
        return self._by_name.get(key(name)) or self._by_host.get(name.lower().removeprefix("www.")) or name

    def get(self, name: str) -> Outlet | None:
        """What is known of an outlet, by any of its names."""
        return self.outlets.get(self.canonical(name) or "")

    def of_address(self, url: str | None) -> str | None:
        """The outlet whose domain an address is on."""
        host = host_of(url)
        while host and "." in host:
            if host in self._by_host:
                return self._by_host[host]
            host = host.partition(".")[2]
        return None


def key(name: str) -> str:
    """A name for comparing: no case, accents, article, punctuation."""
    flat = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower() or name.casefold()
    return re.sub(r"^the ", "", " ".join(re.findall(r"\w+", flat)))


def host_of(url: str | None) -> str | None:
    """The host of an address without ``www.``; ``None`` where there is none."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.lower().removeprefix("www.") if host else None


def load_sources(path: str | Path) -> Sources:
    """Read ``sources.toml``; every mistake is one line that names the place."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        return Sources.model_validate(tomllib.loads(raw.decode("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(x) for x in first["loc"])
        raise InputError(f"{path}: {place}: {first['msg']} (known: {', '.join(Outlet.model_fields)}).") from error

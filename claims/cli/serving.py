"""The command ``serve``: the terminal UI in a browser."""

from __future__ import annotations

import click

from claims.cli.common import Context, pass_context, say, shared

SHORTEST = 12
"""Characters of a token that is worth having."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--token", envvar="CLAIMS_TOKEN", show_envvar=True,
    help="What a visitor must show once. Made up where others can reach the address and none is given.",
)  # fmt: skip
@shared
@pass_context
def serve(context: Context, host: str, port: int, token: str | None) -> None:
    """The same terminal UI in a browser, on this machine unless told otherwise.

    Whoever can open the page can decide in your name and read files with your rights: from another machine only
    with the token, and nothing is encrypted, so go through ssh or a proxy with https where the network is not yours.

    \b
    Example:
      claims serve
      claims serve --host 0.0.0.0 --port 8080
    """
    import secrets

    import tui

    if token is not None and len(token) < SHORTEST:
        raise click.BadParameter(f"at least {SHORTEST} characters", param_hint="--token")
    if token is None:
        token = "" if tui.is_local(host) else secrets.token_urlsafe(24)
    tui.serve(context.database, host, port, token, lambda address: say(f"Open {address} (Ctrl-C here ends it)"))


COMMANDS = (serve,)

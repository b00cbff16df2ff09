"""The command line: parse, ask the engine, print. ``main`` is the command ``claims``."""

from claims.cli.app import main

__all__ = ["main"]

"""Reading in threads: a program that ends while a question is being answered ends well."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import tui_database

from claims.views import Views
from tui.data import Reader, Stale

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_closing_waits_for_what_is_being_answered(tmp_path: Path) -> None:
    reader = Reader(tui_database.small(tmp_path / "dam.db"))
    begun, ended = threading.Event(), list[str]()

    def endless(views: Views) -> None:
        begun.set()
        list(views.stream(ENDLESS))

    def ask() -> None:
        try:
            reader.ask("list", endless)
        except Stale:
            ended.append("stale")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert begun.wait(5)
    reader.close()
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()
    assert ended == ["stale"] * 3
    with pytest.raises(Stale):
        reader.ask("list", lambda views: views.overview())

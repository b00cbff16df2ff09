"""In a real browser: the UI through ``claims serve``, and the page that ``claims report --html`` writes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import browser as chromium
import pytest
import tui_database
from browser import Browser
from click.testing import CliRunner

from claims.cli import main

pytestmark = pytest.mark.skipif(bool(chromium.MISSING), reason=chromium.WHY)

GRANTED = ["clipboardReadWrite", "clipboardSanitizedWrite"]
"""What a browser allows a page that has the focus; one without a window must be told."""

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tui_database.small(tmp_path_factory.mktemp("browser") / "the dam's; $(x).db")


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with chromium.browser() as opened:
        yield opened


@pytest.fixture
def page(window: Browser) -> Browser:
    """An empty page, and nothing written down of what was before."""
    window.open("about:blank")
    window.size(1280, 800)
    window.requests()
    window.console()
    return window


@contextmanager
def serving(database: Path, folder: Path, *more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``claims serve`` as its own process: its address, and the process."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder / "state")}
    command = [sys.executable, "-m", "claims", "--db", str(database), "serve", "--port", "0", *more]
    process = subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        yield found[0], process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def children(process: subprocess.Popen[str]) -> list[int]:
    """Processes that a process started."""
    return [
        int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat")
        if path.read_text().rsplit(")", 1)[1].split()[1] == str(process.pid)
    ]  # fmt: skip


def test_the_ui_in_a_browser(page: Browser, database: Path, tmp_path: Path) -> None:
    """Open, filter, open a claim, read both sides; nothing leaves the machine; nothing is left when it ends."""
    with serving(database, tmp_path) as (address, process):
        page.open(address)
        page.wait_for("CONTESTED")
        page.wait_for(tui_database.WORDINGS["dam"][:30])
        page.picture(tmp_path / "serve-claims.png")
        page.keys("/", *"warned")
        page.wait_for("holding “warned”")
        shown = page.wait_for(tui_database.WORDINGS["warned"][:30])
        assert tui_database.WORDINGS["fish"][:30] not in shown
        page.keys("\ue007")  # enter: to the list
        page.wait_for("Contested only")  # in the footer once the list has the keys
        page.keys("\ue007")
        page.wait_for("▸ Claim ")
        page.wait_for("denied that any such warning had reached it")
        page.wait_for("its members had warned")
        picture = page.picture(tmp_path / "serve-claim.png")
        assert len(picture) > 20_000, "a picture with something in it"
        page.size(700, 800)  # the window is made smaller: the program follows
        page.run("window.onresize()")
        page.wait_for("denied that any such")
        assert page.run("return window.testedTerminal.cols") < 90
        assert page.hosts() == {address.split("/")[2]}
        assert page.console() == []
        page.keys("q")
        page.wait_for("has ended", read=lambda: page.seen("#ended"))
        page.run("document.querySelector('#again').click()")
        page.wait_for("▸ Claim ")  # where one left off
        page.keys("\ue00c")  # escape: back in the list
        page.wait_for("holding “warned”")
        page.keys("6")
        page.wait_for("Claims over time")
        page.run("location.reload()")  # the page is gone without a word to the program
        page.wait_for("Claims over time")
        started = children(process)
        assert len(started) == 1
    assert process.returncode == 0
    assert not Path(f"/proc/{started[0]}").exists() or "Z" in Path(f"/proc/{started[0]}/stat").read_text()


def test_what_is_copied_reaches_the_clipboard(page: Browser, database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path) as (address, _):
        page.open(address)
        page.cdp("Browser.grantPermissions", origin=address.rstrip("/"), permissions=GRANTED)
        page.wait_for("CONTESTED")
        page.keys("y")
        page.wait_for("Copied")
        read = "return await navigator.clipboard.readText()"
        page.wait_for(tui_database.WORDINGS["dam"], read=lambda: page.run(read))


def test_a_token_opens_the_page_once_and_for_all(page: Browser, database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path, "--token", "open sesame!") as (address, _):
        bare = address.split("?")[0]
        page.open(bare)
        assert "claims serve" in page.run("return document.body.innerText")
        page.open(address)
        page.wait_for("CONTESTED")
        assert page.run("return location.href") == bare, "the token has left the address bar"
        page.open(bare)
        page.wait_for("CONTESTED")


def test_the_report_reads_well(page: Browser, database: Path, tmp_path: Path) -> None:
    """Self-contained, both sides there, nothing wider than the page, on a desk and on a telephone, light and dark."""
    target = tmp_path / "report.html"
    result = CliRunner().invoke(main, ["--db", str(database), "report", "--html", str(target)])
    assert result.exit_code == 0, result.output
    for name, width, height, mobile in (("desk", 1280, 900, False), ("phone", 360, 740, True)):
        for dark in (False, True):
            if dark:
                page.dark()
            else:
                page.cdp("Emulation.setEmulatedMedia", features=[])
            page.size(width, height, mobile=mobile)
            page.open(target.as_uri())
            text = page.run("return document.body.innerText")
            assert "Engineers who inspected the wall in 2021 found it sound" in text
            assert page.run("return document.documentElement.scrollWidth") <= width
            small = page.run(
                "return [...document.querySelectorAll('main *')].map(e => parseFloat(getComputedStyle(e).fontSize))"
            )
            assert min(small) >= 13, "no letters too small to read"
            assert page.run(CONTRAST) >= 4.5, "WCAG AA"
            page.picture(tmp_path / f"report-{name}-{'dark' if dark else 'light'}.png")
            page.run("document.querySelector('article').scrollIntoView()")
            page.picture(tmp_path / f"report-{name}-{'dark' if dark else 'light'}-claim.png")
    assert set(page.requests()) == {target.as_uri()}, "one file, and nothing else is asked for"
    assert page.console() == []


CONTRAST = """
const light = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
const colour = (name) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = name; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data]; };
const behind = (e) => { for (; e; e = e.parentElement) { const c = colour(getComputedStyle(e).backgroundColor);
  if (c[3] === 255) return c.slice(0, 3); }
  return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255]; };
let worst = 21;
for (const e of document.querySelectorAll("body *")) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
  const back = behind(e), over = Number(getComputedStyle(e).opacity);
  const ink = colour(getComputedStyle(e).color).slice(0, 3).map((v, i) => v * over + back[i] * (1 - over));
  const [a, b] = [light(ink), light(back)];
  worst = Math.min(worst, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
}
return worst;
"""
"""The least contrast of any text with what is behind it."""

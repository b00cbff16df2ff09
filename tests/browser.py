"""A headless Chromium for tests, where the machine has one: Debian's, with its driver; nothing is downloaded."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = ", ".join(
    name for name, found in (("chromium", CHROMIUM), ("chromedriver", DRIVER)) if not found
)  # fmt: skip
WHY = f"no {MISSING} on this machine (Debian: apt-get install chromium chromium-driver)"

HOOK = """Object.defineProperty(Object.prototype, "canvasAddon", {configurable: true, set(addon) {
  window.testedTerminal = this.terminal;
  Object.defineProperty(this, "canvasAddon", {value: addon, writable: true});
}});"""
"""textual.js keeps its terminal to itself; this gives the test its text as the browser has it."""

SHOWN = """const buffer = window.testedTerminal?.buffer.active; if (!buffer) return "";
const lines = Array.from({length: window.testedTerminal.rows}, (_, y) => buffer.getLine(y)?.translateToString());
return lines.join("\\n");"""


class Browser:
    """A page in Chromium, every request of which is written down."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Go there."""
        self.driver.get(address)

    def cdp(self, command: str, **arguments: Any) -> Any:
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, arguments)

    def size(self, width: int, height: int, *, mobile: bool = False) -> None:
        """The page's size in CSS pixels."""
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def dark(self) -> None:
        """As on a machine that is set to dark."""
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])

    def run(self, script: str) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script)

    def wait_for(self, text: str, seconds: float = 60, read: Callable[[], str] | None = None) -> str:
        """The terminal's text, once it holds ``text``."""
        end = time.monotonic() + seconds
        shown = ""
        while time.monotonic() < end:
            if text in (shown := (read or self.terminal)()):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{text!r} never came up in:\n{shown}\n{self.console()}")

    def terminal(self) -> str:
        """What stands in the page's terminal."""
        return str(self.run(SHOWN))

    def seen(self, selector: str) -> str:
        """The text of an element if it is to be seen; ``innerText`` alone tells that of a hidden one too."""
        return str(self.run(
            f"const found = document.querySelector({selector!r});"
            " return found?.checkVisibility() ? found.innerText : '';"
        ))  # fmt: skip

    def keys(self, *keys: str) -> None:
        """Keys, to whatever has the focus."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def requests(self) -> list[str]:
        """Addresses that were asked for since the last call, sockets too, those that the policy stopped among them."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
            elif message["method"] == "Network.webSocketCreated":
                found.append(message["params"]["url"])
        return [url for url in found if urlsplit(url).scheme not in ("chrome", "chrome-untrusted", "data")]

    def hosts(self) -> set[str]:
        """Hosts that were asked since the last call; data: and file: have none."""
        return {urlsplit(url).netloc for url in self.requests()} - {""}

    def console(self) -> list[str]:
        """Errors and warnings of the page since the last call, but for xterm.js's word that the machine is busy."""
        return [
            entry["message"] for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING") and "exceeded allotted deadline" not in entry["message"]
        ]  # fmt: skip

    def picture(self, path: Path) -> bytes:
        """A picture of what is seen, kept in the folder that ``CLAIMS_PICTURES`` names, if it does."""
        data: bytes = self.driver.get_screenshot_as_png()
        path.write_bytes(data)
        if kept := os.environ.get("CLAIMS_PICTURES"):
            shutil.copy(path, kept)
        return data


@contextmanager
def browser() -> Iterator[Browser]:
    """A new Chromium with a profile of its own."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    profile = tempfile.mkdtemp(prefix="contested-browser-")
    for argument in (
        "headless=new", f"user-data-dir={profile}", "no-first-run", "disable-dev-shm-usage", "window-size=1280,800",
        "disable-background-networking", "disable-component-update", "enable-unsafe-swiftshader",
        *(["no-sandbox"] if os.geteuid() == 0 else []),  # root has no sandbox; everybody else keeps it
    ):  # fmt: skip
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": HOOK})
        yield Browser(driver)
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)

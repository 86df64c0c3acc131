"""A real Chromium, headless, and the real server it looks at."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).parents[2]

# Of the browser's own doings nothing may look like a page's: no update, sync or look-up.
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)
_SERVING = """
import sys
from provenance.explore import explore

explore(sys.argv[1], "127.0.0.1", 0, False)
"""


def chromium() -> tuple[str, str] | None:
    """Where the browser and its driver are, if they are."""
    found = shutil.which("chromium"), shutil.which("chromedriver")
    return (found[0], found[1]) if found[0] and found[1] else None


def axe() -> str | None:
    """The text of axe-core, where `PROVENANCE_AXE` says it is."""
    path = os.environ.get("PROVENANCE_AXE", "")
    return Path(path).read_text(encoding="utf-8") if path and Path(path).is_file() else None


@contextmanager
def served(database: Path) -> Iterator[str]:
    """`provenance explore` on `database`, in a process of its own; the address it prints."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVING, str(database)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        yield next(word for word in said.split() if word.startswith("http://127.0.0.1:"))
    finally:
        process.kill()
        process.wait()


class Browser:
    """A tab that remembers what its pages asked for."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Go there, and forget what earlier pages asked for."""
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(address)

    def requests(self) -> list[str]:
        """Addresses asked for since `open`, those of data among them left out."""
        events = (
            json.loads(one["message"])["message"] for one in self.driver.get_log("performance")
        )
        sent = [
            e["params"]["request"]["url"]
            for e in events
            if e["method"] == "Network.requestWillBeSent"
        ]
        return [one for one in sent if not one.startswith(("data:", "chrome:"))]

    def complaints(self) -> list[str]:
        """What the browser's console says since `open`."""
        return [one["message"] for one in self.driver.get_log("browser")]

    def command(self, name: str, **given: Any) -> Any:
        """One command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, given)

    def look(self, width: int, dark: bool = False, media: str = "screen") -> None:
        """As a screen of that width, or as paper."""
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def shot(self, path: Path, tallest: int = 6_000) -> None:
        """The whole page as a picture, to `tallest` pixels."""
        size = self.command("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "scale": 1}
        clip["height"] = min(size["height"], tallest)
        shot = self.command("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def run(self, script: str, *given: Any) -> Any:
        """What a script of the test's gives on this page."""
        return self.driver.execute_script(script, *given)

    def accessibility(self, source: str, within: str = "html", colours: bool = False) -> list[str]:
        """What axe-core finds wrong, one line each; of nothing but `colours`, if that is asked."""
        self.command("Runtime.evaluate", expression=source)
        found = self.driver.execute_async_script(
            "const done = arguments[2], asked = {resultTypes: ['violations']};"
            "if (arguments[1]) asked.runOnly = "
            "{type: 'rule', values: ['color-contrast', 'link-in-text-block']};"
            "axe.run(document.querySelector(arguments[0]), asked)"
            ".then(found => done(found.violations))",
            within,
            colours,
        )
        return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser with a profile of its own, which goes with it."""
    found = chromium()
    assert found is not None, "chromium and chromium-driver are not installed"
    profile = tempfile.mkdtemp()
    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(found[1]))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)

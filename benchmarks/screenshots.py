"""Makes pictures of every kind of page, wide, narrow and dark, to be looked at.

    python benchmarks/screenshots.py FOLDER [--language en] [--only sectors] [--server URL]

Needs Chromium and its driver. Without `--server` the shipped release is served meanwhile. Each
page becomes `NAME-wide.png`, `NAME-narrow.png` and `NAME-dark.png`, as long as the page is, at most
`LONGEST` pixels.
"""

from __future__ import annotations

import argparse
import base64
import logging
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from selenium import webdriver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 4000

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

BOTH = "plan=kota-metro&plan=kota-magelang-2016"
PAGES: dict[str, str] = {
    "home": "/",
    "plans": "/plans",
    "plan": "/page/plan/kota-metro",
    "mission": "/page/plan/kota-metro/mission/1",
    "document": "/page/document/kota-metro",
    "sectors": "/sectors",
    "sector": "/page/sector/1.02",
    "region": "/page/region/33.71",
    "compare": "/compare",
    "pair": f"/compare?{BOTH}&count=missions",
    "questions": "/questions",
    "question": "/questions/which-missions-concern-education",
    "search": "/search?q=sehat",
    "query": "/sparql",
    "results": "/sparql?query=SELECT%20%2A%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2020",
    "mistake": "/sparql?query=SELECT%20oops",
    "try": "/try",
    "data": "/data",
    "quality": "/quality",
    "ontology": "/ontology",
    "not-found": "/none",
}
"""What is pictured, by the name of its files."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at: the width in CSS pixels, and the colours that are preferred."""

    name: str
    width: int
    scheme: str


LOOKS = (Look("wide", 1280, "light"), Look("narrow", 390, "light"), Look("dark", 1280, "dark"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures and say where they are."""
    options = _parser().parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    chosen = {name: path for name, path in PAGES.items() if options.only in {None, name}}
    with origin_of(options.server) as origin, browser() as driver:
        driver.get(f"{origin}/plans?lang={options.language}")
        for name, path in chosen.items():
            for look in LOOKS:
                picture = pictured(driver, origin + path, look)
                (options.folder / f"{name}-{look.name}.png").write_bytes(picture)
    sys.stdout.write(f"{len(chosen) * len(LOOKS)} pictures in {options.folder}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder for the pictures, made if missing")
    parser.add_argument("--language", default="id", choices=("id", "en"), help="of the pages (id)")
    parser.add_argument("--only", choices=sorted(PAGES), help="the one page to picture (all)")
    parser.add_argument("--server", type=lambda place: place.rstrip("/"), help="one that runs")
    return parser


@contextmanager
def origin_of(server: str | None) -> Iterator[str]:
    """Give the address of a server: the one that is named, or one of the shipped release."""
    if server:
        yield server
        return
    from werkzeug.serving import make_server

    from visidaerah.store import Store
    from visidaerah.web import create_app

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    own = make_server("127.0.0.1", 0, create_app(Store.shipped()), threaded=True)
    thread = threading.Thread(target=own.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{own.server_port}"
    finally:
        own.shutdown()
        thread.join()
        own.server_close()


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """Give a browser of its own."""
    with TemporaryDirectory() as profile:
        options = webdriver.ChromeOptions()
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.binary_location = "/usr/bin/chromium"
        service = webdriver.ChromeService("/usr/bin/chromedriver")
        with webdriver.Chrome(options=options, service=service) as driver:
            yield driver


def pictured(driver: webdriver.Chrome, address: str, look: Look) -> bytes:
    """Return a page as a PNG, from its top."""
    ask = driver.execute_cdp_cmd
    feature = {"name": "prefers-color-scheme", "value": look.scheme}
    ask("Emulation.setEmulatedMedia", {"features": [feature]})
    size = {"width": look.width, "height": 900, "deviceScaleFactor": 1, "mobile": look.width < 500}
    ask("Emulation.setDeviceMetricsOverride", size)
    driver.get(address)
    height = driver.execute_script("return document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": look.width, "height": min(height, LONGEST), "scale": 1}
    shot = ask("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    sys.exit(main())

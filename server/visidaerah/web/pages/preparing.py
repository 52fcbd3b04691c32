"""What pages need of a whole release, taken in the background once the server is first asked."""

from __future__ import annotations

import logging
import time
from threading import Lock, Thread
from typing import TYPE_CHECKING

from visidaerah.web.language import LANGUAGES
from visidaerah.web.pages.tallies import COUNTED

if TYPE_CHECKING:
    from visidaerah.web.pages import Pages
    from visidaerah.web.site import Site

LARGE = 50_000
"""Statements of a release up to which a page takes what it needs in a moment."""

log = logging.getLogger(__name__)


class Preparation:
    """Prepares the pages of a release, once."""

    def __init__(self, pages: Pages, site: Site) -> None:
        self._pages = pages
        self._site = site
        self._lock = Lock()
        self._is_begun = len(site.store) <= LARGE

    def begin(self) -> None:
        """Begin, unless that has happened or the release is small."""
        if self._is_begun:
            return
        with self._lock:
            if not self._is_begun:
                self._is_begun = True
                Thread(target=self.run, name="preparation", daemon=True).start()

    def run(self) -> None:
        """Take what pages need, what is asked for most at first."""
        started = time.monotonic()
        pages = self._pages
        readers = [pages.reader_in(self._site, language) for language in LANGUAGES]
        for reader in readers:
            pages.overviews.keys(reader)
        for counted in COUNTED:
            pages.overviews.tally(readers[0], counted)
        for reader in readers:
            pages.offered(reader)
        _ = pages.index, pages.uses
        pages.overviews.figures.value(0)
        log.info("The pages were prepared in %.1f seconds.", time.monotonic() - started)

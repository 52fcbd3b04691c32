"""What pages need of a whole release, taken before anyone asks."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from visidaerah.web.language import LANGUAGES
from visidaerah.web.pages.pickers import named_values
from visidaerah.web.pages.tallies import COUNTED

if TYPE_CHECKING:
    from visidaerah.web.pages import Pages
    from visidaerah.web.site import Site

log = logging.getLogger(__name__)


def prepare(pages: Pages, site: Site) -> None:
    """Take what pages need, what is asked for most at first."""
    started = time.monotonic()
    pages.compile_templates()
    readers = [pages.reader_in(site, language) for language in LANGUAGES]
    for reader in readers:
        pages.overviews.keys(reader)
    for counted in COUNTED:
        pages.overviews.tally(readers[0], counted)
    for reader in readers:
        pages.offered(reader)
    parameters = (one for saved in pages.questions.values() for one in saved.parameters)
    for choices in {one.choices for one in parameters if one.choices}:
        named_values(site.store, choices)
    for reader in readers:
        pages.completer.terms(reader)
    _ = pages.judged, pages.index, pages.uses
    pages.overviews.figures.value(None)
    log.info("The pages were prepared in %.1f seconds.", time.monotonic() - started)

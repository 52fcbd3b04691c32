"""What answers need of a whole release, taken once the server listens and before anyone asks."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from visidaerah.web.crawling import page_paths
from visidaerah.web.description import catalogue, sparql_dataset, void

if TYPE_CHECKING:
    from visidaerah.web.site import Site

log = logging.getLogger(__name__)


def prepare(site: Site) -> None:
    """Take it; what fails is noted, and is told to whoever asks for it."""
    for step in (site.renderer.prepare, page_paths, sparql_dataset, void, catalogue):
        try:
            step(site)
        except Exception as error:
            log.warning("Something could not be prepared.", exc_info=error)

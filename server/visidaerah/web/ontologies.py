"""The ontology as a page and as data, and its versions, which never change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response, redirect

from visidaerah.formats import GRAPH_FORMATS, Format
from visidaerah.names import ONTOLOGY_GRAPH
from visidaerah.vocabulary import ONTOLOGY, OWL
from visidaerah.web.description import LICENCE, is_own
from visidaerah.web.dumps import unchanging
from visidaerah.web.negotiation import HTML, RESOURCE_OFFERS
from visidaerah.web.replies import graph_reply, html_reply, negotiate, not_found
from visidaerah.web.resources import add_links, is_known, known_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as BaseResponse

    from visidaerah.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes of the ontology."""
    routes = Blueprint("ontologies", __name__)

    @routes.get("/ontology")
    def ontology() -> Response:
        return ontology_reply(site, negotiate(RESOURCE_OFFERS, ontology_address))

    @routes.get("/ontology.<extension>")
    def ontology_in(extension: str) -> Response:
        return ontology_reply(site, known_format(extension), negotiated=False)

    @routes.get("/ontology/<path:part>")
    def ontology_part(part: str) -> BaseResponse:
        version, form = version_and_format(site, part)
        if version:
            return version_reply(site, form)
        if not is_known(site, f"{site.base}ontology/{part}"):
            raise not_found(f"There is no version or module {part!r} of the ontology here.")
        # A module is part of the one document.
        return redirect(site.absolute("/ontology"), 303)

    return routes


def ontology_address(offer: Format) -> str:
    """Return the address of the ontology in a format."""
    return "/ontology" if offer == HTML else f"/ontology.{offer.name}"


def ontology_reply(site: Site, form: Format, *, negotiated: bool = True) -> Response:
    """Return the ontology in a format.

    Raises ProblemRaised with 404 where the release has none.
    """
    if not is_own(site):
        raise not_found("This data set comes without an ontology.")
    if form == HTML:
        response = html_reply(site.renderer.render_ontology(site))
    else:
        triples = site.store.triples(graph=ONTOLOGY_GRAPH)
        response = graph_reply(triples, form, negotiated=negotiated)
        response.content_location = ontology_address(form)
    add_links(response, ontology_links(site, form))
    return response


def ontology_links(site: Site, form: Format) -> Iterator[tuple[str, str, str | None]]:
    """Yield the links of the ontology's document: its name, its other forms, its licence."""
    yield f"{site.base}ontology", "canonical", None
    for other in RESOURCE_OFFERS:
        if other != form:
            yield ontology_address(other), "alternate", other.media_type
    yield LICENCE.value, "license", None


def version_and_format(site: Site, part: str) -> tuple[bool, Format | None]:
    """Tell whether the end of an address names this version, and the format that it names."""
    version = current_version(site)
    stem, _, extension = part.rpartition(".")
    if version and stem == version and extension in GRAPH_FORMATS:
        return True, GRAPH_FORMATS[extension]
    return version is not None and part == version, None


def version_reply(site: Site, form: Format | None) -> Response:
    """Return a version of the ontology: as data it never changes, its page may.

    Without a format the client chooses one.
    """
    chosen = form or negotiate(RESOURCE_OFFERS, ontology_address)
    response = ontology_reply(site, chosen, negotiated=form is None)
    if chosen == HTML:
        return response
    response.content_location = f"/ontology/{current_version(site)}.{chosen.name}"
    return unchanging(response)


def current_version(site: Site) -> str | None:
    """Return the last segment of the ontology's version IRI."""
    found = site.store.triples(ox.NamedNode(ONTOLOGY), OWL.versionIRI)
    iris = (triple.object.value for triple in found if isinstance(triple.object, ox.NamedNode))
    return next((iri.rpartition("/")[2] for iri in iris), None)

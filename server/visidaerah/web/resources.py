"""Things by their names: 303 from the name to a page or to data, and the data documents."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request

from visidaerah.formats import DATASET_FORMATS, GRAPH_FORMATS, Format
from visidaerah.vocabulary import (
    DCT,
    FOAF,
    OA,
    ONTOLOGY,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SKOS,
    VD,
    VOID,
)
from visidaerah.web import urls
from visidaerah.web.description import LICENCE, dataset, is_own, release_dates
from visidaerah.web.negotiation import GRAPH_OFFERS, HTML, RESOURCE_OFFERS
from visidaerah.web.replies import TRUNCATED, bad_request, graph_reply, negotiate, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from werkzeug.wrappers import Response as BaseResponse

    from visidaerah.store import Node, Store, Term
    from visidaerah.web.site import Site

LABELS = (RDFS.label, SKOS.prefLabel, DCT.title)

INCOMING_PER_PAGE = 500
"""How many statements that point to a thing one page of its data carries."""

INCOMING_AT_MOST = 50_000
"""How many are found at all; where there are more, it is said, and where to ask for them."""

TYPE_LINKS = 4
"""How many classes are named in a header."""


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of a thing on this server: of its page, and of its data by format."""

    site: Site
    iri: str

    def to(self, offer: Format) -> str:
        """Return the path of the thing in a format."""
        if offer == HTML:
            return urls.page_of(self.iri, self.site.base)
        return urls.data_of(self.iri, offer.name, self.site.base)

    def canonical(self, form: Format) -> str:
        """Return the canonical address of the thing's data in a format."""
        return self.site.base.rstrip("/") + self.to(form)

    @property
    def document(self) -> ox.NamedNode:
        """Return the canonical name of the thing's data, whatever the format."""
        return ox.NamedNode(
            self.site.base.rstrip("/") + urls.data_of(self.iri, base=self.site.base)
        )


def blueprint(site: Site) -> Blueprint:
    """Return the routes of names and data; pages get their links to data here too."""
    routes = Blueprint("resources", __name__)

    @routes.get("/id/<path:path>")
    def name(path: str) -> BaseResponse:
        iri = known_iri(site, path)
        return see_other(site, Links(site, iri))

    @routes.get("/data/<path:path>")
    def data(path: str) -> BaseResponse:
        stem, _, extension = path.rpartition(".")
        if extension in GRAPH_FORMATS:
            return document(site, known_iri(site, stem), GRAPH_FORMATS[extension])
        return see_other(site, Links(site, known_iri(site, path)), GRAPH_OFFERS)

    @routes.get("/data.<extension>")
    def data_of_any(extension: str) -> Response:
        form = known_format(extension)
        return document(site, asked_iri(site), form)

    @routes.get("/resolve")
    def resolve() -> BaseResponse:
        iri = expanded_curie() or request.args.get("iri", "")
        return resolved(site, iri)

    @routes.after_app_request
    def link_pages(response: Response) -> Response:
        iri = page_subject(site) if response.status_code == 200 else None
        if iri:
            add_links(response, page_links(Links(site, iri)))
        return response

    return routes


def known_iri(site: Site, path: str) -> str:
    """Return the IRI of the thing at a path, decoded or as it was encoded.

    Raises ProblemRaised with 404 where the release says nothing of it.
    """
    for candidate in (path, urls.quoted(path)):
        iri = urls.name_of(candidate, site.base)
        if is_known(site, iri):
            return iri
    raise not_found(f"Nothing is known of {urls.name_of(path, site.base)}.")


def is_known(site: Site, iri: str) -> bool:
    """Tell whether the release says something of the thing, or of a part of its document."""
    try:
        return site.store.has(iri)
    except ValueError:
        return False


def asked_iri(site: Site) -> str:
    """Return the IRI in the address.

    Raises ProblemRaised: 400 without one, 404 where the release says nothing of it.
    """
    iri = request.args.get("iri", "")
    if not iri:
        raise bad_request("Name a thing: ?iri=https://…")
    if not is_known(site, iri):
        raise not_found(f"Nothing is known of {iri}.")
    return iri


def known_format(extension: str) -> Format:
    """Return the format of an extension.

    Raises ProblemRaised with 404 for an unknown one.
    """
    form = GRAPH_FORMATS.get(extension)
    if form is None:
        raise not_found(f"There is no format .{extension}. There are: {', '.join(GRAPH_FORMATS)}.")
    return form


def see_other(
    site: Site, links: Links, offers: tuple[Format, ...] = RESOURCE_OFFERS
) -> BaseResponse:
    """Send the client from a thing to a document about it, in the form it prefers.

    Raises ProblemRaised with 406.
    """
    offer = negotiate(offers, links.to)
    response = redirect(site.absolute(links.to(offer)), 303)
    response.vary.add("Accept")
    return response


def expanded_curie() -> str | None:
    """Return the IRI that `?curie=vd:Pillar` means; None without one.

    Raises ProblemRaised with 400 for an unknown prefix.
    """
    curie = request.args.get("curie")
    if curie is None:
        return None
    prefix, _, rest = curie.partition(":")
    start = PREFIXES.get(prefix)
    if start is None:
        raise bad_request(f"The prefix of {curie!r} is unknown. /prefixes lists those there are.")
    return start + rest


def resolved(site: Site, iri: str) -> BaseResponse:
    """Send the client to what this server has under an IRI; nothing is fetched from elsewhere.

    Raises ProblemRaised: 400 without an IRI, 404 where there is nothing.
    """
    if not iri:
        raise bad_request("Name a thing: ?iri=https://… or ?curie=vd:Pillar")
    if is_missing_term(site, iri):
        raise not_found(f"The ontology has no term {iri}.")
    if urls.is_canonical(iri, site.base):
        return redirect(site.absolute(urls.quoted_iri("/" + iri.removeprefix(site.base))), 303)
    if not is_known(site, iri):
        raise not_found(f"Nothing is known here of {iri}, whose name is given by others.")
    return see_other(site, Links(site, iri))


def is_missing_term(site: Site, iri: str) -> bool:
    """Tell whether an IRI has the form of a term of the ontology, and there is none."""
    return iri.startswith(f"{ONTOLOGY}#") and not is_known(site, iri)


def document(site: Site, iri: str, form: Format) -> Response:
    """Return the data about a thing; statements that point to it are paged."""
    page, subject = page_number(), ox.NamedNode(iri)
    pointing = list(islice(site.store.quads(object=subject), INCOMING_AT_MOST + 1))
    incoming = sorted(pointing[:INCOMING_AT_MOST], key=str)
    last = max(1, -(-len(incoming) // INCOMING_PER_PAGE))
    if page > last:
        raise not_found(f"There is no page {page} of what points to {iri}; the last is {last}.")
    start = (page - 1) * INCOMING_PER_PAGE
    statements = description(site, subject, incoming[start : start + INCOMING_PER_PAGE])
    links = Links(site, iri)
    response = graph_reply(
        in_default_graph(statements, form, self_description(site, links)), form, negotiated=False
    )
    add_links(response, data_links(links, form))
    add_links(response, paging_links(page, last))
    if len(pointing) > INCOMING_AT_MOST:
        response.headers[TRUNCATED] = f"incoming={INCOMING_AT_MOST}"
        whole = urls.query_path(f"SELECT ?s ?p {{ ?s ?p <{iri}> }}")
        add_links(response, [(whole, "related", None)])
    return response


def paging_links(page: int, last: int) -> Iterator[tuple[str, str, str | None]]:
    """Yield the links from a page of a list to others (RFC 8288), none where there is but one."""
    if last == 1:
        return
    yield paged(1), "first", None
    if page > 1:
        yield paged(page - 1), "prev", None
    if page < last:
        yield paged(page + 1), "next", None
    yield paged(last), "last", None


def page_number() -> int:
    """Return the page in the address, from 1.

    Raises ProblemRaised with 400 for what is no page.
    """
    page = request.args.get("page", "1")
    if not page.isascii() or not page.isdigit() or not int(page[:9]) > 0:
        raise bad_request(f"{page!r} is no page. Pages are numbered from 1.")
    return int(page[:9])


def paged(page: int) -> str:
    """Return the current address at another page."""
    arguments = {name: value for name, value in request.args.items() if name != "page"}
    return f"{urls.quoted(request.path)}?{urlencode(arguments | {'page': page})}"


def description(site: Site, thing: ox.NamedNode, incoming: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return what the release says of a thing and of the parts of its document.

    That is their statements, with blank nodes followed, those that point to the thing, and the
    labels of all that is mentioned; with the origin of the graphs that say so.
    """
    store = site.store
    said = {quad for subject in document_subjects(store, thing) for quad in closure(store, subject)}
    said |= set(incoming)
    mentioned = {term for quad in said for term in (quad.subject, quad.object)}
    labels = {quad for term in mentioned for quad in labels_of(store, term)}
    return said | labels | origins(store, said)


def document_subjects(store: Store, thing: ox.NamedNode) -> list[Node]:
    """Return the thing and what its document defines by fragment (`…#char=76,143`)."""
    if "#" in thing.value:
        return [thing]
    return [thing, *store.fragments_of(thing.value)]


def closure(store: Store, thing: Node) -> Iterator[ox.Quad]:
    """Yield the statements about a thing and about the blank nodes they lead to."""
    waiting, seen = deque([thing]), {thing}
    while waiting:
        for quad in store.quads(waiting.popleft()):
            yield quad
            if isinstance(quad.object, ox.BlankNode) and quad.object not in seen:
                seen.add(quad.object)
                waiting.append(quad.object)


def labels_of(store: Store, term: Term) -> Iterator[ox.Quad]:
    """Yield the labels of a thing; nothing else has any."""
    if isinstance(term, ox.NamedNode):
        for name in LABELS:
            yield from store.quads(term, name)


def origins(store: Store, quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return what the release says of the graphs that some statements are in."""
    graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    return {quad for graph in graphs for quad in store.quads(graph)}


def in_default_graph(
    statements: Iterable[ox.Quad], form: Format, about_document: Iterable[ox.Triple]
) -> list[ox.Quad | ox.Triple]:
    """Return statements for a format: with their graphs where it has them."""
    if form.name in DATASET_FORMATS:
        return [*statements, *about_document]
    return [*(quad.triple for quad in statements), *about_document]


def self_description(site: Site, links: Links) -> Iterator[ox.Triple]:
    """Yield what the document says of itself: topic, licence, data set, date, source."""
    document, thing, whole = links.document, ox.NamedNode(links.iri), dataset(site)
    yield ox.Triple(document, RDF.type, FOAF.Document)
    yield ox.Triple(document, FOAF.primaryTopic, thing)
    yield ox.Triple(document, DCT.isPartOf, whole)
    yield ox.Triple(document, VOID.inDataset, whole)
    if is_own(site):
        yield ox.Triple(document, DCT.license, LICENCE)
        for day in release_dates(site, DCT.modified):
            yield ox.Triple(document, DCT.modified, day)
    for source in sources(site.store, thing):
        yield ox.Triple(document, PROV.wasDerivedFrom, source)


def sources(store: Store, thing: ox.NamedNode) -> set[ox.NamedNode]:
    """Return the source texts of a thing: where it is stated, or what reports it."""
    spans = [triple.object for triple in store.triples(thing, VD.statedIn)]
    stated = {
        triple.object
        for span in spans
        if isinstance(span, ox.NamedNode)
        for triple in store.triples(span, OA.hasSource)
    }
    reporting = {triple.subject for triple in store.triples(None, VD.reports, thing)}
    return {term for term in stated | reporting if isinstance(term, ox.NamedNode)}


def add_links(response: Response, links: Iterable[tuple[str, str, str | None]]) -> None:
    """Add `Link` headers (RFC 8288): target, relation, media type."""
    for target, relation, media_type in links:
        kind = f'; type="{media_type}"' if media_type else ""
        response.headers.add("Link", f'<{target}>; rel="{relation}"{kind}')


def data_links(links: Links, form: Format) -> Iterator[tuple[str, str, str | None]]:
    """Yield the links of a data document: what it describes, and its other forms."""
    if urls.is_followable(links.iri):
        yield urls.quoted_iri(links.iri), "describes", None
    yield links.canonical(form), "canonical", None
    yield f"{links.site.base}dataset", "collection", None
    yield links.to(HTML), "alternate", HTML.media_type
    for other in GRAPH_FORMATS.values():
        if other != form:
            yield links.to(other), "alternate", other.media_type


def page_links(links: Links) -> Iterator[tuple[str, str, str | None]]:
    """Yield the links of a page: the thing's name, its data, licence and classes."""
    if urls.is_followable(links.iri):
        yield urls.quoted_iri(links.iri), "canonical", None
    for form in GRAPH_FORMATS.values():
        yield links.to(form), "alternate", form.media_type
    for name in ("ttl", "jsonld"):
        form = GRAPH_FORMATS[name]
        yield links.to(form), "describedby", form.media_type
    if is_own(links.site):
        yield LICENCE.value, "license", None
    for kind in islice(classes(links), TYPE_LINKS):
        yield urls.quoted_iri(kind), "type", None


def classes(links: Links) -> list[str]:
    """Return the classes of a thing that a header may lead to, in order."""
    found = links.site.store.triples(ox.NamedNode(links.iri), RDF.type)
    iris = (term.object.value for term in found if isinstance(term.object, ox.NamedNode))
    return sorted(filter(urls.is_followable, iris))


def page_subject(site: Site) -> str | None:
    """Return the IRI of the thing that the requested page is about; None for other addresses."""
    if request.path.startswith("/page/"):
        path = request.path.removeprefix("/page/")
        names = (urls.name_of(candidate, site.base) for candidate in (path, urls.quoted(path)))
        return next((iri for iri in names if is_known(site, iri)), None)
    iri = request.args.get("iri") if request.path == "/page" else None
    return iri if iri and is_known(site, iri) else None

"""Where programs look first: VoID, DCAT, linksets, prefixes, questions, the JSON-LD context."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request

from visidaerah import __version__, assets
from visidaerah.formats import GRAPH_FORMATS, Format
from visidaerah.names import MAINTAINERS
from visidaerah.queries import load_queries
from visidaerah.vocabulary import ONTOLOGY, OWL, PREFIXES, RDF, RDFS, SD, XSD, Namespace
from visidaerah.web import urls
from visidaerah.web.description import LICENCE, about, catalogue, is_own, void
from visidaerah.web.dumps import DOWNLOAD, GZIP, all_dumps, unchanging
from visidaerah.web.negotiation import GRAPH_OFFERS, HTML, RESOURCE_OFFERS, preferred
from visidaerah.web.replies import graph_reply, html_reply, negotiate, not_found
from visidaerah.web.resources import add_links, known_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as BaseResponse

    from visidaerah.queries import SavedQuery
    from visidaerah.web.site import Site

SH = Namespace(PREFIXES["sh"])
JSON = Format(name="json", title="JSON", media_type="application/json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A typed link from one canonical address to another (RFC 8288, RFC 9264)."""

    anchor: str
    relation: str
    target: str
    type: str | None = None


def blueprint(site: Site) -> Blueprint:
    """Return the routes of discovery."""
    routes = Blueprint("discovery", __name__)
    routes.add_url_rule("/.well-known/void", view_func=lambda: void_reply(site), endpoint="void")
    routes.add_url_rule("/dataset", view_func=lambda: dataset_reply(site), endpoint="dataset")

    @routes.get("/dataset.<extension>")
    def dataset_in(extension: str) -> Response:
        response = graph_reply(catalogue(site), known_format(extension), negotiated=False)
        add_links(response, [(f"{site.base}dataset", "describes", None)])
        return response

    @routes.get("/dataset/linkset.json")
    def linkset_json() -> Response:
        return Response(
            json.dumps(linkset(site), indent=1) + "\n", content_type="application/linkset+json"
        )

    @routes.get("/dataset/linkset")
    def linkset_plain() -> Response:
        return Response(",\n".join(plain_links(site)) + "\n", content_type="application/linkset")

    @routes.get("/.well-known/api-catalog")
    def api_catalog() -> Response:
        content = json.dumps(api_links(site), indent=1) + "\n"
        profile = "https://www.rfc-editor.org/info/rfc9727"
        return Response(content, content_type=f'application/linkset+json; profile="{profile}"')

    @routes.get("/context.jsonld")
    def context() -> Response:
        response = context_reply(site)
        response.cache_control.public = True
        response.cache_control.max_age = 24 * 3600
        return response

    @routes.get("/context/<version>.jsonld")
    def context_version(version: str) -> Response:
        if version != __version__:
            raise not_found(f"There is no version {version!r} of the context here.")
        return unchanging(context_reply(site))

    @routes.get("/prefixes")
    def prefixes() -> BaseResponse:
        if accepts_pages_only():
            return to_page(site, "/sparql#prefixes")
        form = negotiate((*GRAPH_OFFERS[:1], JSON, *GRAPH_OFFERS[1:]))
        return prefixes_reply(site, form, negotiated=True)

    @routes.get("/prefixes.<extension>")
    def prefixes_in(extension: str) -> Response:
        form = JSON if extension == JSON.name else known_format(extension)
        return prefixes_reply(site, form, negotiated=False)

    @routes.get("/queries")
    def queries() -> BaseResponse:
        form = negotiate(RESOURCE_OFFERS)
        if form == HTML:
            return to_page(site, "/questions")
        return graph_reply(examples(site), form)

    @routes.get("/queries/<name>.rq")
    def query(name: str) -> Response:
        found = next((query for query in saved_queries() if query.name == name), None)
        if found is None:
            raise not_found(f"There is no saved query {name!r}. /questions lists those there are.")
        return Response(found.text, content_type="application/sparql-query; charset=utf-8")

    return routes


def accepts_pages_only() -> bool:
    """Tell whether the client takes HTML and no data."""
    accept = request.headers.get("Accept")
    return preferred(accept, GRAPH_OFFERS) is None and preferred(accept, (HTML,)) == HTML


def to_page(site: Site, path: str) -> BaseResponse:
    """Send a reader to the page that tells the same in words."""
    response = redirect(site.absolute(path), 303)
    response.vary.add("Accept")
    return response


def void_reply(site: Site) -> BaseResponse:
    """Return the VoID description, at once: crawlers miss redirects. Readers get the data page."""
    if accepts_pages_only():
        return to_page(site, "/data")
    response = graph_reply(void(site), negotiate(GRAPH_OFFERS))
    add_links(response, [(f"{site.base}dataset", "describes", None)])
    return response


def dataset_reply(site: Site) -> Response:
    """Return the data set's page or its DCAT description, with its typed links."""
    form = negotiate(RESOURCE_OFFERS, dataset_address)
    if form == HTML:
        response = html_reply(site.renderer.render_dataset(site))
    else:
        response = graph_reply(catalogue(site), form)
        response.content_location = dataset_address(form)
    links = [(link.target, link.relation, link.type) for link in dataset_links(site)]
    add_links(response, links)
    return response


def dataset_address(form: Format) -> str:
    """Return the address of the data set's description in a format."""
    return "/dataset" if form == HTML else f"/dataset.{form.name}"


def dataset_links(site: Site) -> Iterator[Link]:
    """Yield the typed links of the data set (FAIR Signposting)."""
    anchor = f"{site.base}dataset"

    def link(relation: str, target: str, kind: str | None = None) -> Link:
        return Link(anchor=anchor, relation=relation, target=target, type=kind)

    yield link("cite-as", anchor)
    yield from (link("type", f"https://schema.org/{name}") for name in ("AboutPage", "Dataset"))
    if is_own(site):
        yield link("author", MAINTAINERS.value)
        yield link("license", LICENCE.value)
    for name in ("ttl", "jsonld"):
        yield link("describedby", f"{anchor}.{name}", GRAPH_FORMATS[name].media_type)
    for dump in all_dumps(site):
        yield link("item", canonical(site, urls.dump_path(dump.name)), GZIP)
    yield link("linkset", f"{anchor}/linkset.json", "application/linkset+json")
    yield link("linkset", f"{anchor}/linkset", "application/linkset")


def all_links(site: Site) -> Iterator[Link]:
    """Yield the links of the data set, of its files and of its descriptions."""
    whole = f"{site.base}dataset"
    yield from dataset_links(site)
    for dump in all_dumps(site):
        anchor = canonical(site, urls.dump_path(dump.name))
        yield Link(anchor=anchor, relation="collection", target=whole, type=HTML.media_type)
        yield Link(anchor=anchor, relation="type", target=DOWNLOAD)
    for name in ("ttl", "jsonld"):
        yield Link(anchor=f"{whole}.{name}", relation="describes", target=whole)


def canonical(site: Site, path: str) -> str:
    """Return the canonical address of a local path."""
    return site.base.rstrip("/") + path


def linkset(site: Site) -> dict[str, list[dict[str, object]]]:
    """Return all links as JSON (RFC 9264, 4.2)."""
    contexts: dict[str, dict[str, list[dict[str, str]]]] = {}
    for link in all_links(site):
        target = {"href": link.target} | ({"type": link.type} if link.type else {})
        contexts.setdefault(link.anchor, {}).setdefault(link.relation, []).append(target)
    return {"linkset": [{"anchor": anchor, **links} for anchor, links in contexts.items()]}


def plain_links(site: Site) -> Iterator[str]:
    """Yield all links as header values (RFC 9264, 4.1)."""
    for link in all_links(site):
        kind = f'; type="{link.type}"' if link.type else ""
        yield f'<{link.target}>; rel="{link.relation}"{kind}; anchor="{link.anchor}"'


def api_links(site: Site) -> dict[str, object]:
    """Return where the interfaces are (RFC 9727)."""
    endpoint: dict[str, object] = {
        "anchor": site.absolute("/sparql"),
        "service-desc": [{"href": site.absolute("/sparql"), "type": "text/turtle"}],
        "service-doc": [{"href": site.absolute("/data"), "type": "text/html"}],
        "service-meta": [{"href": site.absolute("/.well-known/void"), "type": "text/turtle"}],
        "status": [{"href": site.absolute("/healthz"), "type": "application/json"}],
    }
    return {"linkset": [endpoint]}


def context_reply(site: Site) -> Response:
    """Return the JSON-LD context."""
    content = json.dumps({"@context": context_of(site)}, ensure_ascii=False, indent=1)
    return Response(content + "\n", content_type="application/ld+json")


def context_of(site: Site) -> dict[str, object]:
    """Return the prefixes, and the properties of the ontology by their short names."""
    references = dict.fromkeys(declared(site, OWL.ObjectProperty), "@id")
    values = {name: value_type(site, name) for name in declared(site, OWL.DatatypeProperty)}
    typed = sorted((references | values).items(), key=lambda item: item[0].value)
    start = f"{ONTOLOGY}#"
    return PREFIXES | {
        name.value.removeprefix(start): {"@id": name.value} | ({"@type": kind} if kind else {})
        for name, kind in typed
        if name.value.startswith(start)
    }


def declared(site: Site, kind: ox.NamedNode) -> list[ox.NamedNode]:
    """Return the properties of a kind."""
    found = (triple.subject for triple in site.store.triples(None, RDF.type, kind))
    return [name for name in found if isinstance(name, ox.NamedNode)]


def value_type(site: Site, name: ox.NamedNode) -> str | None:
    """Return the datatype of a property's values, None where a language decides."""
    ranges = (triple.object for triple in site.store.triples(name, RDFS.range))
    iris = (term.value for term in ranges if isinstance(term, ox.NamedNode))
    return next((iri for iri in iris if iri.startswith(PREFIXES["xsd"])), None)


def prefixes_reply(site: Site, form: Format, *, negotiated: bool) -> Response:
    """Return the prefixes: as JSON a plain table, as a graph declared in SHACL's way."""
    if form != JSON:
        return graph_reply(declarations(site), form, negotiated=negotiated)
    response = Response(json.dumps(PREFIXES, indent=1) + "\n", content_type=JSON.content_type)
    if negotiated:
        response.vary.add("Accept")
    return response


def declarations(site: Site) -> Iterator[ox.Triple]:
    """Yield the declarations of the prefixes (SHACL, 5.2.1)."""
    whole = ox.NamedNode(f"{site.base}prefixes")
    for prefix, start in PREFIXES.items():
        node = ox.NamedNode(f"{whole.value}#{prefix}")
        yield ox.Triple(whole, SH.declare, node)
        yield from about(
            node,
            (RDF.type, SH.PrefixDeclaration),
            (SH.prefix, ox.Literal(prefix)),
            (SH.namespace, ox.Literal(start, datatype=XSD.anyURI)),
        )


@lru_cache(maxsize=1)
def saved_queries() -> tuple[SavedQuery, ...]:
    """Return the shipped questions."""
    return load_queries(assets.queries())


def examples(site: Site) -> Iterator[ox.Triple]:
    """Yield the saved queries as SHACL's executables, the way SIB's examples are written."""
    for query in saved_queries():
        node = ox.NamedNode(f"{site.base}queries/{query.name}.rq")
        yield from about(
            node,
            (RDF.type, SH.SPARQLExecutable),
            (RDF.type, SH.SPARQLSelectExecutable),
            (SH.select, ox.Literal(query.text)),
            (SH.prefixes, ox.NamedNode(f"{site.base}prefixes")),
            (SD.endpoint, ox.NamedNode(f"{site.base}sparql")),
            *((RDFS.label, ox.Literal(t, language=code)) for code, t in query.title.items()),
        )

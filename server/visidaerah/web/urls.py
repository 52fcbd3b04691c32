"""Where things are on this server: the one place that builds addresses.

A thing has a canonical IRI under the base (`https://w3id.org/visidaerah/id/plan/x`) and three
local addresses: its name `/id/plan/x`, its page `/page/plan/x` and its data `/data/plan/x.ttl`.
A thing whose IRI is elsewhere is addressed by it: `/page?iri=…`, `/data.ttl?iri=…`.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from visidaerah.vocabulary import BASE

NAMES = "id/"
ONTOLOGY = "ontology"
GRAPHS = "graph/"

# RFC 3986, 3.3: what may stand in a path besides letters and digits; IRIs may hold %-escapes.
IN_PATH = "/:@!$&'()*+,;=-._~%"
IN_FRAGMENT = IN_PATH + "?"


def quoted(path: str) -> str:
    """Return a decoded path as it stands in an address."""
    return quote(path, safe=IN_PATH.replace("%", ""))


def quoted_iri(iri: str) -> str:
    """Return an IRI as a URI, as headers need it (RFC 3987, 3.1)."""
    return quote(iri, safe=IN_FRAGMENT + "#[]")


def is_canonical(iri: str, base: str = BASE) -> bool:
    """Tell whether the IRI is one of this graph's own names."""
    return iri.startswith(base)


def is_followable(iri: str) -> bool:
    """Tell whether a reader may be sent there: `javascript:` and the like are never links."""
    return iri.startswith(("https://", "http://"))


def name_of(path: str, base: str = BASE) -> str:
    """Return the IRI of the thing at `/id/{path}`."""
    return f"{base}{NAMES}{path}"


def path_of(iri: str, base: str = BASE) -> str | None:
    """Return the path of a thing's document (`plan/x`), without fragment; None for other IRIs."""
    start = base + NAMES
    return iri.removeprefix(start).partition("#")[0] if iri.startswith(start) else None


def local_href(iri: str, base: str = BASE) -> str:
    """Return where a link to the IRI leads: a local path for the graph's own names.

    Other IRIs are returned as they are; see `is_followable` before making a link of one.
    """
    if not is_canonical(iri, base):
        return iri
    rest, mark, fragment = iri.removeprefix(base).partition("#")
    tail = f"#{quote(fragment, safe=IN_FRAGMENT)}" if mark else ""
    return local_path(rest, base) + tail


def local_path(rest: str, base: str = BASE) -> str:
    """Return the local path of `{base}{rest}`: pages for things, graphs by name."""
    if rest.startswith(NAMES):
        return page_path(rest.removeprefix(NAMES))
    if rest.startswith(GRAPHS):
        return graph_path(base + rest)
    return "/" + quote(rest, safe=IN_PATH)


def page_path(path: str) -> str:
    """Return the address of the page about the thing at `path`."""
    return f"/page/{quote(path, safe=IN_PATH)}"


def data_path(path: str, form: str | None = None) -> str:
    """Return the address of the data about the thing at `path`, in a format or in any."""
    return f"/data/{quote(path, safe=IN_PATH)}{extension(form)}"


def extension(form: str | None) -> str:
    """Return the end of an address that names a format."""
    return f".{form}" if form else ""


def graph_path(graph: str) -> str:
    """Return the address of a named graph (Graph Store Protocol, 4.2)."""
    return f"/graphs?{urlencode({'graph': graph})}"


def page_of(iri: str, base: str = BASE) -> str:
    """Return the address of the page about any thing, also one whose IRI is elsewhere."""
    path = path_of(iri, base)
    if path is not None:
        return local_href(iri, base)
    return f"/page?{urlencode({'iri': iri})}"


def data_of(iri: str, form: str | None = None, base: str = BASE) -> str:
    """Return the address of the data about any thing, also one whose IRI is elsewhere."""
    path = path_of(iri, base)
    if path is not None:
        return data_path(path, form)
    return f"/data{extension(form)}?{urlencode({'iri': iri})}"


def query_path(query: str, **parameters: str) -> str:
    """Return the address of a query's answer: `query_path(text, format="csv")`."""
    return f"/sparql?{urlencode({'query': query} | parameters)}"


def dump_path(name: str) -> str:
    """Return the address of a dump."""
    return f"/dumps/{name}"

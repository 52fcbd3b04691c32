"""A plan in one file that people can keep: its data, its tables, its text, and where it is from."""

from __future__ import annotations

import re
from collections import deque
from io import BytesIO
from typing import TYPE_CHECKING, TypeGuard
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyoxigraph as ox

from visidaerah import __version__
from visidaerah.formats import write_graph
from visidaerah.vocabulary import DCT, PROV, VD
from visidaerah.web.pages.choosing import short_name
from visidaerah.web.pages.outline import source_text
from visidaerah.web.pages.plan import sources
from visidaerah.web.pages.plan_tables import plan_sheets
from visidaerah.web.pages.spreadsheets import csv_lines, workbook
from visidaerah.web.pages.terms import named_nodes
from visidaerah.web.urls import page_of

if TYPE_CHECKING:
    from visidaerah.store import Store
    from visidaerah.web.pages.reader import Reader

    Node = ox.NamedNode | ox.BlankNode

ORIGINS = (
    PROV.wasGeneratedBy,
    PROV.wasDerivedFrom,
    PROV.wasAttributedTo,
    PROV.wasAssociatedWith,
    PROV.actedOnBehalfOf,
    DCT.publisher,
    DCT.source,
)
"""What leads from a graph to what it comes from, and from there to who made it."""

LONGEST_FILE_NAME = 80
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of all files of a bundle, so that the same plan is always the same bytes."""


def bundle(reader: Reader, plan: ox.NamedNode) -> bytes:
    """Return a plan as a ZIP file.

    Raises AnswerTooLong where it has too many statements for a workbook.
    """
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, file in files(reader, plan).items():
            archive.writestr(ZipInfo(name, EARLIEST), file, ZIP_DEFLATED)
    return content.getvalue()


def files(reader: Reader, plan: ox.NamedNode) -> dict[str, bytes]:
    """Return the files of a bundle by name, the one to read first at the head."""
    quads = said_of(reader.store, plan)
    sheets = plan_sheets(reader, plan)
    content = {
        "statements.xlsx": workbook(sheets),
        "statements.csv": "".join(csv_lines(sheets[0])).encode(),
        "graph.ttl": write_graph({quad.triple for quad in quads}, "ttl"),
        "provenance.ttl": write_graph(origins(reader.store, quads), "ttl"),
        **texts(reader, plan),
    }
    return {"README.txt": readme(reader, plan, content)} | content


def readme(reader: Reader, plan: ox.NamedNode, content: dict[str, bytes]) -> bytes:
    """Return what the files are, where they come from and how to cite them."""
    t, site = reader.t, reader.site
    citation = t("data.citation", version=__version__, release=reader.store.version, base=site.base)
    about = {
        "statements.xlsx": t("bundle.xlsx"),
        "statements.csv": t("bundle.csv"),
        "graph.ttl": t("bundle.ttl"),
        "provenance.ttl": t("bundle.provenance"),
    }
    told = (f"{name}\n    {about.get(name) or t('bundle.text')}" for name in content)
    lines = [
        reader.label(plan).text,
        plan.value,
        site.absolute(page_of(plan.value, site.base)),
        "",
        *told,
        "",
        t("judged.by_program"),
        t("bundle.offsets"),
        "",
        *((t("site.licence"),) if reader.has_ontology else ()),
        citation,
    ]
    return "\r\n".join([*lines, ""]).encode()


def texts(reader: Reader, plan: ox.NamedNode) -> dict[str, bytes]:
    """Return the source texts of a plan that the data hold, by names for files."""
    found = (ox.NamedNode(link.iri) for link in sources(reader, plan))
    written = [text for text in (source_text(reader, one) for one in found) if text]
    if len(written) == 1:
        return {"text.txt": written[0].encode()}
    return {f"text-{n}.txt": text.encode() for n, text in enumerate(written, 1)}


def said_of(store: Store, plan: ox.NamedNode) -> set[ox.Quad]:
    """Return what is said of a plan, its parts, its source texts and their spans.

    Parts have the name of the plan and a slash before their own, spans that of their source and a
    number sign; both are reached from the plan.
    """
    reports = named_nodes(triple.subject for triple in store.triples(None, VD.reports, plan))
    roots = [plan, *reports]
    own = tuple(f"{root.value}{mark}" for root in roots for mark in "/#")
    waiting: deque[Node] = deque(roots)
    seen: set[Node] = set(roots)
    found: set[ox.Quad] = set()
    while waiting:
        for quad in store.quads(waiting.popleft()):
            found.add(quad)
            if _is_part(quad.object, own) and quad.object not in seen:
                seen.add(quad.object)
                waiting.append(quad.object)
    return found


def _is_part(term: object, own: tuple[str, ...]) -> TypeGuard[Node]:
    if isinstance(term, ox.NamedNode):
        return term.value.startswith(own)
    return isinstance(term, ox.BlankNode)


def origins(store: Store, quads: set[ox.Quad]) -> set[ox.Triple]:
    """Return where the graphs come from that some statements are in: texts, readings, people."""
    seen = set(named_nodes(quad.graph_name for quad in quads))
    waiting, found = deque(seen), set()
    while waiting:
        said = [t for t in store.triples(waiting.popleft()) if t.predicate != PROV.value]
        led_to = {*named_nodes(t.object for t in said if t.predicate in ORIGINS)} - seen
        found |= set(said)
        seen |= led_to
        waiting += led_to
    return found


def file_name(plan: ox.NamedNode, base: str, form: str) -> str:
    """Return what a file about a plan is called: `kota-metro.zip`."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", short_name(plan, base)).strip("-.")
    return f"{name[-LONGEST_FILE_NAME:] or 'plan'}.{form}"

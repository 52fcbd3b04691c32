"""The W3C's tests of the protocol and of the service description, asked of a real server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from w3c_suites_results import read_results
from w3c_suites_tests import MF, Manifest, Test, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from real_server import Answer, Client
    from w3c_suites_tests import Term

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
SD = "http://www.w3.org/ns/sparql-service-description#"
STATUS = re.compile(r"StatusCode(\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request of a test, the first digits that its status may have, and what else is right."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: set[str]
    boolean: str | None
    form: str | None


def protocol_scores(
    manifest: Manifest, client: Client
) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield the suites' names, how many tests they have, and those that fail."""
    tests = manifest.tests()
    queries = [test for test in tests if "update" not in test.name.partition("#")[2]]
    updates = [test for test in tests if test not in queries]
    failed = tuple(test.name for test in queries if not passes(manifest, test, client))
    yield "protocol: queries", len(queries), failed
    accepted = tuple(test.name for test in updates if not refused(manifest, test, client))
    yield "protocol: updates refused", len(updates), accepted
    yield "service description", 3, description_failures(client)


def passes(manifest: Manifest, test: Test, client: Client) -> bool:
    """Tell whether all requests of a test are answered as they should be."""
    return all(is_right(request, sent(client, request)) for request in requests(manifest, test))


def refused(manifest: Manifest, test: Test, client: Client) -> bool:
    """Tell whether the first request of a test, an update, is refused by the client's fault."""
    first = next(requests(manifest, test))
    return 400 <= sent(client, first).status < 500


def sent(client: Client, request: Request) -> Answer:
    """Return the answer to a request."""
    return client.ask(request.path, request.method, request.headers, request.body)


def is_right(request: Request, answer: Answer) -> bool:
    """Tell whether an answer is what a test expects."""
    if str(answer.status)[0] not in request.statuses:
        return False
    if request.form is None:
        return True
    found = read_results(answer.body, answer.type)
    right = {
        "boolean": found.boolean is not None,
        "tabular": found.rows is not None,
        "RDF": found.triples is not None,
    }
    is_form = right.get(request.form, True)
    return is_form and request.boolean in {None, str(found.boolean).lower()}


def requests(manifest: Manifest, test: Test) -> Iterator[Request]:
    """Yield the requests of a test, in order."""
    action = manifest.value(test.node, MF + "action")
    assert action  # noqa: S101 (so the manifest)
    listed = manifest.value(action, HT + "requests")
    assert listed  # noqa: S101 (so the manifest)
    for node in manifest.listed(listed):
        yield request_of(manifest, node)


def request_of(manifest: Manifest, node: Term) -> Request:
    """Return a request."""

    def value(subject: Term | None, name: str) -> Term | None:
        return manifest.value(subject, name) if subject is not None else None

    def text(subject: Term | None, name: str) -> str | None:
        found = value(subject, name)
        return text_of(found) if found is not None else None

    response = value(node, HT + "resp") or node
    statuses = map(text_of, manifest.values(response, MF + "expectedStatus"))
    return Request(
        method=text(node, HT + "methodName") or "GET",
        path=(text(node, HT + "absolutePath") or "").replace("/sparql/", "/sparql", 1),
        headers=dict(headers_of(manifest, node)),
        body=body_of(manifest, node),
        statuses={found[1] for status in statuses if (found := STATUS.search(status))},
        boolean=text(response, MF + "expectedBoolean"),
        form=text(response, MF + "expectedFormat"),
    )


def headers_of(manifest: Manifest, node: Term) -> Iterator[tuple[str, str]]:
    """Yield the headers of a request."""
    listed = manifest.value(node, HT + "headers")
    for header in manifest.listed(listed) if listed is not None else ():
        name, value = (manifest.value(header, HT + end) for end in ("fieldName", "fieldValue"))
        if name is not None and value is not None:
            yield text_of(name), text_of(value)


def body_of(manifest: Manifest, node: Term) -> bytes | None:
    """Return the body of a request, in the encoding that the manifest says."""
    body = manifest.value(node, HT + "body")
    if body is None:
        return None
    encoding = manifest.value(body, CNT + "characterEncoding")
    content = manifest.value(body, CNT + "chars")
    name = text_of(encoding) if encoding is not None else "UTF-8"
    return text_of(content).encode(name) if content is not None else b""


def description_failures(client: Client) -> tuple[str, ...]:
    """Return the tests of the service description that fail."""
    answer = client.ask("/sparql", headers={"Accept": "text/turtle"})
    try:
        found = list(ox.parse(answer.body, format=ox.RdfFormat.TURTLE))
    except SyntaxError:
        return ("returns-rdf", "has-endpoint-triple", "conforms-to-schema")
    endpoints = {text_of(quad.object) for quad in found if quad.predicate.value == SD + "endpoint"}
    services = [quad for quad in found if text_of(quad.object) == SD + "Service"]
    checks = {
        "returns-rdf": answer.status == 200 and bool(found),
        "has-endpoint-triple": any(endpoint.endswith("/sparql") for endpoint in endpoints),
        "conforms-to-schema": len(services) == 1 and len(endpoints) == 1,
    }
    return tuple(name for name, holds in checks.items() if not holds)

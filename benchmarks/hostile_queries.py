"""Requests to the endpoint that could stop it, and what may be answered to each."""

# ruff: noqa: E501 (an attack is read on one line)

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

ANSWERED = frozenset({200})
REFUSED = frozenset({400})
FORBIDDEN = frozenset({403})
TOO_LARGE = frozenset({413})
BOUNDED = frozenset({200, 400, 413, 503})
"""Answered, or ended at a limit that the answer names."""

ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A request, and the statuses that are right."""

    name: str
    body: bytes
    statuses: frozenset[int]
    headers: dict[str, str] = field(default_factory=lambda: DIRECT)
    path: str = "/sparql"
    method: str = "POST"


def attacks() -> list[Attack]:
    """Return all."""
    return [
        Attack(name=name, body=query.encode("utf-8", "surrogatepass"), statuses=statuses)
        for statuses, queries in QUERIES.items()
        for name, query in queries()
    ] + list(odd_requests())


def nested() -> Iterator[tuple[str, str]]:
    """Yield what nests deeper than a parser's stack."""
    yield "20,000 parentheses", f"ASK {{ FILTER({'(' * 20_000}1{')' * 20_000}) }}"
    yield "20,000 groups", f"ASK {'{' * 20_000}{'}' * 20_000}"
    yield "20,000 groups, never closed", f"ASK {'{' * 20_000}"
    yield "5,000 subqueries", f"{'SELECT * {' * 5000}{'}' * 5000}"
    yield "5,000 OPTIONALs", f"ASK {{ {'OPTIONAL { ?s ?p ?o } ' * 5000} }}"
    yield "5,000 OPTIONALs inside", f"ASK {{ {'OPTIONAL { ?s ?p ?o ' * 5000}{'}' * 5000} }}"
    yield "10,000 UNIONs", f"ASK {{ {' UNION '.join(['{}'] * 10_000)} }}"
    yield "10,000 MINUSes", f"ASK {{ {'MINUS { ?s ?p ?o } ' * 10_000} }}"
    yield "5,000 steps of a path", f"ASK {{ ?s {'/'.join(['<p>'] * 5000)} ?o }}"
    yield "5,000 ways of a path", f"ASK {{ ?s {'|'.join(['<p>'] * 5000)} ?o }}"
    yield "5,000 inverse paths", f"ASK {{ ?s {'^' * 5000}<p> ?o }}"
    yield "20,000 negations", f"ASK {{ FILTER({'!' * 20_000}true) }}"
    yield "20,000 conjunctions", f"ASK {{ FILTER(true{' && true' * 20_000}) }}"
    yield "20,000 alternatives", f"ASK {{ FILTER(true{' || true' * 20_000}) }}"
    yield "10,000 blank nodes", f"ASK {{ ?s ?p {'[ <p> ' * 10_000}1{']' * 10_000} }}"
    yield "10,000 lists", f"ASK {{ ?s ?p {'( ' * 10_000}1{')' * 10_000} }}"
    yield "10,000 triple terms", f"ASK {{ ?s ?p {'<<( <s> <p> ' * 10_000}1{' )>>' * 10_000} }}"
    yield "10,000 reified triples", f"ASK {{ {'<< ' * 10_000}<s> <p> 1{' >> <p> 1' * 10_000} }}"
    yield "5,000 EXISTS", f"ASK {{ {'FILTER EXISTS { ' * 5000}{'}' * 5000} }}"
    yield "5,000 GRAPHs", f"ASK {{ {'GRAPH ?g { ' * 5000}{'}' * 5000} }}"
    yield "10,000 IFs", f"ASK {{ FILTER({'IF(true,' * 10_000}true{',false)' * 10_000}) }}"
    yield "10,000 calls", f"ASK {{ FILTER({'STR(' * 10_000}1{')' * 10_000} = '1') }}"
    yield (
        "brackets in what looks like an IRI",
        f"ASK {{ FILTER(?a<{'(' * 20_000}1{')' * 20_000}>2) }}",
    )


def services() -> Iterator[tuple[str, str]]:
    """Yield disguises of requests to other places."""
    place = "<http://127.0.0.1:9/>"
    yield "SERVICE", f"ASK {{ SERVICE {place} {{ ?s ?p ?o }} }}"
    yield "SERVICE in odd letters", f"ASK {{ sErViCe {place} {{}} }}"
    yield "SERVICE SILENT", f"ASK {{ SERVICE SILENT {place} {{}} }}"
    yield "SERVICE to a variable", f"ASK {{ VALUES ?e {{ {place} }} SERVICE ?e {{}} }}"
    yield "SERVICE behind a remark", f"ASK {{ # SERVICE\n SERVICE#\n{place} {{}} }}"
    yield "SERVICE behind a string", f"ASK {{ BIND('\\'' AS ?a) SERVICE {place} {{}} }}"
    yield (
        "SERVICE behind a long string",
        f"ASK {{ BIND('''' ''\\'''' AS ?a) SERVICE {place} {{}} }}",
    )
    yield "SERVICE behind #", f"ASK {{ ?s <http://a#b> ?o . SERVICE {place} {{}} }}"
    yield "SERVICE without spaces", f"ASK{{SERVICE{place}{{}}}}"
    yield "SERVICE behind a word", f"ASK{{FILTER(true)SERVICE{place}{{}}}}"
    yield "SERVICE with a prefix", "PREFIX b: <http://127.0.0.1:9/> ASK { SERVICE b:x {} }"
    yield "SERVICE in a comparison", "PREFIX c: <x:> ASK { FILTER(?a<?b)SERVICE c:#>\n{} }"
    yield "SERVICE in a subquery", f"ASK {{ {{ SELECT * {{ SERVICE {place} {{}} }} }} }}"
    yield "SERVICE in EXISTS", f"ASK {{ FILTER EXISTS {{ SERVICE {place} {{}} }} }}"
    yield "SERVICE behind a carriage return", f"ASK {{ #\r SERVICE {place} {{}} }}"
    yield "SERVICE of CONSTRUCT", f"CONSTRUCT {{}} WHERE {{ SERVICE {place} {{}} }}"
    yield "SERVICE of DESCRIBE", f"DESCRIBE ?s {{ SERVICE {place} {{ ?s ?p ?o }} }}"


def escaped_services() -> Iterator[tuple[str, str]]:
    """Yield requests to other places that are written with escapes."""
    place = "<http://127.0.0.1:9/>"
    yield "\\u0053ERVICE", f"ASK {{ \\u0053ERVICE {place} {{}} }}"
    yield "\\U00000053ERVICE", f"ASK {{ \\U00000053ERVICE {place} {{}} }}"
    yield "a string that an escape ends", f"ASK {{ BIND('a\\u0027 AS ?x) SERVICE {place} {{}} #' }}"
    yield "letters that look like others", f"ASK {{ ＳＥＲＶＩＣＥ {place} {{}} }}"


def updates() -> Iterator[tuple[str, str]]:
    """Yield what is not a query."""
    yield "LOAD", "LOAD <http://127.0.0.1:9/>"
    yield "LOAD of a file", "LOAD <file:///etc/passwd>"
    yield "INSERT DATA", "INSERT DATA { <s> <p> <o> }"
    yield "DELETE WHERE", "DELETE WHERE { ?s ?p ?o }"
    yield "CLEAR ALL", "CLEAR ALL"
    yield "DROP ALL behind a query", "ASK {} ; DROP ALL"
    yield "no query", "hello"
    yield "a remark alone", "#"
    yield "NUL", "ASK {}\x00"
    yield "an IRI with spaces", "ASK { <a b> ?p ?o }"
    yield "an IRI with a quotation mark", 'ASK { <a"b> ?p ?o }'
    yield "a string without end", "ASK { ?s ?p '''" + "x" * 100_000
    yield "an IRI without end", "ASK { <" + "x" * 100_000
    yield "a lone surrogate in UTF-8", "ASK { ?s ?p '\ud800' }"
    yield "100,000 quotation marks", "ASK { ?s ?p " + '"' * 100_000
    yield "100,000 <", "ASK { " + "<" * 100_000


def explosions() -> Iterator[tuple[str, str]]:
    """Yield what takes for ever, or all memory."""
    yield "20,000 sums", f"ASK {{ FILTER(1{'+1' * 20_000} > 0) }}"
    numbers = " ".join(map(str, range(1000)))
    crossed = " ".join(f"VALUES ?v{n} {{ {numbers} }}" for n in range(6))
    doubled = " ".join(f"BIND(CONCAT(?x{n},?x{n}) AS ?x{n + 1})" for n in range(40))
    yield "a cross product", f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}"
    yield "a cross product of rows", f"SELECT * {{ {ALL} }}"
    yield "a cross product in order", f"SELECT * {{ {ALL} }} ORDER BY ?i ?a"
    yield "a cross product, each once", f"SELECT DISTINCT ?a ?d ?g {{ {ALL} }}"
    yield (
        "a cross product in groups",
        f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {ALL} }} GROUP BY ?a ?d ?g",
    )
    yield "a cross product as a graph", f"CONSTRUCT {{ ?a ?e ?i }} {{ {ALL} }}"
    yield "a cross product of values", f"SELECT * {{ {crossed} }}"
    yield (
        "30 patterns crossed",
        f"ASK {{ {' . '.join(f'?a{n} ?b{n} ?c{n}' for n in range(30))} FILTER(?a0 = 1) }}",
    )
    yield (
        "a cross product of OPTIONALs",
        f"SELECT * {{ {' '.join(f'OPTIONAL {{ ?a{n} ?b{n} ?c{n} }}' for n in range(20))} }}",
    )
    yield (
        "a text of 2^40 characters",
        f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('ab' AS ?x0) {doubled} }}",
    )
    yield (
        "a text of all",
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f), STR(?i))) AS ?t) {{ {ALL} }}",
    )
    yield "a regular expression that explodes", f"ASK {{ FILTER REGEX('{'a' * 40}!', '^(a+)+$') }}"
    yield "a regular expression of 1,000^3", "ASK { FILTER REGEX('a', '((a{1000}){1000}){1000}') }"
    yield (
        "a replacement that grows",
        f"SELECT (REPLACE('{'a' * 5000}', 'a', '{'b' * 5000}') AS ?x) {{}}",
    )
    yield (
        "paths from everything to everything",
        "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)* ?b . ?b (!<x:z>)* ?c }",
    )
    yield "paths there and back", "SELECT * { ?a (!<x:y>|^!<x:y>)+ ?b . ?c (!<x:y>|^!<x:y>)+ ?d }"
    yield (
        "paths inside paths",
        "ASK { ?a ((((!<x:y>)*)*)*)* ?b . ?b (((!<x:z>)+)+)+ ?c FILTER(?a = ?c && ?b = 1) }",
    )
    yield "DESCRIBE of everything", "DESCRIBE * { ?s ?p ?o }"
    yield "DESCRIBE of a cross product", f"DESCRIBE * {{ {ALL} }}"
    yield (
        "EXISTS in each row",
        f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ {ALL} FILTER(?a = ?s && ?i = 1) }} }}",
    )
    yield "MINUS of everything", f"SELECT * {{ {ALL} MINUS {{ ?a ?x ?y . ?z ?w ?i }} }}"
    yield (
        "graphs crossed",
        "SELECT * { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }",
    )
    yield "an order by chance", f"SELECT * {{ {ALL} }} ORDER BY RAND()"
    yield (
        "100,000 values",
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {' '.join(map(str, range(100_000)))} }} }}",
    )
    yield (
        "50,000 IRIs IN",
        f"ASK {{ ?s ?p ?o FILTER(?s IN ({', '.join(f'<x:{n}>' for n in range(50_000))})) }}",
    )
    yield "500 patterns of a star", f"ASK {{ {' . '.join(f'?s ?p{n} ?o{n}' for n in range(500))} }}"
    yield "10,000 columns", f"SELECT {' '.join(f'?v{n}' for n in range(10_000))} {{ ?v0 ?v1 ?v2 }}"
    yield (
        "1,000 joined variables",
        f"SELECT * {{ {' '.join(f'?v{n} ?p ?v{n + 1} .' for n in range(1000))} }}",
    )
    yield "1,000 subqueries side by side", f"ASK {{ {'{ SELECT * { ?s ?p ?o } } ' * 1000} }}"
    yield "an offset beyond all", "SELECT * { ?s ?p ?o } OFFSET 9223372036854775807"
    yield "a limit beyond all", "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999"
    yield "a number of 100,000 digits", f"SELECT ({'9' * 100_000} * 2 AS ?n) {{}}"
    yield "an exponent beyond all", "SELECT (1e999999999 * 1e999999999 AS ?n) {}"
    yield (
        "a date beyond all",
        "SELECT ('99999999999999-01-01T00:00:00Z'^^<http://www.w3.org/2001/XMLSchema#dateTime> - NOW() AS ?d) {}",
    )
    yield "a division by zero", "SELECT (1/0 AS ?x) {}"
    yield (
        "the least integer, negated",
        "SELECT (-(-9223372036854775808) AS ?x) (ABS(-9223372036854775808) AS ?y) {}",
    )
    yield (
        "a place beyond a text",
        "SELECT (SUBSTR('abc', -9223372036854775808, 9223372036854775807) AS ?x) {}",
    )


def harmless() -> Iterator[tuple[str, str]]:
    """Yield what looks hostile and is a right query, to be answered."""
    many = "\n".join(f"PREFIX p{n}: <http://example.org/{n}/>" for n in range(10_000))
    yield "200 kB of remarks", f"ASK {{}} #{'x' * 200_000}"
    yield "200 kB of white space", f"ASK {{{' ' * 200_000}}}"
    yield "10,000 prefixes", f"{many} ASK {{}}"
    yield (
        "1,000 graphs of FROM",
        f"SELECT * {' '.join(f'FROM <x:{n}>' for n in range(1000))} {{ ?s ?p ?o }} LIMIT 1",
    )
    yield "SERVICE as a string", "ASK { BIND('SERVICE <x> {}' AS ?x) }"
    yield "SERVICE as a variable", "ASK { BIND(1 AS ?service) }"
    yield "SERVICE in a remark", "ASK {} # SERVICE <x> {}"
    yield "a character beyond the plane", "ASK { BIND('\U0001f600\u202e\ufeff' AS ?x) }"
    yield "an unknown function", "SELECT (<urn:x:f>(1) AS ?x) {}"
    yield "an unknown name", "DESCRIBE <urn:x:nothing>"
    yield "an odd language", "ASK { BIND('x'@en-abcdefgh-ijklmnop AS ?x) }"
    yield "Windows' ends of lines", "ASK\r\n{\r\n}\r\n"
    yield "40 brackets inside one another", f"ASK {{ FILTER({'(' * 40}true{')' * 40}) }}"


QUERIES = {
    REFUSED: nested,
    FORBIDDEN: services,
    REFUSED | FORBIDDEN: escaped_services,
    frozenset({400, 403, 405}): updates,
    BOUNDED: explosions,
    ANSWERED: harmless,
}


def odd_requests() -> Iterator[Attack]:
    """Yield requests that are odd by themselves."""

    def get(name: str, rest: str, statuses: frozenset[int]) -> Attack:
        return Attack(
            name=name, path=f"/sparql?{rest}", body=b"", headers={}, method="GET", statuses=statuses
        )

    ask = quote("ASK {}", safe="")
    yield Attack(
        name="a mark of byte order", body=b"\xef\xbb\xbfASK {}", statuses=ANSWERED | REFUSED
    )
    yield Attack(name="bytes of another encoding", body=b"ASK { ?s ?p '\xe9' }", statuses=REFUSED)
    yield Attack(name="UTF-16", body="ASK {}".encode("utf-16"), statuses=REFUSED)
    yield Attack(name="2 MB of query", body=b"ASK {} #" + b"x" * (2 << 20), statuses=TOO_LARGE)
    yield Attack(name="8 MB of body", body=b"x" * (8 << 20), statuses=TOO_LARGE)
    yield Attack(name="1,001 parameters", body=b"a=1&" * 1001, headers=FORM, statuses=REFUSED)
    yield Attack(
        name="a form of percent signs",
        body=b"query=%" + b"%" * 10_000,
        headers=FORM,
        statuses=REFUSED,
    )
    yield Attack(
        name="a query that is an update", body=b"update=DROP+ALL", headers=FORM, statuses=FORBIDDEN
    )
    yield get("NUL in the address", "query=ASK%7B%7D%00", REFUSED)
    yield get("a graph that is no IRI", f"query={ask}&default-graph-uri=a%20b", REFUSED)
    yield get("a graph of 30 kB", f"query={ask}&default-graph-uri=x:{'a' * 30_000}", ANSWERED)
    yield get("500 graphs", f"query={ask}{'&default-graph-uri=x:y' * 500}", ANSWERED)
    yield get("an address of 100 kB", f"query={ask}&x={'a' * 100_000}", frozenset({414}))
    yield get("two queries", f"query={ask}&query={ask}", REFUSED)

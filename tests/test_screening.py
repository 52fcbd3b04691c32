"""What would harm the process is refused by its tokens, and nothing else is."""

from __future__ import annotations

from contextlib import suppress

import pytest

from visidaerah.errors import QueryError, QueryForbidden
from visidaerah.screening import Nesting, screen, star, undeclared_prefix

SERVICE = [
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { } }",
    "SELECT * { SeRvIcE<http://x/>{} }",
    "PREFIX : <http://x/> SELECT * { SERVICE:b { } }",
    "SELECT * { ?s ?p trueSERVICE <http://x/> {} }",
    "SELECT * { ?s ?p 1SERVICE <http://x/> {} }",
    "SELECT * { ?s ?p 'a'SERVICE <http://x/> {} }",
    'SELECT * { ?s ?p "a\\"b"@en SERVICE <http://x/> {} }',
    "SELECT * { ?s ?p 'it''s' SERVICE <http://x/> {} }",
    'SELECT * { ?s ?p """a "quoted" b""" SERVICE <http://x/> {} }',
    "SELECT * { ?s ?p '''a 'b' \\''' c''' SERVICE <http://x/> {} }",
    "SELECT * { # a remark '\n SERVICE <http://x/> {} }",
    "SELECT * { # a remark \r SERVICE <http://x/> {} }",
    "SELECT * { ?s a:b\\' ?o . SERVICE <http://x/> {} # ' }",
    "SELECT * { ?s a:b\\#c ?o . SERVICE <http://x/> {} }",
    "SELECT * { ?s <http://a/#b> ?o SERVICE <http://x/> {} }",
    "SELECT * { ?s <http://a\\u0041'> ?o SERVICE <http://x/> {} # ' }",
    "SELECT * { ?a ?p ?b FILTER(?a<?b)SERVICE:c#>\n{} }",
    "SELECT * { FILTER(?a<?b).SERVICE:c#>\n{} }",
    "SELECT * { FILTER(?a<<http://x/#'>) SERVICE <http://x/> {} # ' }",
    "SELECT * { << <http://x/#'> ?p ?o >> ?q ?z SERVICE <http://x/> {} # ' }",
    "PREFIX a: <http://x/> SELECT * { ?s ?p a:.SERVICE<http://x/> {} }",
    "PREFIX a: <http://x/> SELECT * { ?s ?p a:x·\\' .SERVICE <http://x/> {} # ' }",
    "SELECT * { FILTER(?a<?b)?s?p?o.SERVICE h:#>\n{} }",
]

HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE <http://x/>' }",
    'SELECT * { ?s ?p """SERVICE\n"quoted"\nSERVICE""" }',
    "SELECT * { ?s <http://example.org/SERVICE/service?wsdl> ?o }",
    "SELECT * { ?s a:service ?o ; a:customerService.x ?service . $service ?p 1 }",
    "SELECT * { ?s ?p 'x'@service }",
    "# SERVICE\nSELECT * {}",
    "",
    "ASK {}",
    "<<<>>> ''' \\ \x00",
    "SELECT * { VALUES ?p { "
    + " ".join(f"<http://en.wikipedia.org/wiki/Foo_({n})>" for n in range(100))
    + " } }",
]


@pytest.mark.parametrize("query", SERVICE)
def test_every_way_to_write_service_is_refused(query: str) -> None:
    with pytest.raises(QueryForbidden, match="SERVICE"):
        screen(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_service_in_strings_names_and_remarks_is_no_service(query: str) -> None:
    screen(query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("(" * 61, "brackets"),
        ("SELECT * " + "{" * 61, "brackets"),
        ("[" * 61, "brackets"),
        ("SELECT (" + "1<(" * 61, "brackets"),
        ("ASK { " + "<< " * 61, "brackets"),
        ("ASK { " + "<" * 100_000, "brackets"),
        ("SELECT (1" + "<((((((((((((1))))))))))))>1" * 10, "brackets"),
        ("SELECT (1" + "<(((1>1" * 30, "brackets"),
        ("SELECT * {" + " OPTIONAL {}" * 101, "OPTIONALs"),
        ("SELECT * {" + " {} UNION" * 501, "UNIONs"),
        ("SELECT * { ?s " + "a:b/" * 151, "path operators"),
        ("SELECT * { FILTER(" + "!" * 1001, "operators"),
        ("SELECT (1" + " + ?x" * 1001, "operators"),
    ],
)
def test_nesting_over_a_limit_is_refused_and_the_limit_is_named(query: str, words: str) -> None:
    with pytest.raises(QueryError, match=rf"more than \d+ .*{words}"):
        screen(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 59 + "}" * 59,
        "SELECT * {" + "{}" * 5000 + "}",
        "SELECT * {" + "<< ?s ?p <x:o>>> ?q ?z . " * 500 + "}",
        "SELECT ('" + "(" * 5000 + "' AS ?x) {}",
        "# " + "(" * 5000 + "\nASK {}",
        "SELECT * { VALUES ?x {" + " -1.5e3" * 50_000 + "} }",
    ],
)
def test_long_and_moderately_nested_queries_pass(query: str) -> None:
    screen(query)


def test_limits_can_be_set() -> None:
    screen("((", Nesting(depth=2))
    with pytest.raises(QueryError, match="more than 1 brackets"):
        screen("((", Nesting(depth=1))


ODD = ["a.", "é-", "<a", "'a\n", '"', ":.", "a:", "?", "\\", "<\\u0041", "a:%"]


@pytest.mark.parametrize("piece", ODD)
def test_many_odd_characters_are_read_in_one_pass(piece: str) -> None:
    screen(piece * (200_000 // len(piece)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ASK { ?s vd:x ?o }", (9, "vd")),
        ("ASK { ?s :x ?o }", (9, "")),
        ("PREFIX vd: <urn:x> ASK { ?s vd:x/foo:y ?o }", (33, "foo")),
        ("prefix : <urn:x> ASK { ?s :x _:b }", None),
        ("ASK { ?s <a:b> 'vd:x' } # vd:x", None),
        ("ASK { ?s rdfs:label ?o }", None),
    ],
)
def test_the_first_prefix_that_nobody_declares_is_found(
    query: str, found: tuple[int, str] | None
) -> None:
    assert undeclared_prefix(query, declared={"rdfs"}) == found


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * {}", 7),
        ("BASE <urn:*> SELECT DISTINCT * {}", 29),
        ("SELECT (COUNT(*) AS ?n) {}", None),
        ("SELECT ?a { SELECT * {} }", None),
        ("DESCRIBE * {}", None),
        ("", None),
        ("SELECT ?a (?a * ?b AS ?c) { ?a ?p ?b }", None),
        ("SELECT (2 * 3 AS ?c) {}", None),
        ("PREFIX a: <b>\nBASE <c> # *\nSELECT DISTINCT * {}", 43),
    ],
)
def test_the_star_of_the_query_itself_is_found(query: str, place: int | None) -> None:
    assert star(query) == place


@pytest.mark.parametrize("unit", ['\\"', "\\'", '\\"a', '"\\', "'''\\"])
def test_strings_that_never_end_are_looked_at_once(unit: str) -> None:
    """Looked at from every start they would take hours, and this would not end."""
    with suppress(QueryError):
        screen("SELECT * { ?now " + unit * 100_000)

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from requirements import requires_java
from visidaerah import assets, checks
from visidaerah.checks import Finding, Outcome, Report
from visidaerah.errors import DatasetError
from visidaerah.names import ONTOLOGY_GRAPH
from visidaerah.store import knowledge_quads, shipped_quads
from visidaerah.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

HEAD = f"@base <{BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in ("oa", "prov", "rdf", "vd", "xsd")
)
SPAN = """
<id/document/x> prov:value "Visi: kota sehat." .
<id/document/x#char=6,16> a vd:TextSpan ; oa:hasSource <id/document/x> ;
  oa:hasSelector <id/document/x#position=6,16> , <id/document/x#quote=6,16> .
<id/document/x#position=6,16> oa:start 6 ; oa:end 16 .
<id/document/x#quote=6,16> oa:exact "kota sehat"@id .
"""


def stated(turtle: str) -> list[Quad]:
    return list(parse(HEAD + turtle, RdfFormat.TURTLE))


@cache
def vocabulary() -> tuple[Quad, ...]:
    return tuple(quad for quad in shipped_quads() if quad.graph_name == ONTOLOGY_GRAPH)


def rules(outcome: Outcome) -> set[str]:
    return {finding.rule for finding in outcome.findings}


def quoted(old: str = "", new: str = "") -> Outcome:
    assert old in SPAN
    return checks.check_quotes(stated(SPAN.replace(old, new, 1) if old else SPAN))


# The shipped graph


@cache
def shipped_report() -> Report:
    return checks.run_checks()


@requires_java
def test_the_shipped_graph_is_sound_and_nothing_is_skipped() -> None:
    report = shipped_report()
    assert report.text().splitlines()[-1] == "Sound: nothing wrong."
    assert report.ok
    assert [outcome.skipped for outcome in report.outcomes] == [None] * 4


def test_each_check_says_how_much_it_looked_at() -> None:
    shapes, queries, quotes, _ = shipped_report().outcomes
    assert int(shapes.looked_at.split()[0]) > 50
    assert int(queries.looked_at.split()[0]) > 30
    assert int(quotes.looked_at.split()[0].replace(",", "")) > 200


# Files


def test_a_file_is_checked_against_the_shipped_ontology(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text(HEAD + "<id/plan/x/mission/1> a vd:Mission .", encoding="utf-8")
    report = checks.run_checks([file], reasoner=False)
    assert not report.ok
    assert {"mission", "plan-element"} <= rules(report.outcomes[0])
    assert "id/plan/x/mission/1: A mission must be the mission of a plan" in report.text()


def test_a_file_that_brings_its_ontology_meets_it_once(tmp_path: Path) -> None:
    file = tmp_path / "own.nt"
    lines = (f"{q.subject} {q.predicate} {q.object} ." for q in vocabulary())
    file.write_text("\n".join(lines), encoding="utf-8")
    (shapes, *_) = checks.run_checks([file], reasoner=False).outcomes
    assert shapes.looked_at.endswith(f" over {len(vocabulary()):,} statements")
    assert shapes.findings == ()


def test_an_empty_file_breaks_nothing(tmp_path: Path) -> None:
    file = tmp_path / "empty.ttl"
    file.write_text("", encoding="utf-8")
    report = checks.run_checks([file], reasoner=False)
    assert report.ok
    assert report.text().splitlines()[-3:] == [
        "Quotes: 0 spans: nothing wrong",
        "Reasoner: skipped as asked",
        "Sound: nothing wrong.",
    ]


def test_several_files_are_checked_together(tmp_path: Path) -> None:
    text, span = tmp_path / "text.ttl", tmp_path / "span.ttl"
    statements = SPAN.strip().splitlines()
    text.write_text(HEAD + statements[0], encoding="utf-8")
    span.write_text(HEAD + "\n".join(statements[1:]), encoding="utf-8")
    quotes = checks.run_checks([text, span], reasoner=False).outcomes[2]
    assert (quotes.looked_at, quotes.findings) == ("1 span", ())


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"absent\.ttl"):
        checks.run_checks([tmp_path / "absent.ttl"])


# Shapes


def test_a_finding_names_the_shape_the_thing_and_what_must_hold_in_both_languages() -> None:
    outcome = checks.check_shapes(stated("<id/region/x> a vd:Region ."))
    (kind,) = (f for f in outcome.findings if "exactly one of province" in f.message["en"])
    assert (kind.rule, kind.node, kind.severity) == ("region", f"{BASE}id/region/x", "violation")
    assert kind.message["id"].startswith("Daerah harus berupa tepat satu")


def test_what_is_merely_unusual_is_a_warning_and_does_not_make_a_graph_unsound() -> None:
    plan = (assets.ontology() / "examples/usual-period/fail.ttl").read_bytes()
    outcome = checks.check_shapes([*knowledge_quads(), *parse(plan, RdfFormat.TURTLE)])
    assert [(f.rule, f.severity) for f in outcome.findings] == [("usual-period", "warning")]
    assert Report(outcomes=(outcome,)).ok


@pytest.mark.parametrize(
    "turtle",
    [
        '<x> a vd:PlanElement ; vd:position "first" .',
        '<x> a vd:PlanElement ; vd:position "1"^^xsd:integer , "one"^^xsd:integer .',
        '<x> a vd:SectorAssignment ; vd:confidence "high"^^xsd:decimal .',
        '<x> a vd:SectorAssignment ; vd:confidence "NaN"^^xsd:double .',
        '<x> a vd:PlanPeriod ; vd:startYear "soon"^^xsd:gYear ; vd:endYear 2021 .',
        "[] a vd:Vision .",
        "<x> a vd:Principle ; vd:hasComponent <x> .",
        '<x> a oa:TextPositionSelector ; oa:start "a"@id ; oa:end -1 .',
        "<x> a vd:TextSpan ; oa:hasSource <x> ; oa:hasSelector <x> ; prov:value <x> .",
    ],
)
def test_odd_values_are_found_and_crash_nothing(turtle: str) -> None:
    report = checks.check(stated(turtle), reasoner=False)
    assert not report.ok
    assert all(finding.text() for finding in report.findings)


def test_statements_of_rdf_1_2_are_let_pass() -> None:
    turtle = '<x> vd:says <<( <a> <b> <c> )>> . <x> vd:says "x"@en--ltr .'
    assert checks.check_shapes(stated(turtle)).findings == ()


# Violation queries


def test_a_rule_in_sparql_speaks_both_languages_too() -> None:
    plan = (assets.ontology() / "examples/declared-count-found/fail.ttl").read_bytes()
    outcome = checks.check_shapes([*knowledge_quads(), *parse(plan, RdfFormat.TURTLE)])
    (finding,) = (f for f in outcome.findings if f.rule == "declared-count-found")
    assert finding.message["en"].startswith("The number of parts found is not")
    assert finding.message["id"].startswith("Jumlah bagian yang ditemukan tidak sama")
    assert all("/count/pillar" in text for text in finding.message.values())


def test_a_row_of_a_violation_query_is_a_finding() -> None:
    turtle = (
        "<id/plan/x> vd:hasSectorAssignment <id/plan/x/s> . <id/plan/x/s> a vd:SectorCandidate ."
    )
    outcome = checks.check_queries(stated(turtle))
    (published,) = (f for f in outcome.findings if f.rule == "candidate-is-published")
    assert published.node == f"{BASE}id/plan/x/s"
    assert published.message.keys() == {"id", "en"}
    assert "stands as an assignment" in published.message["en"]


# Quotes


def test_a_quote_that_stands_in_its_place_is_right() -> None:
    outcome = quoted()
    assert (outcome.looked_at, outcome.findings) == ("1 span", ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("oa:start 6", "oa:start 7"),
        ("oa:end 16", "oa:end 15"),
        ('"kota sehat"@id', '"kota  sehat"@id'),
        ("oa:end 16", "oa:end 16 , 17"),
        ("oa:start 6 ;", ""),
        ("oa:start 6", 'oa:start "six"'),
        ("oa:start 6", "oa:start -11"),
        ("oa:end 16", f"oa:end {'9' * 5000}"),
        ('oa:exact "kota sehat"@id', 'oa:exact ""'),
        ('prov:value "Visi: kota sehat."', 'prov:value "Visi: kota sakit."'),
        ('prov:value "Visi: kota sehat."', "prov:value <text>"),
    ],
)
def test_a_quote_that_does_not_is_found(old: str, new: str) -> None:
    assert [finding.node for finding in quoted(old, new).findings] == [
        f"{BASE}id/document/x#char=6,16"
    ]


def test_positions_count_code_points() -> None:
    assert quoted('"Visi: kota sehat."', '"🏙️\\u00A0xyz\\tkota sehat"').findings != ()
    assert quoted('"Visi: kota sehat."', '"🏙️\\u00A0xykota sehat"').findings != ()
    assert quoted('"Visi: kota sehat."', '"🏙\\u00A0xyz\\tkota sehat"').findings == ()


# The reasoner


def test_without_java_the_reasoner_is_skipped_and_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", lambda _program: None)
    outcome = checks.check_reasoning(list(vocabulary()))
    assert outcome.skipped == checks.NO_JAVA
    assert "default-jre-headless" in outcome.text()
    assert Report(outcomes=(outcome,)).ok


@requires_java
def test_the_reasoner_refuses_to_find_nothing_in_nothing() -> None:
    with pytest.raises(DatasetError, match="no class"):
        checks.check_reasoning(stated("<a> <b> <c> ."))


@requires_java
def test_the_reasoner_sees_the_statements_of_a_document() -> None:
    turtle = "<id/plan/x> a vd:DevelopmentPlan , vd:SourceText ."
    graph = NamedNode(f"{BASE}graph/document/x")
    quads = [Quad(q.subject, q.predicate, q.object, graph) for q in stated(turtle)]
    assert rules(checks.check_reasoning([*vocabulary(), *quads])) == {"consistency"}


# The report


def test_a_report_shows_each_outcome_its_findings_and_a_verdict() -> None:
    broken = Finding(rule="r", node=f"{BASE}id/x", message={"id": "Salah.", "en": "Wrong."})
    unusual = Finding(rule="u", node="y", message={"en": "Odd."}, severity="warning")
    report = Report(
        outcomes=(
            Outcome(name="Shapes", looked_at="2 shapes", findings=(broken, unusual)),
            Outcome(name="Reasoner", skipped="as asked"),
        )
    )
    assert report.text() == (
        "Shapes: 2 shapes: 1 violation, 1 warning\n"
        "  violation  id/x: Wrong. [r]\n"
        "  warning  y: Odd. [u]\n"
        "Reasoner: skipped as asked\n"
        "Not sound: 1 violation, 1 warning."
    )
    assert "id/x: Salah. [r]" in report.text("id")
    assert "y: Odd. [u]" in report.text("id")
    assert not report.ok


def test_an_installation_without_shapes_or_queries_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for folder in ("shapes", "checks"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(assets, "ontology", lambda: tmp_path)
    monkeypatch.setattr(assets, "queries", lambda: tmp_path)
    with pytest.raises(DatasetError, match="no shapes"):
        checks.check_shapes([])
    with pytest.raises(DatasetError, match="no violation queries"):
        checks.check_queries([])

"""Answers and plans as files that people open: names beside IRIs, and nothing that runs."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pyoxigraph as ox
import pytest

from pages_site import BROWSER, Visitor, shipped, visitor_of
from visidaerah.assets import data
from visidaerah.documents import read_folder
from visidaerah.errors import AnswerTooLong
from visidaerah.vocabulary import VD
from visidaerah.web.pages.spreadsheets import MOST_CELLS, Sheet, csv_lines, workbook

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

METRO = "https://w3id.org/visidaerah/id/plan/kota-metro"
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

HOSTILE = """
<id/plan/x> a vd:DevelopmentPlan ; rdfs:label "=HYPERLINK(1)"@id ;
  vd:hasMission <id/plan/x/mission/1> .
<id/plan/x/mission/1> a vd:Mission ; rdfs:label "@SUM(1)"@id ;
  vd:normalizedText "=cmd|' /C calc'!A0"@id .
<id/document/x> vd:reports <id/plan/x> ; prov:value "naskah\\u0000" .
<urn:x:plan> a vd:DevelopmentPlan ; rdfs:label "Rencana lain"@id .
"""


def fetched(address: str, visitor: Visitor | None = None) -> TestResponse:
    response = (visitor or shipped()).client.get(address)
    assert response.status_code == 200, address
    return response


def refused(address: str) -> int:
    """Return the status of a page that says why, without keeping its language."""
    client = shipped().client.application.test_client(use_cookies=False)
    response = client.get(address, headers={"Accept": BROWSER})
    assert response.mimetype == "text/html"
    return response.status_code


def rows_of(response: TestResponse) -> list[dict[str, str]]:
    assert response.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"))))


def asked(query: str, form: str = "csv", **more: str) -> str:
    return f"/table.{form}?{urlencode({'query': query, 'lang': 'en'} | more)}"


def cells(content: bytes, sheet: int = 1) -> list[list[str]]:
    """Return the cells of a sheet of a workbook as texts, row by row."""
    with ZipFile(io.BytesIO(content)) as book:
        strings = ET.fromstring(book.read("xl/sharedStrings.xml"))
        shared = ["".join(item.itertext()) for item in strings.iter(f"{CELL}si")]
        page = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    assert list(page.iter(f"{CELL}f")) == []
    return [[_cell(cell, shared) for cell in row] for row in page.iter(f"{CELL}row")]


def _cell(cell: ET.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{CELL}v") or ""
    # ECMA-376 writes characters that XML has no place for by their numbers.
    return shared[int(value)].replace("_x000D_", "\r") if cell.get("t") == "s" else value


def test_an_answer_as_a_table_has_names_beside_iris() -> None:
    query = f"SELECT ?region ?count {{ <{METRO}> {VD.coversRegion} ?region BIND(3 AS ?count) }}"
    (row,) = rows_of(fetched(asked(query)))
    assert row["region"] == "Metro City"
    assert row["region (IRI)"] == "https://w3id.org/visidaerah/id/region/18.72"
    assert row["count"] == "3"


def test_the_words_of_a_table_are_in_the_language_of_its_address() -> None:
    query = f"SELECT ?region {{ <{METRO}> ?p ?region . ?region a ?c }} LIMIT 1"
    assert "region" in fetched(asked(query)).get_data(as_text=True)
    assert "daerah" in fetched(asked(query, lang="id")).get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ("ASK {}", ["Answer"]),
        ("SELECT ?x { VALUES ?x { UNDEF } }", ["x"]),
        ("SELECT ?x { }", ["x"]),
        (f"CONSTRUCT {{ <{METRO}> ?p ?o }} {{ <{METRO}> ?p ?o }}", None),
    ],
)
def test_every_kind_of_answer_is_a_table(query: str, heads: list[str] | None) -> None:
    for form in ("csv", "xlsx"):
        response = fetched(asked(query, form))
        assert response.headers["Content-Disposition"] == f"attachment; filename=visidaerah.{form}"
        table = (
            [list(row) for row in csv.reader(response.get_data().decode("utf-8-sig").splitlines())]
            if form == "csv"
            else cells(response.data)
        )
        assert heads is None or table[0] == heads


def test_the_workbook_of_an_answer_has_all_its_rows_and_numbers_as_numbers() -> None:
    query = "SELECT ?n ?d { VALUES (?n ?d) { (1 0.25) (-7 0.5) (12345678901234567890 1) } }"
    assert cells(fetched(asked(query, "xlsx")).data)[1:] == [
        ["1", "0.25"],
        ["-7", "0.5"],
        ["12345678901234567890", "1"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    literal = ox.Literal(text)
    query = f"SELECT ?x {{ BIND({literal} AS ?x) }}"
    (row,) = rows_of(fetched(asked(query)))
    assert row["x"] == f"'{text}"
    assert cells(fetched(asked(query, "xlsx")).data)[1] == [text]


def test_a_number_below_zero_is_no_formula() -> None:
    assert [*csv_lines(Sheet("x", ("n",), [(-5,)]))][2] == "-5\r\n"


def test_what_a_workbook_cannot_hold_says_that_it_is_cut() -> None:
    table = cells(workbook([Sheet("x", ("t",), [("é" * 40_000,), ("a\x00\ufffe",)])]))
    assert table[1][0].endswith("… [cut]")
    assert len(table[1][0]) == 32_767
    assert table[2] == ["a\ufffd\ufffd"]


def test_a_table_too_long_for_a_workbook_is_refused() -> None:
    endless = ((n,) for n in range(MOST_CELLS + 1))
    with pytest.raises(AnswerTooLong, match="Take it as CSV"):
        workbook([Sheet("x", ("n",), endless)])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/table.csv", 400),
        (asked("SELECT oops"), 400),
        (asked("SELECT * { SERVICE <http://example.org/> {} }"), 403),
        (asked("ASK {}", "doc"), 404),
        ("/plan.zip?plan=nowhere", 404),
        ("/plan.zip", 404),
        ("/plan.doc?plan=kota-metro", 404),
    ],
)
def test_what_cannot_be_had_is_told(address: str, status: int) -> None:
    assert refused(address) == status


def test_a_plan_as_a_table_has_every_statement_with_its_place_in_the_text() -> None:
    text = read_folder(data() / "documents" / "kota-metro").text
    rows = rows_of(fetched("/plan.csv?plan=kota-metro&lang=en"))
    assert len(rows) == 33
    for row in rows:
        printed = text[int(row["start (character)"]) : int(row["end (character)"])]
        assert row["text"].split()[0].casefold() in printed.casefold()
    mission = next(row for row in rows if row["statement (IRI)"].endswith("/mission/2"))
    assert (mission["kind"], mission["number"]) == ("mission", "2")
    assert "Health" in mission["sectors"]


def test_a_plan_as_a_workbook_has_its_statements_their_sectors_and_itself() -> None:
    content = fetched("/plan.xlsx?plan=kota-metro&lang=en").data
    assert len(cells(content, 1)) == 1 + 33
    assert any("1.02" in row for row in cells(content, 2))
    assert ["Region", "Metro City", "https://w3id.org/visidaerah/id/region/18.72"] in cells(
        content, 3
    )


def test_a_bundle_has_the_data_the_tables_the_text_and_where_they_are_from() -> None:
    response = fetched("/plan.zip?plan=kota-metro&lang=en")
    assert response.headers["Content-Disposition"] == "attachment; filename=kota-metro.zip"
    with ZipFile(io.BytesIO(response.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert set(files) == {
        "README.txt",
        "statements.csv",
        "graph.ttl",
        "statements.xlsx",
        "provenance.ttl",
        "text.txt",
    }
    assert files["text.txt"].decode() == read_folder(data() / "documents" / "kota-metro").text
    readme = files["README.txt"].decode()
    assert all(name in readme for name in files if name != "README.txt")
    assert METRO in readme


def test_the_turtle_of_a_bundle_has_what_the_page_of_the_plan_is_made_of() -> None:
    with ZipFile(io.BytesIO(fetched("/plan.zip?plan=kota-metro").data)) as archive:
        told = {q.triple for q in ox.parse(archive.read("graph.ttl"), format=ox.RdfFormat.TURTLE)}
        origin = {
            q.triple for q in ox.parse(archive.read("provenance.ttl"), format=ox.RdfFormat.TURTLE)
        }
    subjects = {triple.subject.value for triple in told if isinstance(triple.subject, ox.NamedNode)}
    assert {METRO, f"{METRO}/mission/2", f"{METRO}/mission/2/sector/1.02"} <= subjects
    assert any(
        iri.startswith("https://w3id.org/visidaerah/id/document/kota-metro#") for iri in subjects
    )
    assert not any("kota-magelang" in iri for iri in subjects)
    assert "https://w3id.org/visidaerah/id/activity/reading/kota-metro" in {
        getattr(triple.subject, "value", "") for triple in origin
    }


def test_the_same_plan_is_always_the_same_bytes() -> None:
    assert fetched("/plan.zip?plan=kota-metro").data == fetched("/plan.zip?plan=kota-metro").data


def test_hostile_words_of_a_plan_are_inert_in_its_files() -> None:
    strange = visitor_of(HOSTILE)
    (row,) = rows_of(fetched("/plan.csv?plan=x&lang=en", strange))
    assert row["text"].startswith("'=cmd")
    assert fetched("/plan.zip?plan=x", strange).data[:2] == b"PK"
    foreign = fetched("/plan.zip?plan=urn:x:plan", strange)
    name = re.fullmatch(r"attachment; filename=([\w.-]+)", foreign.headers["Content-Disposition"])
    assert name is not None
    assert name[1] == "urn-x-plan.zip"


def test_pages_lead_to_the_files_in_words_that_people_use() -> None:
    page = shipped().see("/page/plan/kota-metro", "en")
    links = {link.text: link["href"] for link in page.all("a")}
    for words in ("Everything in one file (ZIP)", "Spreadsheet (Excel, XLSX)", "Table (CSV)"):
        assert fetched(links[words]).data
    question = shipped().see("/questions/which-missions-concern-education", "en")
    address = next(
        link["href"] for link in question.all("a") if link.text.startswith("Spreadsheet")
    )
    assert len(cells(fetched(address).data)) > 1


def test_an_answer_that_is_too_long_for_a_table_is_refused_and_never_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("visidaerah.web.pages.takeaways.MOST_ROWS", 5)
    assert refused(asked("SELECT ?s { ?s ?p ?o } LIMIT 6")) == 413
    assert len(rows_of(fetched(asked("SELECT ?s { ?s ?p ?o } LIMIT 5")))) == 5


def test_the_workbook_of_a_comparison_has_the_matrix_and_the_list() -> None:
    content = fetched("/compare.xlsx?lang=en").data
    heads, *plans = cells(content, 1)
    assert [row[0] for row in plans] == [
        "RPJMD of Magelang City 2016–2021",
        "Development plan of Metro City",
    ]
    assert "Health" in heads
    assert len(cells(content, 2)) > 30


@pytest.mark.parametrize("number", ["1E999", "NaN1", "-INF", "1e-999"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_number_that_no_program_holds_stays_a_text(number: str, form: str) -> None:
    datatype = "http://www.w3.org/2001/XMLSchema#decimal"
    query = f'SELECT ("{number}"^^<{datatype}> AS ?x) {{}}'
    content = fetched(asked(query, form)).get_data()
    found = cells(content)[1][0] if form == "xlsx" else content.decode("utf-8-sig").split()[1]
    assert found.lstrip("'") == number


def test_a_negative_double_is_a_number() -> None:
    assert rows_of(fetched(asked("SELECT (-2.5E0 AS ?x) {}"))) == [{"x": "-2.5"}]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_time_of_an_answer_is_not_kept(form: str) -> None:
    response = fetched(asked("SELECT (NOW() AS ?x) {}", form))
    assert response.cache_control.no_store
    assert not fetched(asked("SELECT (1 AS ?x) {}", form)).cache_control.no_store


@pytest.mark.parametrize("page", ["/plans", "/compare", "/compare.csv"])
def test_a_year_of_any_length_is_asked_for(page: str) -> None:
    client = shipped().client.application.test_client(use_cookies=False)
    assert client.get(f"{page}?year={'1' * 5000}").status_code < 500


def test_a_file_of_a_very_long_name_is_not_there() -> None:
    assert refused(f"/assets/x/{'a' * 300}") == 404

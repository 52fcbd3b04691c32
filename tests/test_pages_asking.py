"""Search, saved questions, the query page and errors: one asks, and learns what to do next."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from pages_site import BROWSER, Visitor, shipped, visitor_of
from visidaerah.assets import queries
from visidaerah.errors import AnswerTooLong, QueryError, QueryTooHeavy
from visidaerah.queries import TOPICS, load_queries, read_query
from visidaerah.store import QueryAnswer, QueryRequest, Store
from visidaerah.web import create_app
from visidaerah.web.language import messages

if TYPE_CHECKING:
    from html_pages import Page
    from visidaerah.web.dumps import Dump
    from visidaerah.web.site import Site

MISSIONS = "/questions/what-are-the-missions-of-metro"
NAMES = [saved.name for saved in load_queries(queries())]


def test_the_front_page_shows_plans_their_provinces_and_questions() -> None:
    page = shipped().see("/")
    cards = [card.text for card in page.all("h3", class_="card-heading")]
    assert cards == ["RPJMD Kota Magelang 2016–2021", "Rencana pembangunan Kota Metro"]
    shown = page.one("ul", aria_labelledby="provinces").text
    assert "Jawa Tengah 1" in shown
    assert "Lampung 1" in shown
    assert len(page.all("rect")) == 38
    assert len([link for link in page.all("a") if link["href"].startswith("/questions/")]) == 3


def test_an_empty_release_says_that_there_is_no_plan() -> None:
    page = visitor_of("").see("/")
    assert "Belum ada rencana di sini." in page.text
    assert page.all("svg") == []


def test_a_piece_of_a_word_finds_the_word() -> None:
    page = shipped().see("/search?q=sehat")
    assert "Kesehatan" in page.text
    assert "Mewujudkan Masyarakat sehat jasmani" in page.text
    assert "sehat" in {mark.text for mark in page.all("mark")}


def test_a_search_finds_questions_too() -> None:
    page = shipped().see("/search?q=menyangkut+pendidikan")
    found = {link.text: link["href"] for link in page.all("a")}
    assert found["Misi mana saja yang menyangkut pendidikan?"].startswith("/questions/")


def test_the_data_page_lists_the_files_and_describes_them_to_search_engines() -> None:
    page = shipped().see("/data")
    files = page.all("a", type="application/gzip")
    described = json.loads(page.one("script").text)
    assert described["@type"] == "Dataset"
    assert described["license"].endswith("/by/4.0/")
    assert [d["contentUrl"] for d in described["distribution"]] == [
        f"http://localhost{link['href']}" for link in files
    ]
    assert len(files) == 6
    assert "license" not in json.loads(visitor_of("").see("/data").one("script").text)


def test_an_abbreviation_finds_its_plan_type_and_plan() -> None:
    page = shipped().see("/search?q=RPJMD")
    assert "Rencana Pembangunan Jangka Menengah Daerah" in page.text
    assert "RPJMD Kota Magelang 2016–2021" in page.text


def test_all_words_must_be_found() -> None:
    assert "Kota Jasa" in shipped().see("/search?q=jasa+swasta").text
    nothing = shipped().see("/search?q=jasa+antariksa")
    assert "Tidak ditemukan apa pun untuk “jasa antariksa”" in nothing.text


@pytest.mark.parametrize("asked", ["IT", "a", "di", "1.02"])
def test_short_words_are_found_too(asked: str) -> None:
    assert shipped().see(f"/search?q={asked}").all("h2")


@pytest.mark.parametrize(
    "asked",
    ['"', "'", "*", "NEAR(", "a AND", "name:kota", "%", "_", "\\", "kota OR 1=1 --", "x" * 5000],
)
def test_no_input_breaks_the_search(asked: str) -> None:
    page = shipped().see(f"/search?q={quote(asked)}")
    assert page.one("h1").text == "Cari"


def test_what_was_asked_stays_in_the_field() -> None:
    asked = '<b>"x"'
    page = shipped().see(f"/search?q={quote(asked)}")
    assert page.one("input", id="q")["value"] == asked


def test_many_hits_are_counted_and_shown_in_pages() -> None:
    page = shipped().see("/search?q=kabupaten")
    assert page.one("h2", id="found-regions").text.split()[-1] == "416"
    (ahead,) = (link["href"] for link in page.all("a", rel="next") if "regions" in link["href"])
    following = shipped().see(ahead)
    assert "Halaman 2 dari 21" in following.text
    first, second = (
        {link["href"] for link in one.all("a") if link["href"].startswith("/page/region/")}
        for one in (page, following)
    )
    assert (len(first), len(second), first & second) == (20, 20, set())


def test_words_of_a_plans_name_narrow_what_its_parts_say() -> None:
    page = shipped().see("/search?q=agama+Magelang")
    found = [link["href"] for link in page.all("a") if "/mission/" in link["href"]]
    assert "/page/plan/kota-magelang-2016/mission/5" in found
    assert [href for href in found if "kota-metro" in href] == []
    short = shipped().see("/search?q=agama+Magelang+di")
    assert "/page/plan/kota-magelang-2016/mission/5" in [link["href"] for link in short.all("a")]


@pytest.mark.parametrize(
    "asked", ["%27", "%22)", "a", "%25", "NEAR(a+b)", "-", "*", "name:x", "%00"]
)
def test_no_words_break_the_search(asked: str) -> None:
    page = shipped().see(f"/search?q={asked}")
    assert page.problems == []


def test_a_search_in_an_empty_release_finds_nothing() -> None:
    page = visitor_of("").see("/search?q=kota", "en")
    assert "Nothing was found" in page.text


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_an_answer_page(name: str) -> None:
    page = shipped().see(f"/questions/{name}")
    assert page.all("table") or "Tidak ada" in page.one("p", class_="notice").text
    assert page.one("h1").text.endswith("?")


def test_every_column_of_an_answer_has_a_name_in_both_languages() -> None:
    variables = {
        variable for name in NAMES for variable in csv_of(f"/questions/{name}").fieldnames or ()
    }
    assert len(variables) > 50
    known = messages("id").words.keys()
    assert {name for name in variables if f"column.{name}" not in known} == set()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_no_two_columns_of_an_answer_have_the_same_head(name: str, language: str) -> None:
    heads = [head.text for head in shipped().see(f"/questions/{name}", language).all("th")]
    assert len(set(heads)) == len(heads)


def csv_of(address: str) -> csv.DictReader[str]:
    links = shipped().see(address).all("a", type="text/csv")
    found = (link["href"] for link in links if link.text == "CSV")
    content = "".join(shipped().client.get(href).get_data(as_text=True) for href in found)
    return csv.DictReader(io.StringIO(content))


def test_a_fraction_is_written_as_the_language_writes_it() -> None:
    address = "/questions/which-missions-contribute-to-healthy-metro"
    assert "0,95" in shipped().see(address).text
    assert "0.95" in shipped().see(address, "en").text


def test_a_value_that_is_no_number_is_shown_as_it_is() -> None:
    graph = """
    <id/plan/kota-metro> a vd:DevelopmentPlan ; vd:hasPillar <id/plan/kota-metro/pillar/2> .
    <id/plan/kota-metro/mission/1> a vd:Mission ; vd:normalizedText "Misi"@id ;
      vd:hasContribution <id/plan/kota-metro/mission/1/contribution/2> .
    <id/plan/kota-metro/mission/1/contribution/2> vd:confidence "sangat"^^xsd:decimal ;
      vd:contributionTarget <id/plan/kota-metro/pillar/2> ; vd:method <id/method/human> ;
      vd:evidenceSpan [ oa:hasSelector [ oa:exact "kata"@id ] ] .
    <id/method/human> skos:prefLabel "pembaca"@id .
    """
    page = visitor_of(graph).see("/questions/which-missions-contribute-to-healthy-metro")
    assert "sangat" in page.text


def test_a_question_is_answered_in_words() -> None:
    page = shipped().see(MISSIONS)
    heads = [head.text for head in page.all("th")]
    assert {"rencana", "misi", "bunyi"} <= set(heads)
    assert "5 baris" in page.text
    assert "Misi 5" in page.text


def test_a_question_can_be_asked_of_another_plan() -> None:
    page = shipped().see(MISSIONS)
    choices = {option.text: option["value"] for option in page.all("option")}
    other = quote(choices["RPJMD Kota Magelang 2016–2021"])
    answer = shipped().see(f"{MISSIONS}?plan={other}")
    assert "Memperkuat kehidupan beragama" in answer.text
    assert "Tata Kelola Pemerintahan" not in answer.text
    chosen = [option.text for option in answer.all("option") if "selected" in option.attributes]
    assert chosen == ["RPJMD Kota Magelang 2016–2021"]


def test_a_short_form_is_understood() -> None:
    answer = shipped().see(f"{MISSIONS}?plan=kota-magelang-2016")
    assert "Memperkuat kehidupan beragama" in answer.text


def test_the_answer_comes_as_a_file_and_as_a_query_for_programs() -> None:
    page = shipped().see(f"{MISSIONS}?plan=kota-magelang-2016")
    address = next(link["href"] for link in page.all("a", type="text/csv") if link.text == "CSV")
    response = shipped().client.get(address)
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))
    assert response.mimetype == "text/csv"
    assert len(rows) == 5
    assert rows[3]["text"].startswith("Mengembangkan potensi budaya")
    command = shlex.split(next(e.text for e in page.all("pre") if e.text.startswith("curl")))
    asked = next(word for word in command if word.startswith("query=")).removeprefix("query=")
    again = shipped().client.get("/sparql", query_string={"query": asked, "format": "csv"})
    assert again.data == response.data
    assert command[-1] == "http://localhost/sparql"


def test_the_editor_opens_with_the_question_as_it_was_answered() -> None:
    page = shipped().see(f"{MISSIONS}?plan=kota-magelang-2016")
    address = next(link["href"] for link in page.all("a", class_="button"))
    query = parse_qs(urlsplit(address).query)["query"][0]
    assert shipped().see(address).one("textarea").text.strip() == query.strip()
    assert "kota-magelang-2016" in query


def test_a_value_that_cannot_be_understood_is_told_and_not_answered() -> None:
    page = shipped().see(f"{MISSIONS}?plan={quote('<not an iri')}")
    assert "Pilihan ini tidak dapat dipahami" in page.one("div", role="alert").text
    assert page.all("table") == []


def test_other_parameters_of_the_address_are_no_mistake() -> None:
    page = shipped().see(f"{MISSIONS}?utm_source=x")
    assert page.all("div", role="alert") == []


def test_an_unknown_question_is_not_found() -> None:
    assert shipped().see("/questions/none", status=404)
    assert shipped().see("/questions/..%2f..%2fetc", status=404)


def test_the_query_page_needs_no_script() -> None:
    page = shipped().see("/sparql")
    form = next(form for form in page.all("form") if form["action"] == "/sparql")
    assert form["method"] == "get"
    query = page.one("textarea", name="query").text
    answer = shipped().see(f"/sparql?query={quote(query)}")
    assert "Terwujudnya Kota Metro" in answer.text


def test_an_example_fills_the_form() -> None:
    page = shipped().see("/sparql?example=what-are-the-missions-of-metro")
    assert "vd:hasMission" in page.one("textarea").text
    unknown = shipped().see("/sparql?example=none")
    assert "vd:hasVision" in unknown.one("textarea").text


def test_an_answer_links_things_and_tells_languages_types_and_gaps() -> None:
    query = """SELECT ?a ?b ?c ?d ?e {
      VALUES (?a ?b ?c ?d ?e) {
        (<https://w3id.org/visidaerah/id/plan/kota-metro> "kata"@en 7 "2016"^^<urn:t> UNDEF) } }"""
    page = shipped().see(f"/sparql?query={quote(query)}")
    cells = page.all("td")
    assert [cell["data-name"] for cell in cells] == list("abcde")
    assert next(a["href"] for a in page.all("a") if "td" in a.parents) == "/page/plan/kota-metro"
    assert [" ".join(cell.text.split()) for cell in cells] == [
        "id/plan/kota-metro",
        "kataen",
        "7",
        "2016 urn:t",
        "–",
    ]


def test_yes_and_no_are_words() -> None:
    assert "Ya." in shipped().see("/sparql?query=ASK%7B%7D").text
    assert "No." in shipped().see("/sparql?query=ASK%7B%3Curn:x%3E%20?p%20?o%7D", "en").text


def test_no_rows_is_not_an_error_and_says_so() -> None:
    page = shipped().see(f"/sparql?query={quote('SELECT * { <urn:x> ?p ?o }')}")
    assert "tidak ada yang cocok" in page.text


def test_a_page_that_shows_a_part_of_the_rows_says_so() -> None:
    query = quote("SELECT ?s ?p { ?s ?p ?o } LIMIT 1500")
    page = shipped().see(f"/sparql?query={query}")
    assert "hanya tampil 1.000 baris pertama dari 1.500" in page.text
    assert len(page.all("tr")) == 1001


def test_a_mistake_in_a_query_is_shown_at_its_line() -> None:
    query = "SELECT ?a WHERE {\n  ?a vd:b ?c .\n  ?a oops\n}"
    page = shipped().see(f"/sparql?query={quote(query)}", status=400)
    assert page.one("h1").text == "Kueri ini tidak dapat dibaca"
    assert page.one("span", class_="error-line").text.startswith("2  ")
    assert page.one("textarea").text == query


def test_a_forbidden_query_says_what_is_forbidden() -> None:
    query = quote("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    page = shipped().see(f"/sparql?query={query}", "en", status=403)
    assert "may not contact other servers" in page.text


def test_errors_speak_the_readers_language() -> None:
    assert "Ke beranda" in shipped().see("/none", "id", 404).text
    assert "To the front page" in shipped().see("/none", "en", 404).text


def test_what_is_not_there_in_a_format_lists_where_it_is() -> None:
    response = shipped().client.get("/id/plan/kota-metro", headers={"Accept": "image/png"})
    assert response.status_code == 406


def test_a_method_that_is_not_answered_says_that_the_data_can_only_be_read() -> None:
    response = shipped().client.post("/plans", headers={"Accept": BROWSER})
    assert response.status_code == 405
    assert "hanya dapat dibaca" in response.get_data(as_text=True)


def titles(address: str, language: str = "id") -> set[str]:
    page = shipped().see(address, language)
    return {page.one("h1").text, page.one("title").text.removesuffix(" · visidaerah")}


@pytest.mark.parametrize(
    ("address", "language", "title"),
    [
        ("which-missions-concern-education", "id", "Misi mana saja yang menyangkut pendidikan?"),
        ("which-missions-concern-education?sector=1.02", "en", "Which missions concern Health?"),
        (
            "which-missions-concern-education?sector=1.02",
            "id",
            "Misi mana saja yang menyangkut Kesehatan?",
        ),
        (
            "where-is-the-creative-economy-mentioned?word=pajak",
            "id",
            "Di mana saja “pajak” disebut?",
        ),
        (
            "what-are-the-missions-of-metro?plan=kota-magelang-2016",
            "id",
            "Apa saja misi RPJMD Kota Magelang 2016–2021 secara berurutan?",
        ),
        (
            "which-missions-contribute-to-no-pillar?threshold=0.7",
            "id",
            "Misi mana yang tidak terkait pokok visi mana pun (keyakinan >= 0,7)?",
        ),
        (
            "where-is-the-creative-economy-mentioned?word={plan}",
            "en",
            "Where is “{plan}” mentioned?",
        ),
    ],
)
def test_a_question_is_titled_by_what_it_is_asked_of(
    address: str, language: str, title: str
) -> None:
    assert titles(f"/questions/{address}", language) == {title}


def test_a_default_value_that_is_picked_leaves_the_title() -> None:
    assert titles(f"{MISSIONS}?plan=kota-metro") == titles(MISSIONS)


def test_every_question_that_names_its_default_values_has_a_title_for_others() -> None:
    named = re.compile("metro|magelang|pendidikan|kesehatan|agama|umum|kreatif", re.IGNORECASE)
    found = [saved for saved in load_queries(queries()) if named.search(saved.title["id"])]
    assert len(found) > 10
    assert [saved.name for saved in found if not saved.general] == []


def test_a_title_names_only_what_has_a_value() -> None:
    head = """#+ title: {id: a, en: b}
#+ general: {id: "Apa {plan}?", en: "What {plan}?"}
#+ parameters:
#+   - {name: plan, title: {id: a, en: b}, type: iri, kind: plan}
#+   - {name: word, title: {id: a, en: b}, type: string}
SELECT ?plan
WHERE {
}
"""
    with pytest.raises(QueryError, match=r"names \{plan\}"):
        read_query(head, "x")


OTHER_PLAN = """
<id/plan/kota-lain> a vd:DevelopmentPlan ; rdfs:label "Rencana Kota Lain"@id ;
  vd:hasMission <id/plan/kota-lain/mission/1> .
<id/plan/kota-lain/mission/1> a vd:Mission ; vd:position 1 ;
  vd:normalizedText "Memajukan kota"@id .
"""


def test_questions_speak_of_the_plans_that_there_are() -> None:
    page = visitor_of(OTHER_PLAN).see("/questions")
    asked = {link.text for link in page.all("a") if link["href"].startswith("/questions/")}
    assert "Apa saja misi Rencana Kota Lain secara berurutan?" in asked
    assert [title for title in asked if "Metro" in title or "Magelang" in title] == []
    assert "which-affairs-do-both-plans-touch" not in str([a["href"] for a in page.all("a")])
    answer = visitor_of(OTHER_PLAN).see("/questions/what-are-the-missions-of-metro")
    assert answer.one("h1").text == "Apa saja misi Rencana Kota Lain secara berurutan?"
    assert "Memajukan kota" in answer.text
    form = visitor_of(OTHER_PLAN).see("/sparql?example=what-are-the-missions-of-metro")
    assert "kota-lain" in form.one("textarea").text


def under_headings(page: Page) -> list[tuple[str, str]]:
    """Return the id of the heading above each question, and the question's address."""
    heading, found = "", []
    for element in page.elements:
        if element.tag == "h2":
            heading = element["id"]
        if element.tag == "a" and "h3" in element.parents:
            found.append((heading, element["href"]))
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_question_stands_once_under_its_topic(language: str) -> None:
    page = shipped().see("/questions", language)
    expected = [
        (f"topic-{saved.topic}", f"/questions/{saved.name}") for saved in load_queries(queries())
    ]
    assert sorted(under_headings(page)) == sorted(expected)
    headings = [heading for heading in page.all("h2") if heading["id"].startswith("topic-")]
    jumps = [link for link in page.all("a") if link["href"].startswith("#topic-")]
    assert [jump["href"] for jump in jumps] == [f"#topic-{name}" for name in TOPICS]
    assert [heading["id"] for heading in headings] == [f"topic-{name}" for name in TOPICS]
    for jump, heading in zip(jumps, headings, strict=True):
        assert heading.text.startswith(messages(language)(f"topic.{heading['id'][6:]}"))
        assert heading.text.startswith(jump.text)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_examples_of_the_query_form_fold_by_topic_the_first_three_open(language: str) -> None:
    page = shipped().see("/sparql", language)
    examples = [a for a in page.all("a") if a["href"].startswith("/sparql?example=")]
    assert sorted(a["href"].rpartition("=")[2] for a in examples) == sorted(NAMES)
    assert all("details" in a.parents for a in examples)
    folds = [one for one in page.all("details") if "section" in one.parents]
    assert len(folds) == len(TOPICS)
    assert ["open" in one.attributes for one in folds] == [True] * 3 + [False] * (len(TOPICS) - 3)


def test_a_topic_without_questions_is_not_shown() -> None:
    page = visitor_of(OTHER_PLAN).see("/questions")
    shown = {heading for heading, _ in under_headings(page)}
    assert shown
    assert shown == {h["id"] for h in page.all("h2") if h["id"].startswith("topic-")}


def test_data_without_plans_have_no_questions() -> None:
    visitor = visitor_of("<urn:a> <urn:b> <urn:c> .")
    assert "Tidak ada pertanyaan tersimpan yang cocok" in visitor.see("/questions").text
    assert "Contoh" not in visitor.see("/sparql").text
    assert "Metro" not in visitor.see(MISSIONS, status=404).text


@pytest.mark.parametrize("value", ["kota-tidak-ada", "https://example.org/x"])
def test_a_value_that_the_data_do_not_know_is_told(value: str) -> None:
    page = shipped().see(f"{MISSIONS}?plan={quote(value)}")
    assert (
        f"Data ini tidak mengenal “{value}” untuk “Rencana”" in page.one("div", role="alert").text
    )
    assert page.all("table") == []


def test_a_question_for_what_is_lacking_takes_none_as_an_answer() -> None:
    page = shipped().see("/questions/which-pillars-receive-no-contribution")
    assert "Tidak ada. Setiap pokok visi didukung suatu misi." in page.text
    assert "tidak ada yang cocok" not in page.text.lower()


def test_an_error_is_told_in_one_language() -> None:
    query = "SELECT * { ?s vd:hasMission ?o }"
    address = f"/sparql?query={quote(query)}"
    indonesian, english = (shipped().see(address, one, 400) for one in ("id", "en"))
    assert "does not parse" not in indonesian.text
    assert "does not parse" in english.text
    for page in (indonesian, english):
        pasted = next(e.text for e in page.all("pre") if "PREFIX" in e.text)
        assert pasted == "PREFIX vd: <https://w3id.org/visidaerah/ontology#>"
    assert "belum dinyatakan" in indonesian.text
    early = shipped().see(f"/sparql?query={quote('ASK { ?s ?p ?o')}", "id", 400)
    assert "Kueri berakhir terlalu dini" in early.text


def test_characters_that_html_cannot_show_are_replaced() -> None:
    visitor = visitor_of('<urn:a> rdfs:label "x\\u0001\\uFFFE\\ty\\u000B" .')
    source = visitor.source("/page?iri=urn:a")
    assert "x\ufffd\ufffd\ty\ufffd" in source
    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", source) is None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("query-too-heavy", "Kueri ini terlalu berat"),
        ("answer-too-long", "Jawabannya terlalu panjang"),
    ],
)
def test_a_limit_that_was_met_has_words_of_its_own(kind: str, words: str) -> None:
    error = {"query-too-heavy": QueryTooHeavy, "answer-too-long": AnswerTooLong}[kind]

    def refuse(_request: QueryRequest) -> QueryAnswer:
        raise error("too much")

    visitor = Visitor(create_app(Store.from_quads([]), answer=refuse).test_client())
    status = {"query-too-heavy": 503, "answer-too-long": 413}[kind]
    assert visitor.see("/sparql?query=ASK%7B%7D", status=status).one("h1").text == words


def many_plans(number: int) -> str:
    """Return TriG of plans with a vision each."""
    return "".join(
        f'<id/plan/p-{n}> a vd:DevelopmentPlan ; rdfs:label "Rencana {n:04}"@id ;'
        f" vd:hasVision <id/plan/p-{n}/vision> .\n"
        f'<id/plan/p-{n}/vision> a vd:Vision ; vd:statementText "Maju {n}"@id ;'
        f" vd:statedIn <id/document/p-{n}#char=0,4> .\n"
        for n in range(number)
    )


def test_the_rows_of_an_answer_are_paged() -> None:
    visitor = visitor_of(many_plans(130))
    first = visitor.see("/questions/what-is-each-vision")
    assert len(first.all("tr")) == 1 + 100
    following = next(link["href"] for link in first.all("a") if link["rel"] == "next")
    assert len(visitor.see(following).all("tr")) == 1 + 30
    assert "130 baris" in first.text


def test_where_there_are_too_many_to_pick_from_a_name_is_written() -> None:
    visitor = visitor_of(many_plans(601))
    page = visitor.see("/questions/what-is-each-vision")
    field = next(e for e in page.all("input", type="text") if e["name"] == "plan")
    assert field["aria-describedby"] in page.ids
    answer = visitor.see("/questions/what-is-each-vision?plan=rencana+0600")
    assert "Maju 600" in answer.text
    assert len(answer.all("tr")) == 1 + 1
    assert (
        "p-600"
        in visitor.see("/questions/what-is-each-vision?plan=p-600")
        .one("pre", aria_label="SPARQL")
        .text
    )


@pytest.mark.parametrize("name", ["tidak ada", '"', "\\", '") } #', "{0}"])
def test_a_name_that_nothing_has_is_told(name: str) -> None:
    page = shipped().see(f"/questions/what-is-each-vision?plan={quote(name)}")
    assert page.one("div", role="alert")


def test_files_that_are_not_made_yet_are_said_to_be_under_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(_: Site) -> tuple[Dump, ...]:
        begun.set()
        done.wait(20)
        return ()

    monkeypatch.setattr("visidaerah.web.pages.data.all_dumps", slow)
    monkeypatch.setattr("visidaerah.web.pages.data.QUICKLY_DUMPED", 0)
    monkeypatch.setattr("visidaerah.web.pages.data.PATIENCE", 0.01)
    visitor = visitor_of("<id/thing/x> rdfs:label 'x' .")
    response = visitor.client.get("/data", headers={"Accept-Language": "en"})
    assert begun.is_set()
    assert "The files are being made." in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"
    done.set()


def test_many_graphs_are_listed_a_page_at_a_time() -> None:
    visitor = visitor_of("".join(f"<graph/x/{n:03}> {{ <id/a> <id/b> {n} }}\n" for n in range(130)))
    first = visitor.see("/data")
    assert len(first.all("a", class_="code")) == 100
    following = next(link["href"] for link in first.all("a") if link["rel"] == "next")
    assert len(visitor.see(following).all("a", class_="code")) == 30

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from visidaerah import assets
from visidaerah.sectors import SectorConcept, read_scheme
from visidaerah.sectors.lexicon import spelling
from visidaerah.vocabulary import BASE, DCT, RDF, RDFS, SKOS, VD

TURTLE = (assets.ontology() / "sectors.ttl").read_bytes()
TRIPLES = [
    (quad.subject, quad.predicate, quad.object)
    for quad in parse(TURTLE, RdfFormat.TURTLE, base_iri=BASE)
    if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
]
CONCEPTS = [one for one, kind, other in TRIPLES if (kind, other) == (RDF.type, SKOS.Concept)]
SCHEMES = [NamedNode(f"{BASE}id/scheme/{name}") for name in ("urusan", "tema")]
SECTORS = read_scheme(TURTLE).concepts
LEXICAL = {SKOS.hiddenLabel, VD.weakTrigger, VD.excludingPhrase}
GROUP_SIZES = {"1": 6, "2": 18, "3": 8, "4": 2, "5": 7, "6": 1, "7": 1, "8": 1}
THEMES = {
    "agama",
    "jasa",
    "kesejahteraan",
    "pelayanan-publik",
    "perekonomian",
    "sdm",
    "smart-city",
    "tata-kelola",
}


def texts(subject: NamedNode, predicate: NamedNode) -> list[tuple[str | None, str]]:
    return [
        (text.language, text.value)
        for one, kind, text in TRIPLES
        if (one, kind) == (subject, predicate) and isinstance(text, Literal)
    ]


def links(subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    return [
        other
        for one, kind, other in TRIPLES
        if (one, kind) == (subject, predicate) and isinstance(other, NamedNode)
    ]


def pairs(predicate: NamedNode) -> set[tuple[NamedNode, NamedNode]]:
    return {
        (one, other)
        for one, kind, other in TRIPLES
        if kind == predicate and isinstance(other, NamedNode)
    }


def affairs_and_groups() -> list[NamedNode]:
    return [concept for concept in CONCEPTS if "/id/sector/" in concept.value]


def test_the_scheme_has_the_44_affairs_and_functions_in_their_8_groups() -> None:
    codes = [each.id for each in SECTORS.values() if each.is_affair]
    assert Counter(code[0] for code in codes) == GROUP_SIZES
    assert len(codes) == 44


def test_32_of_them_are_the_concurrent_affairs_numbered_without_gaps() -> None:
    affairs = [code for code in SECTORS if re.match(r"[123]\.", code)]
    assert [int(code[2:]) for code in affairs] == list(range(1, 33))


def test_the_themes_are_eight() -> None:
    assert {each.id for each in SECTORS.values() if not each.is_affair} == THEMES


def test_affairs_come_before_themes() -> None:
    kinds = [each.is_affair for each in SECTORS.values()]
    assert kinds == sorted(kinds, reverse=True)


def test_every_word_that_extract_reports_has_one_sector() -> None:
    words = [each.word for each in SECTORS.values() if each.word]
    assert len(words) == len(set(words)) == 35
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", word) for word in words)


def test_all_32_affairs_are_reported() -> None:
    assert all(each.word for each in SECTORS.values() if re.match(r"[123]\.", each.id))


@pytest.mark.parametrize("predicate", [SKOS.prefLabel, RDFS.label, SKOS.scopeNote])
def test_every_concept_says_it_once_in_each_language(predicate: NamedNode) -> None:
    for concept in CONCEPTS:
        assert sorted(tag or "" for tag, _ in texts(concept, predicate)) == ["en", "id"], concept


@pytest.mark.parametrize("scheme", SCHEMES, ids=str)
def test_every_scheme_says_what_it_is_in_both_languages(scheme: NamedNode) -> None:
    for predicate in (DCT.title, DCT.description, RDFS.label):
        assert sorted(tag or "" for tag, _ in texts(scheme, predicate)) == ["en", "id"]
    assert links(scheme, DCT.license) == [NamedNode("https://creativecommons.org/licenses/by/4.0/")]
    assert links(scheme, DCT.creator) == [NamedNode(f"{BASE}id/agent/maintainers")]


def test_the_affairs_cite_the_regulation() -> None:
    assert links(SCHEMES[0], DCT.source) == [NamedNode(f"{BASE}id/regulation/permendagri-90-2019")]


def test_every_affair_says_that_its_english_name_is_not_official() -> None:
    assert len(affairs_and_groups()) == 52
    for affair in affairs_and_groups():
        assert {tag for tag, _ in texts(affair, SKOS.editorialNote)} == {"en", "id"}


def test_every_text_has_a_language_and_no_stray_white_space() -> None:
    literals = [(kind, text) for _, kind, text in TRIPLES if isinstance(text, Literal)]
    assert len(literals) > 2_000
    for kind, text in literals:
        assert " ".join(text.value.split()) == text.value
        if kind in LEXICAL:
            assert text.language == "id", text


# Integrity of SKOS (the numbers are those of the SKOS Reference)


def test_labels_of_the_three_kinds_are_disjoint() -> None:
    """S13."""
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    for concept in CONCEPTS:
        for one, other in combinations(kinds, 2):
            assert not set(texts(concept, one)) & set(texts(concept, other)), concept


def test_no_two_concepts_of_a_scheme_share_a_preferred_label() -> None:
    for scheme in SCHEMES:
        members = [one for one, other in pairs(SKOS.inScheme) if other == scheme]
        labels = Counter(label for member in members for label in texts(member, SKOS.prefLabel))
        assert labels
        assert [label for label, count in labels.items() if count > 1] == []


def test_every_concept_is_in_exactly_one_scheme() -> None:
    assert CONCEPTS
    for concept in CONCEPTS:
        (scheme,) = links(concept, SKOS.inScheme)
        assert scheme in SCHEMES


def test_top_concepts_are_told_from_both_sides_and_have_nothing_broader() -> None:
    """S8."""
    tops = {(other, one) for one, other in pairs(SKOS.hasTopConcept)}
    assert tops == pairs(SKOS.topConceptOf)
    assert {top.value.rpartition("/")[2] for top, _ in tops} == set(GROUP_SIZES) | THEMES
    assert not [top for top, _ in tops if links(top, SKOS.broader)]


def test_broader_and_narrower_mirror_each_other() -> None:
    """S25."""
    broader = pairs(SKOS.broader)
    assert len(broader) == 44
    assert {(other, one) for one, other in broader} == pairs(SKOS.narrower)


def test_related_concepts_are_related_both_ways_and_outside_the_hierarchy() -> None:
    """S23 and S27."""
    related = pairs(SKOS.related)
    assert related
    assert {(other, one) for one, other in related} == related
    assert not related & (pairs(SKOS.broader) | pairs(SKOS.narrower))


def test_no_two_mappings_of_a_pair_contradict_each_other() -> None:
    mapped: dict[tuple[NamedNode, NamedNode], set[NamedNode]] = defaultdict(set)
    predicates = (SKOS.closeMatch, SKOS.relatedMatch, SKOS.narrowMatch, SKOS.broadMatch)
    for predicate in predicates:
        for pair in pairs(predicate):
            mapped[pair].add(predicate)
    assert len(mapped) > 100
    assert [pair for pair, kinds in mapped.items() if len(kinds) > 1] == []


def test_nothing_is_called_the_same_as_a_class_of_expenditure() -> None:
    assert pairs(SKOS.exactMatch) == set()


def test_what_the_mappings_point_at_has_a_name_in_both_languages() -> None:
    targets = {
        target
        for predicate in (SKOS.closeMatch, SKOS.relatedMatch)
        for _, target in pairs(predicate)
        if not target.value.startswith(BASE)
    }
    assert len(targets) > 50
    for target in targets:
        assert {tag for tag, _ in texts(target, RDFS.label)} == {"en", "id"}, target


def test_mappings_point_only_at_cofog_and_the_sustainable_development_goals() -> None:
    cofog = r"http://linked\.data\.gov\.au/def/cofog/\d{2,4}"
    goals = r"http://metadata\.un\.org/sdg/(1[0-7]|[1-9])"
    for predicate in (SKOS.closeMatch, SKOS.relatedMatch):
        for _, target in pairs(predicate):
            inside = target.value.startswith(BASE) and target in CONCEPTS
            assert inside or re.fullmatch(f"{cofog}|{goals}", target.value), target


def test_every_sector_is_mapped_to_a_sustainable_development_goal() -> None:
    goals = {one for one, other in pairs(SKOS.relatedMatch) if "metadata.un.org" in other.value}
    assert {each.iri for each in SECTORS.values()} == {goal.value for goal in goals}


def test_energy_serves_the_seventh_goal() -> None:
    energy = NamedNode(SECTORS["3.29"].iri)
    assert NamedNode("http://metadata.un.org/sdg/7") in links(energy, SKOS.relatedMatch)


def test_every_theme_is_mapped_to_affairs() -> None:
    for theme in THEMES:
        subject = NamedNode(SECTORS[theme].iri)
        mapped = links(subject, SKOS.relatedMatch) + links(subject, SKOS.narrowMatch)
        assert [each for each in mapped if each.value.startswith(f"{BASE}id/sector/")]


def test_a_notation_is_the_code_and_typed_as_one() -> None:
    notations = {
        one: (text.value, text.datatype)
        for one, kind, text in TRIPLES
        if kind == SKOS.notation and isinstance(text, Literal)
    }
    assert notations == {
        affair: (affair.value.rpartition("/")[2], VD.UrusanCode) for affair in affairs_and_groups()
    }


# The words


def phrases(sector: SectorConcept) -> dict[str, tuple[str, ...]]:
    return {
        "trigger": sector.triggers,
        "weak": sector.weak_triggers,
        "excluding": sector.excluding_phrases,
    }


@pytest.mark.parametrize("sector", SECTORS.values(), ids=lambda sector: sector.id)
def test_a_phrase_means_one_thing_for_a_sector(sector: SectorConcept) -> None:
    kinds = {kind: list(map(spelling, words)) for kind, words in phrases(sector).items()}
    assert sector.triggers
    for kind, spelled in kinds.items():
        assert [words for words, count in Counter(spelled).items() if count > 1] == [], kind
    for one, other in combinations(kinds, 2):
        assert set(kinds[one]) & set(kinds[other]) == set(), (one, other)


@pytest.mark.parametrize("sector", SECTORS.values(), ids=lambda sector: sector.id)
def test_an_excluding_phrase_has_a_word_to_exclude(sector: SectorConcept) -> None:
    triggers = (*sector.names, *sector.triggers, *sector.weak_triggers)
    words = {word.casefold() for trigger in triggers for word in spelling(trigger)}
    for phrase in sector.excluding_phrases:
        assert words & {word.casefold() for word in spelling(phrase)}, phrase


def test_no_word_is_spelled_both_as_an_acronym_and_in_small_letters() -> None:
    vocabulary = read_scheme(TURTLE).lexicon.vocabulary
    capitals = {word for word in vocabulary if word != word.casefold()}
    assert capitals
    assert {word for word in capitals if word.casefold() in vocabulary} == set()


def test_no_phrase_names_a_city_of_the_documents() -> None:
    every = [
        phrase for each in SECTORS.values() for some in phrases(each).values() for phrase in some
    ]
    assert len(every) > 2_000
    assert [phrase for phrase in every if {"metro", "magelang"} & set(spelling(phrase))] == []


def test_the_words_stand_in_order_one_on_a_line() -> None:
    order: dict[tuple[NamedNode, NamedNode], list[str]] = defaultdict(list)
    for one, kind, text in TRIPLES:
        if kind in LEXICAL:
            order[one, kind].append(text.value)
    assert order
    assert [words for words in order.values() if words != sorted(words)] == []
    lines = [line for line in TURTLE.decode().splitlines() if "skos:hiddenLabel" in line]
    assert lines
    assert [line for line in lines if line.count("@id") != 1] == []


def test_every_triple_is_written_once() -> None:
    assert len(TRIPLES) == len(set(TRIPLES)) > 3_000

"""Owners: the region or village whose plan a text gives, and whether it is an agency's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.agencies import agency_of, stands_behind_agency
from visidaerah.statements.model import RegionKind, RegionMention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visidaerah.statements.gazetteer import Gazetteer
    from visidaerah.statements.surroundings import Surroundings


# Type words, and the words for offices and governments that stand for them.
_TYPE_WORDS: dict[str, RegionKind] = {
    **dict.fromkeys(("kota", "kotamadya", "pemkot", "walikota"), "kota"),
    **dict.fromkeys(("kabupaten", "kab", "pemkab", "bupati"), "kabupaten"),
    **dict.fromkeys(("provinsi", "propinsi", "prov", "pemprov", "gubernur"), "provinsi"),
    **dict.fromkeys(("istimewa", "ibukota"), "provinsi"),
    **dict.fromkeys(
        ("kecamatan", "kec", "distrik", "camat", "kapanewon", "kemantren"), "kecamatan"
    ),
    **dict.fromkeys(("desa", "kelurahan", "kel", "kalurahan", "nagari", "kampung"), "desa"),
    **dict.fromkeys(("lembang", "gampong", "pekon", "kampong", "lurah", "pemdes"), "desa"),
}
# English has them before the name with "of", or behind it.
_ENGLISH: dict[str, RegionKind] = {
    **dict.fromkeys(("city", "mayor"), "kota"),
    **dict.fromkeys(("regency", "regent"), "kabupaten"),
    **dict.fromkeys(("province", "governor"), "provinsi"),
}
_BEHIND_NAME = frozenset({"city", "regency", "province"})
# Type words that name the region along with its name; offices and governments do not.
_PRINTED_TYPES = _TYPE_WORDS.keys() - {
    *("pemkot", "walikota", "pemkab", "bupati", "pemprov", "gubernur", "istimewa", "ibukota"),
    *("camat", "lurah", "pemdes"),
}
_DEPTH: dict[RegionKind | None, int] = {
    "provinsi": 0, None: 1, "kabupaten": 1, "kota": 1, "kecamatan": 2, "desa": 3, "dinas": 3,
}  # fmt: skip
_VILLAGE = 2
_REACH = 40
_OF_THE_LIST = frozenset({"kota", "kabupaten", "provinsi"})
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[.,:;/|()&“”\"]")
# Words that follow "Desa" or "Kecamatan" without being its name ("Desa Wisata", "Desa yang …").
_NOT_NAMES = re.compile(
    r"(?:yang|dan|atau|serta|men\w+|mem\w+|ber\w{4,}|pemerintah\w*|maju|mandiri|adalah|tahun|periode|ini"
    r"|itu|kami|kita|tersebut|di|ke|dari|oleh|pada|dengan|untuk|dalam|sebagai|melalui|hingga|agar"
    r"|karena|terdiri|se|para|sehat|cerdas|sejahtera|terpilih|visi|misi|digital|wisata|bersih|siaga"
    r"|sadar|ramah|tangguh|kerja|pusat|layanan|kreatif|modern|jasa|pintar|re?li?gius|indah|aman"
    r"|terwujudnya|profil|sejarah|unggul|rapi|nyaman|harmonis|agamis|adil|makmur|lestari|asri|dinas"
    r"|peta|peduli|literasi|gotong|potensi|hebat|inovatif|produktif|madani|setempat|tertinggal"
    r"|swadaya|swasembada|statistik|data|tahan|kantor|alamat|kode|kontak|home|beranda|i{1,3}|iv|v"
    r"|bebas|juara|proklim|sinergitas|adat|kb|inklusi|anti|percontohan|binaan|lain|secara|ter\w+)",
    re.IGNORECASE,
)
# Qualities, which end a name where a list of them begins ("Desa Karangsari Maju, Mandiri").
_QUALITIES = re.compile(
    r"(?:maju|mandiri|sejahtera|makmur|sehat|cerdas|aman|indah|bersih|rapi|nyaman|unggul|lestari|adil"
    r"|harmonis|asri|hebat|modern|religius|agamis|berseri|juara)",
    re.IGNORECASE,
)
# Names that only look like verbs: "Menteng", "Berbah", "Terban".
_LIKE_A_VERB = re.compile(
    r"(?!menuju|menjadi|menata|berkah|bersih|bersatu|bersama|berdaya|berbasis|terbaik|terpadu|terdiri)"
    r"(?:men|mem|ber|ter)\w{2,4}",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-Z]")
_LETTERS_TO_A_CAPITAL = 100
_LISTED_ON = frozenset({",", "dan", "serta", "&", "/"})
_BEFORE_NAME = frozenset({".", "administrasi", "of"})
_FIELD = _BEFORE_NAME | {":", '"', "“"}
_FAR_FROM_TYPE = 16
_NAME_WORDS = 3
_PLACES = {"leads": 8.0, "vision": 7.0, "titles": 3.0, "missions": 2.0}
_MISSIONS = 30
_ELSEWHERE = 0.4
_MOST_ELSEWHERE = 5
_CONTEXT = 0.2


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name with its kind: `typed` behind a type word, `context` behind a smaller region's.

    `span` holds the type word that is printed right before the name ("Kota Contoh").
    """

    kind: RegionKind | None
    name: str
    code: str | None
    span: Span
    typed: bool
    context: bool = False


def owner_of(text: str, gazetteer: Gazetteer, places: Surroundings) -> RegionMention | None:
    """Return whose plan a text gives, or None where it names nobody.

    For an agency's own vision the kind is "dinas", `agency` its name, and name and code those of
    its region.
    """
    mentions = _without_letterheads(text, list(_mentions(text, gazetteer)))
    mention = _best(text, mentions, places)
    introduced = (*places.leads, *places.titles)
    ascribed = any(m.typed and any(s.covers(m.span) for s in introduced) for m in mentions)
    headed = _is_headed(mentions, places)
    inside = _inside(mentions, places.vision)
    agency = agency_of(text, places, inside, ascribed=ascribed, headed=headed)
    if agency is not None and (agency or mention is None or _DEPTH[mention.kind] < _VILLAGE):
        titled = _of_title(text, mentions, places) if agency else None
        return _agency(agency, titled or mention)
    if mention is None:
        return None
    return RegionMention(name=mention.name, kind=mention.kind, code=mention.code, span=mention.span)


def _of_title(text: str, mentions: Sequence[_Mention], places: Surroundings) -> _Mention | None:
    """Return the region of the list that lines above the vision name behind an agency, if only one.

    "RSUD … Kota A" is of that city, though its vision speaks of the province.
    """
    end = places.vision.start if places.vision else len(text)
    named = [m for m in mentions if m.typed and m.code and m.span.end <= end]
    titled = [m for m in named if stands_behind_agency(text, m.span.start)]
    return titled[0] if len({m.code for m in titled}) == 1 else None


def _is_headed(mentions: Sequence[_Mention], places: Surroundings) -> bool:
    """Tell whether the heading of the vision names a region ("Visi Kota Contoh")."""
    lead = places.leads[0] if places.vision and places.leads else None
    regions = (m for m in mentions if m.typed and m.kind in _OF_THE_LIST)
    return lead is not None and any(lead.covers(region.span) for region in regions)


def _inside(mentions: Sequence[_Mention], vision: Span | None) -> Span | None:
    """Return where the vision itself first names a region."""
    return next((m.span for m in mentions if vision and vision.covers(m.span)), None)


def _agency(agency: str, mention: _Mention | None) -> RegionMention | None:
    if mention is None:
        return RegionMention(name=agency, kind="dinas", code=None, span=None) if agency else None
    return RegionMention(
        name=mention.name, kind="dinas", code=mention.code, span=mention.span, agency=agency or None
    )


def _best(text: str, mentions: Sequence[_Mention], places: Surroundings) -> _Mention | None:
    """Return the mention whose name the telling places, and then the frequency, speak for."""
    names: dict[str, float] = defaultdict(float)
    kinds: dict[tuple[str, RegionKind | None], float] = defaultdict(float)
    elsewhere: Counter[str] = Counter()
    for mention in mentions:
        name = mention.name.lower()
        weight = _CONTEXT if mention.context else _weight(mention.span, places)
        elsewhere[name] += weight == _ELSEWHERE
        if weight == _ELSEWHERE and elsewhere[name] > _MOST_ELSEWHERE:
            continue
        names[name] += weight
        kinds[name, mention.kind] += weight if mention.typed else 0
    # A village named elsewhere with its type may stand in the vision by its name alone.
    vision = _words_in(text, places.vision)
    for name in {m.name.lower() for m in mentions if m.code is None and not m.context}:
        if f" {name} " in vision:
            names[name] += _PLACES["vision"]
    return max(
        mentions,
        key=lambda m: (
            names[m.name.lower()],
            kinds[m.name.lower(), m.kind],
            m.typed,
            -m.span.start,
        ),
        default=None,
    )


def _words_in(text: str, span: Span | None) -> str:
    """Return the words of a span in small letters, each between blanks."""
    return f" {' '.join(_TOKEN.findall(span.of(text).lower()))} " if span else ""


def _weight(span: Span, places: Surroundings) -> float:
    groups = {
        "leads": places.leads,
        "vision": [places.vision] if places.vision else [],
        "titles": places.titles,
        "missions": places.missions[:_MISSIONS],
    }
    for name, spans in groups.items():
        if any(place.overlaps(span) for place in spans):
            return _PLACES[name]
    return _ELSEWHERE


def _mentions(text: str, gazetteer: Gazetteer) -> Iterator[_Mention]:
    """Yield the regions and villages that a text names, in order."""
    tokens = list(_TOKEN.finditer(text))
    words = [token[0].lower() for token in tokens]
    small = len(_CAPITAL.findall(text)) * _LETTERS_TO_A_CAPITAL < len(text)
    before: _Mention | None = None
    for index, word in enumerate(words):
        typed = word in _TYPE_WORDS or (word in _ENGLISH and words[index + 1 : index + 2] == ["of"])
        named = typed or (text[tokens[index].start()].isupper() and gazetteer.begins(word))
        if not named or _is_covered(before, tokens[index].start()):
            continue
        if typed:
            mention = _typed(text, tokens, words, index, gazetteer, small=small)
        else:
            mention = _untyped(tokens, words, index, gazetteer)
        if mention:
            yield _in_context(text, before, mention)
            before = mention


def _is_covered(before: _Mention | None, start: int) -> bool:
    return before is not None and start < before.span.end


def _in_context(text: str, before: _Mention | None, mention: _Mention) -> _Mention:
    """Mark "Kabupaten B" behind "Desa A Kecamatan …" as what only says where A lies."""
    if before is None or _DEPTH[before.kind] <= _DEPTH[mention.kind]:
        return mention
    between = text[before.span.end : mention.span.start]
    if len(between) > 40 or len(between.split()) > 4:
        return mention
    return replace(mention, context=True)


def _without_letterheads(text: str, mentions: Sequence[_Mention]) -> list[_Mention]:
    """Mark "Kabupaten A, Kecamatan B" right above or before "Desa C" as where C lies."""
    return [
        replace(one, context=True) if below and _heads(text, one, below) else one
        for one, below in zip_longest(mentions, mentions[1:])
    ]


def _heads(text: str, one: _Mention, below: _Mention) -> bool:
    """Tell whether nothing but a type word parts a region from a smaller one behind it."""
    if not (one.typed and below.typed and _DEPTH[one.kind] < _DEPTH[below.kind]):
        return False
    between = _TOKEN.findall(text, one.span.end, min(below.span.start, one.span.end + _REACH))
    words = {word.lower() for word in between if word.isalpha()}
    return words <= _TYPE_WORDS.keys() | {"pemerintah", "kantor"}


def _typed(
    text: str,
    tokens: Sequence[re.Match[str]],
    words: Sequence[str],
    index: int,
    gazetteer: Gazetteer,
    *,
    small: bool,
) -> _Mention | None:
    """Return the region that a type word introduces: a known one, or the name of a village.

    `small` tells that the text has hardly a capital letter, so that names have none either.
    """
    kind = _TYPE_WORDS.get(words[index]) or _ENGLISH[words[index]]
    first = _first_of_name(words, index, keyed=kind in _OF_THE_LIST or words[index - 1] == "nama")
    if first >= len(tokens) or tokens[first].start() - tokens[index].end() > _FAR_FROM_TYPE:
        return None
    start = tokens[index if words[index] in _PRINTED_TYPES else first].start()
    if kind in _OF_THE_LIST:
        size, regions = gazetteer.at(words, first)
        chosen = next((region for region in regions if region.kind == kind), None)
        if chosen is None:
            return None
        span = Span(start, tokens[first + size - 1].end())
        return _Mention(kind, chosen.name, chosen.code, span, typed=True)
    end = (_small_name_end if small else _name_end)(text, tokens, first)
    if end == first or "\n" in text[tokens[index].end() : tokens[first].start()]:
        return None
    name = _title(text[tokens[first].start() : tokens[end - 1].end()])
    return _Mention(kind, name, None, Span(start, tokens[end - 1].end()), typed=True)


def _first_of_name(words: Sequence[str], index: int, *, keyed: bool) -> int:
    """Return the index of the first word behind a type word and what may stand between them.

    `keyed` tells whether the type word may be the key of a field: "kota": "Contoh".
    """
    skipped = _FIELD if keyed else _BEFORE_NAME
    first = index + 1
    while first < len(words) and words[first] in skipped:
        first += 1
    return first


def _name_end(text: str, tokens: Sequence[re.Match[str]], first: int) -> int:
    """Return the index after the capitalised words that can be a village's name."""
    end = first
    capitals = tokens[first][0].isupper()
    while end < min(len(tokens), first + _NAME_WORDS):
        word = tokens[end][0]
        if not word[0].isupper() or word.lower() in _TYPE_WORDS:
            break
        if _is_no_name(tokens, first, end) and not (
            end == first and _is_name_like_a_verb(text, tokens, end)
        ):
            break
        if end > first and text[tokens[end - 1].end() : tokens[end].start()].strip(" \t\xa0"):
            break
        # An acronym behind the name ("Desa Sukamaju BERSERI") is a slogan's.
        if end > first and word.isupper() and len(word) > 1 and not capitals:
            break
        end += 1
    return end


def _small_name_end(text: str, tokens: Sequence[re.Match[str]], first: int) -> int:
    """Return the index after a name in small letters: up to what ends it, or else one word."""
    for end in range(first, min(len(tokens), first + _NAME_WORDS + 1)):
        word = tokens[end][0]
        between = text[tokens[end - 1].end() : tokens[end].start()]
        if end > first and "\n" in between:
            return end
        if not word.isalpha() or word in _TYPE_WORDS or _NOT_NAMES.fullmatch(word):
            return end
    return first + 1


def _is_no_name(tokens: Sequence[re.Match[str]], first: int, index: int) -> bool:
    """Tell whether a word is none of a name's; a quality may be its last ("Desa Sumber Makmur")."""
    word = tokens[index][0]
    if index == first or not _QUALITIES.fullmatch(word):
        return bool(_NOT_NAMES.fullmatch(word))
    following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
    return following.lower() in _LISTED_ON or bool(_QUALITIES.fullmatch(following))


def _is_name_like_a_verb(text: str, tokens: Sequence[re.Match[str]], index: int) -> bool:
    """Tell whether a word is a name with the form of a verb: nothing goes on behind it."""
    word = tokens[index][0]
    if not _LIKE_A_VERB.fullmatch(word) or _QUALITIES.fullmatch(word):
        return False
    if index + 1 == len(tokens):
        return True
    following = tokens[index + 1]
    divided = "\n" in text[tokens[index].end() : following.start()]
    return (
        divided or following[0].lower() in _TYPE_WORDS or following[0] in {",", "(", ")", "|", "/"}
    )


def _title(name: str) -> str:
    words = " ".join(name.split())
    return words.title() if (words.isupper() and len(words) > 3) or words.islower() else words


def _untyped(
    tokens: Sequence[re.Match[str]], words: Sequence[str], index: int, gazetteer: Gazetteer
) -> _Mention | None:
    """Return a known name without type word: the larger of the regions that share it.

    An English type word may follow it ("Contoh Regency").
    """
    size, regions = gazetteer.at(words, index)
    if not (size and tokens[index][0][0].isupper()):
        return None
    span = Span(tokens[index].start(), tokens[index + size - 1].end())
    behind = words[index + size] if index + size < len(words) else ""
    english = _ENGLISH.get(behind) if behind in _BEHIND_NAME else None
    if typed := next((region for region in regions if region.kind == english), None):
        span = Span(span.start, tokens[index + size].end())
        return _Mention(typed.kind, typed.name, typed.code, span, typed=True)
    chosen = min(regions, key=lambda region: (_DEPTH[region.kind], region.kind))
    return _Mention(chosen.kind, chosen.name, chosen.code, span, typed=False)

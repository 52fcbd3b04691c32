"""Finer spans of a statement: who, for whom, on what ground, in which field and sphere, how."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from visidaerah.spans import Span
from visidaerah.statements.clauses import Clause, CueMatch, Role, clauses, cues_within
from visidaerah.statements.model import Facet, FacetKind
from visidaerah.statements.sentences import BRACKETED, sentences, trimmed
from visidaerah.statements.series import TAIL, Head, conjuncts, head_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

# Below this many letters, a word with one left out may be another word.
LONG_ENOUGH = 6


def _misprints(word: str) -> Iterator[str]:
    """Yield a word, and a long one with any one of its letters left out."""
    yield word
    if len(word) >= LONG_ENOUGH:
        yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


# A series of aspects, of people: closed classes, so the words themselves tell where it ends.
_ASPECTS = (
    "jasmaniah jasmani rohaniah rohani ruhaniah ruhani sosial fisik mental spiritual moral lahir"
    " batin psikis emosional intelektual material kultural"
)
ASPECT = f"(?:{'|'.join(form for word in _ASPECTS.split() for form in _misprints(word))})"
LINK = r"(?:\s*,\s*(?:(?:dan|serta|maupun|atau)\s+)?|\s+(?:dan|serta|maupun|atau|&)\s+)"
ASPECTS = re.compile(
    rf"(?<!\w)(?:secara|kebutuhan|sehat)\s+(?=\w)"
    rf"(?:lahir\s+batin(?!\w)|{ASPECT})(?:{LINK}(?:sehat\s+)?(?:secara\s+)?{ASPECT})*(?!\w)",
    re.IGNORECASE,
)
BEFORE_ASPECTS = ("secara", "kebutuhan", "sehat")
ONE_ASPECT = re.compile(rf"(?<!\w){ASPECT}(?!\w)", re.IGNORECASE)
PEOPLE = re.compile(
    r"(?:diri|keluarga|masyarakat|warga|penduduk|rakyat|bangsa|anak-anak|generasi|sesama|semua"
    r"|seluruh)(?:nya)?(?!\w)",
    re.IGNORECASE,
)
BRACKETS = re.compile(BRACKETED)
HALT = re.compile(r"[;:]")
RESTRICTION = re.compile(
    rf"{TAIL.pattern}|(?<!\S)(?:khususnya|terutama|termasuk)(?!\S)", re.IGNORECASE
)
EXTENT = re.compile(r"(?<!\S)(?:baik|sehari-hari|selalu|senantiasa)(?!\S)")
PREPOSITION = re.compile(r"(?:dalam|di|pada)\s+")
# Behind "bidang" and "pelayanan": pronouns and adjectives that name no field.
NO_FIELD = re.compile(r"dasar|ini|itu|lain|lainnya|masing-masing|prima|publik|tersebut|umum|yang")
# As far behind its cue, in characters, a series is read.
REACH = 600
# A quality of two or three words begins with one of these.
COMPOUND = re.compile(r"ber(?!sih)\w+|ter\w+|adil|cepat|cinta|peduli|penuh|ramah|sadar|taat|tepat")
NO_QUALITY = re.compile(
    r"(?!merata|menarik|mendasar|menyeluruh|memadai|merdeka|digital|dinamis|disiplin)(?:me|di)\w{4,}"
    r"|(?:ke|pe)\w{3,}an(?:nya)?|\w+isasi|ada|akan|belum|dapat|mampu|sudah|tidak|telah"
    r"|ber(?:upa|asal|ada|isi|kaitan|hubungan|judul|tujuan|sumber)"
)
ADJECTIVE_PAIR = re.compile(r"adil\s+(?:merata|makmur)")
RELATIVE = re.compile(r"(?<!\w)yang\s+(?:(?:lebih|semakin|makin)\s+)?(?=\w)", re.IGNORECASE)
# How, why and what for a thing has its quality is no part of the quality.
QUALIFIED = re.compile(
    r"[;:]|(?<!\S)(?:agar|bagi|dengan|diantaranya|karena|melalui|oleh|sebagai|secara|untuk)(?!\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Detail:
    """A cue for facets of one kind, and how to read the stretch behind it.

    `words` are words one of which every such cue has: where none stands, one need not look.
    """

    kind: FacetKind
    words: tuple[str, ...]
    cue: re.Pattern[str]
    read: Callable[[str, Span], Sequence[Span]]


def pillar_details(text: str, explanation: Span, matches: Sequence[CueMatch]) -> tuple[Facet, ...]:
    """Return every facet in the explanation of a pillar, in reading order."""
    return _in_order(_details(text, explanation, matches))


def mission_details(text: str, mission: Span, matches: Sequence[CueMatch]) -> tuple[Facet, ...]:
    """Return every facet in a mission, in reading order: the qualities of its object as well."""
    opening = clauses(mission, matches)[0]
    return _in_order((*_details(text, mission, matches), *_qualities_of_object(text, opening)))


def _in_order(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """Sort, and leave out what shares characters with an earlier facet of its kind."""
    kept: list[Facet] = []
    ends: dict[FacetKind, int] = {}
    for facet in sorted(facets, key=lambda facet: facet.span):
        if facet.span.start >= ends.get(facet.kind, 0):
            kept.append(facet)
            ends[facet.kind] = facet.span.end
    return tuple(kept)


def _details(text: str, within: Span, matches: Sequence[CueMatch]) -> Iterator[Facet]:
    for sentence in sentences(text, within):
        for clause in clauses(sentence, matches):
            if clause.role is Role.EMPHASIS:
                yield from _facets(FacetKind.EMPHASIS, _series(text, clause.start, clause.end))
        folded = sentence.of(text).lower()
        if any(word in folded for word in BEFORE_ASPECTS):
            yield from _aspects(text, sentence)
        yield from _announced(text, sentence, folded, matches)


def _aspects(text: str, sentence: Span) -> Iterator[Facet]:
    for match in ASPECTS.finditer(text, sentence.start, sentence.end):
        aspects = ONE_ASPECT.finditer(text, match.start(), match.end())
        yield from _facets(FacetKind.ASPECT, (Span(*aspect.span()) for aspect in aspects))


def _announced(
    text: str, sentence: Span, folded: str, matches: Sequence[CueMatch]
) -> Iterator[Facet]:
    """Yield what the cues announce, up to the next cue of a clause, colon or semicolon."""
    likely = [detail for detail in DETAILS if any(word in folded for word in detail.words)]
    if not likely:
        return
    halts = [match.start() for match in HALT.finditer(text, sentence.start, sentence.end)]
    breaks = [match.start for match in cues_within(sentence, matches)]
    limits = sorted((*halts, *breaks, sentence.end))
    for detail in likely:
        for match in detail.cue.finditer(text, sentence.start, sentence.end):
            limit = limits[bisect_left(limits, match.end())]
            if stretch := trimmed(text, match.end(), _within_reach(text, match.end(), limit)):
                yield from _facets(detail.kind, detail.read(text, stretch))


def _within_reach(text: str, start: int, limit: int) -> int:
    if limit - start <= REACH:
        return limit
    return max(start, text.rfind(" ", start, start + REACH))


def _qualities_of_object(text: str, opening: Clause) -> Iterator[Facet]:
    """Yield "A", "B", "C" of "Mewujudkan … yang A, B, dan C", where they are qualities."""
    relative = RELATIVE.search(text, opening.start, opening.end)
    if relative:
        limit = QUALIFIED.search(text, relative.end(), opening.end)
        series = _series(text, relative.end(), limit.start() if limit else opening.end)
        qualities = takewhile(lambda span: _is_quality(text, span), series)
        yield from _facets(FacetKind.QUALITY, qualities)


def _facets(kind: FacetKind, spans: Iterable[Span]) -> Iterator[Facet]:
    return (Facet(kind=kind, span=span) for span in spans)


def _series(text: str, start: int, end: int) -> Sequence[Span]:
    span = trimmed(text, start, end)
    return conjuncts(text, span) if span else ()


def _unrestricted(text: str, stretch: Span) -> Sequence[Span]:
    """Return the conjuncts before any adverbial or relative clause."""
    limit = RESTRICTION.search(text, stretch.start, stretch.end)
    return _series(text, stretch.start, limit.start() if limit else stretch.end)


def _people(text: str, stretch: Span) -> Sequence[Span]:
    found = _unrestricted(text, stretch)
    others = (number for number, span in enumerate(found) if not PEOPLE.match(text, span.start))
    return found[: next(others, len(found))]


def _actors(text: str, stretch: Span) -> Sequence[Span]:
    """Return who has a role; what has one alone, or what is done beside it, is no actor."""
    found = _unrestricted(text, stretch)
    acts = any(head_of(text, span) is not Head.OTHER for span in found)
    return found if len(found) > 1 and not acts else ()


def _fields(text: str, stretch: Span) -> Sequence[Span]:
    found = _unrestricted(text, stretch)
    return () if NO_FIELD.fullmatch(_first_word(text, stretch)) else found


def _like_fields(text: str, stretch: Span) -> Sequence[Span]:
    """Return fields only where a series is plainly of one sort: lone words, or the same first."""
    found = _fields(text, stretch)
    heads = {_first_word(text, span) for span in found}
    alike = len(heads) == 1 or all(len(span.of(text).split()) == 1 for span in found)
    return found if len(found) > 1 and alike else ()


def _spheres(text: str, stretch: Span) -> Sequence[Span]:
    """Return "keluarga", "sekolah" and "balai" of "keluarga, sekolah, maupun dalam balai"."""
    found = (_without_preposition(text, span) for span in conjuncts(text, stretch))
    limited = takewhile(bool, (_before_extent(text, span) for span in found))
    return [span for (span,) in takewhile(lambda spans: _is_short(text, spans[0]), limited)]


def _before_extent(text: str, span: Span) -> Sequence[Span]:
    extent = EXTENT.search(text, span.start, span.end)
    bounded = trimmed(text, span.start, extent.start() if extent else span.end)
    return _unrestricted(text, bounded)[:1] if bounded else ()


def _without_preposition(text: str, span: Span) -> Span:
    preposition = PREPOSITION.match(text, span.start, span.end)
    return Span(preposition.end(), span.end) if preposition else span


def _manners(text: str, stretch: Span) -> Sequence[Span]:
    """Return the qualities of "secara A, B, dan C"; a lone adverb is no statement."""
    found = _unrestricted(text, stretch)
    if len(found) == 1:
        return found if ADJECTIVE_PAIR.fullmatch(found[0].of(text)) else ()
    plain = all(_is_quality(text, span) and _is_short(text, span) for span in found)
    return found if plain else ()


def _is_short(text: str, span: Span) -> bool:
    return len(span.of(text).split()) < 4


def _is_quality(text: str, span: Span) -> bool:
    """Tell a lone adjective, or one with what completes it, from a noun or a verb."""
    first, *others = BRACKETS.sub("", span.of(text)).casefold().split() or [""]
    if NO_QUALITY.fullmatch(first):
        return False
    return not others or COMPOUND.fullmatch(first) is not None


def _first_word(text: str, span: Span) -> str:
    return text[span.start : min(span.end, span.start + 40)].split(maxsplit=1)[0].casefold()


def _cue(words: str) -> re.Pattern[str]:
    """Return the pattern of whole words in either case; a blank is any white space."""
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE)


# Where something is done; not how, when or what for.
DONE_IN = _cue(
    r"di(?:gunakan|jalankan|laksanakan|lakukan|manfaatkan|terapkan) dalam"
    r"(?! (?:\d|bentuk|hal|jangka|kehidupan|kurun|rangka|tahap\w*|upaya|waktu))"
)
DETAILS = (
    Detail(
        FacetKind.GROUND,
        ("tanpa",),
        _cue("tanpa (?:membeda-bedakan|membedakan|memandang|melihat)"),
        _unrestricted,
    ),
    Detail(
        FacetKind.BENEFICIARY,
        ("untuk", "bagi"),
        _cue(f"(?:untuk|bagi)(?= {PEOPLE.pattern})"),
        _people,
    ),
    Detail(FacetKind.SPHERE, ("kehidupan",), _cue(r"dalam kehidupan(?!\s+sehari)"), _spheres),
    Detail(FacetKind.SPHERE, ("dalam",), DONE_IN, conjuncts),
    Detail(FacetKind.ACTOR, ("peran",), _cue("peran(?: dan fungsi| serta)?"), _actors),
    Detail(FacetKind.FIELD, ("bidang",), _cue(r"(?:di\s?)?bidang(?: pelayanan)?"), _fields),
    Detail(FacetKind.FIELD, ("pelayanan",), _cue("pelayanan"), _like_fields),
    Detail(FacetKind.QUALITY, ("secara",), _cue(rf"secara(?!\s+{ASPECT}(?!\w))"), _manners),
)

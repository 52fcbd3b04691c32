"""Whatever the bytes are, reading them gives a text with its places, or one sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from source_files import docx, drawn_pdf, odt, page_of_html, paragraph, word_list
from visidaerah.errors import DocumentError
from visidaerah.readers import SourceContent, read_source

PAGE = [(72.0, 700.0, "VISI"), (72.0, 680.0, "Terwujudnya kota yang maju"), (72.0, 660.0, "MISI")]
NUMBERED = word_list("1", ("decimal", "%1."), ("lowerLetter", "%2)"))
TAGS = """<p> <li> <ol> </ol> <table> <tr> <td> </td> </tr> </table> <div> </div> <pre> </pre>
<main> </main> <nav> </nav> <br> <a> </a> visi &amp; <q> <svg> <math> </p> <body> <li <title>
<select> <frameset> <template> <!-- --> <img> <iframe> <summary> <button> </button>""".split()  # noqa: SIM905
FOLDED = [
    '<button aria-expanded="1">Visi',
    '<a href="#v">Visi</a>',
    '<div id="v" class="tab-pane">',
    '<script type="application/json">{"visi": "maju"}</script>',
]
FILES = {
    "visi.pdf": drawn_pdf(PAGE, PAGE),
    "visi.docx": docx(paragraph("VISI") + paragraph("Maju", "1") * 3, NUMBERED),
    "visi.odt": odt(
        "<text:p>VISI</text:p><text:list><text:list-item><text:p>Maju</text:p>"
        "</text:list-item></text:list>"
    ),
    "visi.csv": b'kota,visi,misi\nContoh,"VISI maju","1. Menata\n2. Membangun"\n',
    "visi.html": page_of_html("<h1>VISI</h1><ol><li>Maju</ol><table><tr><td>a<td>b</table>"),
    "visi.txt": "VISI\n“Terwujudnya kota yang maju”\nMISI\n1. â€œSatuâ€\x9d\n".encode(),
}


def holds_together(content: bytes, name: str) -> SourceContent | None:
    """Read bytes and check what comes of it; None where they are refused."""
    try:
        source = read_source(content, name, repair=True)
    except DocumentError as refusal:
        sentence = str(refusal)
    else:
        assert source.text.encode()
        spans = [place.span for place in source.places]
        assert all(span.of(source.text).strip("\n") for span in spans)
        assert all(before.end <= after.start for before, after in pairwise(spans))
        return source
    assert sentence.startswith((name, f"The fonts of {name}"))
    return None


@pytest.mark.parametrize("name", FILES)
def test_the_files_that_are_damaged_here_are_read_when_whole(name: str) -> None:
    source = holds_together(FILES[name], name)
    assert source is not None
    assert "VISI" in source.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(FILES)),
    place=st.floats(0, 1),
    noise=st.binary(max_size=40),
    removed=st.integers(0, 200),
)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(
    name: str, place: float, noise: bytes, removed: int
) -> None:
    whole = FILES[name]
    begin = int(place * len(whole))
    holds_together(whole[:begin] + noise + whole[begin + removed :], name)


@settings(max_examples=100, deadline=None)
@given(
    content=st.binary(max_size=400),
    name=st.sampled_from(["x", "x.csv", "x.docx", "x.html", "x.odt", "x.pdf"]),
)
def test_any_bytes_are_read_or_refused_in_a_sentence(content: bytes, name: str) -> None:
    holds_together(content, name)


@settings(max_examples=100, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(TAGS + FOLDED),
        max_size=40,
    )
)
def test_any_tags_in_any_order_are_read_or_refused(parts: list[str]) -> None:
    for begin in ("maju", ""):
        holds_together(f"<html><body>{begin}{''.join(parts)}".encode(), "x.html")

"""Files of the formats that are read, made in memory."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=11, leading=15, alignment=TA_JUSTIFY, spaceAfter=9
)
HEADING = ParagraphStyle(
    "heading", fontName="Times-Bold", fontSize=14, leading=18, alignment=TA_CENTER
)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=18, bulletIndent=0)


def drawn_pdf(*pages: Sequence[tuple[float, float, str]], size: int = 11, **options: int) -> bytes:
    """Return a PDF with a text at each place (x, y) of its pages, and nothing else on them."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4, **options)
    for page in pages:
        canvas.setFont("Times-Roman", size)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def flowing_pdf(
    story: Iterable[tuple[str, str] | None],
    header: str = "",
    footer: str = "{page}",
    *,
    decorated_cover: bool = True,
) -> bytes:
    """Return a PDF as word processors make them, with a header and footer on every page.

    `decorated_cover` tells whether the first page has them too. A paragraph is a pair of a style
    ("heading", "body" or a list marker) and its text, None a new page. In the header and footer,
    `{page}` is the page's number.
    """
    content = io.BytesIO()

    def decorate(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 805, header.format(page=document.page))
        canvas.drawRightString(520, 35, footer.format(page=document.page))

    SimpleDocTemplate(content, pagesize=A4).build(
        [_flowable(part) for part in story],
        onFirstPage=decorate if decorated_cover else lambda *_: None,
        onLaterPages=decorate,
    )
    return content.getvalue()


def _flowable(part: tuple[str, str] | None) -> PageBreak | Paragraph | Spacer:
    if part is None:
        return PageBreak()
    style, text = part
    if style == "space":
        return Spacer(1, float(text))
    if style in {"heading", "body"}:
        return Paragraph(text, HEADING if style == "heading" else BODY)
    return Paragraph(text, ITEM, bulletText=style)


def package(parts: dict[str, str | bytes], stored: str = "") -> bytes:
    """Return a zip file with these parts, one of them perhaps stored as it is."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            how = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, part, how)
    return content.getvalue()


def docx(body: str, numbering: str = "", styles: str = "", header: str = "") -> bytes:
    """Return a DOCX with this body, in WordprocessingML, and perhaps a header."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    if numbering:
        parts["word/numbering.xml"] = part("numbering", numbering)
    if styles:
        parts["word/styles.xml"] = part("styles", styles)
    if header:
        parts["word/header1.xml"] = part("hdr", header)
    return package(parts)


def part(root: str, content: str) -> str:
    """Return a part of a DOCX."""
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return f'<w:{root} xmlns:w="{WORD}" xmlns:mc="{markup}">{content}</w:{root}>'


def odt(body: str, styles: str = "", manifest: str = "") -> bytes:
    """Return an OpenDocument text with this body; its first part says what it is."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    parts: dict[str, str | bytes] = {"mimetype": OPEN_DOCUMENT, "content.xml": content}
    if manifest:
        parts["META-INF/manifest.xml"] = manifest
    return package(parts, stored="mimetype")


def paragraph(text: str, number: str = "", level: int = 0, style: str = "") -> str:
    """Return a paragraph, an item of a list if it has a number."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    item = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>' if number else ""
    properties = f"{named}<w:numPr>{item}</w:numPr>" if item else named
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str) -> str:
    """Return a run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def word_list(number: str, *levels: tuple[str, str], kind: str = "0", override: str = "") -> str:
    """Return a list of a DOCX: each level a format ("decimal") and a text ("%1.")."""
    described = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum w:abstractNumId="{kind}">{described}</w:abstractNum>'
    return f"{abstract if levels else ''}{instance(number, kind, override)}"


def instance(number: str, kind: str = "0", override: str = "") -> str:
    """Return a use of a list; `override` is the number at which it starts anew."""
    starts = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{override}"/></w:lvlOverride>'
        if override
        else ""
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{starts}</w:num>'


def page_of_html(content: str, title: str = "", charset: str = "utf-8") -> bytes:
    """Return a page with this body."""
    head = f'<meta charset="{charset}"><title>{title}</title>'
    return f"<!doctype html><html><head>{head}</head><body>{content}</body></html>".encode(charset)

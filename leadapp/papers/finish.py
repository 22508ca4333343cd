"""The last pass over a drawn document: tags, title, language, bookmarks, embedded figures.

The same drawing gives the same bytes: no clock, no random id, nothing of this machine.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from leadapp.papers.pen import Pen
from leadapp.papers.tags import Node

FIGURES_NAME = "figures.json"
_CONTENT_ONLY = frozenset({"P", "Span", "H1", "H2", "H3", "Sect", "L"})
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:CreatorTool>leadapp</xmp:CreatorTool><pdf:Producer>leadapp</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    made_at: datetime
    language: str
    exact_size: bool = False
    """Whether a viewer must print it as it is, not fitted to the page: labels."""


def finish(pen: Pen, root: Node, about: About, figures: bytes | None = None) -> bytes:
    """Return the finished document; ``figures`` is JSON to embed."""
    with Pdf.open(io.BytesIO(pen.end())) as pdf:
        _say_about(pdf, about)
        _bookmark(pdf, pen)
        _tag(pdf, pen, root)
        if figures is not None:
            _embed(pdf, figures, about.made_at)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()


def _say_about(pdf: Pdf, about: About) -> None:
    made = pdf.docinfo
    made[Name.Title] = String(about.title)
    made[Name.Author] = String(about.author)
    made[Name.Subject] = String(about.subject)
    made[Name.Creator] = String("leadapp")
    made[Name.Producer] = String("leadapp")
    made[Name.CreationDate] = String(_pdf_date(about.made_at))
    made[Name.ModDate] = String(_pdf_date(about.made_at))
    for key in (Name.Keywords, Name.Trapped):
        if key in made:
            del made[key]
    root = pdf.Root
    root.Lang = String(about.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if about.exact_size:
        root.ViewerPreferences.PrintScaling = Name("/None")
    xmp = _XMP.format(
        title=escape(about.title),
        author=escape(about.author),
        subject=escape(about.subject),
        language=escape(about.language),
        made=about.made_at.isoformat(timespec="seconds"),
    )
    root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _pdf_date(moment: datetime) -> str:
    offset = moment.strftime("%z") or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"


def _bookmark(pdf: Pdf, pen: Pen) -> None:
    with pdf.open_outline() as outline:
        outline.root.clear()
        above: list[tuple[int, OutlineItem]] = []
        for level, words, page, top in pen.headings:
            item = OutlineItem(words, page, "XYZ", top=round(top, 2))
            while above and above[-1][0] >= level:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((level, item))


def _tag(pdf: Pdf, pen: Pen, root: Node) -> None:
    pages: list[pikepdf.Object] = [page.obj for page in pdf.pages]
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    objects: dict[int, pikepdf.Object] = {}
    tree.K = _element(pdf, root, tree, pages, objects)
    nums = Array()
    for number, (page, marks) in enumerate(zip(pages, pen.marks, strict=True)):
        page.StructParents = number
        page.Tabs = Name.S
        nums.append(number)
        nums.append(pdf.make_indirect(Array([objects[id(node)] for node in marks])))
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=nums))
    tree.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = tree


def _element(
    pdf: Pdf,
    node: Node,
    parent: pikepdf.Object,
    pages: list[pikepdf.Object],
    objects: dict[int, pikepdf.Object],
) -> pikepdf.Object:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}"), P=parent))
    objects[id(node)] = made
    if node.alt:
        made.Alt = String(node.alt)
    if node.scope:
        made.A = Array([Dictionary(O=Name.Table, Scope=Name(f"/{node.scope}"))])
    if node.box is not None:
        made.A = Dictionary(O=Name.Layout, BBox=Array([round(edge, 2) for edge in node.box]))
    kids: list[pikepdf.Object | int] = []
    first_page: int | None = None
    for kid in node.kids:
        if isinstance(kid, Node):
            if kid.kids or kid.kind not in _CONTENT_ONLY:
                kids.append(_element(pdf, kid, made, pages, objects))
        elif first_page is None or kid.page == first_page:
            first_page = kid.page
            kids.append(kid.number)
        else:
            kids.append(Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.number))
    if first_page is not None:
        made.Pg = pages[first_page]
    made.K = kids[0] if len(kids) == 1 else Array(kids)
    return made


def _embed(pdf: Pdf, figures: bytes, made_at: datetime) -> None:
    date = String(_pdf_date(made_at))
    stream = pdf.make_stream(
        figures,
        Type=Name.EmbeddedFile,
        Subtype=Name("/application/json"),
        Params=Dictionary(Size=len(figures), CreationDate=date, ModDate=date),
    )
    spec = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(FIGURES_NAME),
            UF=String(FIGURES_NAME),
            Desc=String("The figures of this report"),
            AFRelationship=Name.Data,
            EF=Dictionary(F=stream, UF=stream),
        )
    )
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(FIGURES_NAME), spec])))
    pdf.Root.AF = Array([spec])

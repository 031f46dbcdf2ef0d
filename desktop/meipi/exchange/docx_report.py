"""A report as a Word document: quotes by tag with context and notes, then the annotated text.

The text is marked by highlights, its notes are Word's own comments. Meipi does not read it back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from meipi.exchange.flat_format import Keeps, Survivors
from meipi.exchange.format import Differs, Format
from meipi.exchange.html_report import CARRIES, cut_short
from meipi.exchange.loss import Facet
from meipi.exchange.lost_places import LostPlaces
from meipi.exchange.office import HEAD, content_types, relations
from meipi.exchange.report import context, groups, pieces
from meipi.exchange.tag_paths import shown
from meipi.exchange.xml_safe import attributes, each, escaped, legal
from meipi.exchange.zipped import Archive, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from meipi.core.annotation import Annotation
    from meipi.exchange.counting import SetLike
    from meipi.exchange.flat import FlatDocument, Mark

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {"document": "document.main", "styles": "styles", "comments": "comments"}
_COLORS = ("yellow", "cyan", "green", "magenta", "lightGray", "darkYellow")
_SPLIT = re.compile(r"([\n\t])")
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def clean(text: str) -> str:
    r"""Replace what a Word document cannot hold, one character by one.

    >>> clean("a\rb")
    'a b'
    """
    return legal(text).replace("\r", " ")


_MEMO = "备忘："
KEEPS = Keeps(clean=clean, clean_note=clean, unplaced=True)


def chunks(annotated: SetLike) -> Iterator[bytes]:
    """Yield the document."""
    return pack(_members(Survivors(annotated, KEEPS)))


def _members(chosen: Survivors) -> Iterator[tuple[str, Iterable[str]]]:
    yield "[Content_Types].xml", [content_types("word", "wordprocessingml", _PARTS)]
    yield "_rels/.rels", [relations([("officeDocument", "word/document.xml")])]
    rels = [("styles", "styles.xml"), ("comments", "comments.xml")]
    yield "word/_rels/document.xml.rels", [relations(rels)]
    yield "word/styles.xml", [_styles()]
    yield "word/document.xml", _body(chosen)
    yield "word/comments.xml", _comments(chosen)


def _styles() -> str:
    fonts = (
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
        '<w:sz w:val="21"/><w:lang w:eastAsia="zh-CN"/>'
    )
    named = [
        ("Title", "Title", 36, ""),
        ("Heading1", "heading 1", 30, '<w:outlineLvl w:val="0"/>'),
        ("Heading2", "heading 2", 26, '<w:outlineLvl w:val="1"/>'),
        ("Quote", "Quote", 21, '<w:ind w:left="420"/>'),
    ]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:pPr>{extra}</w:pPr><w:rPr>{"<w:b/>" if size > 21 else ""}<w:sz w:val="{size}"/>'
        "</w:rPr></w:style>"
        for key, name, size, extra in named
    )
    return (
        f'{HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr>'
        f"</w:rPrDefault></w:docDefaults>{styles}</w:styles>"
    )


def _run(text: str, properties: str = "") -> str:
    """Return text as a run; line breaks and tabs are elements of their own."""
    parts = "".join(
        _BREAKS.get(part) or f'<w:t xml:space="preserve">{escaped(part)}</w:t>'
        for part in _SPLIT.split(text)
        if part
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{parts}</w:r>"


def _paragraph(content: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>\n"


_GREY = '<w:color w:val="888888"/>'


def _body(chosen: Survivors) -> Iterator[str]:
    yield f'{HEAD}<w:document xmlns:w="{_W}"><w:body>\n'
    yield _paragraph(_run("批注报告"), "Title")
    yield from (_paragraph(_run(_MEMO + words)) for words in chosen.memos)
    order = {path: at for at, path in enumerate(chosen.paths.values())}
    number = 0
    for flat in chosen.documents:
        yield _paragraph(_run(" ".join((flat.title or flat.name or flat.id).split())), "Heading1")
        yield _paragraph(_run(_facts(flat), _GREY))
        yield from (_paragraph(_run(_MEMO + words)) for words in flat.memos)
        yield from _quotes(flat, order)
        yield _paragraph(_run("正文"), "Heading2")
        yield from _text(flat, order, number)
        number += len(_noted(flat))
    yield "<w:sectPr/></w:body></w:document>\n"


def _facts(flat: FlatDocument) -> str:
    lost = str(len(flat.lost) or "")
    facts = [("文件", flat.name), ("来源", flat.source), ("日期", flat.date), ("缺字", lost)]
    return " · ".join(f"{key} {clean(value)}" for key, value in facts if value)


def _place(mark: Mark, lost: LostPlaces) -> str:
    place = f"第 {mark.span.start + 1}–{mark.span.end} 字"
    said = place, mark.coder, mark.modified, lost.line(mark.span)
    return " · ".join(clean(one) for one in said if one)


def _quotes(flat: FlatDocument, order: dict[str, int]) -> Iterator[str]:
    lost = LostPlaces(flat.lost)
    for group in groups(flat, order):
        yield _paragraph(_run(f"{group.label} ({len(group.marks)})"), "Heading2")
        for mark in group.marks:
            before, words, after = context(flat, mark)
            quoted = _run(f"…{before}", _GREY) + _run(words, "<w:b/>") + _run(f"{after}…", _GREY)
            yield _paragraph(quoted, "Quote")
            if mark.note:
                yield _paragraph(_run(mark.note))
            yield _paragraph(_run(_place(mark, lost), _GREY))


def _noted(flat: FlatDocument) -> list[Mark]:
    """Return the marks whose notes are comments in the text."""
    marks = [m for m in flat.marks if m.note and m.span and m.fits(flat.text)]
    return sorted(marks, key=lambda mark: mark.span)


def _text(flat: FlatDocument, order: dict[str, int], first: int) -> Iterator[str]:
    """Yield the text, a paragraph a line; highlights and comments where the marks lie."""
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, mark in enumerate(_noted(flat), first):
        starts.setdefault(mark.span.start, []).append(number)
        ends.setdefault(mark.span.end, []).append(number)
    yield "<w:p>"
    at = 0
    for piece in pieces(flat.text, flat.marks):
        yield "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in starts.get(at, ()))
        properties = _look([flat.marks[n] for n in piece.marks], order)
        for count, line in enumerate(piece.text.split("\n")):
            if count:
                yield "</w:p>\n<w:p>"
            if line:
                yield _run(line, properties)
        at += len(piece.text)
        for n in ends.get(at, ()):
            yield f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>'
    yield "</w:p>\n"


def _look(marks: Sequence[Mark], order: dict[str, int]) -> str:
    annotations = [mark for mark in marks if not mark.entity]
    look = ""
    if annotations:
        color = _COLORS[order.get(annotations[0].label, len(order)) % len(_COLORS)]
        look += f'<w:highlight w:val="{color}"/>'
    if len(annotations) > 1:
        return look + '<w:u w:val="double"/>'
    return look + ('<w:u w:val="dotted"/>' if len(annotations) < len(marks) else "")


def _comments(chosen: Survivors) -> Iterator[str]:
    yield f'{HEAD}<w:comments xmlns:w="{_W}">\n'
    number = 0
    for flat in chosen.documents:
        for mark in _noted(flat):
            values = {"w:id": number, "w:author": mark.coder or "Meipi"}
            name = f"{shown(mark.label)}: " if mark.label else ""
            content = _paragraph(_run(name + mark.note))
            yield f"<w:comment{attributes(values)}>{content}</w:comment>\n"
            number += 1
    yield "</w:comments>\n"


def check(stream: BinaryIO, annotated: SetLike) -> None:
    """Read the document back and compare its paragraphs with what must stand in it."""
    archive = Archive(stream)
    comments = sum(1 for _ in each(archive.read("word/comments.xml"), "comment"))
    if comments != sum(len(_noted(flat)) for flat in Survivors(annotated, KEEPS).documents):
        raise Differs("comments")
    found = (_words(node) for node in each(archive.read("word/document.xml"), "p"))
    for wanted in _wanted(Survivors(annotated, KEEPS)):
        if next(found, None) != wanted:
            raise Differs(wanted[:40])
    if next(found, None) is not None:
        raise Differs("docx")


def _wanted(chosen: Survivors) -> Iterator[str]:
    """Yield the words of every paragraph."""
    order = {path: at for at, path in enumerate(chosen.paths.values())}
    yield "批注报告"
    yield from (_MEMO + words for words in chosen.memos)
    for flat in chosen.documents:
        yield " ".join((flat.title or flat.name or flat.id).split())
        yield _facts(flat)
        yield from (_MEMO + words for words in flat.memos)
        lost = LostPlaces(flat.lost)
        for group in groups(flat, order):
            yield f"{group.label} ({len(group.marks)})"
            for mark in group.marks:
                yield "…{}{}{}…".format(*context(flat, mark))
                if mark.note:
                    yield mark.note
                yield _place(mark, lost)
        yield "正文"
        yield from flat.text.split("\n")


def _words(paragraph: Any) -> str:
    names = {f"{{{_W}}}br": "\n", f"{{{_W}}}tab": "\t"}
    return "".join(
        names.get(node.tag, "") or (node.text or "")
        for node in paragraph.iter(f"{{{_W}}}t", *names)
    )


def _controls(annotation: Annotation) -> int:
    texts = (annotation.anchor.quote, annotation.note, annotation.coder)
    return sum(a != b for text in texts for a, b in zip(text, clean(text), strict=True))


FORMAT = Format(
    name="docx",
    label_zh="Word 报告",
    label_en="Word report",
    suffix=".docx",
    carries=CARRIES | {Facet.ENTITIES},
    chunks=chunks,
    check=check,
    own_losses={Facet.CONTROLS: _controls},
    own_document_losses={
        Facet.ENTITY_NAMES: lambda d: sum(
            m.canonical != m.text or m.normal is not None for m in d.mentions or ()
        ),
    },
    more_losses=cut_short,
    clean=clean,
)

"""A report in HTML: quotes by tag with context and notes, then the annotated text.

One file without scripts and without anything from elsewhere. Meipi does not read it back.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from meipi.exchange.flat import FlatSet
from meipi.exchange.flat_format import Keeps, Survivors
from meipi.exchange.format import Differs, Format
from meipi.exchange.lines import read_all
from meipi.exchange.loss import Facet, LossItem
from meipi.exchange.lost_places import LostPlaces
from meipi.exchange.refi_words import COLORS
from meipi.exchange.report import context, groups, pieces
from meipi.exchange.tag_paths import shown
from meipi.exchange.xml_safe import attributes, element, escaped, legal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from meipi.core.annotation import Annotation
    from meipi.exchange.counting import SetLike
    from meipi.exchange.flat import FlatDocument, Mark
    from meipi.exchange.loss import Subject
    from meipi.exchange.report import Group

_STYLE = """
body{max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:1.8;
font-family:"Noto Serif CJK SC","Songti SC",SimSun,serif;color:#222;background:#fffdf8}
h1,h2,h3{line-height:1.3}.facts,.place{color:#777;font-size:.85rem}
blockquote{margin:.8rem 0;padding:.2rem .8rem;border-left:3px solid #c9b99a;white-space:pre-wrap}
.context{color:#888}.note{margin:.2rem 0 .2rem .8rem;white-space:pre-wrap}
.memo{margin:.4rem 0;padding:.2rem .8rem;background:#f3ecdd;white-space:pre-wrap}
.text{white-space:pre-wrap}mark{background:#f6e7b4;color:inherit}
.e{border-bottom:1px solid #999}a{color:inherit}
"""
_TEXT = re.compile(r'<div class="text">(.*?)</div>', re.DOTALL)
_QUOTE = re.compile(r'<q[^>]*>(.*?)</q>|<p class="(?:note|memo)">(.*?)</p>', re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
KEEPS = Keeps(clean=legal, clean_note=legal, unplaced=True)


def chunks(annotated: SetLike) -> Iterator[str]:
    """Yield the report, a document at a time."""
    chosen = Survivors(annotated, KEEPS)
    order = {path: at for at, path in enumerate(chosen.paths.values())}
    yield '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
    yield f"<title>批注报告</title><style>{_STYLE}</style></head>\n<body>\n<h1>批注报告</h1>\n"
    yield from _memos(chosen.memos)
    for number, flat in enumerate(chosen.documents, 1):
        yield from _document(flat, number, order)
    yield "</body></html>\n"


def _escaped(text: str) -> str:
    """Escape text for HTML, whose readers take a bare carriage return for a line feed."""
    return escaped(text).replace('"', "&quot;")


def _document(flat: FlatDocument, number: int, order: dict[str, int]) -> Iterator[str]:
    yield f'<section id="d{number}">\n<h2>{_escaped(_title(flat))}</h2>\n'
    count = sum(not mark.entity for mark in flat.marks)
    facts = [("文件", flat.name), ("来源", flat.source), ("日期", flat.date), ("批注", str(count))]
    facts.append(("缺字", str(len(flat.lost) or "")))
    line = " · ".join(f"{key} {legal(value)}" for key, value in facts if value)
    yield f'<p class="facts">{_escaped(line)}</p>\n'
    yield from _memos(flat.memos)
    numbers = {id(mark): at for at, mark in enumerate(flat.marks)}
    places = LostPlaces(flat.lost)
    for group in groups(flat, order):
        yield from _group(flat, number, group, numbers, places)
    yield "<h3>正文</h3>\n"
    yield '<div class="text">'
    for piece in pieces(flat.text, flat.marks):
        yield _marked(_escaped(piece.text), [flat.marks[at] for at in piece.marks], number, order)
    yield "</div>\n</section>\n"


def _memos(memos: Iterable[str]) -> Iterator[str]:
    for words in memos:
        yield f'<p class="memo">{_escaped(words)}</p>\n'


def _title(flat: FlatDocument) -> str:
    return " ".join((flat.title or flat.name or flat.id).split())


def _group(
    flat: FlatDocument, number: int, group: Group, numbers: dict[int, int], places: LostPlaces
) -> Iterator[str]:
    yield f"<h3>{_escaped(group.label)} ({len(group.marks)})</h3>\n"
    for mark in group.marks:
        before, words, after = context(flat, mark)
        yield (
            f'<blockquote id="d{number}q{numbers[id(mark)]}"><span class="context">…'
            f"{_escaped(before)}</span><q>{_escaped(words)}</q>"
            f'<span class="context">{_escaped(after)}…</span></blockquote>\n'
        )
        if mark.note:
            yield f'<p class="note">{_escaped(mark.note)}</p>\n'
        place = f"第 {mark.span.start + 1}–{mark.span.end} 字"
        said = place, mark.coder, mark.modified, places.line(mark.span)
        facts = " · ".join(legal(one) for one in said if one)
        yield f'<p class="place">{_escaped(facts)}</p>\n'


def _marked(text: str, marks: list[Mark], number: int, order: dict[str, int]) -> str:
    """Return a piece of text inside its marks; the names of all stand in the title."""
    annotations = [mark for mark in marks if not mark.entity]
    if any(mark.entity for mark in marks):
        kinds = "、".join(mark.label for mark in marks if mark.entity)
        text = element("span", {"class": "e", "title": kinds}, text)
    if not annotations:
        return text
    names = "、".join(shown(mark.label) or "批注" for mark in annotations)
    color = COLORS[order.get(annotations[0].label, len(order)) % len(COLORS)]
    style = f"background:{color}33" + (
        f";box-shadow:inset 0 -2px {color}" if len(annotations) > 1 else ""
    )
    return f"<mark{attributes({'title': names, 'style': style})}>{text}</mark>"


def check(stream: BinaryIO, annotated: SetLike) -> None:
    """Read the report back and compare texts, quotes and notes with those of the set."""
    html = read_all(stream)
    if not html.endswith("</html>\n"):
        raise Differs("html")
    chosen = Survivors(annotated, KEEPS)
    order = {path: at for at, path in enumerate(chosen.paths.values())}
    texts = (unescape(_TAGS.sub("", one[1])) for one in _TEXT.finditer(html))
    said = (unescape(one[1] if one[1] is not None else one[2]) for one in _QUOTE.finditer(html))
    if any(next(said, None) != words for words in chosen.memos):
        raise Differs("memos")
    for flat in chosen.documents:
        if any(next(said, None) != words for words in flat.memos):
            raise Differs(flat.name)
        if next(texts, None) != flat.text:
            raise Differs(flat.name)
        for mark in (mark for group in groups(flat, order) for mark in group.marks):
            wanted = [context(flat, mark)[1], *([mark.note] if mark.note else [])]
            if any(next(said, None) != one for one in wanted):
                raise Differs(mark.id)
    if next(said, None) is not None:
        raise Differs("html")


def cut_short(annotated: SetLike) -> Iterator[LossItem]:
    """Yield the marks that are not drawn in the text: those without a character or a sure place."""
    for flat in FlatSet(annotated).documents:
        for mark in flat.marks:
            if not mark.span or not mark.fits(flat.text):
                kind: Subject = "entity" if mark.entity else "annotation"
                yield LossItem(Facet.NOT_DRAWN, kind, mark.id or flat.id, mark.quote or "")


def _controls(annotation: Annotation) -> int:
    texts = (annotation.anchor.quote, annotation.note, annotation.coder)
    return sum(a != b for text in texts for a, b in zip(text, legal(text), strict=True))


CARRIES = frozenset(
    {
        Facet.READING_TEXT,
        Facet.NAME,
        Facet.TITLE,
        Facet.DATE,
        Facet.SOURCE_NAME,
        Facet.EMPTY_DOCUMENT,
        Facet.HIERARCHY,
        Facet.MEMOS,
    }
)

FORMAT = Format(
    name="html",
    label_zh="HTML 报告",
    label_en="HTML report",
    suffix=".html",
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
    clean=legal,
)

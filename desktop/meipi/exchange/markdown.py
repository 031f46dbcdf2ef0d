"""A report in Markdown: for each document its passages by tag, with context, notes and place.

For reading and for pasting into one's own writing; Meipi does not read it back.
"""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState
from meipi.exchange.flat import memo_words
from meipi.exchange.format import Differs, Format
from meipi.exchange.lines import read_all
from meipi.exchange.loss import Facet
from meipi.exchange.lost_places import LostPlaces, lost_elsewhere
from meipi.exchange.markdown_text import clean, controls, escape, one_line, unescape
from meipi.exchange.tag_paths import paths, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.annotation import Annotation
    from meipi.core.memo import Memo
    from meipi.exchange.counting import SetLike

_UNTAGGED = "无标签"
_STATES = {
    AnchorState.EXACT: "",
    AnchorState.MOVED: "位置已移动",
    AnchorState.NEEDS_REVIEW: "位置待复核",
}
_NOTE, _LINK, _MEMO = "笔记：", "联系：", "备忘："


def chunks(annotated: SetLike) -> Iterator[str]:
    """Yield the report, a document at a time."""
    tag_paths = paths(annotated.tags)
    yield "# 批注报告\n"
    yield from _memos(annotated.memos)
    for document in annotated.documents:
        yield from _document(document, tag_paths)


def _document(annotated: AnnotatedDocument, tag_paths: dict[str, str]) -> Iterator[str]:
    document, places = annotated.document, LostPlaces(annotated.repaired.lost)
    yield f"\n## {_title(annotated)}\n"
    count = len(annotated.annotations)
    facts = [
        ("文件", document.name),
        ("来源", document.source),
        ("日期", document.date),
        ("批注", str(count) if count else "无"),
        ("缺字", str(len(annotated.repaired.lost) or "")),
    ]
    yield "\n" + " · ".join(f"{key} {one_line(value)}" for key, value in facts if value) + "\n"
    yield from _memos(annotated.memos)
    links = _links(annotated)
    for tag, group in groupby(_by_tag(annotated, tag_paths), key=lambda a: a.tag):
        found = list(group)
        path = shown(tag_paths[tag]) if tag is not None else _UNTAGGED
        yield f"\n### {one_line(path)} ({len(found)})\n"
        for annotation in found:
            yield _passage(annotation, places, links.get(annotation.id, ()))


def _memos(memos: Iterable[Memo]) -> Iterator[str]:
    for memo in memos:
        yield f"\n{_MEMO}{escape(memo_words(memo))}\n"


def _links(annotated: AnnotatedDocument) -> dict[str, list[str]]:
    """Return the lines that say where the links of each annotation lead."""
    quotes = {one.id: one.anchor.quote for one in annotated.annotations}
    lines: dict[str, list[str]] = {}
    for link in annotated.links:
        said = ("→", link.label, f"“{quotes.get(link.target, link.target)}”")
        lines.setdefault(link.source, []).append(" ".join(filter(None, said)))
    return lines


def _title(annotated: AnnotatedDocument) -> str:
    document = annotated.document
    return one_line(document.title) or one_line(document.name) or one_line(document.id)


def _by_tag(annotated: AnnotatedDocument, tag_paths: dict[str, str]) -> list[Annotation]:
    """Sort annotations by tag as in the codebook, those without one last, then by place."""
    order = {tag: at for at, tag in enumerate(tag_paths)}
    return sorted(
        annotated.annotations,
        key=lambda a: (order[a.tag] if a.tag is not None else len(order), a.span),
    )


def _passage(annotation: Annotation, places: LostPlaces, links: Sequence[str]) -> str:
    anchor = annotation.anchor
    place = f"第 {anchor.span.start + 1}–{anchor.span.end} 字"
    facts = [place, _STATES[anchor.state], annotation.coder, annotation.modified]
    blocks = [
        *(
            "\n".join(f"> {line}" for line in escape(one.quote).split("\n"))
            for one in annotation.anchors
        ),
        f"上下文：…{one_line(anchor.prefix)}【…】{one_line(anchor.suffix)}…",
        places.line(anchor.span),
        f"{_NOTE}{escape(annotation.note)}" if annotation.note else "",
        *(f"{_LINK}{escape(line)}" for line in links),
        " · ".join(one_line(fact) for fact in facts if fact),
    ]
    return "".join(f"\n{block}\n" for block in blocks if block)


def check(stream: BinaryIO, annotated: SetLike) -> None:
    """Read the report back and compare titles, quotes and notes with those of the set."""
    found = _read_blocks(read_all(stream))
    for one, other in zip_longest(found, _wanted_blocks(annotated)):
        if one != other:
            raise Differs(str(other or one)[:40])


def _read_blocks(text: str) -> Iterator[str]:
    for block in text.removesuffix("\n").split("\n\n"):
        if block.startswith("## "):
            yield unescape(block.removeprefix("## "))
        elif block.startswith(">"):
            yield unescape("\n".join(line[2:] for line in block.split("\n")))
        for said in (_NOTE, _LINK, _MEMO):
            if block.startswith(said):
                yield unescape(block.removeprefix(said))


def _wanted_blocks(annotated: SetLike) -> Iterator[str]:
    tag_paths = paths(annotated.tags)
    yield from (clean(memo_words(memo)) for memo in annotated.memos)
    for document in annotated.documents:
        yield unescape(_title(document))
        yield from (clean(memo_words(memo)) for memo in document.memos)
        links = _links(document)
        for annotation in _by_tag(document, tag_paths):
            yield from (clean(anchor.quote) for anchor in annotation.anchors)
            if annotation.note:
                yield clean(annotation.note)
            yield from map(clean, links.get(annotation.id, ()))


def _controls(annotation: Annotation) -> int:
    anchor = annotation.anchor
    texts = (anchor.quote, anchor.prefix, anchor.suffix, annotation.note, annotation.coder)
    return sum(map(controls, texts))


def _controls_in_document(annotated: AnnotatedDocument) -> int:
    document = annotated.document
    texts = (document.name, document.title, document.date, document.source)
    return sum(controls(text or "") for text in texts)


FORMAT = Format(
    name="markdown",
    label_zh="Markdown 报告",
    label_en="Markdown report",
    suffix=".md",
    carries=frozenset(
        {
            Facet.NAME,
            Facet.TITLE,
            Facet.DATE,
            Facet.SOURCE_NAME,
            Facet.EMPTY_DOCUMENT,
            Facet.STATE,
            Facet.HIERARCHY,
            Facet.LOST,
            Facet.PARTS,
            Facet.LINKS,
            Facet.MEMOS,
        }
    ),
    chunks=chunks,
    check=check,
    own_losses={Facet.CONTROLS: _controls},
    own_document_losses={
        Facet.CONTROLS: _controls_in_document,
        Facet.LOST: lost_elsewhere,
    },
)

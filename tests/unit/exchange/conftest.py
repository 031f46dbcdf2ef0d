"""Sets to export: a small one made by hand, and a strategy for sets of every kind."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import strategies as st

from meipi.core.anchors import AnchorState, make_anchor
from meipi.core.annotated_set import AnnotatedDocument, AnnotatedSet
from meipi.core.annotation import Annotation, Tag
from meipi.core.attributes import (
    Attribute,
    AttributeValue,
    DocumentTag,
    Kind,
    Status,
    Subject,
)
from meipi.core.document import Block, Document, Role, Structure
from meipi.core.entity import EntityType, Mention
from meipi.core.repairs import Lost, Proof, Repaired, RepairEdit, apply_edits
from meipi.core.spans import Span
from meipi.exchange import FORMATS, Format


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what tests a format whose library is not installed."""
    for item in items:
        values = getattr(item, "callspec", None)
        for value in values.params.values() if values else ():
            known = FORMATS.get(value) if isinstance(value, str) else value
            if isinstance(known, Format) and not known.available:
                item.add_marker(pytest.mark.skip(reason=f"needs {known.module}"))


PROBE = (
    "\ufeff习近平在𠮷野家会见🙂李克强。\n北京大学与清华大学签约。\r\n"
    '一家👨‍👩‍👧‍👦人，e\u0301tude，\u2028行分隔符，=1+1，“引号”,"quoted"\t**星号** <b>&amp;</b>\n'
)
"""A rare character, emoji with ZWJ, NFD, CRLF, U+2028, a BOM, and what CSV and Markdown trip on."""

TIME = "2026-03-01T08:00:00.000Z"


def _document(number: int, text: str, data: bytes, **fields: object) -> Document:
    values = {
        "id": f"d{number}",
        "sha256": hashlib.sha256(data).hexdigest(),
        "name": f"{number:03}.txt",
        "added": TIME,
        "encoding": "utf-8",
        "format": "text",
        "title": f"标题{number}",
        "date": "2026-02-28",
        "source": "新华社",
        "authors": (),
        "region": None,
        "length": len(text),
    }
    return Document(**{**values, **fields})


def edit(source: str, before: str, after: str, *, shift: int = 0) -> RepairEdit:
    at = source.index(before)
    return RepairEdit(
        start=at + shift,
        end=at + shift + len(after),
        source_start=at,
        source_end=at + len(before),
        before=before,
        after=after,
        channel="pinyin",
        confidence=0.98,
        proof=Proof.REPLAYED,
    )


def _repaired_document() -> AnnotatedDocument:
    source = "天津市協(xié)同發(fā)展\r\n推動(dòng)京津冀建設(shè)。"
    edits, shift = [], 0
    for damage in ("(xié)", "(fā)", "(dòng)", "(shè)"):
        edits.append(edit(source, damage, "", shift=shift))
        shift -= len(damage)
    text, text_map = apply_edits(source, edits)
    lost = (Lost(Span(6, 7), text_map.to_source_span(Span(6, 7)), "utf8-as-gbk", "字节已失"),)
    repaired = Repaired(text, tuple(edits), text_map, lost)
    spans = [(3, 7, "t2", "协同发展"), (9, 14, "t1", ""), (4, 12, None, "跨越换行\n第二行")]
    annotations = tuple(
        Annotation(
            f"a{n}", "d1", make_anchor(text, Span(a, b), text_map), tag, note, "晓", TIME, TIME
        )
        for n, (a, b, tag, note) in enumerate(spans, 1)
    )
    blocks = (
        Block(Span(0, 7), Role.TITLE, 1),
        Block(Span(9, 17), Role.PARAGRAPH, 0, (Span(9, 9),)),
    )
    mentions = (Mention(Span(0, 3), EntityType.LOC, "天津市", "天津市", "model"),)
    data = source.encode()
    document = _document(1, text, data, authors=("记者甲", "记者乙"), region="天津")
    structure = Structure(blocks, "天津市協同發展", "2026-02-28", "新华社", ("记者甲",), "天津")
    return AnnotatedDocument(document, data, source, repaired, structure, annotations, mentions)


def plain_document(text: str, number: int, spans: list[tuple[int, int, str | None, str]]):
    """An unrepaired document with annotations at ``spans``."""
    _, text_map = apply_edits(text, ())
    annotations = tuple(
        Annotation(
            f"d{number}a{n}",
            f"d{number}",
            make_anchor(text, Span(start, end), text_map),
            tag,
            note,
            "",
            TIME,
            "2026-03-02T09:30:00.125Z",
        )
        for n, (start, end, tag, note) in enumerate(spans, 1)
    )
    data = text.encode()
    return AnnotatedDocument(
        document=_document(number, text, data),
        data=data,
        source_text=text,
        repaired=Repaired(text, (), text_map),
        structure=Structure(()),
        annotations=annotations,
    )


TAGS = (
    Tag("t1", "区域 > 发展", 0, "1", "跨区域的事", None, 0),
    Tag("t2", "协同", 1, "2", "", "t1", 1),
    Tag("t3", '=危险,"标签"', 2, "", "", None, 2),
    Tag("t4", "未用", 3),
)


@pytest.fixture(scope="session")
def small_set() -> AnnotatedSet:
    """Three documents: repaired and marked, the probe text, and one with nothing on it."""
    emoji = PROBE.index("👨")
    probe = plain_document(
        PROBE,
        2,
        [
            (0, 5, "t1", "从 BOM 开始"),
            (5, 15, "t3", "=cmd|' /C calc'!A0"),
            (10, 40, "t2", ""),
            (emoji, emoji + 7, None, "一家人 *一个* 字位\n\n- 不是列表"),
            (PROBE.index("="), len(PROBE), "t1", "# 不是标题"),
        ],
    )
    return AnnotatedSet((_repaired_document(), probe, plain_document("无批注。\n", 3, [])), TAGS)


@pytest.fixture(scope="session")
def probe_document():
    """Build a document of one's own text with annotations at given places."""
    return plain_document


@pytest.fixture(scope="session")
def written():
    """Return the bytes of an export."""

    def write(known, annotated) -> bytes:
        return b"".join(
            part.encode() if isinstance(part, str) else part for part in known.chunks(annotated)
        )

    return write


_SIGNS = [
    *"=+-@',;“”\\`*_#|>!a𠮷🙂",
    '"',
    "1.",
    "&amp;",
    "<br>",
    "[x](y)",
    "~~",
    "习近平",
    "京津冀",
]
_BLANKS = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\ufeff", "\x85", " ", "\u3000", "\t"]
_CONTROLS = ["\x0b", "\x0c", "\x1c", "e\u0301", "👨‍👩‍👧‍👦"]
_PIECES = st.sampled_from(_SIGNS + _BLANKS + _CONTROLS)
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=24).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
_NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8
)
_TIMES = st.sampled_from([TIME, "2026-12-31T23:59:59.999Z", "", "昨天"])


@st.composite
def _reading(draw: st.DrawFn) -> tuple[str, Repaired]:
    source = draw(_TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(source)), max_size=6)))
    edits, shift = [], 0
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(_TEXTS.map(lambda text: text[:5]))
        edits.append(
            RepairEdit(
                start + shift,
                start + shift + len(after),
                start,
                end,
                source[start:end],
                after,
                draw(_NAMES),
                draw(st.floats(0, 1)),
                draw(st.sampled_from(Proof)),
            )
        )
        shift += len(after) - (end - start)
    text, text_map = apply_edits(source, edits)
    gone = sorted(draw(_spans(len(text))))
    lost = tuple(Lost(s, text_map.to_source_span(s), "x", "y") for s in gone)
    return source, Repaired(text, tuple(edits), text_map, lost)


def _spans(length: int) -> st.SearchStrategy[list[Span]]:
    offsets = st.tuples(st.integers(0, length), st.integers(0, length))
    return st.lists(offsets.map(lambda pair: Span(*sorted(pair))), max_size=3)


@st.composite
def _annotations(draw: st.DrawFn, document: str, repaired: Repaired, tags: list[str]):
    made = []
    for number, span in enumerate(draw(_spans(len(repaired.text)))):
        anchor = make_anchor(repaired.text, span, repaired.map)
        state = draw(st.sampled_from(AnchorState))
        made.append(
            Annotation(
                f"{document}-{number}",
                document,
                type(anchor)(
                    anchor.span, anchor.quote, anchor.prefix, anchor.suffix, anchor.source, state
                ),
                draw(st.sampled_from([None, *tags])),
                draw(_TEXTS),
                draw(_NAMES),
                draw(_TIMES),
                draw(_TIMES),
                draw(st.sampled_from(Status)),
            )
        )
    return tuple(made)


ATTRIBUTES = (
    Attribute("k1", Subject.DOCUMENT, "发行量", Kind.NUMBER),
    Attribute("k2", Subject.DOCUMENT, "刊期 = +", Kind.CHOICE, ("日报", "周|报", '"'), 1),
    Attribute("k3", Subject.DOCUMENT, "备注", Kind.TEXT, (), 2),
    Attribute("k4", Subject.DOCUMENT, "日子", Kind.DATE, (), 3),
    Attribute("k5", Subject.ANNOTATION, "确定", Kind.YES_NO, (), 4),
    Attribute("k6", Subject.ANNOTATION, "备注", Kind.TEXT, (), 5),
)
_VALUES = {
    "k1": st.sampled_from(["12", "-3.5", "1e+30"]),
    "k2": st.sampled_from(ATTRIBUTES[1].choices),
    "k3": _TEXTS.map(str.strip).filter(bool),
    "k4": st.sampled_from(["2025", "2025-03", "2025-03-01"]),
    "k5": st.sampled_from(["yes", "no"]),
    "k6": _NAMES.map(str.strip).filter(bool),
}


@st.composite
def _described(draw: st.DrawFn, one: AnnotatedDocument, tags: list[str]) -> AnnotatedDocument:
    """Return a document with values of attributes and tags on the whole."""
    key = one.document.id
    values = [
        AttributeValue(attribute, key, draw(_VALUES[attribute]))
        for attribute in draw(st.lists(st.sampled_from(["k1", "k2", "k3", "k4"]), unique=True))
    ]
    for annotation in one.annotations:
        for attribute in draw(st.lists(st.sampled_from(["k5", "k6"]), unique=True)):
            values.append(AttributeValue(attribute, key, draw(_VALUES[attribute]), annotation.id))
    chosen = draw(st.lists(st.sampled_from(tags), unique=True)) if tags else []
    borne = tuple(DocumentTag(key, tag, draw(_NAMES), TIME) for tag in chosen)
    return replace(one, values=tuple(values), tags=borne)


@st.composite
def _annotated(draw: st.DrawFn, number: int, tags: list[str]) -> AnnotatedDocument:
    source, repaired = draw(_reading())
    data = bytes([number]) + draw(st.binary(max_size=20))
    text = repaired.text
    optional = st.none() | _NAMES
    document = _document(
        number,
        text,
        data,
        name=draw(_TEXTS),
        title=draw(_TEXTS),
        date=draw(optional),
        source=draw(optional),
        region=draw(optional),
        authors=tuple(draw(st.lists(_NAMES, max_size=2))),
    )
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    blocks = tuple(
        Block(Span(a, b), draw(st.sampled_from(Role)), draw(st.integers(0, 6)), (Span(a, a),))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    )
    mentions = draw(
        st.none()
        | _spans(len(text)).map(
            lambda spans: tuple(
                Mention(s, EntityType.ORG, s.slice(text), s.slice(text), "model") for s in spans
            )
        )
    )
    annotations = draw(_annotations(document.id, repaired, tags))
    return AnnotatedDocument(
        document, data, source, repaired, Structure(blocks, draw(optional)), annotations, mentions
    )


@st.composite
def _sets(draw: st.DrawFn) -> AnnotatedSet:
    names = draw(st.lists(_NAMES, max_size=4, unique=True))
    tags: list[Tag] = []
    for number, name in enumerate(names):
        parent = draw(st.sampled_from([None, *(tag.id for tag in tags)]))
        shortcut = draw(st.sampled_from(["", "1", "9"]))
        rules = (draw(_TEXTS | st.just("【示例 Examples】\n一")) for _ in range(3))
        words = (name, number, shortcut, draw(_TEXTS), parent, number, *rules)
        tags.append(Tag(f"t{number}", *words))
    ids = [tag.id for tag in tags]
    count = draw(st.integers(0, 3))
    documents = (draw(_annotated(number, ids)) for number in range(count))
    described = tuple(draw(_described(one, ids)) for one in documents)
    return AnnotatedSet(described, tuple(tags), attributes=ATTRIBUTES)


@pytest.fixture(scope="session")
def annotated_sets() -> st.SearchStrategy[AnnotatedSet]:
    """Sets of every kind, with texts that break careless offsets and escapes."""
    return _sets()

"""Queries over a library find what a plain count over everything finds, and name what is wrong."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.attributes import Kind, Subject
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.fold import fold
from meipi.core.messages import word
from meipi.core.query import (
    And,
    Compare,
    Field,
    Node,
    Not,
    Or,
    Query,
    Related,
    Relation,
    Term,
    Unit,
    leads,
)
from meipi.core.spans import Span
from meipi.services.numbers import passages_behind
from meipi.services.query_text import write
from meipi.services.retrieving import SORTS, Order, SavedQuery
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.services.retrieving import Found

LINES = ["天津市宝坻区推进", "京津冀協同發展", "北京大学与清华大学", "产业园区开业", "无关的一行字"]
ENTITIES = {"LOC": ("天津", "宝坻"), "ORG": ("北京大学",)}
TREE = {"经济": None, "产业": "经济", "园区": "产业", "教育": None}


@dataclass(frozen=True)
class Mark:
    document: str
    span: Span
    tag: str | None
    quote: str
    coder: str
    note: str


class Small:
    """A small library whose every row is known, and a plain reading of queries over it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        chooser = random.Random(3)  # noqa: S311
        self.texts: dict[str, str] = {}
        self.dates = {}
        for number in range(4):
            text = "\n".join(chooser.choices(LINES, k=6))
            added = workspace.documents.add_bytes(text.encode(), name=f"{number}.txt").result()
            self.texts[added.document] = text
            self.dates[added.document] = ("2023", "2024-02", "2024-05-01", None)[number]
        self.tags: dict[str, str] = {}
        for name, above in TREE.items():
            parent = self.tags[above] if above else None
            self.tags[name] = next(iter(workspace.codebook.add(name, parent=parent).result().tags))
        self.marks = [self._mark(chooser) for _ in range(40)]
        workspace.submit(self._write_rest).result()
        workspace.flush()

    def _mark(self, chooser: random.Random) -> Mark:
        document = chooser.choice(list(self.texts))
        text = self.texts[document]
        start = chooser.randrange(len(text) - 1)
        span = Span(start, min(len(text), start + chooser.randint(1, 12)))
        tag = chooser.choice([*self.tags, None])
        coder, note = chooser.choice(["甲", "乙"]), chooser.choice(["", "再看"])
        return Mark(document, span, tag, span.slice(text), coder, note)

    def _write_rest(self, transaction: object) -> None:
        """Write what has no act of its own here: coders, dates, entities."""
        from meipi.services.annotating import NewAnnotation

        connection = transaction.connection
        for mark in self.marks:
            tag = self.tags[mark.tag] if mark.tag else None
            new = NewAnnotation(mark.document, mark.span, tag, mark.note)
            put = self.workspace.annotating.put(transaction, new)
            transaction.update("annotations", put.id, coder=mark.coder)
        for document, date in self.dates.items():
            transaction.update("documents", document, date=date)
        self.mentions: list[tuple[str, str, str, Span]] = []
        for kind, names in ENTITIES.items():
            for name in names:
                number = connection.execute(
                    "INSERT INTO entities (type, key, name) VALUES (?, ?, ?)",
                    (kind, fold(name), name),
                ).lastrowid
                for document, text in self.texts.items():
                    at = text.find(name)
                    if at < 0:
                        continue
                    self.mentions.append((kind, name, document, Span(at, at + len(name))))
                    connection.execute(
                        "INSERT INTO entity_mentions SELECT reading, 0, ?, ?, ?, ?, ? "
                        "FROM documents WHERE id = ?",
                        (at, at, at + len(name), number, name, document),
                    )
        transaction.name("demo")

    # The plain reading.

    def expected(self, query: Query) -> list[tuple[str, int, int]]:
        if query.unit is Unit.PASSAGES:
            areas = self.marks
        elif query.unit is Unit.DOCUMENTS:
            areas = [(document, Span(0, len(text))) for document, text in self.texts.items()]
        else:
            areas = [(doc, span) for doc, text in self.texts.items() for span in lines_of(text)]
        kept = [area for area in areas if query.node is None or self.own(query.node, area)]
        places = [(a.document, a.span) if isinstance(a, Mark) else a for a in kept]
        if query.unit is Unit.DOCUMENTS:
            return sorted((document, 0, 0) for document, _ in places)
        return sorted((document, span.start, span.end) for document, span in places)

    def own(self, node: Node, area: object) -> bool:  # noqa: PLR0911
        if not isinstance(area, Mark):
            return self.holds(node, area)
        match node:
            case Term(field=Field.TAG):
                return self.tagged(node, area)
            case Term() | Not():
                return self.holds(node, area)
            case Or(items):
                return any(self.own(item, area) for item in items)
            case And(items):
                leading = [item for item in items if leads(item)]
                own = any(self.own(item, area) for item in leading) if leading else True
                return own and all(
                    self.holds(i, area) if leading else self.own(i, area) for i in items
                )
            case Related(left, relation, right, distance, negated):
                if relation is Relation.SAME:
                    return self.own(left, area) and self.own(right, area) != negated
                others = [m for m in self.marks if m is not area and m.document == area.document]
                met = any(
                    self.lies(relation, area, other, distance) and self.own(right, other)
                    for other in others
                )
                return self.own(left, area) and met != negated

    def holds(self, node: Node, area: object) -> bool:
        match node:
            case Not(item):
                return not self.holds(item, area)
            case And(items):
                return all(self.holds(item, area) for item in items)
            case Or(items):
                return any(self.holds(item, area) for item in items)
            case Related() | Term(field=Field.TAG):
                on = isinstance(area, Mark) and isinstance(node, Term) and self.tagged(node, area)
                return on or any(self.own(node, mark) for mark in self.on(area))
            case _:
                return self.term(node, area)

    def on(self, area: object) -> list[Mark]:
        document, span = place(area)
        return [m for m in self.marks if m.document == document and meets(m.span, span)]

    def term(self, term: Term, area: object) -> bool:
        document, span = place(area)
        text = self.texts[document]
        match term.field:
            case Field.WORDS:
                return fold(term.value) in fold(span.slice(text))
            case Field.BODY:
                return fold(term.value) in fold(text)
            case Field.ENTITY | Field.TYPE:
                wanted = 1 if term.field is Field.ENTITY else 0
                return any(
                    m[wanted] == term.value and m[2] == document and meets(m[3], span)
                    for m in self.mentions
                )
            case Field.DATE:
                return date_fits(self.dates[document], term)
            case _:
                said = {Field.CODER: "coder", Field.NOTE: "note"}[term.field]
                marks = [area] if isinstance(area, Mark) else self.on(area)
                return any(term.value in getattr(mark, said) for mark in marks)

    def tagged(self, term: Term, mark: Mark) -> bool:
        tag = mark.tag
        while tag is not None:
            if tag == term.value:
                return True
            tag = TREE[tag] if term.compare is Compare.HAS else None
        return False

    def lies(self, relation: Relation, a: Mark, b: Mark, n: int) -> bool:
        lines = lines_of(self.texts[a.document])
        ours, theirs = touched(lines, a.span), touched(lines, b.span)
        return {
            Relation.OVERLAP: meets(a.span, b.span),
            Relation.INSIDE: b.span.start <= a.span.start and b.span.end >= a.span.end,
            Relation.CONTAINS: b.span.start >= a.span.start and b.span.end <= a.span.end,
            Relation.NEAR: b.span.start <= a.span.end + n and b.span.end >= a.span.start - n,
            Relation.BEFORE: a.span.end <= b.span.start <= a.span.end + n,
            Relation.PARAGRAPH: bool(ours & theirs),
            Relation.DOCUMENT: True,
        }[relation]


def place(area: object) -> tuple[str, Span]:
    return (area.document, area.span) if isinstance(area, Mark) else area


def meets(one: Span, other: Span) -> bool:
    return one.start < other.end and one.end > other.start


def lines_of(text: str) -> list[Span]:
    """Paragraphs, each with the line break that ends it."""
    starts = [0, *(at + 1 for at, c in enumerate(text) if c == "\n")]
    return [Span(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def touched(lines: list[Span], span: Span) -> set[int]:
    last = max(span.start, span.end - 1)
    return {n for n, line in enumerate(lines) if line.start <= last and line.end > span.start}


def date_fits(date: str | None, term: Term) -> bool:
    if date is None or len(date) < len(term.value):
        return False
    cut, value = date[: len(term.value)], term.value
    return {
        Compare.HAS: cut == value,
        Compare.IS: cut == value,
        Compare.UNDER: cut < value,
        Compare.UPTO: cut <= value,
        Compare.OVER: cut > value,
        Compare.FROM: cut >= value,
    }[term.compare]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    from tests.library.conftest import prepare

    from meipi.services import pipeline

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "prepare", prepare)
        path = tmp_path_factory.mktemp("small") / "library.meipi"
        with Workspace.open(path, in_process=True) as workspace:
            yield Small(workspace)


def found(workspace: Workspace, text: str, **options: object) -> list[Found]:
    return list(workspace.retrieving.rows(workspace.retrieving.find(text, **options)))


VALUES: dict[Field, list[str]] = {
    Field.TAG: list(TREE),
    Field.WORDS: ["天津", "津", "协同发展", "大學", "宝坻区推"],
    Field.BODY: ["协同", "园区"],
    Field.ENTITY: ["天津", "宝坻", "北京大学"],
    Field.TYPE: ["LOC", "ORG"],
    Field.CODER: ["甲", "乙"],
    Field.NOTE: ["再看"],
    Field.DATE: ["2023", "2024", "2024-02", "2024-05-01"],
}


def term_of(field: Field) -> st.SearchStrategy[Term]:
    compares = [Compare.HAS]
    if field is Field.TAG:
        compares.append(Compare.IS)
    if field is Field.DATE:
        compares = list(Compare)
    return st.builds(
        Term, st.just(field), st.sampled_from(VALUES[field]), st.sampled_from(compares)
    )


TAGS = term_of(Field.TAG)
TERMS = TAGS | st.sampled_from(list(VALUES)).flatmap(term_of)
NODES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda *items: And(items), inner, inner),
        st.builds(lambda *items: Or(items), inner, inner, inner),
        st.builds(
            Related, inner, st.sampled_from(list(Relation)), inner, st.integers(0, 9), st.booleans()
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(query=st.builds(Query, st.none() | NODES, st.sampled_from(list(Unit))))
def test_a_query_finds_what_a_plain_reading_of_everything_finds(small: Small, query: Query) -> None:
    rows = found(small.workspace, write(query))
    assert sorted((r.document, r.span.start, r.span.end) for r in rows) == small.expected(query)
    assert small.workspace.retrieving.count(write(query)) == len(rows)


# What is wrong, sorted, kept.


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ("天津 #园去", 4, "园区"),
        ("#产业 entity:北京大雪", 5, "北京大学"),
        ("entity:PER/天津", 1, "PER/天津"),
        ("type:XYZ", 1, "XYZ"),
        ("天津 ，。", 4, "，。"),
        ("date>去年", 1, "去年"),
        ("date:..", 1, "date:.."),
        ('天津 ""', 4, '""'),
    ],
)
def test_what_cannot_be_asked_names_its_place_and_the_nearest_there_is(
    small: Small, typed: str, place: int, said: str
) -> None:
    with pytest.raises(MeipiError) as caught:
        small.workspace.retrieving.check(typed)
    assert caught.value.code is ErrorCode.QUERY_INVALID
    assert caught.value.fields["place"] == place
    assert said in word(caught.value, "zh")


def test_tags_of_one_name_are_told_apart_by_what_they_stand_under(workspace: Workspace) -> None:
    document = workspace.documents.add_bytes("甲乙丙丁".encode(), name="a.txt").result().document
    for at, above in enumerate(("城市", "农村")):
        parent = next(iter(workspace.codebook.add(above).result().tags))
        child = next(iter(workspace.codebook.add("教育", parent=parent).result().tags))
        workspace.annotating.add(document, Span(at, at + 1), tag=child).result()
    assert [row.match for row in found(workspace, "#教育")] == ["甲", "乙"]
    assert [row.match for row in found(workspace, "#农村/教育")] == ["乙"]
    assert [row.match for row in found(workspace, "#=城市")] == []


def test_rows_come_in_the_order_asked_for(small: Small) -> None:
    for by in SORTS:
        rows = found(small.workspace, "", order=Order(by))
        back = found(small.workspace, "", order=Order(by, reverse=True))
        assert {row.annotation for row in rows} == {row.annotation for row in back}
    before = [row.before[::-1] for row in found(small.workspace, "", order=Order("before"))]
    assert before == sorted(before)
    match = [row.match for row in found(small.workspace, "", order=Order("match", reverse=True))]
    assert match == sorted(match, reverse=True)


def test_rows_are_sifted_by_what_they_show(small: Small) -> None:
    rows = found(small.workspace, "", sift="大學")
    assert rows
    assert all("大学" in fold(row.before + row.match + row.after) for row in rows)


def test_rows_say_what_is_around_them_and_a_row_that_is_gone_says_nothing(
    workspace: Workspace, document: str, tag: str
) -> None:
    made = workspace.annotating.add(document, Span(3, 5), tag=tag, note="看").result()
    keys = workspace.retrieving.find("#产业")
    (row,) = workspace.retrieving.page(keys, 0, 10)
    assert row is not None
    assert (row.before, row.match, row.after[:3]) == ("天津市", "宝坻", "区推进")
    assert (row.tags, row.note, row.annotation) == ((tag,), "看", next(iter(made.annotations)))
    workspace.annotating.delete([row.annotation]).result()
    assert workspace.retrieving.page(keys, 0, 10) == [None]


def test_a_table_has_every_row(workspace: Workspace, document: str, tag: str) -> None:
    workspace.annotating.add(document, Span(3, 5), tag=tag, note="好,\n看").result()
    table = workspace.retrieving.table(workspace.retrieving.find(""))
    header, row = csv.reader(io.StringIO(table))
    cells = dict(zip(header, row, strict=True))
    assert (cells["match"], cells["tags"], cells["note"]) == ("宝坻", "产业", "好,\n看")


def test_saved_queries_are_kept_renamed_deleted_and_all_of_it_undone(workspace: Workspace) -> None:
    retrieving, undo = workspace.retrieving, workspace.history.undo
    (key,) = retrieving.save(" 产业与教育 ", "#产业 且 #教育").result().queries
    retrieving.save("产业与教育", "#产业 或 #教育").result()
    retrieving.rename(key, "两者").result()
    assert workspace.history.undo_label() == "查询“产业与教育”改名为“两者”"
    retrieving.delete([key]).result()
    assert retrieving.saved() == []
    for name, text in (
        ("两者", "#产业 或 #教育"),
        ("产业与教育", "#产业 或 #教育"),
        ("产业与教育", "#产业 且 #教育"),
    ):
        undo().result()
        assert retrieving.saved() == [SavedQuery(key, name, text)]
    undo().result()
    assert retrieving.saved() == []


def test_a_saved_query_needs_a_name_that_no_other_has(workspace: Workspace) -> None:
    retrieving = workspace.retrieving
    with pytest.raises(MeipiError) as caught:
        retrieving.save("  ", "#产业")
    assert caught.value.code is ErrorCode.QUERY_NAMELESS
    retrieving.save("一", "甲").result()
    (other,) = retrieving.save("二", "乙").result().queries
    with pytest.raises(MeipiError) as caught:
        retrieving.rename(other, "一").result()
    assert caught.value.code is ErrorCode.QUERY_EXISTS
    with pytest.raises(MeipiError) as caught:
        retrieving.delete(["nothing"]).result()
    assert caught.value.code is ErrorCode.QUERY_UNKNOWN


# What is said of documents and annotations.


@pytest.fixture
def described(workspace: Workspace) -> Workspace:
    """Three documents, each with an annotation on its first character, and what is said of them."""
    tag = next(iter(workspace.codebook.add("产业").result().tags))
    whole = next(iter(workspace.codebook.add("要闻", parent=tag).result().tags))
    documents, marks = [], []
    for text in ("甲乙丙丁", "乙丙丁甲", "丙丁甲乙"):
        added = workspace.documents.add_bytes(text.encode(), name=f"{text}.txt").result()
        documents.append(added.document)
        made = workspace.annotating.add(added.document, Span(0, 1), tag=tag).result()
        marks += made.annotations
    attributes = workspace.attributes
    (grade,) = attributes.define("级别", Subject.DOCUMENT, kind=Kind.NUMBER).result().attributes
    (day,) = attributes.define("调查日", Subject.ANNOTATION, kind=Kind.DATE).result().attributes
    attributes.set_on_documents(grade, documents[:1], "2").result()
    attributes.set_on_documents(grade, documents[1:2], "10").result()
    attributes.set_on_annotations(day, marks[1:2], "2024-05-01").result()
    attributes.set_on_annotations("certainty", marks[2:], "low").result()
    attributes.set_status(marks[:1], "review").result()
    for field, value in (("source", "人民网"), ("region", "天津"), ("authors", "王强；李敏")):
        attributes.set_given(documents[2:], field, value).result()
    workspace.document_tags.add(documents[:2], whole).result()
    workspace.flush()
    return workspace


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("@级别=2", "甲"),
        ("@级别>2", "乙"),
        ("@级别:2..10", "甲乙"),
        ("@级别<=2.0", "甲"),
        ("@级别", "甲乙"),
        ("非 @级别", "丙"),
        ("@调查日>=2024-05", "乙"),
        ("@调查日=2024年5月1日", "乙"),
        ("@certainty=low", "丙"),
        ("@确定性=存疑", "丙"),
        ("status:review", "甲"),
        ("状态:待复核", "甲"),
        ("状态:checked", ""),
        ("doctag:要闻", "甲乙"),
        ("文档标签:产业", "甲乙"),
        ("doctag=产业", ""),
        ("来源:人民網", "丙"),
        ("source=人民", ""),
        ("region:天津", "丙"),
        ("作者:李敏", "丙"),
        ("doc:乙丙丁", "甲乙"),
        ("doc=乙丙丁甲", "乙"),
        ("made>2020", "甲乙丙"),
        ("made<2020", ""),
        ('coder:""', "甲乙丙"),
        ("#产业 其中 @级别", "甲乙"),
    ],
)
def test_what_is_said_of_documents_and_annotations_can_be_asked(
    described: Workspace, query: str, matches: str
) -> None:
    assert "".join(row.match for row in found(described, query)) == matches
    units = found(described, f"{query} show:documents")
    assert sorted(row.title[0] for row in units) == sorted(matches)


@pytest.mark.parametrize(
    ("query", "said"), [("@级别>高", "数"), ("@等级=2", "级别"), ("@certainty>2", "比大小")]
)
def test_a_value_that_does_not_fit_an_attribute_is_refused(
    described: Workspace, query: str, said: str
) -> None:
    with pytest.raises(MeipiError) as caught:
        described.retrieving.find(query)
    assert said in word(caught.value, "zh")


def test_passages_are_counted_by_attributes_and_cells_lead_to_them(described: Workspace) -> None:
    for key, name in described.numbers.attributes().items():
        table = described.numbers.by("", key)
        assert table.name(key) == name
        assert sum(table.cells.values()) == 3
        for (row, column), count in table.cells.items():
            query = passages_behind("", table, row, column, "zh")
            assert described.retrieving.count(query) == count

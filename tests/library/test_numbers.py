"""Numbers over passages are those of a plain count, and lead to the passages behind them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.conftest import prepare

from meipi.core.query import Relation
from meipi.core.spans import Span
from meipi.services import pipeline
from meipi.services.annotating import NewAnnotation
from meipi.services.numbers import TOGETHER, passages_behind
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "天津市宝坻区\n北京大学签约\n产业园区开业仪式"
LINES = (Span(0, 7), Span(7, 14), Span(14, 22))
DATES = ("2023-05-01", "2024", None)
NAMES = ("甲", "乙", "丙")

Mark = tuple[int, int, int, int]
"""Document, start, length, tag."""
MARKS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(1, 9), st.integers(0, 2)),
    max_size=14,
)


class Counted:
    """A library of three documents that is annotated anew for every example."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.documents = [
            workspace.documents.add_bytes((TEXT + "。" * n).encode(), name=f"{n}.txt")
            .result()
            .document
            for n in range(3)
        ]
        self.tags = [next(iter(workspace.codebook.add(name).result().tags)) for name in NAMES]

        def date(transaction: object) -> None:
            for document, day in zip(self.documents, DATES, strict=True):
                transaction.update("documents", document, date=day)
            transaction.name("demo")

        workspace.submit(date).result()
        workspace.flush()

    def put(self, marks: list[Mark]) -> list[tuple[int, Span, int]]:
        known = [one.id for one in self.workspace.annotating.all()]
        placed = [(d, Span(a, min(a + n, 22)), tag) for d, a, n, tag in marks]

        def work(transaction: object) -> None:
            for key in known:
                transaction.delete("annotations", key)
            for document, span, tag in placed:
                new = NewAnnotation(self.documents[document], span, self.tags[tag])
                self.workspace.annotating.put(transaction, new)
            transaction.name("demo")

        self.workspace.submit(work).result()
        return placed


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "prepare", prepare)
        path = tmp_path_factory.mktemp("counted") / "library.meipi"
        with Workspace.open(path, in_process=True) as workspace:
            yield Counted(workspace)


def lines_of(span: Span) -> set[int]:
    return {n for n, line in enumerate(LINES) if line.start < span.end and line.end > span.start}


def together(placed: list[tuple[int, Span, int]], relation: Relation) -> Counter[tuple[int, int]]:
    counts: Counter[tuple[int, int]] = Counter()
    if relation is Relation.OVERLAP:
        counts.update((tag, tag) for _, _, tag in placed)
        for one, other in combinations(placed, 2):
            meets = one[1].start < other[1].end and one[1].end > other[1].start
            if one[0] == other[0] and one[2] != other[2] and meets:
                counts[one[2], other[2]] += 1
                counts[other[2], one[2]] += 1
        return counts
    for document in range(3):
        for line in range(3) if relation is Relation.PARAGRAPH else [None]:
            tags = {
                tag
                for d, span, tag in placed
                if d == document and (line is None or line in lines_of(span))
            }
            counts.update((one, other) for one in tags for other in tags)
    return counts


@settings(max_examples=60)
@given(marks=MARKS)
def test_tables_and_coverage_are_those_of_a_plain_count(
    counted: Counted, marks: list[Mark]
) -> None:
    placed = counted.put(marks)
    numbers, tags, documents = counted.workspace.numbers, counted.tags, counted.documents
    plain = Counter((tags[tag], documents[document]) for document, _, tag in placed)
    assert dict(numbers.by("", "document").cells) == plain
    years = Counter((tags[tag], (DATES[d] or "")[:4]) for d, _, tag in placed)
    assert dict(numbers.by("", "year").cells) == years
    under: dict[tuple[str, str], set[int]] = {}
    for document, span, tag in placed:
        places = under.setdefault((tags[tag], documents[document]), set())
        places.update(range(span.start, span.end))
    covered = {key: len(places) for key, places in under.items()}
    lengths = [len(TEXT) + n for n in range(3)]
    shares = numbers.coverage("")
    for (tag, document), count in covered.items():
        assert shares.value(tag, document) == count / lengths[documents.index(document)]
    assert len(shares.cells) == len(covered)


@settings(max_examples=60)
@given(marks=MARKS, relation=st.sampled_from(TOGETHER))
def test_what_lies_together_is_that_of_a_plain_count_and_leads_to_its_passages(
    counted: Counted, marks: list[Mark], relation: Relation
) -> None:
    placed = counted.put(marks)
    numbers, tags = counted.workspace.numbers, counted.tags
    table = numbers.together("", relation)
    plain = {(tags[a], tags[b]): n for (a, b), n in together(placed, relation).items()}
    assert dict(table.cells) == plain
    for (row, column), count in table.cells.items():
        query = passages_behind("", table, row, column, "zh")
        assert counted.workspace.retrieving.count(query) >= min(1, count)


@settings(max_examples=40)
@given(marks=MARKS, group=st.sampled_from(["document", "year", "month", "coder", "source"]))
def test_a_cell_leads_to_as_many_passages_as_it_says(
    counted: Counted, marks: list[Mark], group: str
) -> None:
    counted.put(marks)
    for within in ("", "#甲 或 #乙", "非 天津"):
        table = counted.workspace.numbers.by(within, group)
        for (row, column), count in table.cells.items():
            query = passages_behind(within, table, row, column, "en")
            assert counted.workspace.retrieving.count(query) == count


def test_a_table_is_written_with_names_and_commas(counted: Counted) -> None:
    counted.put([(0, 0, 3, 0), (0, 3, 3, 0), (1, 0, 3, 1)])
    table = counted.workspace.numbers.by("", "year")
    assert list(csv.reader(io.StringIO(table.csv()))) == [
        ["", "2023", "2024"],
        ["甲", "2", "0"],
        ["乙", "0", "1"],
    ]
    assert table.totals() == [(counted.tags[0], 2), (counted.tags[1], 1)]

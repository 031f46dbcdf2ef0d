"""A library of 100,000 documents and 1,000,000 annotations beside QualCoder's tables of the same.

``MEIPI_BENCH_DOCUMENTS`` is how many documents there are, ten annotations in each. QualCoder is its
schema (3.6: the tables and the unique index that it makes, no other) asked what its windows ask.
Times are the 95th percentile of runs over different documents, tags and words.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.corpus import DOCUMENTS, EACH, TAGS, Made, fill
from tests.bench.measure import Row

from meipi.core.spans import Span
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_RUNS = 60
_WORDS = {
    "one character": "天,的,区,习,市,展,年,新,伟,芳,𠮷,龘",
    "two characters": "天津,发展,推进,項目,王伟,张敏,展发,协同,企业,建設,量子,林涛",
    "three and more": "京津冀,高质量发展,协同发展,宝坻区,王伟强,张敏华说,經濟建設,北京大学,"
    "京津冀協同發展,非首都功能,量子纠缠,重点项目",
    "two words": "天津 项目,王伟 发展,京津冀 企業,张敏 天津,项目 量子",
}
_QUALCODER = """
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text,
    owner text, date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text,
    date text, color text, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
    supercatid integer, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,
    pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, important integer,
    unique(cid, fid, pos0, pos1, owner));
"""


def run() -> Iterator[Row]:
    """Make both, ask both."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "library.meipi", Path(folder) / "data.qda"
        with closing(sqlite3.connect(theirs)) as rival:
            rival.executescript(_QUALCODER)
            started = time.perf_counter()
            fill(ours, DOCUMENTS, told=lambda made: _put(rival, made))
            rival.commit()
            print(f"  both made in {time.perf_counter() - started:,.0f} s")
            with Workspace.open(ours, in_process=True) as workspace:
                yield from _sizes(ours, theirs)
                yield from _growth(workspace, ours, rival, theirs)
                yield from _questions(workspace, rival)
                yield from _searches(workspace, rival)


def _put(rival: sqlite3.Connection, made: Made) -> None:
    number = int(made.document, 16)
    rival.execute(
        "INSERT INTO source VALUES (?, ?, ?, NULL, '', '甲', '2026-01-01 08:00:00', NULL, NULL)",
        (number, made.title, made.text),
    )
    rival.executemany(
        "INSERT OR IGNORE INTO code_name VALUES (?, ?, '', NULL, '甲', '2026-01-01', '#FFFFFF')",
        {(int(a.tag or "0", 16), f"标签{int(a.tag or '0', 16)}") for a in made.annotations},
    )
    rival.executemany(
        "INSERT OR IGNORE INTO code_text VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [
            (
                *(int(a.tag or "0", 16), number, a.anchor.quote, a.span.start, a.span.end),
                *(a.coder, "2026-01-01 08:00:00", a.note),
            )
            for a in made.annotations
        ],
    )


def _sizes(ours: Path, theirs: Path) -> Iterator[Row]:
    with closing(sqlite3.connect(ours)) as connection:
        query = "SELECT sum(length(block)) FROM search_data"
        index = connection.execute(query).fetchone()[0]
    mega = 1_000_000
    yield _row("file, bytes and layers too", ours.stat().st_size / mega, _size(theirs), "MB")
    yield Row("  of it the index of words", index / mega, None, "MB", "has none")


def _size(path: Path) -> float:
    return path.stat().st_size / 1_000_000


def _growth(
    workspace: Workspace, ours: Path, rival: sqlite3.Connection, theirs: Path
) -> Iterator[Row]:
    """Print how many bytes a thousand more annotations take, all that belongs to them included."""
    before, other = _pages(ours), _pages(theirs)
    for number in range(1_000):
        document = f"{number % DOCUMENTS:032x}"
        span = Span(5 + number // 100, 25 + number // 90)
        workspace.annotating.add(document, span, tag=f"{number % TAGS:032x}")
        rival.execute(
            "INSERT OR IGNORE INTO code_text VALUES (NULL, ?, ?, ?, ?, ?, '丙', ?, '', NULL, NULL)",
            (number % TAGS, number % DOCUMENTS, "字" * 20, span.start, span.end, "2026-01-01"),
        )
    workspace.flush()
    rival.commit()
    grown, theirs_grown = _pages(ours) - before, _pages(theirs) - other
    yield _row("growth by an annotation, its history too", grown / 1e6, theirs_grown / 1e6, "kB")


def _pages(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        free = connection.execute("PRAGMA freelist_count").fetchone()[0]
        return int((pages - free) * connection.execute("PRAGMA page_size").fetchone()[0])


def _questions(workspace: Workspace, rival: sqlite3.Connection) -> Iterator[Row]:
    chooser = random.Random(3)  # noqa: S311 - the same every run
    numbers = [chooser.randrange(DOCUMENTS) for _ in range(_RUNS)]
    tags = [chooser.randrange(TAGS) for _ in range(_RUNS)]

    def opened(number: int) -> object:
        key = f"{number:032x}"
        return workspace.documents.reading(key), workspace.annotating.of(key)

    def opened_there(number: int) -> object:
        text = rival.execute("SELECT fulltext FROM source WHERE id = ?", (number,)).fetchone()
        codes = rival.execute(
            "SELECT code_text.*, code_name.name, color FROM code_text "
            "JOIN code_name ON code_name.cid = code_text.cid WHERE fid = ?",
            (number,),
        )
        return text, codes.fetchall()

    yield _asked("open a document with its annotations", opened, opened_there, numbers)
    yield _asked("tag, until it is on disk", *_tagging(workspace, rival), numbers)

    def listed(tag: int) -> object:
        keys = workspace.retrieving.find(f"#=标签{tag}")
        return workspace.retrieving.page(keys, 0, 100)

    def listed_there(tag: int) -> object:
        return rival.execute(
            "SELECT source.name, pos0, pos1, seltext, code_text.owner FROM code_text "
            "JOIN source ON source.id = code_text.fid WHERE cid = ? ORDER BY source.name, pos0",
            (tag,),
        ).fetchall()

    yield _asked("one tag's passages, sorted, the first hundred", listed, listed_there, tags)

    def book(_: int) -> object:
        return workspace.codebook.tags(), workspace.codebook.counts()

    def book_there(_: int) -> object:
        return rival.execute(
            "SELECT code_name.cid, name, count(ctid) FROM code_name "
            "LEFT JOIN code_text ON code_text.cid = code_name.cid GROUP BY code_name.cid"
        ).fetchall()

    yield _asked("the codebook with counts", book, book_there, tags[:20])


def _tagging(
    workspace: Workspace, rival: sqlite3.Connection
) -> tuple[Callable[[int], object], Callable[[int], object]]:
    def tagged(number: int) -> object:
        span = Span(40 + number % 300, 60 + number % 300)
        return workspace.annotating.add(f"{number:032x}", span, tag=f"{7:032x}").result()

    def tagged_there(number: int) -> object:
        place = (7, number, 40 + number % 300, 60 + number % 300)
        rival.execute(
            "INSERT OR IGNORE INTO code_text VALUES (NULL, ?, ?, '', ?, ?, '丙', '', '', NULL, 0)",
            place,
        )
        return rival.commit()

    return tagged, tagged_there


def _searches(workspace: Workspace, rival: sqlite3.Connection) -> Iterator[Row]:
    for kind, listed in _WORDS.items():
        words = listed.split(",")

        def found(at: int, words: list[str] = words) -> object:
            return workspace.search(words[at % len(words)], limit=200)

        def found_there(at: int, words: list[str] = words) -> object:
            terms = [f"%{word}%" for word in words[at % len(words)].split()]
            where = " AND ".join("fulltext LIKE ?" for _ in terms)
            query = f"SELECT id, name FROM source WHERE {where}"  # noqa: S608 - question marks
            return rival.execute(query, terms).fetchall()

        yield _asked(f"search, {kind}: 200 places", found, found_there, range(3 * len(words)))


def _asked(
    what: str, ours: Callable[[int], object], theirs: Callable[[int], object], over: Sequence[int]
) -> Row:
    few = list(over)[: max(3, len(over) // 6)]  # a scan of all takes seconds
    return _row(f"{what}, p95", _worst(ours, over), _worst(theirs, few), "ms")


def _worst(work: Callable[[int], object], over: Sequence[int]) -> float:
    """Return the 95th percentile in milliseconds, after one run to warm up."""
    work(over[0])
    times = []
    for at in over:
        start = time.perf_counter()
        work(at)
        times.append(time.perf_counter() - start)
    return sorted(times)[min(len(times) - 1, round(0.95 * len(times)))] * 1e3


def _row(what: str, ours: float, theirs: float, unit: str) -> Row:
    return Row(f"{DOCUMENTS * EACH:,}: {what}", ours, theirs, unit, "QualCoder's schema")

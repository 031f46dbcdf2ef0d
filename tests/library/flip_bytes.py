"""Damages copies of one library at random and lets the doctor at them, again and again.

Run as a program: ``flip_bytes.py FOLDER COPIES SEED``. Prints what became of them as JSON.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.library.kill_editors import prepare

from meipi.core.spans import Span
from meipi.library import Library
from meipi.services import pipeline
from meipi.services.backups import Rule
from meipi.services.doctor import examine_library
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from meipi.core.reading import Prepared

WORDS = "天津市宝坻区推进京津冀协同发展走深走实聚焦产业圈打造宝地高地产业民生生态文旅"
ASKED = {
    "documents": "SELECT id, title FROM documents WHERE NOT removed",
    "tags": "SELECT id, name, definition FROM tags",
    "annotations": "SELECT id, quote, coder, tag, note FROM annotations",
}


_BAD = ("touched", "unsound", *(f"{table}_silent" for table in ASKED))
_BROKEN = {"documents": "有文档读不", "tags": "有标签读不", "annotations": "有批注读不"}


def prepare_anything(data: bytes, *, name: str, encoding: str | None = None) -> Prepared:
    """Read bytes that were changed too."""
    return prepare(data.decode("utf-8", "replace").encode(), name=name, encoding=encoding)


def fill(path: Path, chance: random.Random) -> None:
    """Make a library with documents, tags, annotations, notes, and a history of changes."""
    with Workspace.open(path, in_process=True) as workspace:
        tags = []
        for number in range(8):
            made = workspace.codebook.add(f"标签{number}号", definition="什么算" * 5).result()
            tags += made.tags
        keys = []
        for number in range(24):
            text = "".join(chance.choice(WORDS) for _ in range(chance.randrange(300, 6_000)))
            name = f"第{number}篇.txt"
            added = workspace.documents.add_bytes(text.encode(), name=name).result()
            keys.append(added.document)
        for number in range(240):
            workspace.coders.switch("甲乙"[number % 2])
            start = chance.randrange(250)
            future = workspace.annotating.add(
                chance.choice(keys),
                Span(start, start + chance.randrange(2, 30)),
                tag=chance.choice([*tags, None]),
                note=f"第{number}条" + "批语" * chance.randrange(20),
            )
            if number % 7 == 0:
                workspace.annotating.set_note(
                    next(iter(future.result().annotations)), f"改过的{number}"
                ).result()


def contents(path: Path) -> dict[str, dict[str, tuple[object, ...]]]:
    """Return what a library says, by table and id."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        return {
            table: {row[0]: tuple(row[1:]) for row in connection.execute(query)}
            for table, query in ASKED.items()
        }


def flip(path: Path, chance: random.Random, *, pages: bool) -> None:
    """Change up to thirty bytes, scattered or side by side; or zero whole pages, or cut the end."""
    data = bytearray(path.read_bytes())
    if pages and chance.random() < 0.2:
        del data[chance.randrange(len(data) // 2, len(data)) :]
    elif pages:
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(1, len(data) // 4096) * 4096
            data[at : at + 4096] = bytes(4096)
    else:
        count, together = chance.randrange(1, 31), chance.random() < 0.5
        first = chance.randrange(len(data))
        for number in range(count):
            at = (first + number) % len(data) if together else chance.randrange(len(data))
            data[at] ^= chance.randrange(1, 256)
    path.write_bytes(data)


def judge(damaged: Path, whole: dict[str, dict[str, tuple[object, ...]]]) -> Counter[str]:
    """Let the doctor at a damaged library; count what is whole, told of, and silently gone."""
    before = damaged.read_bytes()
    findings = examine_library(damaged)
    said = "\n".join(finding.word("zh") for finding in findings)
    saved = damaged.with_name(f"{damaged.stem}.recovered.meipi")
    found: Counter[str] = Counter(copies=1)
    target = saved if saved.exists() else damaged
    found["recovered"] += saved.exists()
    if saved.exists():
        found["touched"] += damaged.read_bytes() != before
    Library(target).close()
    found["unsound"] += bool(damage_of(target))
    here = contents(target)
    for table, rows in whole.items():
        for key, row in rows.items():
            if here[table].get(key) == row:
                found[f"{table}_whole"] += 1
            elif _is_named(table, row, key, said):
                found[f"{table}_told"] += 1
            elif _BROKEN[table] in said:
                found[f"{table}_unnamed"] += 1
            else:
                found[f"{table}_silent"] += 1
    return found


def _is_named(table: str, row: tuple[object, ...], key: str, said: str) -> bool:
    words = (row[0], key, *(row[-1:] if table == "annotations" else ()))
    return any(str(one)[:12] in said for one in words if one)


def damage_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        found += [str(tuple(row)) for row in connection.execute("PRAGMA foreign_key_check")]
    return [line for line in found if line != "ok"]


def main(
    folder: Path, copies: int, seed: int, *, backed_up: bool = False, pages: bool = False
) -> dict[str, int]:
    """Damage ``copies`` of a library, one after the other."""
    pipeline.prepare = prepare_anything
    first = folder / "whole.meipi"
    fill(first, random.Random(seed))  # noqa: S311 - a test
    whole = contents(first)
    result: Counter[str] = Counter()
    for number in range(copies):
        place = folder / str(number)
        place.mkdir()
        damaged = place / "library.meipi"
        shutil.copyfile(first, damaged)
        if backed_up:
            with Workspace.open(damaged, in_process=True) as workspace:
                workspace.backups.make(Rule()).result()
        flip(damaged, random.Random(seed + number), pages=pages)  # noqa: S311 - a test
        try:
            found = judge(damaged, whole)
            result += found
            if any(found[name] for name in _BAD):
                sys.stderr.write(f"copy {number}: {dict(found)}\n")
        except Exception as error:
            result["failed"] += 1
            sys.stderr.write(f"copy {number}: {type(error).__name__}: {error}\n")
        shutil.rmtree(place)
    return dict(result)


if __name__ == "__main__":
    where, times, start = sys.argv[1:4]
    options = {"backed_up": "--backed-up" in sys.argv, "pages": "--pages" in sys.argv}
    outcome = main(Path(where), int(times), int(start), **options)
    sys.stdout.write(json.dumps(outcome, indent=1))

"""100,000 annotations through every format, beside a library where one reads the same.

Each in a process of its own, so that the peak of memory is that of one format alone.
"""

from __future__ import annotations

import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Row, prose

from meipi.core.anchors import make_anchor
from meipi.core.annotated_set import AnnotatedDocument
from meipi.core.annotation import Annotation, Tag
from meipi.core.document import Document, Structure
from meipi.core.repairs import Repaired
from meipi.core.spans import Span
from meipi.core.textmap import TextMap
from meipi.exchange import FORMATS, read_set, write_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANNOTATIONS, DOCUMENTS = 100_000, 50
_TIME = "2026-03-01T08:00:00.000Z"


class Made:
    """A set whose documents are made anew each time, as a library's are loaded."""

    def __init__(self) -> None:
        self.tags = tuple(Tag(f"{n:032x}", f"标签{n}", n) for n in range(20))
        self.documents = _Documents(prose(20_000), self.tags)


class _Documents:
    def __init__(self, text: str, tags: tuple[Tag, ...]) -> None:
        self._text, self._tags = text, tags

    def __len__(self) -> int:
        return DOCUMENTS

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        return (self._document(number) for number in range(DOCUMENTS))

    def _document(self, number: int) -> AnnotatedDocument:
        chooser = random.Random(number)  # noqa: S311 - the same set every run
        text = f"{number}\n{self._text}"
        text_map = TextMap.identity(len(text))
        key = f"{number:032x}"
        annotations = []
        for at in range(ANNOTATIONS // DOCUMENTS):
            start = chooser.randrange(len(text) - 20)
            span = Span(start, start + chooser.randint(2, 12))
            annotations.append(
                Annotation(
                    f"{number:08x}{at:024x}",
                    key,
                    make_anchor(text, span, text_map),
                    chooser.choice(self._tags).id,
                    "批注" if at % 4 == 0 else "",
                    "晓",
                    _TIME,
                    _TIME,
                )
            )
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        document = Document(
            key, sha256, f"{number}.txt", _TIME, "utf-8", "text", "标题", None, None,
            (), None, len(text),
        )  # fmt: skip
        repaired = Repaired(text, (), text_map)
        data = text.encode()
        return AnnotatedDocument(
            document, data, text, repaired, Structure(()), tuple(annotations), None
        )


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        for name, known in FORMATS.items():
            if known.available:
                yield from _rows(name, folder, readable=known.can_read)


def _rows(name: str, folder: str, *, readable: bool) -> Iterator[Row]:
    seconds, memory = _measured("write", name, folder)
    yield Row(f"exchange: write and check {name}", seconds, None, "CPU s")
    yield Row(f"exchange: memory of writing {name}", memory, None, "MB")
    if not readable:
        return
    seconds, memory = _measured("read", name, folder)
    rival = _measured("rival", name, folder) if name in RIVALS else (None, None)
    against = RIVALS[name][0] if name in RIVALS else ""
    yield Row(f"exchange: read {name}", seconds, rival[0], "CPU s", against)
    yield Row(f"exchange: memory of reading {name}", memory, rival[1], "MB", against)


def _measured(what: str, name: str, folder: str) -> tuple[float, float]:
    words = [sys.executable, "-m", "tests.bench.exchange", what, name, folder]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    seconds, memory = json.loads(ran.stdout.splitlines()[-1])
    return seconds, memory


def _work(what: str, name: str, folder: str) -> tuple[float, float]:
    path = Path(folder) / f"set{FORMATS[name].suffix}"
    made = Made()
    before = _memory()
    start = time.process_time()  # other programs on the machine take none of it
    if what == "write":
        write_set(made, path, format=name)
    elif what == "read":
        read_set(path, format=name)
    else:
        RIVALS[name][1](path)
    return time.process_time() - start, _memory() - before


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cassis(path: Path) -> None:
    import io
    import zipfile

    import cassis

    with zipfile.ZipFile(path) as archive:
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        for one in archive.namelist():
            if one.endswith(".xmi"):
                cassis.load_cas_from_xmi(io.BytesIO(archive.read(one)), typesystem=types)


def _cassis_json(path: Path) -> None:
    import io
    import zipfile

    import cassis

    with zipfile.ZipFile(path) as archive:
        for one in archive.namelist():
            if one.endswith(".cas.json"):
                cassis.load_cas_from_json(io.BytesIO(archive.read(one)))


def _openpyxl(path: Path) -> None:
    import openpyxl

    for row in openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True):
        assert row


RIVALS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "uima-xmi": ("cassis", _cassis),
    "uima-json": ("cassis", _cassis_json),
    "xlsx": ("openpyxl", _openpyxl),
}


if __name__ == "__main__":
    print(json.dumps(_work(*sys.argv[1:])))

"""A batch: documents a second by one worker and by two, while workers are killed, and memory.

``MEIPI_BENCH_DOCUMENTS`` makes it shorter. The rows of all three runs have to be the same ones.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import signal
import tempfile
import threading
import time
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.damages import western
from tests.bench.measure import Row, distinct_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENTS = int(os.environ.get("MEIPI_BENCH_DOCUMENTS", "20000"))
_TOGETHER = 64
_KILL_S = 5.0
_DEATHS = 1_000


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus.jsonl"
        characters = _write(corpus)
        one, memory = _timed(corpus, folder / "one", workers=1)
        two, _ = _timed(corpus, folder / "two", workers=2)
        killed, _ = _timed(corpus, folder / "killed", workers=2, kill=True)
        _compare(folder)
    what = f"batch: {_DOCUMENTS:,} documents of {characters // _DOCUMENTS} characters"
    return [
        Row(f"{what}, two workers", two, one, "docs/s", "one worker"),
        Row(f"batch: one of two killed every {_KILL_S:g} s", killed, two, "docs/s", "none killed"),
        Row("batch: memory of a worker, the most", memory, None, "MB"),
    ]


def _write(path: Path) -> int:
    """Write documents of other sentences each, every third of them damaged; count characters."""
    sentences = re.findall(r"[^。\n]+。", distinct_prose())
    chooser = random.Random(1)  # noqa: S311 - the same corpus every run
    characters = 0
    with path.open("w", encoding="utf-8") as file:
        for at in range(_DOCUMENTS):
            text = f"第{at}篇\n" + "".join(chooser.sample(sentences, chooser.randint(4, 24)))
            characters += len(text)
            if at % 3 == 0:
                text = western(text)
            file.write(json.dumps({"id": at, "text": text}, ensure_ascii=False) + "\n")
    return characters


def _timed(corpus: Path, out: Path, *, workers: int, kill: bool = False) -> tuple[float, float]:
    """Return documents a second of warm workers, and megabytes of the largest of them."""
    from meipi.services.batch.plan import Settings
    from meipi.services.batch.running import run_batch

    few = out.with_name(f"{out.name}-few.jsonl")
    with corpus.open(encoding="utf-8") as file:
        few.write_text("".join(itertools.islice(file, 2 * workers)), encoding="utf-8")
    with _cluster(workers) as (cluster, address):
        warm = out.with_name(f"{out.name}-warm")
        run_batch([few], warm, settings=Settings(documents=1), scheduler=address)
        start = time.perf_counter()
        with _killing(cluster) if kill else nullcontext():
            summary = run_batch(
                [corpus], out, settings=Settings(documents=_TOGETHER), scheduler=address
            )
        taken = time.perf_counter() - start
        memory = max(_peaks(address).values())
    if (summary.documents, summary.errors) != (_DOCUMENTS, 0):
        raise RuntimeError(f"{summary} of {_DOCUMENTS} documents")
    return _DOCUMENTS / taken, memory


@contextmanager
def _cluster(workers: int) -> Iterator[tuple[Any, str]]:
    import dask
    import distributed

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": _DEATHS}),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
        ) as cluster,
    ):
        yield cluster, cluster.scheduler_address


@contextmanager
def _killing(cluster: Any) -> Iterator[None]:
    """Kill one worker after the other, by turns."""
    over, killed = threading.Event(), []

    def kill() -> None:
        for turn in itertools.count():
            if over.wait(_KILL_S):
                return
            nannies = sorted(cluster.workers.items())
            process = nannies[turn % len(nannies)][1].process
            if process is not None and process.pid:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
                    killed.append(process.pid)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    print(f"batch: {len(killed)} workers were killed")


def _peaks(address: str) -> dict[str, float]:
    import distributed

    with distributed.Client(address, set_as_default=False) as client:
        peaks: dict[str, float] = client.run(peak)
    return peaks


def peak() -> float:
    """Return the most megabytes that the process has held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024


def _compare(folder: Path) -> None:
    """Refuse runs whose rows differ."""
    import pyarrow.parquet

    names = [
        sorted(p.name for p in (folder / run).glob("part-*")) for run in ("one", "two", "killed")
    ]
    if names[0] != names[1] or names[0] != names[2]:
        raise RuntimeError("the runs have other files of results")
    for name in names[0]:
        tables = [
            pyarrow.parquet.read_table(folder / run / name) for run in ("one", "two", "killed")
        ]
        if not all(table.equals(tables[0]) for table in tables[1:]):
            raise RuntimeError(f"the runs differ in {name}")

"""Runs a batch on Dask distributed: a cluster of this machine's cores, or any by its address.

Who works on what, what is done again when a worker dies and how much waits at a worker is Dask's.
"""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from meipi import __version__
from meipi.core.errors import ErrorCode, FileError, MeipiError, Phrase
from meipi.core.extras import need
from meipi.core.reasons import reason_of
from meipi.services.batch import plan
from meipi.services.batch.rows import EXTRA
from meipi.services.batch.work import Done, done, part_path, run_partition
from meipi.sources import containers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from meipi.services.batch.plan import Partition, Settings
    from meipi.sources.containers import Portion

_AHEAD = 1_000
"""Partitions that the scheduler knows of at a time, and files that are divided at a time: what the
client and the scheduler hold does not grow with the corpus."""
_PATIENCE_S = 30
_MOST_FAILED = 20
_DEATHS = 20
"""Workers of our own cluster that may die over a partition before it is given up."""
_NO_ANSWER = Phrase("没有应答", "nobody answers there")
_NO_WORKERS = Phrase("其中没有工作进程", "it has no worker")
_NO_PART = Phrase("文件未出现", "its file did not appear")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a batch came to. ``kept`` are the partitions that were done before."""

    documents: int
    errors: int
    partitions: int
    kept: int


def run_batch(
    inputs: Sequence[Path],
    out: Path,
    *,
    settings: Settings,
    scheduler: str | None = None,
    workers: int | None = None,
    report: Callable[[int, int], None] | None = None,
) -> Summary:
    """Work through ``inputs`` and leave the results in the folder ``out``.

    What is there from an earlier run is not done again. ``report`` is told how many partitions are
    done and of how many. Raises ``MeipiError``.
    """
    for module in ("distributed", "pyarrow.parquet"):
        need(module, EXTRA)
    found = plan.fingerprint(plan.files(inputs, out=out))
    _make(out)
    planned = plan.is_planned(out, found, settings)
    if planned and (there := _finished(out)) == plan.count_in(out):
        return _summary(out, there, there)
    with _client(scheduler, workers) as client:
        _check_workers(client, scheduler, [*inputs[:20], out])
        if not planned:
            portions = _divided(client, plan.files(inputs, out=out), settings)
            parts = plan.partitions(portions, documents=settings.documents)
            plan.write_plan(out, parts, named=inputs, inputs=found, settings=settings)
        return _run(client, out, settings, report or (lambda _done, _of: None))


def _run(client: Any, out: Path, settings: Settings, report: Callable[[int, int], None]) -> Summary:
    total = plan.count_in(out)
    left = (part for part in plan.planned_in(out) if not part_path(out, part.number).exists())
    kept = finished = _finished(out)
    failures: list[str] = []
    report(finished, total)
    for outcome in _outcomes(client, left, out, settings):
        if isinstance(outcome, Done):
            finished += 1
            report(finished, total)
            continue
        failures.append(outcome)
        if len(failures) >= _MOST_FAILED:
            break
    if failures:
        raise MeipiError(ErrorCode.BATCH_FAILED, count=total - finished, reason=failures[0])
    return _summary(out, total, kept)


def _finished(out: Path) -> int:
    return sum(part_path(out, number).exists() for number in range(plan.count_in(out)))


def _outcomes(
    client: Any, left: Iterable[Partition], out: Path, settings: Settings
) -> Iterator[Done | str]:
    """Yield what becomes of each partition, or why nothing did."""
    waiting = iter(left)

    def submitted(part: Partition) -> Any:
        key = f"meipi-{plan.key_of(out)}-{part.number}"
        return client.submit(run_partition, part, str(out), settings, key=key, pure=False)

    first = [submitted(part) for part in islice(waiting, _AHEAD)]
    running = need("distributed", EXTRA).as_completed(first, loop=client.loop)
    del first  # what is done is held by nobody, and the scheduler forgets it
    for future in running:
        error = future.exception() if future.status != "finished" else None
        yield future.result() if error is None else _reason(error)
        for part in islice(waiting, 1):
            running.add(submitted(part))


def _reason(error: BaseException) -> str:
    if type(error).__name__ == "KilledWorker":
        return "it ended several workers, one after the other"
    if isinstance(error, MeipiError):
        return str(error.fields.get("reason", error.code))
    return f"{type(error).__name__}: {error}"


def _summary(out: Path, total: int, kept: int) -> Summary:
    documents = errors = 0
    for number in range(total):
        part = done(part_path(out, number), number)
        if part is None:
            raise MeipiError(ErrorCode.BATCH_FAILED, count=1, reason=_NO_PART)
        documents, errors = documents + part.documents, errors + part.errors
    return Summary(documents, errors, total, kept)


def _divided(client: Any, files: Iterator[Path], settings: Settings) -> Iterator[Portion]:
    """Yield the portions of all files in order; the cluster looks into those that hold many."""
    while some := list(islice(files, _AHEAD)):
        futures = {
            path: client.submit(
                containers.divide, path, columns=settings.columns,
                documents=settings.documents, pure=False,
            )
            for path in some
            if containers.pick(path).suffixes
        }  # fmt: skip
        divided = dict(zip(futures, client.gather(list(futures.values())), strict=True))
        yield from chain.from_iterable(
            divided[path]
            if path in divided
            else containers.divide(path, columns=settings.columns, documents=settings.documents)
            for path in some
        )


@contextmanager
def _client(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    distributed = need("distributed", EXTRA)
    if scheduler is None:
        with _own_cluster(workers) as cluster, distributed.Client(cluster) as client:
            yield client
        return
    try:
        client = distributed.Client(scheduler, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise MeipiError(
            ErrorCode.CLUSTER_UNUSABLE, address=scheduler, reason=_NO_ANSWER
        ) from error
    with client:
        yield client


@contextmanager
def _own_cluster(workers: int | None) -> Iterator[Any]:
    """Start a worker a core; what each may hold is an equal part of this machine's memory."""
    config, distributed = need("dask", EXTRA).config, need("distributed", EXTRA)
    with (
        TemporaryDirectory(prefix="meipi-batch-") as scratch,
        config.set({"distributed.scheduler.allowed-failures": _DEATHS}),
        distributed.LocalCluster(
            n_workers=workers or os.cpu_count() or 1,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster


def _check_workers(client: Any, scheduler: str | None, paths: list[Path]) -> None:
    """Refuse a cluster whose workers see other files than we do, or have another Meipi."""
    address = scheduler or "127.0.0.1"
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
    except TimeoutError as error:
        raise MeipiError(ErrorCode.CLUSTER_UNUSABLE, address=address, reason=_NO_WORKERS) from error
    try:
        answers = client.run(missing_here, [str(path.resolve()) for path in paths], __version__)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise MeipiError(ErrorCode.CLUSTER_UNUSABLE, address=address, reason=reason) from error
    for worker, problem in answers.items():
        if problem:
            reason = f"{worker}: {problem}"
            raise MeipiError(ErrorCode.CLUSTER_UNUSABLE, address=address, reason=reason)


def missing_here(paths: list[str], version: str) -> str:
    """Say what a worker lacks that the client has; empty where it lacks nothing."""
    if version != __version__:
        return f"Meipi {__version__} in place of {version}"
    return next((f"{path} is not seen there" for path in paths if not Path(path).exists()), "")


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for left in out.glob(".part-*.tmp"):  # of workers that were killed
            left.unlink(missing_ok=True)
    except OSError as error:
        code = ErrorCode.FILE_UNREADABLE
        if isinstance(error, PermissionError):
            code = ErrorCode.FILE_NOT_PERMITTED
        raise FileError(code, path=out, reason=reason_of(error)) from error

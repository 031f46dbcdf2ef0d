"""`meipi batch` on clusters of its own and of others; workers are killed while it goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pyarrow.parquet
import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.services.batch.plan import Settings
from meipi.services.batch.running import run_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Ran

# What Dask's own event loop leaves to the collector is not ours.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

TEXT = "记者李明在天津市宝坻区报道：2025年2月28日，清华大学投资81.7亿元。"
DOCUMENTS, TOGETHER = 48, 2
PARTS = DOCUMENTS // TOGETHER
SETTINGS = Settings(documents=TOGETHER)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for at in range(DOCUMENTS):
        text = f"第{at}篇\n{TEXT * (1 + at % 7)}\n".encode()
        damaged = text.decode("gb18030", "replace").encode()
        (folder / f"{at:03}.txt").write_bytes((text, damaged, b"\0" * 50)[at % 3])
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers by an address, as a stranger's would be."""
    import distributed

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as made:
        yield made


def table(out: Path) -> list[dict[str, Any]]:
    return [
        row
        for path in sorted(out.glob("part-*.parquet"))
        for row in pyarrow.parquet.read_table(path).to_pylist()
    ]


@pytest.fixture(scope="module")
def by_two(corpus: Path, cluster: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("two") / "out"
    summary = run_batch([corpus], out, settings=SETTINGS, scheduler=cluster.scheduler_address)
    assert (summary.documents, summary.errors) == (DOCUMENTS, DOCUMENTS // 3)
    assert (summary.partitions, summary.kept) == (PARTS, 0)
    return out


def pids(cluster: Any) -> list[int]:
    return [worker.process.pid for worker in cluster.workers.values() if worker.process]


def test_one_worker_of_this_machine_and_two_by_address_write_the_same_rows(
    corpus: Path, by_two: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "meipi", "batch", str(corpus), "--out", str(tmp_path / "out")]
    ran = subprocess.run(
        [*command, "--workers", "1", "--documents", str(TOGETHER)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(ran.stdout)["documents"] == DOCUMENTS
    assert f"{DOCUMENTS // 3} documents could not be read" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert table(tmp_path / "out") == table(by_two)
    assert len(table(by_two)) == DOCUMENTS


def test_workers_killed_on_the_way_change_nothing(
    corpus: Path, by_two: Path, cluster: Any, tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill(done: int, of: int) -> None:
        # All of them, each time: whatever they are in the middle of dies with them.
        if of > done and done in {1, 12}:
            for pid in pids(cluster):
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    out = tmp_path / "out"
    address = cluster.scheduler_address
    summary = run_batch([corpus], out, settings=SETTINGS, scheduler=address, report=kill)
    assert len(killed) >= 3
    assert (summary.documents, summary.partitions) == (DOCUMENTS, PARTS)
    assert table(out) == table(by_two)


def test_a_run_that_was_stopped_goes_on_where_it_was(
    corpus: Path, by_two: Path, cluster: Any, tmp_path: Path
) -> None:
    def stop(done: int, of: int) -> None:
        if done == PARTS // 3:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    address = cluster.scheduler_address
    with pytest.raises(KeyboardInterrupt):
        run_batch([corpus], out, settings=SETTINGS, scheduler=address, report=stop)
    first = {path: path.stat().st_mtime_ns for path in out.glob("part-*.parquet")}
    assert len(first) >= PARTS // 3
    summary = run_batch([corpus], out, settings=SETTINGS, scheduler=address)
    assert summary.kept >= PARTS // 3
    assert table(out) == table(by_two)
    assert all(path.stat().st_mtime_ns == then for path, then in first.items())


def test_a_finished_run_starts_no_cluster(
    corpus: Path, by_two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meipi.services.batch.running._client", None)
    assert run_batch([corpus], by_two, settings=SETTINGS).kept == PARTS


def test_workers_of_another_version_are_refused(
    corpus: Path, cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meipi.services.batch.running.__version__", "99.0")
    with pytest.raises(MeipiError) as caught:
        run_batch(
            [corpus], tmp_path / "out", settings=SETTINGS, scheduler=cluster.scheduler_address
        )
    assert caught.value.code is ErrorCode.CLUSTER_UNUSABLE
    assert "99.0" in str(caught.value.fields["reason"])


def test_a_cluster_that_does_not_answer_is_named(
    meipi: Callable[..., Ran], corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meipi.services.batch.running._PATIENCE_S", 1)
    for address in ("tcp://127.0.0.1:9", "no address at all"):
        ran = meipi("batch", corpus, "--out", tmp_path / "out", "--scheduler", address)
        assert ran.code == 2
        assert address in ran.errors
        assert len(ran.errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere", "--out", "out"], 3, "no such file"),
        (["x.txt"], 2, "--out"),
        (["x.txt", "--out", "x.txt"], 3, "x.txt"),
        (["x.txt", "--out", "out", "--workers", "0"], 2, "--workers"),
        (["x.txt", "--out", "out", "--documents", "-3"], 2, "--documents"),
        (["x.txt", "--out", "out", "--workers", "2", "--scheduler", "tcp://a:1"], 2, "--workers"),
        (["x.txt", "--out", "full"], 2, "holds something else"),
    ],
)
def test_bad_use_is_told_on_a_line_and_nothing_is_written(
    meipi: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str,
) -> None:  # fmt: skip
    (tmp_path / "x.txt").write_text(TEXT)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    monkeypatch.chdir(tmp_path)
    ran = meipi("batch", *words)
    assert ran.code == code
    assert said in (ran.errors or capsys.readouterr().err).splitlines()[-1]
    assert list((tmp_path / "full").iterdir()) == [tmp_path / "full" / "letter.txt"]
    assert (tmp_path / "x.txt").read_text() == TEXT


def test_results_are_added_with_their_entities_and_bad_rows_are_named(
    meipi: Callable[..., Ran], by_two: Path, library: Path
) -> None:
    ran = meipi("add", by_two, "--library", library)
    assert ran.code == 3
    assert len(ran.out.splitlines()) == DOCUMENTS - DOCUMENTS // 3
    assert len(ran.errors.splitlines()) == DOCUMENTS // 3
    first = ran.out.splitlines()[0].split("\t")
    assert first[1:] == ["added", "第0篇"]
    again = meipi("add", by_two / "part-00000000.parquet", "--library", library)
    assert {line.split("\t")[1] for line in again.out.splitlines()} == {"known"}

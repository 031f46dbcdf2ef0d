"""A batch without its cluster: the plan, a partition, its rows and the way into a library."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet
import pytest

from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.services import pipeline
from meipi.services.batch import plan, running, taking, work
from meipi.services.batch.plan import Partition, Settings
from meipi.services.batch.rows import Result, result_of
from meipi.services.workspace import Workspace
from meipi.sources import containers
from meipi.sources.containers import Columns, Portion

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "宝坻新闻\n记者李明在天津市宝坻区报道：2025年2月28日，清华大学投资81.7亿元，增长62.8%。\n"
DAMAGED = TEXT.encode().decode("gb18030", "replace").encode()
PAGE = f"<html><title>题</title><body><h1>标题</h1><p>{TEXT * 3}</p></body></html>".encode(
    "gb18030"
)
SETTINGS = Settings()


def inputs(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_bytes(TEXT.encode("gb18030"))
    (folder / "b.txt").write_bytes(DAMAGED)
    (folder / "c.html").write_bytes(PAGE)
    (folder / "d.jsonl").write_text('{"id": 7, "text": "习近平总书记在北京。"}\n{"id": 8}\n')
    (folder / "e.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return folder


def partition(*paths: Path) -> Partition:
    portions = [
        portion
        for path in paths
        for portion in containers.divide(path, columns=Columns(), documents=100)
    ]
    return Partition(0, tuple(portions))


def rows_in(path: Path) -> list[dict[str, Any]]:
    return pyarrow.parquet.read_table(path).to_pylist()


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    folder = inputs(tmp_path / "in")
    files = list(plan.files([folder], out=tmp_path))
    done = work.run_partition(partition(*files), str(tmp_path), SETTINGS)
    assert (done.documents, done.errors) == (6, 2)
    return work.part_path(tmp_path, 0)


# Rows.


def test_a_row_holds_all_that_was_made_of_a_document(ran: Path) -> None:
    for row, data, name in zip(
        rows_in(ran)[:3], (TEXT.encode("gb18030"), DAMAGED, PAGE), ("a.txt", "b.txt", "c.html"),
        strict=True,
    ):  # fmt: skip
        prepared = pipeline.prepare(data, name=name)
        mentions = pipeline.find_mentions(prepared.repaired.text, prepared.structure)
        assert result_of(row) == Result(name, data, prepared, mentions)
        assert mentions
    assert rows_in(ran)[1]["edits"]


def test_a_document_that_cannot_be_read_is_a_row_with_its_error(ran: Path) -> None:
    failed = [row for row in rows_in(ran) if row["error"]]
    assert [(row["name"], row["error_code"]) for row in failed] == [
        ("byte 52", "file_unreadable"),
        ("e.txt", "file_binary"),
    ]
    assert all(row["text"] is None and row["entities"] is None for row in failed)


def test_a_failure_of_the_program_itself_is_the_row_of_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.prepare

    def prepare(data: bytes, *, name: str, encoding: str | None = None) -> Any:
        if name == "b.txt":
            raise RecursionError("too deep")
        return real(data, name=name, encoding=encoding)

    monkeypatch.setattr(pipeline, "prepare", prepare)
    folder = inputs(tmp_path / "in")
    work.run_partition(partition(folder / "a.txt", folder / "b.txt"), str(tmp_path), SETTINGS)
    good, bad = rows_in(work.part_path(tmp_path, 0))
    assert good["error"] is None
    assert "RecursionError" in bad["error"]


def test_rows_are_written_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_CHARACTERS", 10)
    folder = inputs(tmp_path / "in")
    work.run_partition(partition(folder / "a.txt", folder / "c.html"), str(tmp_path), SETTINGS)
    with pyarrow.parquet.ParquetFile(work.part_path(tmp_path, 0)) as file:
        assert file.metadata.num_row_groups == 2


# A partition.


def test_a_finished_partition_is_not_done_again(ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ran.read_bytes()
    monkeypatch.setattr(containers, "read", None)
    assert work.run_partition(Partition(0, ()), str(ran.parent), SETTINGS).documents == 6
    assert ran.read_bytes() == before


def test_a_partition_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    folder = inputs(tmp_path / "in")
    part = partition(folder / "a.txt")
    with monkeypatch.context() as patch:
        patch.setattr(work, "_row", fail)
        with pytest.raises(KeyboardInterrupt):
            work.run_partition(part, str(tmp_path), SETTINGS)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert work.run_partition(part, str(tmp_path), SETTINGS).documents == 1


def test_a_file_cut_off_by_the_disk_is_done_again(ran: Path) -> None:
    whole = rows_in(ran)
    ran.write_bytes(ran.read_bytes()[:100])
    files = [Path(row["input"]) for row in whole]
    work.run_partition(partition(*dict.fromkeys(files)), str(ran.parent), SETTINGS)
    assert rows_in(ran) == whole


# The plan.


def test_a_folder_gives_its_documents_and_containers_by_name_without_the_results(
    tmp_path: Path,
) -> None:
    folder = inputs(tmp_path / "in")
    for name in ("out/part-00000000.parquet", ".git/x.txt", "sub/z.zip", "sub/no.png"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    found = [
        path.relative_to(folder).as_posix() for path in plan.files([folder], out=folder / "out")
    ]
    assert found == ["a.txt", "b.txt", "c.html", "d.jsonl", "e.txt", "sub/z.zip"]


def test_an_input_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        list(plan.files([tmp_path / "none"], out=tmp_path))
    assert caught.value.code is ErrorCode.FILE_NOT_FOUND


def test_portions_are_put_together_until_there_are_enough() -> None:
    portions = [
        Portion(str(at), "file", weight=weight) for at, weight in enumerate([2, 2, 2, 9, 1])
    ]
    parts = list(plan.partitions(portions, documents=4))
    assert [[portion.path for portion in part.portions] for part in parts] == [
        ["0", "1"], ["2"], ["3"], ["4"],
    ]  # fmt: skip
    assert [part.number for part in parts] == [0, 1, 2, 3]


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    parts = [Partition(0, (Portion("a", "zip", 0, 5, 5),)), Partition(1, (Portion("b", "file"),))]
    plan.write_plan(tmp_path, parts, named=[tmp_path], inputs="x", settings=SETTINGS)
    assert list(plan.planned_in(tmp_path)) == parts
    assert plan.is_planned(tmp_path, "x", SETTINGS)
    assert plan.count_in(tmp_path) == 2


@pytest.mark.parametrize(
    ("inputs_now", "settings"), [("y", SETTINGS), ("x", Settings(originals=False))]
)
def test_results_of_other_inputs_or_settings_are_not_gone_on_with(
    tmp_path: Path, inputs_now: str, settings: Settings
) -> None:
    plan.write_plan(tmp_path, [], named=[tmp_path], inputs="x", settings=SETTINGS)
    with pytest.raises(MeipiError) as caught:
        plan.is_planned(tmp_path, inputs_now, settings)
    assert caught.value.code is ErrorCode.BATCH_OTHER


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b"\xff"])
def test_a_folder_of_other_things_is_not_written_into(
    tmp_path: Path, content: bytes | None
) -> None:
    (tmp_path / ("letter.txt" if content is None else plan.MANIFEST)).write_bytes(content or b"x")
    with pytest.raises(MeipiError) as caught:
        plan.is_planned(tmp_path, "x", SETTINGS)
    assert caught.value.code is ErrorCode.BATCH_OTHER


def test_inputs_that_changed_are_noticed(tmp_path: Path) -> None:
    folder = inputs(tmp_path / "in")
    before = plan.fingerprint(plan.files([folder], out=tmp_path))
    (folder / "a.txt").write_bytes(b"longer than it was before, by far and wide")
    assert plan.fingerprint(plan.files([folder], out=tmp_path)) != before


# Without the packages; on other machines.


@pytest.mark.parametrize("missing", ["distributed", "pyarrow"])
def test_a_missing_package_is_named_with_what_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    def refuse(name: str) -> Any:
        if name.split(".", maxsplit=1)[0] == missing:
            raise ImportError(name)
        return importlib.import_module(name)

    monkeypatch.setattr("meipi.core.extras.import_module", refuse)
    with pytest.raises(MeipiError) as caught:
        running.run_batch([tmp_path], tmp_path / "out", settings=SETTINGS)
    assert caught.value.code is ErrorCode.EXTRA_MISSING
    assert caught.value.fields["extra"] == "batch"
    assert not (tmp_path / "out").exists()


def test_a_worker_says_what_it_does_not_see(tmp_path: Path) -> None:
    version = SETTINGS.version
    assert running.missing_here([str(tmp_path)], version) == ""
    assert str(tmp_path / "no") in running.missing_here([str(tmp_path / "no")], version)
    assert "99.0" in running.missing_here([str(tmp_path)], "99.0")


# Into a library.


def test_results_go_into_a_library_as_their_files_would(ran: Path, tmp_path: Path) -> None:
    with (
        Workspace.open(tmp_path / "batch.meipi", in_process=True) as taken,
        Workspace.open(tmp_path / "files.meipi", in_process=True) as added,
    ):
        results = list(taking.results(ran))
        for result in results:
            if isinstance(result, Result):
                document = taking.take(taken, result).document
                one = added.documents.add_bytes(result.data, name=result.name).result().document
                assert taken.documents.data(document) == added.documents.data(one)
                assert_same(taken, document, added, one)
    codes = [result.code for result in results if isinstance(result, MeipiError)]
    assert codes == [ErrorCode.BATCH_ROW_INVALID] * 2


def assert_same(taken: Workspace, document: str, added: Workspace, one: str) -> None:
    mine, other = taken.documents.reading(document), added.documents.reading(one)
    assert mine.source_text == other.source_text
    assert (mine.repaired, mine.structure) == (other.repaired, other.structure)
    assert taken.entities.stored(document) == added.entities.find(one).result()


def test_without_the_originals_the_source_text_stands_for_them(tmp_path: Path) -> None:
    folder = inputs(tmp_path / "in")
    settings = Settings(originals=False)
    work.run_partition(partition(folder / "a.txt", folder / "c.html"), str(tmp_path), settings)
    with Workspace.open(tmp_path / "l.meipi", in_process=True) as workspace:
        for result in taking.results(work.part_path(tmp_path, 0)):
            assert isinstance(result, Result)
            document = taking.take(workspace, result).document
            assert workspace.documents.data(document).decode() == result.prepared.decoded.text
            assert workspace.entities.stored(document) == result.mentions
            assert Path(result.name).suffix == ".txt"
            assert not taking.take(workspace, result).new


def changed(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    table = pyarrow.parquet.read_table(path)
    rows = table.to_pylist()
    change(rows[1])
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=table.schema), path)
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row["entities"][0].update(start=-1),
        lambda row: row["entities"][0].update(type="NONSENSE"),
        lambda row: row["entities"][0].update(end=10**6),
        lambda row: row["blocks"][0].update(end=10**6),
        lambda row: row["edits"][0].update(end=10**6),
        lambda row: row["edits"][0].update(proof="hearsay"),
        lambda row: row.update(text=row["text"][:-9]),
        lambda row: row.update(text=None),
        lambda row: row.update(data=b"others"),
    ],
)
def test_a_row_that_does_not_fit_itself_is_not_taken_in(
    ran: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    found = list(taking.results(changed(ran, change)))
    assert [isinstance(result, Result) for result in found] == [
        True, False, True, True, False, False,
    ]  # fmt: skip


def test_a_missing_reader_of_web_archives_is_told_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("meipi.core.extras.import_module", refuse)
    with pytest.raises(MeipiError) as caught:
        containers.divide(tmp_path / "a.warc.gz", columns=Columns(), documents=9)
    assert caught.value.code is ErrorCode.EXTRA_MISSING


def test_only_results_are_taken_for_results(ran: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": ["a"]}), other)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    assert taking.parts(ran) == [ran]
    assert taking.parts(other) == taking.parts(tmp_path / "broken.parquet") == []
    assert taking.parts(tmp_path) == []
    (tmp_path / plan.MANIFEST).write_text(json.dumps({"format": "meipi batch 1"}))
    assert taking.parts(tmp_path) == [ran]

"""`meipi add`, `search`, `export`, `import` and `doctor` on a library of their own."""

from __future__ import annotations

import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest

from meipi.exchange import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran


@pytest.fixture
def filled(meipi: Callable[..., Ran], library: Path, seeds: dict[str, Path]) -> Path:
    assert meipi("add", seeds["000"], seeds["001"], "--library", library).code == 0
    return library


def test_adding_prints_a_line_a_document(
    meipi: Callable[..., Ran], library: Path, seeds: dict[str, Path]
):
    ran = meipi("add", seeds["004"], "--library", library)
    identity, state, title = ran.out.strip().split("\t")
    assert len(identity) == 32
    assert (state, title) == ("added", "天津北辰区:双轮驱动建设宜居宜业北部新城")


def test_adding_the_same_again_is_nothing_to_do(
    meipi: Callable[..., Ran], filled: Path, seeds: dict[str, Path]
):
    ran = meipi("add", seeds["000"], "--library", filled)
    assert (ran.code, "known" in ran.out) == (1, True)


def test_adding_a_folder_takes_what_can_be_read_and_reports_the_rest(
    meipi: Callable[..., Ran], library: Path, tmp_path: Path
):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_text("天津市召开新闻发布会。", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    ran = meipi("add", folder, "--library", library)
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 1
    assert "empty.txt" in ran.errors


def test_search_finds_either_script(meipi: Callable[..., Ran], filled: Path):
    simplified = meipi("search", "京津冀协同发展", "--library", filled, "--json")
    traditional = meipi("search", "京津冀協同發展", "--library", filled, "--json")
    assert simplified.objects == traditional.objects
    assert len({hit["document"] for hit in simplified.objects}) == 2


def test_search_without_a_hit_is_exit_code_1(meipi: Callable[..., Ran], filled: Path):
    assert meipi("search", "量子纠缠态", "--library", filled).code == 1


def test_an_export_reads_back_into_an_empty_library(
    meipi: Callable[..., Ran], filled: Path, tmp_path: Path
):
    path, other = tmp_path / "set.jsonl", tmp_path / "other.meipi"
    assert meipi("export", "--format", "jsonl", "--out", path, "--library", filled).code == 0
    assert meipi("import", path, "--library", other).code == 0
    again = tmp_path / "again.jsonl"
    assert meipi("export", "--format", "jsonl", "--out", again, "--library", other).code == 0
    assert again.read_bytes() == path.read_bytes()


def test_a_dry_run_changes_nothing(meipi: Callable[..., Ran], filled: Path, tmp_path: Path):
    path, other = tmp_path / "set.jsonl", tmp_path / "other.meipi"
    meipi("export", "--format", "jsonl", "--out", path, "--library", filled)
    ran = meipi("import", path, "--library", other, "--dry-run")
    assert ran.code == 0
    assert meipi("search", "天津", "--library", other).code == 1


@pytest.mark.parametrize("format_", [n for n, known in FORMATS.items() if known.available])
def test_every_format_comes_with_its_loss_report(
    meipi: Callable[..., Ran], filled: Path, tmp_path: Path, format_: str
):
    path = tmp_path / "export.out"
    ran = meipi("export", "--format", format_, "--out", path, "--library", filled)
    assert ran.code == 0, ran.errors
    assert path.stat().st_size > 0
    assert len(list(tmp_path.glob("export.out*loss*"))) == 1


def test_a_preset_keeps_the_format_and_what_is_chosen(
    meipi: Callable[..., Ran], filled: Path, tmp_path: Path
):
    kept = ["--format", "conll", "--entities", "none", "--keep-preset", "标注"]
    first, second = tmp_path / "a.conll", tmp_path / "b.conll"
    assert meipi("export", *kept, "--out", first, "--library", filled).code == 0
    assert meipi("export", "--preset", "标注", "--out", second, "--library", filled).code == 0
    assert second.read_bytes() == first.read_bytes()
    assert "B-" not in first.read_text(encoding="utf-8")


def test_only_what_is_selected_is_exported(
    meipi: Callable[..., Ran], filled: Path, tmp_path: Path, seeds: dict[str, Path]
):
    path = tmp_path / "one.jsonl"
    name = seeds["001"].name
    meipi("export", "--format", "jsonl", "--out", path, "--library", filled, name)
    assert name in path.read_text(encoding="utf-8")
    assert seeds["000"].name not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["export", "--format", "nonsense"], 2),
        (["export", "--format", "csv", "tag:没有这个标签"], 2),
        (["export"], 2),
        (["export", "--preset", "没有这个方案"], 2),
        (["export", "--format", "csv", "--since", "昨天"], 2),
        (["export", "--format", "csv", "--coder", "没有这个人"], 2),
        (["export", "--format", "csv", "no such document"], 1),
    ],
)
def test_a_wrong_selection_is_one_line(
    meipi: Callable[..., Ran], filled: Path, words: list[str], code: int
):
    ran = meipi(*words, "--library", filled)
    assert ran.code == code
    assert len(ran.errors.splitlines()) == 1


def test_importing_a_broken_set_is_exit_code_3_and_changes_nothing(
    meipi: Callable[..., Ran], filled: Path, tmp_path: Path
):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"format": "meipi", "vers', encoding="utf-8")
    assert meipi("import", broken, "--library", filled).code == 3
    assert meipi("search", "宝坻", "--library", filled).code == 0


def make_text(path: Path) -> None:
    path.write_text("这不是数据库,只是一段文字。" * 50, encoding="utf-8")


def make_directory(path: Path) -> None:
    path.mkdir()


def make_newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("pragma application_id = 0x4D656950")
        connection.execute("pragma user_version = 9999")
        connection.execute("create table later (id)")
    connection.close()


@pytest.mark.parametrize("make", [make_text, make_directory, make_newer])
def test_a_library_that_cannot_be_used_is_exit_code_4_and_untouched(
    meipi: Callable[..., Ran],
    library: Path,
    seeds: dict[str, Path],
    make: Callable[[Path], None],
):
    make(library)
    before = library.read_bytes() if library.is_file() else None
    ran = meipi("add", seeds["000"], "--library", library)
    assert (ran.code, len(ran.errors.splitlines())) == (4, 1)
    assert before is None or library.read_bytes() == before


def test_searching_a_library_that_is_not_there_is_exit_code_4(
    meipi: Callable[..., Ran], library: Path
):
    assert meipi("search", "天津", "--library", library).code == 4
    assert not library.exists()


def test_the_doctor_writes_a_report_and_sends_nothing(
    meipi: Callable[..., Ran], filled: Path, tmp_path: Path
):
    ran = meipi("doctor", "--library", filled, "--report", tmp_path / "report.zip")
    assert ran.code == 0
    assert "nothing was sent" in ran.errors
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        assert "machine.txt" in archive.namelist()


def test_a_report_that_cannot_be_written_is_one_line(
    meipi: Callable[..., Ran], filled: Path, tmp_path: Path
):
    ran = meipi("doctor", "--library", filled, "--report", tmp_path / "none" / "report.zip")
    assert ran.code != 0
    assert len(ran.errors.splitlines()) == 1


def test_the_doctor_finds_a_sound_library_sound(meipi: Callable[..., Ran], filled: Path):
    ran = meipi("doctor", "--library", filled)
    assert ran.code == 0, ran.out

"""`meipi repair`, `entities` and `structure`: what they print, and how they answer bad input."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from meipi.core.entity import EntityType
from meipi.core.spans import Span
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

ALIGNED = "推動(dòng)京津冀協(xié)同發(fā)展"


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "damaged.txt"
    path.write_text(ALIGNED * 2, encoding="utf-8")
    return path


def test_repair_prints_the_reading_text_and_nothing_else(meipi: Callable[..., Ran], damaged: Path):
    assert meipi("repair", damaged) == meipi("repair", "-", stdin=damaged.read_bytes())
    assert meipi("repair", damaged).out == "推動京津冀協同發展" * 2


def test_repairing_the_damaged_sample_gives_its_reading_text(
    meipi: Callable[..., Ran], seeds: dict[str, Path], cases: Path
):
    gold = (cases / "001_reading.txt").read_text(encoding="utf-8")
    printed = meipi("repair", seeds["001"])
    assert printed.code == 0
    assert printed.out.replace("：", ":") == gold.replace("：", ":")


@pytest.mark.parametrize("number", ["002", "004"])
def test_clean_samples_come_out_byte_for_byte(
    meipi: Callable[..., Ran], seeds: dict[str, Path], number: str
):
    data = seeds[number].read_bytes()
    assert meipi("repair", seeds[number]).out.encode() == data
    assert meipi("repair", seeds[number], "--json").objects[0]["edits"] == []


def test_repair_as_json_replays_to_the_text(meipi: Callable[..., Ran], damaged: Path):
    result = meipi("repair", damaged, "--json").objects[0]
    assert set(result) == {"sha256", "encoding", "text", "edits", "lost"}
    assert result["sha256"] == sha256(damaged.read_bytes()).hexdigest()
    assert result["encoding"] == "utf-8"
    text = result["text"]
    for edit in result["edits"]:
        assert (ALIGNED * 2)[edit["source_start"] : edit["source_end"]] == edit["before"]
        assert text[edit["start"] : edit["end"]] == edit["after"]
        assert edit["proof"] in {"replayed", "table", "inferred"}
        assert 0 <= edit["confidence"] <= 1


def test_repair_can_list_the_channels_it_found(meipi: Callable[..., Ran], damaged: Path):
    lines = meipi("repair", damaged, "--channels").out.splitlines()
    assert lines[0] == "encoding\tutf-8"
    assert "edits" in lines[1]


def test_a_file_is_read_in_the_encoding_asked_for(meipi: Callable[..., Ran], tmp_path: Path):
    path = tmp_path / "big5.txt"
    path.write_bytes("天津市寶坻區召開新聞發布會".encode("big5hkscs"))
    printed = meipi("repair", path, "--encoding", "big5")
    assert printed.out == "天津市寶坻區召開新聞發布會"


def test_lines_are_answered_in_order_and_a_bad_one_in_its_place(meipi: Callable[..., Ran]):
    lines = [
        json.dumps({"id": 1, "text": ALIGNED}),
        "not json",
        json.dumps({"id": "b", "text": "干净的一句话。"}),
    ]
    ran = meipi("repair", "--jsonl", stdin="\n".join(lines).encode())
    assert [result.get("id", "none") for result in ran.objects] == [1, "none", "b"]
    assert ran.objects[0]["text"] == "推動京津冀協同發展"
    assert "line 2" in ran.objects[1]["error"]
    assert ran.code == 3


def test_a_line_without_a_text_is_answered_under_its_id(meipi: Callable[..., Ran]):
    ran = meipi("repair", "--jsonl", stdin=b'{"id": 7, "text": null}\n{"text": "a"}')
    assert (ran.objects[0]["id"], ran.objects[0]["line"]) == (7, 1)
    assert "id" not in ran.objects[1]


def test_a_lone_surrogate_passes_through_the_filter(meipi: Callable[..., Ran]):
    ran = meipi("repair", "--jsonl", stdin=rb'{"id": 1, "text": "\ud800\u4e2d"}')
    assert ran.code == 0
    assert ran.objects[0]["text"] == "\ud800中"


def test_entities_are_one_object_a_document(meipi: Callable[..., Ran], seeds: dict[str, Path]):
    ran = meipi("entities", seeds["000"], seeds["001"], "--json")
    first, second = ran.objects
    assert first["file"] == str(seeds["000"])
    for result in (first, second):
        assert result["entities"]
        for entity in result["entities"]:
            assert result["text"][entity["start"] : entity["end"]] == entity["text"]
            assert {"type", "canonical", "by"} <= set(entity)


def test_raw_entities_keep_the_offsets_of_the_file(meipi: Callable[..., Ran], damaged: Path):
    assert meipi("entities", damaged, "--raw").objects[0]["text"] == ALIGNED * 2


def test_entities_filter_lines(meipi: Callable[..., Ran]):
    text = "2025年3月1日,天津市宝坻区签约81.7亿元。"
    ran = meipi("entities", "--jsonl", stdin=json.dumps({"id": "x", "text": text}).encode())
    types = {entity["type"] for entity in ran.objects[0]["entities"]}
    assert ran.objects[0]["id"] == "x"
    assert {"TIME", "LOC", "MONEY"} <= types


def test_structure_prints_metadata_and_blocks(meipi: Callable[..., Ran], seeds: dict[str, Path]):
    result = meipi("structure", seeds["004"], "--json").objects[0]
    assert result["date"] == "2025-09-03"
    assert sum(block["role"] == "heading" for block in result["blocks"]) == 8


def make_directory(path: Path) -> None:
    path.mkdir()


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_binary(path: Path) -> None:
    path.write_bytes(b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 20)


@pytest.mark.parametrize("make", [make_directory, make_empty, make_binary, None])
@pytest.mark.parametrize("command", ["repair", "entities", "structure"])
def test_an_unreadable_file_is_one_line_and_exit_code_3(
    meipi: Callable[..., Ran], tmp_path: Path, command: str, make: Callable[[Path], None] | None
):
    path = tmp_path / "bad.txt"
    if make:
        make(path)
    ran = meipi(command, path)
    assert ran.code == 3
    assert ran.out == ""
    assert len(ran.errors.splitlines()) == 1
    assert "Traceback" not in ran.errors


def test_empty_standard_input_is_an_unreadable_file(meipi: Callable[..., Ran]):
    assert meipi("repair", "-").code == 3


def test_one_unreadable_file_does_not_stop_the_others(
    meipi: Callable[..., Ran], seeds: dict[str, Path], tmp_path: Path
):
    ran = meipi("entities", tmp_path / "none.txt", seeds["000"])
    assert ran.code == 3
    assert len(ran.objects) == 1


@pytest.mark.parametrize(
    "words",
    [["repair"], ["repair", "a", "--json", "--jsonl"], ["export"], ["nonsense"], ["entities"]],
)
def test_wrong_use_is_exit_code_2(meipi: Callable[..., Ran], words: list[str]):
    assert meipi(*words).code == 2


def test_an_unknown_encoding_is_wrong_use(meipi: Callable[..., Ran], damaged: Path):
    ran = meipi("repair", damaged, "--encoding", "klingon")
    assert ran.code == 2
    assert "klingon" in ran.errors


def test_an_unknown_channel_is_wrong_use(meipi: Callable[..., Ran], damaged: Path):
    ran = meipi("repair", damaged, "--only", "nonsense")
    assert (ran.code, ran.errors.partition(" Known: ")[0]) == (
        2,
        "meipi: No kind of damage is called nonsense.",
    )


@pytest.mark.parametrize("command", [["repair", "-"], ["structure", "-", "--json"]])
def test_an_empty_standard_input_is_called_so(meipi: Callable[..., Ran], command: list[str]):
    ran = meipi(*command, stdin=b"")
    assert ran.code == 3
    assert ran.errors.startswith("meipi: standard input is empty")


def test_output_is_utf8_whatever_the_locale(seeds: dict[str, Path]):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = subprocess.run(
        [sys.executable, "-m", "meipi", "repair", str(seeds["002"])],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert ran.stdout == seeds["002"].read_bytes()
    assert ran.stderr == b""


def test_a_reader_that_leaves_early_is_no_error(seeds: dict[str, Path]):
    ran = subprocess.run(  # noqa: S602 - a pipe is what is tested
        f"{sys.executable} -m meipi entities {' '.join(map(str, seeds.values()))} | head -c 10",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert len(ran.stdout) == 10
    assert b"Traceback" not in ran.stderr


def test_entities_follow_the_corrections_of_a_library(
    meipi: Callable[..., Ran], library: Path, tmp_path: Path
):
    known, other = tmp_path / "known.txt", tmp_path / "other.txt"
    known.write_text("天津市宝坻区签约。小辛说,京津冀协同发展。", encoding="utf-8")
    other.write_text("京津冀在天津市宝坻区。", encoding="utf-8")
    assert meipi("add", known, "--library", library).code == 0
    with Workspace.open(library, in_process=True) as workspace:
        document = workspace.documents.cards()[0].id
        workspace.correcting.add(document, Span(10, 11), EntityType.PER).result()
        workspace.correcting.never("京津冀").result()
        workspace.correcting.always("天津市宝坻区", EntityType.FAC).result()
    ran = meipi("entities", known, other, "--library", library, "--json")
    assert ran.code == 0
    first, second = ([(e["text"], e["type"]) for e in one["entities"]] for one in ran.objects)
    assert ("辛", "PER") in first
    assert second == [("天津市宝坻区", "FAC")]
    (corrected,) = ran.objects[1]["entities"]
    assert corrected["corrected"] is True


def test_entities_are_a_table_for_a_spreadsheet(meipi: Callable[..., Ran], tmp_path: Path):
    path = tmp_path / "a,b.txt"
    path.write_text("天津市宝坻区签约450亿元。", encoding="utf-8")
    ran = meipi("entities", path, "--csv")
    rows = list(csv.DictReader(ran.out.splitlines()))
    money = next(row for row in rows if row["type"] == "MONEY")
    assert (money["text"], money["normal"]) == ("450亿元", "45000000000 CNY")
    assert (money["file"], money["corrected"]) == (str(path), "False")
    assert {row["by"] for row in rows} - {""}


def test_a_library_that_is_not_there_corrects_nothing(
    meipi: Callable[..., Ran], library: Path, damaged: Path
):
    ran = meipi("entities", damaged, "--library", library)
    assert ran.code == 4
    assert not library.exists()

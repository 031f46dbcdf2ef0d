"""Codebooks on the command line: tried, taken in and written without any document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLE = "path,definition,include\n产业 > 制造,工厂,提到工厂\n产业,经济,\n"


@pytest.mark.parametrize("format_", ["refi-codebook", "codebook-csv"])
def test_a_codebook_goes_in_after_a_trial_and_out_again(
    meipi: Callable[..., object], library: Path, tmp_path: Path, format_: str
) -> None:
    table, out = tmp_path / "book.csv", tmp_path / f"out.{format_}"
    table.write_text(TABLE, encoding="utf-8")
    for words, added in ((("--dry-run",), 2), ((), 2), ((), 0)):
        ran = meipi("import", table, "--library", library, *words)
        assert f"tags_added\t{added}" in ran.out
    assert meipi("export", "--format", format_, "--out", out, "--library", library).code == 0
    assert "提到工厂" in out.read_text(encoding="utf-8")
    assert "tags_matched\t2" in meipi("import", out, "--library", library).out


def test_a_library_without_tags_has_no_codebook_to_write(
    meipi: Callable[..., object], library: Path, tmp_path: Path
) -> None:
    out, table = tmp_path / "out.qdc", tmp_path / "book.csv"
    table.write_text("path,definition\n", encoding="utf-8")
    assert meipi("import", table, "--library", library).code == 0
    ran = meipi("export", "--format", "refi-codebook", "--out", out, "--library", library)
    assert (ran.code, out.exists()) == (1, False)

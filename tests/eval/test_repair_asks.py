"""Floors, row by row, for what is asked of repair, on texts of many subjects written for this."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.eval.repair_asks import Counted, fits, measured
from tests.eval.repair_damage import ROWS, Row

pytestmark = pytest.mark.eval

SUBJECTS: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("repair_texts.json").read_text("utf-8")
)
FLOORS = {
    "mixed, pairs": 0.95,
    "mixed, triples": 0.95,
    "utf-8 as gbk, fffd": 0.95,
    "utf-8 as gbk, windows": 0.95,
    "cp1252, five as ?": 0.58,
    "cp1252, five as fffd": 0.58,
    "cp1252, five dropped": 0.45,
    "latin-1, c1 dropped": 0.0,
    "gbk as big5": 0.85,
    "gbk as shift-jis": 0.95,
    "gbk as euc-kr": 0.8,
}
"""Shares of texts that come out exactly, where not all do."""


def texts(lines: int = 3) -> list[str]:
    """Return short documents of some lines of one subject each."""
    return [
        "\n".join(rows[at : at + lines])
        for rows in SUBJECTS.values()
        for at in range(len(rows) - lines + 1)
    ]


COUNTED: dict[str, Counted] = {}


def counted(row: Row) -> Counted:
    if row.name not in COUNTED:
        COUNTED[row.name] = measured(row, [text for text in texts() if fits(row, text)])
    return COUNTED[row.name]


@pytest.mark.parametrize("row", [r for r in ROWS if not r.traditional], ids=lambda row: row.name)
def test_texts_come_out_exactly(row: Row) -> None:
    found = counted(row)
    assert found.exact / found.texts >= FLOORS.get(row.name, 1.0)


@pytest.mark.parametrize("row", [r for r in ROWS if r.lost], ids=lambda row: row.name)
def test_lost_bytes_come_out_right(row: Row) -> None:
    found = counted(row)
    assert found.filled / found.holes >= (0.955 if row.ask else 0.65)


@pytest.mark.parametrize("row", [r for r in ROWS if not r.traditional], ids=lambda row: row.name)
def test_edits_of_high_confidence_are_right(row: Row) -> None:
    found = counted(row)
    assert found.right >= 0.99 * found.sure

from __future__ import annotations

import json
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    cases = json.loads((TESTS / "cases" / "repair.json").read_text("utf-8"))
    for kind in ("repaired", "known_failures"):
        if kind in metafunc.fixturenames:
            rows = [(case["damaged"], case["reading"]) for case in cases[kind]]
            metafunc.parametrize(kind, rows, ids=[case["name"] for case in cases[kind]])
    if "untouched" in metafunc.fixturenames:
        metafunc.parametrize("untouched", cases["untouched"], ids=ascii)


@pytest.fixture
def reading_of_001() -> str:
    return (TESTS / "cases" / "001_reading.txt").read_text("utf-8")

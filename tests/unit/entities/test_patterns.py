"""Figures, dates and titles, as cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from meipi.core.document import Structure
from meipi.entities import find_mentions

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "entity_patterns.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_figures_and_titles_are_found_with_their_values(case: dict[str, object]) -> None:
    text = str(case["text"])
    (kind,) = case.keys() - {"text"}
    found = {m.text: m.normal for m in find_mentions(text, Structure(())) if m.type == kind}
    assert found == case[kind]

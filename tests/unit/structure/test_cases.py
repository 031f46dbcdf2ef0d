from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from meipi.core.document import Role, Structure
from meipi.structure import analyse

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "structure.json").read_text(encoding="utf-8")
)
METADATA = ("title", "date", "source", "authors", "region")


def roles(found: Structure) -> list[str]:
    leveled = (Role.TITLE, Role.HEADING)
    return [f"{b.role} {b.level}" if b.role in leveled else str(b.role) for b in found.blocks]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\u2028"], ids=["lf", "crlf", "u2028"])
def test_every_line_has_its_role(case: dict[str, Any], line_break: str) -> None:
    assert roles(analyse(line_break.join(case["text"]))) == case["roles"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_metadata_is_what_the_text_says(case: dict[str, Any]) -> None:
    found = analyse("\n".join(case["text"]))
    said = {name: getattr(found, name) for name in METADATA}
    said["authors"] = list(found.authors)
    assert said == dict.fromkeys(METADATA) | {"authors": []} | {
        name: case[name] for name in METADATA if name in case
    }

"""Detection of short texts stays above its floors and above the libraries that do the same."""

from __future__ import annotations

import json

import pytest
from tests.eval.detection import CASES, DETECTORS, shares, total
from tests.eval.detection_files import LENGTHS, cases, count, is_behind, script_of

from meipi.encodings import decode

pytestmark = pytest.mark.eval


@pytest.fixture(scope="module", params=[False, True], ids=["whole", "damaged"])
def counted(request: pytest.FixtureRequest) -> dict[str, dict[tuple[str, int], tuple[int, int]]]:
    return {name: shares(found, damaged=request.param) for name, found in DETECTORS.items()}


Counted = dict[str, dict[tuple[str, int], tuple[int, int]]]


def test_chinese_is_found_nearly_always(counted: Counted) -> None:
    assert total(counted["ours"], chinese=True) >= 0.995


def test_all_languages_are_found_nearly_always(counted: Counted) -> None:
    assert total(counted["ours"], chinese=False) >= 0.985


@pytest.mark.parametrize("rival", ["chardet", "charset_normalizer"])
def test_no_length_of_chinese_in_any_encoding_is_found_better_by_others(
    counted: Counted, rival: str
) -> None:
    behind = [
        key
        for key, (right, _) in counted["ours"].items()
        if key[0].startswith(("simplified", "traditional")) and right < counted[rival][key][0]
    ]
    assert not behind


@pytest.mark.parametrize("rival", ["chardet", "charset_normalizer"])
def test_chinese_is_found_far_more_often_than_by_others(counted: Counted, rival: str) -> None:
    ours, theirs = (total(counted[name], chinese=True) for name in ("ours", rival))
    assert 1 - ours < (1 - theirs) / 10


@pytest.fixture(scope="module")
def texts() -> list[str]:
    groups = json.loads(CASES.read_text("utf-8"))["groups"]
    return [text for group in groups for text in group["texts"] if script_of(text)]


def test_no_state_of_an_excerpt_is_found_better_by_others(texts: list[str]) -> None:
    found = [
        (script_of(text), text[:length])
        for text in texts
        for length in LENGTHS
        if len(text) >= length and script_of(text[:length]) == script_of(text)
    ]
    assert not [key for key, row in count(found).items() if is_behind(row)]


def test_files_of_lines_in_two_encodings_are_read_whole(texts: list[str]) -> None:
    mixed = [
        (case.data, "\n".join(case.lines))
        for text in texts
        if len(text) >= 50
        for case in cases(script_of(text), text[:100])
        if case.damage == "mixed with utf-8"
    ]
    assert len(mixed) > 20
    right = [decode(data).text == text for data, text in mixed]
    assert sum(right) >= 0.97 * len(right)

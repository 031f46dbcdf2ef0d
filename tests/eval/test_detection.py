"""Detection of short texts stays above its floors and above the libraries that do the same."""

from __future__ import annotations

import pytest
from tests.eval.detection import DETECTORS, shares, total

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

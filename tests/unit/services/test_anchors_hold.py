"""Whatever is done to a text, its annotations are where they belong or marked for review."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from tests.unit.services.anchor_walk import Walk

from meipi.core.anchors import AnchorState

STEPS = 25
ROUNDS = int(os.environ.get("MEIPI_ANCHOR_STEPS", "2000")) // STEPS
"""MEIPI_ANCHOR_STEPS=10000 walks as far as that; ten parts, so that many processes can share."""


@pytest.mark.parametrize("part", range(10))
def test_no_annotation_is_ever_silently_elsewhere(part: int) -> None:
    counts: Counter[str] = Counter()
    for seed in range(part, ROUNDS, 10):
        walk = Walk(seed)
        walk.run(STEPS)
        counts += walk.counts
    print(dict(sorted(counts.items())))  # noqa: T201 - shown with -s: the figures
    assert min(counts[state] for state in AnchorState) > 0

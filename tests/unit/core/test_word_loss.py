"""What took a text is worded, each reason in its own words and in both languages."""

from __future__ import annotations

import pytest
from tests.fuzz.damages import damaged

from meipi.core.messages import word_loss
from meipi.repair import repair


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_reason_that_repair_gives_has_words_of_its_own(language):
    texts = list(damaged())
    reasons = {one.reason for text in texts for one in repair(text).lost}
    assert {"swallowed", "cut", "replaced", "rewritten", "fill", "dropped"} <= reasons
    words = [word_loss(reason, language) for reason in (*reasons, "a reason nobody knows")]
    assert len(set(words)) == len(words)

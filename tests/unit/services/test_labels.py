"""Every act has words in both languages, with every field of it."""

from __future__ import annotations

import re
import string

import pytest

from meipi.services.labels import _LABELS, word_label


@pytest.mark.parametrize("key", sorted(_LABELS))
def test_both_languages_say_the_same_fields(key: str) -> None:
    chinese, english = (
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in _LABELS[key]
    )
    assert chinese == english
    fields = dict.fromkeys(chinese, "某")
    assert re.search("[一-鿿]", word_label(key, fields, "zh"))
    assert word_label(key, fields, "en")

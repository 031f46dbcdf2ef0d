"""Every format, by the registry: what is written is read back, and no offset is ever wrong."""

import io
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.annotated_set import AnnotatedSet
from meipi.core.annotation import Tag
from meipi.exchange import FORMATS
from meipi.exchange.loss import LEFT_OUT

READABLE = [known for known in FORMATS.values() if known.can_read]
ALL = list(FORMATS.values())
BY_NAME = {"ids": lambda known: known.name}

PIECES = [
    *"北京大学会见签约，。",
    "𠮷",
    "🙂",
    "👨‍👩‍👧‍👦",
    "e\u0301",
    "\r\n",
    "\n",
    "\u2028",
    "\ufeff",
]
SPANS = 10_000


@pytest.mark.parametrize("known", ALL, **BY_NAME)
def test_a_nul_does_not_spoil_a_file(written, probe_document, known):
    if not known.available:
        pytest.skip(f"needs {known.module}")
    annotated = AnnotatedSet((probe_document("甲\0乙", 1, [(0, 3, None, "")]),), ())
    known.check(io.BytesIO(written(known, annotated)), annotated)


@pytest.mark.parametrize("known", ALL, **BY_NAME)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_written_passes_its_own_check(annotated_sets, written, known, data):
    annotated = data.draw(annotated_sets)
    known.check(io.BytesIO(written(known, annotated)), annotated)


@pytest.fixture(scope="module")
def crowded(probe_document) -> AnnotatedSet:
    """Ten documents of awkward characters with 10,000 random marks in all."""
    chooser = random.Random(3)  # noqa: S311 - no secret, the same set every run
    documents = []
    for number in range(10):
        text = "".join(chooser.choices(PIECES, k=1500))
        starts = (chooser.randrange(len(text)) for _ in range(SPANS // 10))
        spans = [(at, min(len(text), at + chooser.randint(1, 20)), "t1", "") for at in starts]
        documents.append(probe_document(text, number, spans))
    return AnnotatedSet(tuple(documents), (Tag("t1", "标"),))


@pytest.mark.parametrize("known", READABLE, **BY_NAME)
def test_every_slice_of_the_exported_text_is_the_quote(crowded, written, known):
    found = known.read(io.BytesIO(written(known, crowded)))
    left_out = sum(
        item.subject == "annotation" and item.what in LEFT_OUT
        for item in known.losses(crowded).items
    )
    quotes = Counter(
        (at, known.clean(a.anchor.quote).strip())
        for at, d in enumerate(crowded.documents)
        for a in d.annotations
    )
    got: Counter[tuple[int, str]] = Counter()
    wrong = 0
    for at, document in enumerate(found.documents):
        text = known.clean(crowded.documents[at].repaired.text)
        for a in document.annotations:
            words = a.span.slice(document.repaired.text) or a.anchor.quote
            wrong += a.span.slice(text) != words
            got[at, words.strip()] += 1
    assert wrong == 0
    assert not got - quotes
    assert (quotes - got).total() == left_out

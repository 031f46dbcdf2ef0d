"""Damaged files of every format: a clear refusal or a sound set, never a crash."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.annotated_set import AnnotatedSet
from meipi.exchange import FORMATS, Format
from meipi.exchange.refusal import Refused

READABLE = [known for known in FORMATS.values() if known.can_read]

_SIGNS = b"\0 \xff \" , \n { } [ ] -1 1e999 NaN null true \\ \\ud800 \\u0000 '' > : [] {} 9".split(
    b" "
)
_BYTES = st.sampled_from([*_SIGNS, b"", b" ", b"9" * 30])


@st.composite
def _damaged(draw: st.DrawFn, data: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 12)))
        data = data[:start] + draw(_BYTES | st.binary(max_size=4)) + data[end:]
    return data


@pytest.mark.parametrize("known", READABLE, ids=lambda known: known.name)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_damage_is_refused_or_harmless(small_set, written, known, data):
    valid = written(known, small_set)
    damaged = data.draw(_damaged(valid))
    assert _is_refused_or_sound(known, damaged)


@pytest.mark.parametrize("known", READABLE, ids=lambda known: known.name)
@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=200) | st.text(max_size=100).map(lambda t: t.encode(errors="replace"))
)
def test_noise_is_refused(known, data):
    with pytest.raises(Refused):
        known.read(io.BytesIO(data))


def _is_refused_or_sound(known: Format, data: bytes) -> bool:
    try:
        return _is_sound(known.read(io.BytesIO(data)))
    except Refused as refused:
        return refused.phrase.en.isprintable() and refused.phrase.zh.isprintable()


def _is_sound(found: AnnotatedSet) -> bool:
    tags = {tag.id for tag in found.tags}
    annotations = [a for d in found.documents for a in d.annotations]
    return (
        all(a.tag is None or a.tag in tags for a in annotations)
        and len({a.id for a in annotations}) == len(annotations)
        and all(tag.parent is None or tag.parent in tags for tag in found.tags)
        and all(a.document == d.document.id for d in found.documents for a in d.annotations)
    )

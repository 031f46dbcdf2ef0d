"""A JSON text read piece by piece is what it is when parsed whole, or refused alike."""

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meipi.exchange import json_stream
from meipi.exchange.json_stream import JsonStream
from meipi.exchange.records import parse_json
from meipi.exchange.refusal import Refused

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("ab眉🙂", max_size=3), inner),
    max_leaves=20,
)


@pytest.fixture(autouse=True, params=[1, 7, 1 << 16], ids="pieces of {} bytes".format)
def pieces(request, monkeypatch):
    monkeypatch.setattr(json_stream, "_CHUNK", request.param)


def opened(text: str | bytes) -> JsonStream:
    return JsonStream(io.BytesIO(text.encode() if isinstance(text, str) else text))


def whole(text: str | bytes) -> object:
    file = opened(text)
    value = file.value()
    file.finish()
    return value


def walked(file: JsonStream) -> object:
    """Build a value element by element."""
    if file.peek() == "[":
        return list(file.elements())
    if file.peek() == "{":
        return {key: walked(file) for key in file.members()}
    return file.value()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_every_value_is_read_as_if_parsed_at_once(value, indent, ascii_only):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert whole(text) == parse_json(text)
    assert walked(opened("\ufeff" + text + " \n")) == parse_json(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_json"),
        ("[1 2]", "not_json"),
        ("[1,]", "not_json"),
        ('{"a" 1}', "not_json"),
        ("{1: 2}", "not_json"),
        ('{"a": 1, "a": 2}', "repeated_key"),
        ('{"a": [NaN]}', "number"),
        ('["\\ud800"]', "surrogate"),
        ("[1] 2", "not_json"),
        ('["' + "甲" * 50, "not_json"),
        ("[" * 100_000, "too_deep"),
        ("[" + "9" * 5000 + "]", "not_json"),
    ],
)
def test_what_is_no_json_is_refused_in_pieces_too(text, reason):
    def read() -> object:
        file = opened(text)
        value = walked(file)
        file.finish()
        return value

    with pytest.raises(Refused) as caught:
        read()
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b'["\xff"]', "not_utf8"), (b'["\0"]', "binary"), (b'["\xe7\x9c"', "not_utf8")],
)
def test_bytes_that_are_no_text_are_refused(data, reason):
    with pytest.raises(Refused) as caught:
        whole(data)
    assert caught.value.reason == reason


def test_a_file_beyond_its_bound_is_refused():
    with pytest.raises(Refused) as caught:
        JsonStream(io.BytesIO(b"[" + b" " * 100_000), limit=1000).value()
    assert caught.value.reason == "too_large"


def test_no_more_than_an_element_is_held(monkeypatch):
    monkeypatch.setattr(json_stream, "_CHUNK", 1 << 10)
    element = json.dumps({"批注": "字" * 100}, ensure_ascii=False)
    file = opened("[" + ",".join([element] * 2000) + "]")
    longest = max(len(file._text) for _ in file.elements())
    assert longest < 4096

"""W3C Web Annotation: what the standard demands, and what other tools send."""

import contextlib
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.anchors import AnchorState
from meipi.core.spans import Span
from meipi.exchange import losses, read_set, w3c, write_set
from meipi.exchange.loss import Facet
from meipi.exchange.refusal import Refused

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

URI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
PURPOSE = {
    "enum": [
        "assessing",
        "bookmarking",
        "classifying",
        "commenting",
        "describing",
        "editing",
        "highlighting",
        "identifying",
        "linking",
        "moderating",
        "questioning",
        "replying",
        "tagging",
    ]
}
BODY = {
    "type": "object",
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "purpose": PURPOSE,
        "format": {"const": "text/plain"},
        "language": {"const": "zh"},
    },
    "required": ["type", "value", "purpose"],
    "additionalProperties": False,
}
QUOTE = {
    "type": "object",
    "properties": {
        "type": {"const": "TextQuoteSelector"},
        "exact": {"type": "string"},
        "prefix": {"type": "string", "maxLength": 32},
        "suffix": {"type": "string", "maxLength": 32},
    },
    "required": ["type", "exact", "prefix", "suffix"],
    "additionalProperties": False,
}
POSITION = {
    "type": "object",
    "properties": {
        "type": {"const": "TextPositionSelector"},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 0},
    },
    "required": ["type", "start", "end"],
    "additionalProperties": False,
}
STATE = {
    "type": "object",
    "properties": {"type": {"const": "TimeState"}, "sourceDate": TIME, "cached": URI},
    "required": ["type", "sourceDate"],
    "additionalProperties": False,
}
TARGET = {
    "type": "object",
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": URI,
        "state": {"oneOf": [URI, STATE]},
        "selector": {"type": "array", "prefixItems": [QUOTE, POSITION], "items": False},
    },
    "required": ["type", "source", "selector"],
    "additionalProperties": False,
}
AGENT = {
    "type": "object",
    "properties": {"type": {"enum": ["Person", "Software"]}, "id": URI, "name": {"type": "string"}},
    "required": ["type", "name"],
    "additionalProperties": False,
}
ANNOTATION = {
    "type": "object",
    "properties": {
        "id": URI,
        "type": {"const": "Annotation"},
        "motivation": {"oneOf": [PURPOSE, {"type": "array", "items": PURPOSE, "minItems": 1}]},
        "creator": AGENT,
        "generator": AGENT,
        "created": TIME,
        "modified": TIME,
        "body": {"type": "array", "items": BODY, "minItems": 1},
        "target": {"oneOf": [URI, TARGET, {"type": "array", "items": TARGET, "minItems": 2}]},
    },
    "required": ["id", "type", "target"],
    "additionalProperties": False,
}
COLLECTION = {
    "type": "object",
    "properties": {
        "@context": {"const": CONTEXT},
        "id": URI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "properties": {
                "id": URI,
                "type": {"const": "AnnotationPage"},
                "partOf": URI,
                "startIndex": {"const": 0},
                "items": {"type": "array", "items": ANNOTATION},
            },
            "required": ["id", "type", "items"],
            "additionalProperties": False,
        },
    },
    "required": ["@context", "id", "type", "total", "first"],
    "additionalProperties": False,
}
"""The rules of the model that our output comes under, narrowed to the choices we made."""


def stored(annotated) -> bytes:
    return "".join(w3c.chunks(annotated)).encode()


def items(annotated) -> list[dict]:
    return json.loads(stored(annotated))["first"]["items"]


def loaded(node: object):
    return w3c.read(io.BytesIO(json.dumps(node).encode()))


def foreign(**fields: object) -> dict:
    return {
        "@context": CONTEXT,
        "id": "http://example.org/anno1",
        "type": "Annotation",
        "target": "http://example.org/page1",
        **fields,
    }


def refusal(node: object) -> str:
    with pytest.raises(Refused) as caught:
        loaded(node)
    return caught.value.phrase.en


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_set_makes_a_valid_collection(annotated_sets, data):
    from jsonschema import Draft202012Validator

    collection = json.loads(stored(data.draw(annotated_sets)))
    Draft202012Validator(COLLECTION).validate(collection)
    assert collection["total"] == len(collection["first"]["items"])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_the_standard_can_carry_reads_back(annotated_sets, data):
    annotated = data.draw(annotated_sets)
    assert w3c.read(io.BytesIO(stored(annotated))) == w3c.survivors(annotated)


def test_positions_are_code_points_and_slice_the_quote(small_set):
    texts = {f"urn:sha256:{d.document.sha256}": d for d in small_set.documents}
    checked = 0
    for item in items(small_set):
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for at, target in enumerate(targets):
            if isinstance(target, str):
                continue
            quote, place = target["selector"]
            document = texts[target["source"]]
            # What is lost stands in the reading text first, then in the source text.
            in_source = item["motivation"] == "editing" or at == 1
            text = document.source_text if in_source else document.repaired.text
            assert text[place["start"] : place["end"]] == quote["exact"]
            assert text[: place["start"]].endswith(quote["prefix"])
            assert text[place["end"] :].startswith(quote["suffix"])
            checked += 1
    assert checked == 15


def test_editing_annotations_turn_the_source_text_into_the_reading_text(small_set):
    document = small_set.documents[0]
    text = document.source_text
    edits = [item for item in items(small_set) if item["motivation"] == "editing"]
    for item in reversed(edits):
        place = item["target"]["selector"][1]
        after = next(b["value"] for b in item["body"] if b["purpose"] == "editing")
        text = text[: place["start"]] + after + text[place["end"] :]
    assert text == document.repaired.text


def test_editing_annotations_turn_the_reading_text_back_into_the_source_text(small_set):
    document = small_set.documents[0]
    parts, at, shift = [], 0, 0
    for item in items(small_set):
        if item["motivation"] == "editing":
            quote, place = item["target"]["selector"]
            after = next(b["value"] for b in item["body"] if b["purpose"] == "editing")
            start = place["start"] + shift
            parts += [document.repaired.text[at:start], quote["exact"]]
            at = start + len(after)
            shift += len(after) - len(quote["exact"])
    parts.append(document.repaired.text[at:])
    assert "".join(parts) == document.source_text


def test_a_tag_and_a_note_are_two_bodies(small_set):
    item = next(i for i in items(small_set) if i["id"].endswith(":a1"))
    assert item["motivation"] == ["tagging", "commenting"]
    assert [(b["purpose"], b["value"]) for b in item["body"]] == [
        ("tagging", "区域 \\> 发展 > 协同"),
        ("commenting", "协同发展"),
    ]
    assert item["creator"] == {"type": "Person", "name": "晓"}
    assert item["created"] == "2026-03-01T08:00:00.000Z"


def test_annotations_of_the_same_set_come_back_to_their_documents(small_set, tmp_path):
    path = tmp_path / "set.jsonld"
    write_set(small_set, path, format="w3c")
    found = read_set(path)
    assert [d.document.sha256 for d in found.documents] == [
        d.document.sha256 for d in small_set.documents
    ]
    assert found.documents[1].annotations[1].anchor.quote == "𠮷野家会见🙂李克强。"
    assert found.documents[0].mentions == small_set.documents[0].mentions
    assert found.documents[0].repaired.edits == small_set.documents[0].repaired.edits
    assert found.documents[0].repaired.lost == small_set.documents[0].repaired.lost


def test_the_report_counts_exactly_what_is_lost(small_set):
    lost = {(i.what, i.id) for i in losses(small_set, format="w3c").items}
    assert {one for what, one in lost if what is Facet.COLOR} == {"t1", "t2", "t3"}
    assert {one for what, one in lost if what is Facet.UNUSED_TAG} == {"t4"}
    kept = (Facet.REPAIRS, Facet.LOST, Facet.ENTITIES)
    assert not any(what in kept for what, _ in lost)


# --- what other tools write


def test_an_annotation_alone_is_read():
    found = loaded(foreign(bodyValue="好")).documents[0]
    assert found.document.id == "http://example.org/page1"
    assert found.annotations[0].note == "好"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda node: [node],
        lambda node: {"@context": CONTEXT, "type": "AnnotationPage", "items": [node]},
        lambda node: {
            "@context": ["http://example.org/own.jsonld", CONTEXT],
            "type": ["AnnotationCollection"],
            "first": {"items": [], "next": {"items": [node]}},
        },
    ],
)
def test_a_list_a_page_and_a_collection_are_read(wrap):
    assert len(loaded(wrap(foreign())).documents[0].annotations) == 1


def test_a_quote_without_a_place_is_looked_for_later():
    selector = {"type": "TextQuoteSelector", "exact": "李克强", "prefix": "会见"}
    target = {"source": "http://example.org/page1", "selector": selector}
    anchor = loaded(foreign(target=target)).documents[0].annotations[0].anchor
    assert (anchor.quote, anchor.prefix, anchor.state) == (
        "李克强",
        "会见",
        AnchorState.NEEDS_REVIEW,
    )


def test_offsets_in_utf16_are_not_trusted():
    selectors = [
        {"type": "TextQuoteSelector", "exact": "𠮷野家"},
        {"type": "TextPositionSelector", "start": 4, "end": 8},
    ]
    target = {"source": "http://example.org/page1", "selector": selectors}
    anchor = loaded(foreign(target=target)).documents[0].annotations[0].anchor
    assert anchor.state is AnchorState.NEEDS_REVIEW


def test_a_selector_that_refines_another_is_found():
    selector = {
        "type": "FragmentSelector",
        "value": "p1",
        "refinedBy": {"type": "TextPositionSelector", "start": 6, "end": 27},
    }
    target = {"source": "http://example.org/page1", "selector": selector}
    assert loaded(foreign(target=target)).documents[0].annotations[0].span == Span(6, 27)


def test_two_targets_and_two_tags_make_four_annotations():
    node = foreign(
        target=["http://example.org/1", "http://example.org/2"],
        motivation="tagging",
        body=[{"type": "TextualBody", "value": "甲 > 乙"}, {"type": "TextualBody", "value": "丙"}],
    )
    found = loaded(node)
    assert [[a.id[-2:] for a in d.annotations] for d in found.documents] == [
        ["o1", "#2"],
        ["#3", "#4"],
    ]
    assert [(tag.name, tag.parent) for tag in found.tags] == [("甲 > 乙", None), ("丙", None)]


def test_bare_uuids_and_an_empty_body_are_read_as_well_known_tools_write_them():
    uuid = "9b6aa528-660a-4551-8265-66f45c61acab"
    target = {"id": uuid, "source": "http://example.org/page1"}
    found = loaded(foreign(id=uuid, body=[], target=target)).documents[0]
    assert found.document.id == "http://example.org/page1"
    assert found.annotations[0].id == uuid


def test_of_a_choice_the_first_body_counts():
    choice = {"type": "Choice", "items": [{"type": "TextualBody", "value": v} for v in "一二"]}
    assert loaded(foreign(body=choice)).documents[0].annotations[0].note == "一"


def test_a_body_elsewhere_is_kept_as_its_address():
    found = loaded(foreign(body="http://example.org/note"))
    assert found.documents[0].annotations[0].note == "http://example.org/note"


WRONG = {
    "no context": ({"@context": "fish"}, "@context cannot be 'fish'"),
    "a name that is no IRI": ({"id": "annotation one"}, "id cannot be"),
    "two ids": ({"id": ["http://a.org/1", "http://a.org/2"]}, "id cannot be"),
    "another type": ({"type": "Squirrel"}, "type cannot be 'Squirrel'"),
    "a number for a target": ({"target": 9}, "target cannot be '9'"),
    "an empty target": ({"target": []}, "target cannot be '[]'"),
    "two bodies at once": ({"body": "http://a.org/1", "bodyValue": "x"}, "bodyValue cannot be"),
    "a body value of two": ({"bodyValue": ["x", "y"]}, "bodyValue cannot be"),
    "text without a value": ({"body": {"type": "TextualBody"}}, "body.value is missing"),
    "a value of two": ({"body": {"type": "TextualBody", "value": ["x"]}}, "body.value cannot be"),
    "two kinds of set": (
        {"body": {"type": ["Choice", "List"], "items": ["http://a.org/"]}},
        "type",
    ),
    "a set of nothing": ({"body": {"type": "List", "items": []}}, "items cannot be '[]'"),
    "a part of nothing": ({"target": {"type": "SpecificResource"}}, "source is missing"),
    "a direction of its own": (
        {"body": {"id": "http://a.org/", "textDirection": "up"}},
        "Direction",
    ),
    "a time in words": ({"created": "yesterday"}, "created cannot be 'yesterday'"),
    "a month too many": ({"created": "2026-13-01T00:00:00Z"}, "created cannot be"),
    "two times": ({"modified": ["2026-01-01T00:00:00Z"] * 2}, "modified cannot be"),
    "a number for a creator": ({"creator": 6}, "creator cannot be '6'"),
    "rights in words": ({"rights": "all of them"}, "rights cannot be"),
}


@pytest.mark.parametrize(("change", "reason"), WRONG.values(), ids=WRONG)
def test_what_the_model_forbids_is_refused(change, reason):
    assert reason in refusal(foreign(**change))


SELECTORS = {
    "an unknown kind": {"type": "WishSelector"},
    "a quote of nothing": {"type": "TextQuoteSelector"},
    "a quote of two": {"type": "TextQuoteSelector", "exact": ["x", "y"]},
    "a prefix that is no text": {"type": "TextQuoteSelector", "exact": "x", "prefix": 1},
    "a place without an end": {"type": "TextPositionSelector", "start": 1},
    "a place in words": {"type": "TextPositionSelector", "start": "1", "end": "2"},
    "a negative place": {"type": "TextPositionSelector", "start": -1, "end": 2},
    "a place that ends before it starts": {"type": "TextPositionSelector", "start": 5, "end": 2},
    "a huge place": {"type": "TextPositionSelector", "start": 1, "end": 10**30},
    "a fragment of two": {"type": "FragmentSelector", "value": ["x", "y"]},
}


@pytest.mark.parametrize("selector", SELECTORS.values(), ids=SELECTORS)
def test_a_selector_that_says_nothing_is_refused(selector):
    refusal(foreign(target={"source": "http://example.org/1", "selector": selector}))


def test_a_repeated_id_is_refused():
    assert "is used twice" in refusal([foreign(), foreign()])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not valid JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"@context": NaN}', "not finite"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": "b\0"}', "a binary file"),
        (json.dumps(foreign(bodyValue="\ud800")).encode(), "a lone surrogate"),
        (b'{"id": 1, "id": 2}', "stands twice"),
    ],
)
def test_a_hostile_file_is_refused(data, reason):
    with pytest.raises(Refused) as caught:
        w3c.read(io.BytesIO(data))
    assert reason in caught.value.phrase.en


def nested(depth: int) -> io.BytesIO:
    inner = '{"type":"List","items":[' * depth + '"http://a.org/"' + "]}" * depth
    return io.BytesIO(json.dumps(foreign(body="@")).replace('"@"', inner).encode())


def test_sets_in_sets_without_end_are_refused():
    with pytest.raises(Refused, match="too_deep"):
        w3c.read(nested(2000))


@pytest.mark.parametrize("depth", [400, 440, 460, 470, 475, 480, 485, 490])
def test_nesting_near_the_limit_is_read_or_refused(depth):
    with contextlib.suppress(Refused):
        assert w3c.read(nested(depth)).documents[0].annotations[0].note == "http://a.org/"


def test_a_surrogate_pair_written_as_escapes_is_one_character():
    data = json.dumps(foreign(bodyValue="𠮷"), ensure_ascii=True).encode()
    assert w3c.read(io.BytesIO(data)).documents[0].annotations[0].note == "𠮷"

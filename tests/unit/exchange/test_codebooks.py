"""Codebooks as files: whatever a tag says comes back, and what is no codebook is refused."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.annotated_set import AnnotatedSet
from meipi.core.annotation import Tag
from meipi.core.errors import ErrorCode, MeipiError
from meipi.exchange import FORMATS, losses, read_set
from meipi.exchange.refi_words import described, told
from meipi.exchange.tag_paths import paths

TREE = (
    Tag("11111111111111111111111111111111", "产业", 1, "1", "经济", None, 0, "甲\n乙", "", "=1"),
    Tag("22222222222222222222222222222222", "A>B", 2, "", "", "1" * 32, 1, "", "包括,“引号”", "不"),
    Tag("33333333333333333333333333333333", "深", 9, "9", "三层", "2" * 32, 2),
)
TEXTS = ("definition", "examples", "include", "exclude")


def back(written, name: str) -> tuple[Tag, ...]:
    known = FORMATS[name]
    return known.read(io.BytesIO(written(known, AnnotatedSet((), TREE)))).tags


def test_a_refi_codebook_brings_every_tag_back_but_its_key(written):
    assert back(written, "refi-codebook") == tuple(replace(tag, shortcut="") for tag in TREE)


def test_a_table_of_tags_brings_every_tag_back_but_its_identity(written):
    found = back(written, "codebook-csv")
    assert list(paths(found).values()) == list(paths(TREE).values())
    for tag, was in zip(found, TREE, strict=True):
        assert replace(tag, id="", parent="") == replace(was, id="", parent="")


@pytest.mark.parametrize("name", ["refi-codebook", "codebook-csv"])
def test_what_a_codebook_does_not_bring_is_in_the_report(name):
    lost = {str(item.what) for item in losses(AnnotatedSet((), TREE), format=name).items}
    assert lost == ({"shortcut"} if name == "refi-codebook" else {"tag identity"})


@given(st.lists(st.sampled_from(["\n", "一", "【示例 Examples】", "\\", "【包括 Include】"])))
@settings(max_examples=200, deadline=None)
def test_a_description_takes_every_definition_and_rule_apart_again(parts):
    text = "".join(parts)
    for name in TEXTS:
        fields = {**dict.fromkeys(TEXTS, ""), "definition": "甲", name: text}
        rules = {key: fields[key] for key in TEXTS[1:]}
        assert told(described(fields["definition"], rules)) == fields


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("color,definition\n#000000,x\n", "path"),
        ("path,color\n产业,red\n", "red"),
        ("path,color,shortcut\n产业,,12\n", "12"),
        ("path,definition\n产业,一\n产业,二\n", "产业"),
        ("path,definition\n > ,一\n", ">"),
        ("path,definition\n产业\n", "2"),
        ("path,path,definition\na,b,c\n", "path"),
        ('path,definition\n"产业,一\n', "2"),
    ],
)
def test_a_table_that_is_no_codebook_is_refused_with_its_reason(tmp_path, content, words):
    path = tmp_path / "a.codebook.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MeipiError) as caught:
        read_set(path, format="codebook-csv")
    assert caught.value.code is ErrorCode.IMPORT_INVALID
    assert words in str(caught.value)


def test_a_table_made_by_hand_needs_the_paths_alone(tmp_path):
    path = tmp_path / "tags.csv"
    path.write_text("definition, Path ,other\n经济,产业 > 制造,x\n", encoding="utf-8")
    (top, low) = read_set(path, format="codebook-csv").tags
    assert (top.name, low.name, low.definition, low.parent) == ("产业", "制造", "经济", top.id)


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>',
        '<Project xmlns="urn:QDA-XML:project:1.0"/>',
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="a"/></Codes></CodeBook>',
        "<CodeBook",
        "",
    ],
)
def test_a_hostile_refi_codebook_is_refused(tmp_path, content):
    path = tmp_path / "a.qdc"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MeipiError) as caught:
        read_set(path, format="refi-codebook")
    assert caught.value.code is ErrorCode.IMPORT_INVALID

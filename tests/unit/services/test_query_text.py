"""The query language: what is typed becomes a tree, what is wrong names its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.messages import word
from meipi.core.query import (
    MEASURED,
    And,
    Compare,
    Field,
    Node,
    Not,
    Or,
    Query,
    Related,
    Relation,
    Term,
    Unit,
)
from meipi.core.query_words import COMPARED
from meipi.services.query_text import parse, write

TAG, ONLY = Term(Field.TAG, "产业"), Term(Field.TAG, "产业", Compare.IS)
WORD = Term(Field.WORDS, "天津")


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        ("#产业", TAG),
        ("tag:产业", TAG),
        ("标签：产业", TAG),
        ("#=产业", ONLY),
        ("天津", WORD),
        ("“天津”", WORD),
        ("「天津」", WORD),
        ('"天津"', WORD),
        ("＃产业", TAG),
        ("#产业 天津", And((TAG, WORD))),
        ("#产业 且 天津", And((TAG, WORD))),
        ("#产业 AND 天津", And((TAG, WORD))),
        ("#产业 and 天津", And((TAG, WORD))),
        ("#产业 & 天津", And((TAG, WORD))),
        ("#产业 或 天津", Or((TAG, WORD))),
        ("#产业 | 天津", Or((TAG, WORD))),
        ("非 天津", Not(WORD)),
        ("-天津", Not(WORD)),
        ("天津 #产业 或 天津", Or((And((WORD, TAG)), WORD))),
        ("天津 （#产业 或 天津）", And((WORD, Or((TAG, WORD))))),
        ("#产业 NEAR/30 天津", Related(TAG, Relation.NEAR, WORD, 30)),
        ("#产业 邻近 天津", Related(TAG, Relation.NEAR, WORD, 50)),
        ("#产业 非 同段 天津", Related(TAG, Relation.PARAGRAPH, WORD, 0, negated=True)),
        ("#产业 非 天津", And((TAG, Not(WORD)))),
        ("天津 #产业 重叠 天津", And((WORD, Related(TAG, Relation.OVERLAP, WORD)))),
        ("@级别>=2", Term(Field.ATTRIBUTE, "2", Compare.FROM, "级别")),
        ("@级别≥2", Term(Field.ATTRIBUTE, "2", Compare.FROM, "级别")),
        ("@级别", Term(Field.ATTRIBUTE, "*", Compare.HAS, "级别")),
        ('@"老 区"=甲', Term(Field.ATTRIBUTE, "甲", Compare.IS, "老 区")),
        ("日期:2024..2025", Term(Field.DATE, "2024..2025")),
        ('coder:""', Term(Field.CODER, "")),
        ("且慢", Term(Field.WORDS, "且慢")),
        ('"且"', Term(Field.WORDS, "且")),
        ("contains", Term(Field.WORDS, "contains")),
        ("", None),
        ("  ", None),
    ],
)
def test_what_is_typed_becomes_a_tree(typed: str, node: Node | None) -> None:
    assert parse(typed).node == node


@pytest.mark.parametrize("typed", ["#产业 show:paragraphs", "显示:段落 #产业", "显示：段落#产业"])
def test_what_is_shown_can_stand_anywhere(typed: str) -> None:
    if typed.endswith("段落#产业"):  # without a blank it is one word, and none that is known
        with pytest.raises(MeipiError):
            parse(typed)
    else:
        assert parse(typed) == Query(TAG, Unit.PARAGRAPHS)


@pytest.mark.parametrize(
    ("typed", "place", "near"),
    [
        ("(#产业", 1, "("),
        ("#产业)", 4, ")"),
        ("#产业 且", 5, "且"),
        ("#产业 且 或 天津", 7, "或"),
        ("# 产业", 1, "#"),
        ("天津 “产业", 4, "“产业"),
        ("天津 产业”", 6, "”"),
        ("颜色:红", 1, "颜色:"),
        ("重叠 #产业", 1, "重叠"),
        ("#产业 重叠", 5, "重叠"),
        ("@>2", 1, "@>"),
        ("coder>2", 1, "coder>2"),
        ("显示:句子", 1, "显示:句子"),
        ("()", 2, ")"),
        ("(" * 100 + "天津" + ")" * 100, 42, "("),
    ],
)
def test_a_wrong_query_names_the_place(typed: str, place: int, near: str) -> None:
    with pytest.raises(MeipiError) as caught:
        parse(typed)
    assert caught.value.code is ErrorCode.QUERY_INVALID
    assert (caught.value.fields["place"], caught.value.fields["near"]) == (place, near)
    assert "{" not in word(caught.value, "zh") + word(caught.value, "en")


VALUES = st.text(min_size=1, max_size=6).filter(lambda text: "\0" not in text)


def term_of(field: Field) -> st.SearchStrategy[Term]:
    compares = list(Compare) if field in COMPARED else [Compare.HAS, Compare.IS]
    if field is Field.WORDS:
        compares = [Compare.HAS]
    names = (
        st.text(min_size=1, max_size=4).filter(lambda text: not set(text) & set('"“”'))
        if field is Field.ATTRIBUTE
        else st.just("")
    )
    return st.builds(Term, st.just(field), VALUES, st.sampled_from(compares), names)


TERMS = st.sampled_from(list(Field)).flatmap(term_of)


def joined(kind: type[And | Or], items: list[Node]) -> Node:
    flat: list[Node] = []
    for item in items:
        flat += item.items if isinstance(item, kind) else (item,)
    return kind(tuple(flat))


def related(left: Node, relation: Relation, right: Node, distance: int, *, no: bool) -> Node:
    return Related(left, relation, right, distance if relation in MEASURED else 0, no)


NODES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(joined, st.just(And), st.lists(inner, min_size=2, max_size=3)),
        st.builds(joined, st.just(Or), st.lists(inner, min_size=2, max_size=3)),
        st.builds(
            related,
            inner,
            st.sampled_from(list(Relation)),
            inner,
            st.integers(0, 1_000),
            no=st.booleans(),
        ),
    ),
    max_leaves=8,
)


QUERIES = st.builds(Query, st.none() | NODES, st.sampled_from(list(Unit)))


@given(QUERIES, st.sampled_from(["zh", "en"]))
def test_what_is_written_is_read_as_the_same(query: Query, language: str) -> None:
    assert parse(write(query, language)) == query


def refusal(typed: str) -> MeipiError | None:
    try:
        parse(typed)
    except MeipiError as error:
        return error
    return None


@given(st.text(alphabet='#@:=<>"“”()（） 且或非/重叠tag产业-..2024显示show', max_size=20))
def test_whatever_is_typed_is_read_or_refused_with_its_place(typed: str) -> None:
    error = refusal(typed)
    if error is not None:
        assert error.code is ErrorCode.QUERY_INVALID
        assert 1 <= int(str(error.fields["place"])) <= len(typed)

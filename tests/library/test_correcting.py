"""Corrections of entities: at a place, of a name everywhere, and what becomes of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from meipi.core.entity import EntityName, EntityType, Mention
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span
from meipi.exchange import FORMATS
from meipi.services import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

LOC, ORG, PER, FAC = EntityType.LOC, EntityType.ORG, EntityType.PER, EntityType.FAC
NAMES = {"天津市宝坻区": LOC, "宝坻区": LOC, "宝坻": LOC, "京津冀": LOC, "小辛": PER, "中交": ORG}
FIRST = "宝坻区与中交签约。小辛说,宝坻变了。\n京津冀协同,寶坻區发展。"
SECOND = "小辛庄在宝坻区。科技城是京津冀的科技城。"


def find(text: str, structure: object) -> tuple[Mention, ...]:
    """Find the names above, each being its own entity but 宝坻, which is 宝坻区."""
    del structure
    found = re.finditer("|".join(NAMES), text)
    return tuple(
        Mention(Span(*m.span()), NAMES[m[0]], m[0], m[0] if m[0] != "宝坻" else "宝坻区", "model")
        for m in found
    )


@pytest.fixture(autouse=True)
def known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "find_mentions", find)


@pytest.fixture
def first(workspace: Workspace) -> str:
    return put(workspace, FIRST)


@pytest.fixture
def second(workspace: Workspace) -> str:
    return put(workspace, SECOND)


def put(workspace: Workspace, text: str) -> str:
    document = workspace.documents.add_bytes(text.encode(), name=f"{text[:3]}.txt").result()
    workspace.entities.find(document.document).result()
    return document.document


def names(workspace: Workspace, document: str) -> list[tuple[str, str, str]]:
    return [(m.text, m.type, m.canonical) for m in workspace.entities.stored(document) or ()]


def texts(workspace: Workspace, document: str) -> list[str]:
    return [m.text for m in workspace.entities.stored(document) or ()]


def place(workspace: Workspace, document: str, words: str) -> Span:
    at = workspace.documents.reading(document).repaired.text.index(words)
    return Span(at, at + len(words))


def refusal(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(MeipiError) as caught:
        act()
    return caught.value.code


# At a place.


def test_a_changed_type_wins_over_the_model_and_says_that_it_was_corrected(
    workspace: Workspace, first: str
) -> None:
    workspace.correcting.change_type(first, place(workspace, first, "中交"), PER).result()
    (changed,) = [m for m in workspace.entities.stored(first) or () if m.text == "中交"]
    assert (changed.type, changed.by, changed.corrected) == (PER, "model", True)
    assert workspace.history.undo_label() == "改“中交”为人物"


def test_moved_ends_leave_nothing_of_the_mention_that_was(workspace: Workspace, first: str) -> None:
    span = place(workspace, first, "京津冀")
    workspace.correcting.move(first, span, Span(span.start, span.end + 2)).result()
    assert "京津冀协同" in texts(workspace, first)
    workspace.correcting.move(
        first, Span(span.start, span.end + 2), Span(span.end, span.end + 2)
    ).result()
    assert "协同" in texts(workspace, first)
    assert "京津冀" not in texts(workspace, first)


def test_a_rejected_mention_is_gone_here_only(
    workspace: Workspace, first: str, second: str
) -> None:
    workspace.correcting.reject(first, place(workspace, first, "小辛")).result()
    assert "小辛" not in texts(workspace, first)
    assert "小辛" in texts(workspace, second)


def test_a_mention_added_by_hand_takes_the_place_of_those_under_it(
    workspace: Workspace, second: str
) -> None:
    workspace.correcting.add(second, place(workspace, second, "小辛庄"), LOC).result()
    assert ("小辛庄", LOC, "小辛庄") in names(workspace, second)
    assert "小辛" not in texts(workspace, second)
    workspace.correcting.reject(second, place(workspace, second, "小辛庄")).result()
    assert not {"小辛", "小辛庄"} & set(texts(workspace, second))


def test_corrections_at_places_stay_on_their_words_in_another_encoding(
    workspace: Workspace,
) -> None:
    document = put(workspace, FIRST)
    workspace.correcting.change_type(document, place(workspace, document, "中交"), PER).result()
    workspace.documents.change_encoding(document, "latin-1").result()
    workspace.documents.change_encoding(document, "utf-8").result()
    workspace.entities.find(document).result()
    assert ("中交", PER, "中交") in names(workspace, document)


# Of a name.


def test_a_name_that_is_none_is_none_in_any_script_and_document(
    workspace: Workspace, first: str, second: str
) -> None:
    workspace.correcting.never("寶坻區").result()
    for document in (first, second):
        assert "宝坻区" not in texts(workspace, document)
    assert workspace.entities.counts(EntityName(LOC, "宝坻区")) == {first: 1}  # 宝坻 stays


def test_a_name_that_always_is_one_is_found_where_the_model_saw_none(
    workspace: Workspace, first: str, second: str
) -> None:
    unsearched = workspace.documents.add_bytes("走进科技城".encode(), name="c.txt").result()
    workspace.flush()
    workspace.correcting.always("科技城", FAC).result()
    workspace.flush()
    assert texts(workspace, second).count("科技城") == 2
    counts = workspace.entities.counts(EntityName(FAC, "科技城"))
    assert counts == {second: 2, unsearched.document: 1}


def test_a_longer_name_keeps_one_that_always_is_a_name_out(
    workspace: Workspace, second: str
) -> None:
    workspace.correcting.always("宝坻", LOC).result()
    assert texts(workspace, second).count("宝坻区") == 1


def test_a_correction_at_a_place_wins_over_one_of_the_name(
    workspace: Workspace, first: str, second: str
) -> None:
    workspace.correcting.change_type(first, place(workspace, first, "小辛"), ORG).result()
    workspace.correcting.never("小辛").result()
    assert ("小辛", ORG, "小辛") in names(workspace, first)
    assert "小辛" not in texts(workspace, second)


def test_merged_entities_count_as_one_and_a_variant_splits_off_again(
    workspace: Workspace, first: str, second: str
) -> None:
    region, district = EntityName(LOC, "京津冀"), EntityName(LOC, "宝坻区")
    workspace.correcting.merge([district], region).result()
    assert workspace.entities.counts(district) == {}
    assert workspace.entities.counts(region) == {first: 3, second: 2}
    workspace.correcting.split(region, "宝坻").result()
    assert workspace.entities.counts(EntityName(LOC, "宝坻")) == {first: 1}
    workspace.history.undo().result()
    workspace.history.undo().result()
    assert workspace.entities.counts(district) == {first: 2, second: 1}


def test_merging_back_ends_no_name_in_a_circle(workspace: Workspace, first: str) -> None:
    one, other = EntityName(LOC, "京津冀"), EntityName(LOC, "宝坻区")
    workspace.correcting.merge([one], other).result()
    workspace.correcting.merge([other], one).result()
    assert {m.canonical for m in workspace.entities.stored(first) or () if m.type is LOC} == {
        "京津冀"
    }


def test_a_renamed_entity_keeps_its_mentions(workspace: Workspace, first: str) -> None:
    workspace.correcting.rename(EntityName(ORG, "中交"), EntityName(ORG, "中交集团")).result()
    assert ("中交", ORG, "中交集团") in names(workspace, first)
    assert workspace.history.undo_label() == "实体“中交”改名为“中交集团”"


def test_what_cannot_be_corrected_is_refused_clearly(workspace: Workspace, first: str) -> None:
    correcting, entity = workspace.correcting, EntityName(LOC, "京津冀")
    assert refusal(lambda: correcting.merge([entity], entity)) is ErrorCode.ENTITY_SAME
    assert refusal(lambda: correcting.split(entity, "京津冀")) is ErrorCode.ENTITY_UNDIVIDED
    assert refusal(lambda: correcting.never(" 。")) is ErrorCode.ENTITY_NAMELESS
    assert refusal(lambda: correcting.always("津", LOC)) is ErrorCode.ENTITY_NAME_SHORT
    unknown: Any = "PERSON"
    assert refusal(lambda: correcting.always("天津", unknown)) is ErrorCode.ENTITY_TYPE_UNKNOWN
    nothing = Span(0, 1)
    assert refusal(lambda: correcting.reject(first, nothing).result()) is ErrorCode.MENTION_UNKNOWN
    outside = Span(0, 10_000)
    assert refusal(lambda: correcting.add(first, outside, LOC).result()) is ErrorCode.SPAN_OUTSIDE


def test_corrections_and_their_undo_survive_a_restart(
    workspace: Workspace, first: str, second: str, open_library: Callable[..., Workspace]
) -> None:
    before = names(workspace, second)
    workspace.correcting.never("小辛").result()
    after = names(workspace, second)
    workspace.close()
    again = open_library()
    assert names(again, second) == after != before
    again.history.undo().result()
    assert names(again, second) == before


# Across documents.


def test_the_page_of_an_entity_has_every_mention_in_its_context(
    workspace: Workspace, first: str, second: str
) -> None:
    page = workspace.entities.page(EntityName(LOC, "宝坻区"))
    assert [(line.document, line.match) for line in page.lines] == [
        (first, "宝坻区"), (first, "宝坻"), (second, "宝坻区"),
    ]  # fmt: skip
    assert page.lines[1].before.endswith("小辛说,")
    assert page.lines[1].after.startswith("变了。 京津冀")
    assert dict(page.variants) == {"宝坻区": 2, "宝坻": 1}
    assert page.documents == 2
    near = {(c.entity.name, c.times) for c in page.same_sentence}
    assert near == {("中交", 1), ("小辛", 2)}
    assert page.waiting == 0


def test_an_entity_nobody_names_has_an_empty_page(workspace: Workspace) -> None:
    page = workspace.entities.page(EntityName(PER, "无名氏"))
    assert (page.lines, page.documents) == ((), 0)


def test_documents_are_searched_one_after_another_until_none_is_left(
    workspace: Workspace,
) -> None:
    for number in range(3):
        data = f"京津冀第{number}篇".encode()
        workspace.documents.add_bytes(data, name=f"{number}.txt").result()
    assert workspace.entities.unsearched() == 3
    assert [workspace.entities.find_next().result() for _ in range(4)] == [2, 1, 0, 0]
    assert len(workspace.entities.counts(EntityName(LOC, "京津冀"))) == 3


def test_other_documents_name_the_entities_of_one(
    workspace: Workspace, first: str, second: str
) -> None:
    found = {one.entity.name: one.times for one in workspace.entities.elsewhere(first)}
    assert found == {"宝坻区": 1, "京津冀": 1, "小辛": 1}


def test_a_correction_of_a_name_reaches_many_documents_a_few_at_a_time(
    workspace: Workspace,
) -> None:
    documents = [put(workspace, f"第{number}次,小辛又来了。") for number in range(30)]
    workspace.correcting.never("小辛").result()
    workspace.flush()
    assert workspace.entities.counts(EntityName(PER, "小辛")) == {}
    workspace.history.undo().result()
    workspace.flush()
    assert set(workspace.entities.counts(EntityName(PER, "小辛"))) == set(documents)


def test_an_export_carries_the_entities_as_corrected(
    workspace: Workspace, first: str, tmp_path: Path, open_library: Callable[..., Workspace]
) -> None:
    workspace.correcting.change_type(first, place(workspace, first, "中交"), PER).result()
    path = tmp_path / "set.jsonl"
    workspace.exchange.export(path, format="jsonl").result()
    other = open_library(tmp_path / "other.meipi")
    other.exchange.import_set(path).result()
    assert other.exchange.annotated_set() == workspace.exchange.annotated_set()
    assert names(other, first) == names(workspace, first)


# Tags of entities.


def test_all_mentions_are_tagged_in_one_act_and_none_twice(
    workspace: Workspace, first: str, second: str, tag: str
) -> None:
    entity = EntityName(LOC, "宝坻区")
    workspace.annotating.add(first, place(workspace, first, "宝坻区"), tag=tag).result()
    assert len(workspace.suggesting.untagged(entity, tag)) == 2
    workspace.suggesting.tag_mentions(entity, tag).result()
    assert [a.anchor.quote for a in workspace.annotating.of(second)] == ["宝坻区"]
    assert len(workspace.annotating.all()) == 3
    assert workspace.history.undo_label() == "给“宝坻区”的 2 处提及标上“产业”"
    workspace.history.undo().result()
    assert len(workspace.annotating.all()) == 1


def test_suggestions_are_accepted_or_rejected_and_not_made_again(
    workspace: Workspace, first: str, tag: str
) -> None:
    suggesting = workspace.suggesting
    suggesting.suggest(first, {PER, ORG}, tag).result()
    waiting = suggesting.of(first)
    assert [one.anchor.quote for one in waiting] == ["中交", "小辛"]
    suggesting.accept([waiting[0].id]).result()
    suggesting.reject([waiting[1].id]).result()
    assert [a.anchor.quote for a in workspace.annotating.of(first)] == ["中交"]
    assert suggesting.of(first) == []
    suggesting.suggest(first, {PER, ORG}, tag).result()
    assert suggesting.of(first) == []
    workspace.history.undo().result()
    assert [one.anchor.quote for one in suggesting.of(first)] == ["小辛"]


def test_a_suggestion_judged_twice_is_refused(workspace: Workspace, first: str, tag: str) -> None:
    workspace.suggesting.suggest(first, {PER}, tag).result()
    (one,) = workspace.suggesting.of(first)
    workspace.suggesting.reject([one.id]).result()
    again = workspace.suggesting.accept([one.id])
    assert refusal(again.result) is ErrorCode.SUGGESTION_UNKNOWN


def test_a_deleted_tag_takes_its_suggestions_along_and_undo_brings_them_back(
    workspace: Workspace, first: str, tag: str
) -> None:
    workspace.suggesting.suggest(first, {PER}, tag).result()
    workspace.codebook.delete(tag).result()
    assert workspace.suggesting.of(first) == []
    workspace.history.undo().result()
    assert len(workspace.suggesting.of(first)) == 1


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_exports_corrected_entities(
    workspace: Workspace, first: str, tag: str, tmp_path: Path, name: str
) -> None:
    workspace.annotating.add(first, place(workspace, first, "签约"), tag=tag, note="看").result()
    workspace.correcting.change_type(first, place(workspace, first, "中交"), PER).result()
    workspace.correcting.always("发展", ORG).result()
    try:
        workspace.exchange.export(tmp_path / f"set.{name}", format=name).result()
    except MeipiError as error:
        if error.code is ErrorCode.EXTRA_MISSING:
            pytest.skip("its library is not installed")
        raise
    assert any(tmp_path.glob(f"set.{name}*"))


def test_what_is_corrected_while_the_document_is_still_being_searched_is_kept(
    workspace: Workspace,
) -> None:
    document = workspace.documents.add_bytes(FIRST.encode(), name="a.txt").result().document
    company, person = place(workspace, document, "中交"), place(workspace, document, "小辛")
    region = place(workspace, document, "京津冀")
    workspace.correcting.change_type(document, company, PER).result()
    workspace.correcting.reject(document, person).result()
    longer = Span(region.start, region.end + 2)
    workspace.correcting.move(document, region, longer, kind=LOC).result()
    partly = workspace.entities.laid(document, find(FIRST[:12], None))
    assert ("中交", PER) in [(m.text, m.type) for m in partly]
    workspace.entities.find(document).result()
    found = names(workspace, document)
    assert ("中交", PER, "中交") in found
    assert ("京津冀协同", LOC, "京津冀协同") in found
    assert "小辛" not in texts(workspace, document)


def test_what_was_said_of_a_name_is_listed_and_revoked(workspace: Workspace, first: str) -> None:
    before = names(workspace, first)
    workspace.correcting.never("宝坻区").result()
    workspace.correcting.always("协同", ORG).result()
    never, always = workspace.correcting.rules()
    assert (never.name, always.target) == ("宝坻区", "协同")
    workspace.correcting.revoke([never.id, always.id]).result()
    assert names(workspace, first) == before
    assert workspace.correcting.rules() == []
    again = workspace.correcting.revoke([never.id])
    assert refusal(again.result) is ErrorCode.RULE_UNKNOWN
    workspace.history.undo().result()
    assert workspace.correcting.rules() == [never, always]


def test_tags_are_suggested_in_several_documents_as_one_act(
    workspace: Workspace, first: str, second: str, tag: str
) -> None:
    unsearched = workspace.documents.add_bytes("中交。".encode(), name="c.txt").result().document
    workspace.suggesting.suggest_in([first, second, unsearched], {LOC}, tag).result()
    found = [len(workspace.suggesting.of(document)) for document in (first, second, unsearched)]
    assert found == [texts_of(workspace, first, LOC), texts_of(workspace, second, LOC), 0]
    workspace.suggesting.suggest_in([first, second], {LOC}, tag).result()
    assert [len(workspace.suggesting.of(one)) for one in (first, second)] == found[:2]
    workspace.history.undo().result()
    assert not any(workspace.suggesting.of(document) for document in (first, second))


def texts_of(workspace: Workspace, document: str, kind: EntityType) -> int:
    return sum(m.type is kind for m in workspace.entities.stored(document) or ())

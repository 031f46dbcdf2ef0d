"""Where a character comes from: its bytes in the file, the source text, the repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.decisions import Scope, Verdict
from meipi.core.repairs import Proof

if TYPE_CHECKING:
    from meipi.services.provenance import Provenance
    from meipi.services.workspace import Workspace


@pytest.fixture(autouse=True)
def small_pipeline() -> None:
    """Use the real one."""


def traced(workspace: Workspace, data: bytes, words: str, name: str = "a.txt") -> Provenance:
    document = workspace.documents.add_bytes(data, name=name).result().document
    at = workspace.documents.reading(document).repaired.text.index(words)
    return workspace.documents.provenance(document, at)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_every_character_is_traced_to_its_bytes(workspace: Workspace, encoding: str) -> None:
    text = "天津市宝坻区推进京津冀协同发展走深走实，加快打造创新发展的宝地高地。" * 4
    data = text.encode(encoding)
    found = traced(workspace, data, "坻")
    assert found.bytes_at is not None
    assert found.data == data[found.bytes_at : found.bytes_at + len(found.data)]
    bare = encoding if encoding != "utf-16" else "utf-16-le"
    assert found.data.decode(bare) == found.source == found.text == "坻"
    assert (found.edit, found.lost) == (None, None)


def test_astral_characters_keep_the_count(workspace: Workspace) -> None:
    data = "𠮷野家与🙂在宝坻区开业，顾客很多，生意很好。".encode()
    found = traced(workspace, data, "宝坻")
    assert found.bytes_at == len("𠮷野家与🙂在".encode())


def test_a_repaired_character_is_traced_to_all_it_was_made_of(workspace: Workspace) -> None:
    data = "京津冀協(xié)同發(fā)展，協(xié)同創(chuàng)新。".encode()
    found = traced(workspace, data, "同")
    assert found.edit is None
    found = traced(workspace, data + b"\n", "創")
    assert (found.text, found.source, found.data) == ("創", "創(chuàng)", "創(chuàng)".encode())
    assert found.edit is not None
    assert found.edit.proof is Proof.REPLAYED
    assert (found.again, found.insertion) == ("inserted", "(chuàng)")


def test_text_lost_for_good_says_what_took_it(workspace: Workspace) -> None:
    data = "北京大学的锟斤拷锟斤拷老师们在图书馆里讨论教学改革问题。".encode()
    found = traced(workspace, data, "锟斤拷")
    assert found.lost is not None
    assert found.lost.reason == "rewritten"


def test_a_rejected_repair_is_still_told(workspace: Workspace) -> None:
    data = "京津冀協(xié)同發(fā)展，協(xié)同創(chuàng)新。".encode()
    document = workspace.documents.add_bytes(data, name="a.txt").result().document
    edit = workspace.documents.reading(document).proposed.edits[0]
    workspace.repairs.decide(document, Scope.place(edit, document), Verdict.REJECTED).result()
    text = workspace.documents.reading(document).repaired.text
    found = workspace.documents.provenance(document, text.index("xié"))
    assert found.edit is None
    assert found.proposal == edit


def test_words_of_a_page_are_found_in_its_bytes_by_what_stands_around(
    workspace: Workspace,
) -> None:
    line = "天津市宝坻区推进京津冀协同发展走深走实，加快打造创新发展的宝地高地。"
    page = f"<html><head><title>宝坻</title></head><body><p>{line}</p></body></html>"
    data = page.encode()
    found = traced(workspace, data, "创新", name="a.html")
    assert found.bytes_at == data.index("创新".encode())
    assert found.data.decode() == "创"


def test_an_offset_outside_the_text_is_refused(workspace: Workspace) -> None:
    document = workspace.documents.add_bytes("宝坻区很好".encode(), name="a.txt").result().document
    with pytest.raises(IndexError):
        workspace.documents.provenance(document, 99)

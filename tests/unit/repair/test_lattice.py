from __future__ import annotations

from meipi.repair.lattice import Arc, Node, decode
from meipi.repair.model import language_model


def choices(token: str, _node: Node) -> list[Arc]:
    return [Arc(character) for character in token]


def read(nodes: list[Node] | None) -> str:
    return "".join(node.arc.text for node in nodes or ())


def test_the_model_chooses_among_ways() -> None:
    assert read(decode(["中", "国矗", "人"], choices, language_model())) == "中国人"


def test_a_text_with_one_way_only_is_read_that_way() -> None:
    nodes = decode(["矗", "髭"], choices, language_model())
    assert read(nodes) == "矗髭"


def test_nothing_is_read_where_a_token_has_no_way() -> None:
    assert decode(["中", ""], choices, language_model()) is None


def test_nothing_is_read_where_something_is_left_over() -> None:
    assert decode(["中"], lambda token, _: [Arc(token, b"x")], language_model()) is None


def test_a_close_choice_has_a_small_margin() -> None:
    nodes = decode(["他她", "是", "人", "的", "了"], choices, language_model())
    assert nodes is not None
    assert min(node.margin for node in nodes) < 3

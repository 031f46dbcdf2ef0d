"""Codes of administrative divisions, by the names a document uses."""

from __future__ import annotations

import pytest

from meipi.core.document import Structure
from meipi.entities import find_mentions
from meipi.entities.divisions import division_codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("吉林", "220000"),
        ("浙江省温州市永嘉县", "330324"),
        ("贵州省平塘县克度镇", "522727104"),
        ("云南省红河州石屏县", "532525"),
        ("仙桃", "429004"),
        ("神农架林区", "429021"),
        ("北京市海淀区", "110108"),
        ("香港特别行政区", "810000"),
        ("沪", "310000"),
    ],
)
def test_a_division_has_its_code(name: str, code: str) -> None:
    assert division_codes([name]) == {name: code}


@pytest.mark.parametrize("name", ["朝阳区", "江汉平原", "巴黎", "永嘉县苍坡村", "省", ""])
def test_what_is_no_one_division_has_no_code(name: str) -> None:
    assert division_codes([name]) == {}


def test_a_name_borne_often_has_the_code_its_document_points_to() -> None:
    assert division_codes(["辽宁省朝阳市", "鼓楼区", "徐州"])["鼓楼区"] == "320302"
    assert "鼓楼区" not in division_codes(["南京", "徐州", "鼓楼区"])


def test_a_body_s_name_says_where_a_township_lies() -> None:
    assert division_codes(["洪山镇"]) == {}
    codes = division_codes(["洪山镇"], bodies=["淄博市淄川区市场监督管理局", "新华社"])
    assert codes == {"洪山镇": "370302115"}


def test_a_mention_carries_the_code() -> None:
    (mention,) = find_mentions("他来自臺灣省。", Structure(()))
    assert (mention.text, mention.normal) == ("臺灣省", "710000")

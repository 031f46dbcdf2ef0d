"""What stands beside damage and is sound stays, letter by letter."""

from __future__ import annotations

import pytest

from meipi.repair import repair

BODY = "今天天气很好，我们去公园散步，看见了许多朋友" + "，中文，今天\n开会，" * 3
CLAUSES = (
    *(
        "我们要坚持科技创新",
        "各地积极推进农业发展",
        "今年的粮食产量稳步增长",
        "城市交通得到明显改善",
    ),
    *("居民收入不断提高", "学校教育质量持续提升", "医疗服务水平逐步改善", "生态环境保护取得成效"),
    *("基础设施建设加快推进", "社会保障体系更加完善", "文化产业蓬勃发展", "对外开放水平不断提高"),
)
PAIRS = ("趔纛", "黻卺", "豳旃", "鼗羼")


@pytest.mark.parametrize("head", ["会议昨天结束.\n", "会议昨天结束。\n", "会议.", "会议\n"])
def test_signs_before_utf16_read_as_bytes_are_not_taken_into_it(head: str) -> None:
    assert repair(head + BODY.encode("utf-16-le").decode("latin-1")).text == head + BODY


def test_a_word_before_a_mark_is_no_noise_where_the_other_marks_have_some() -> None:
    noisy = [clause + PAIRS[at % len(PAIRS)] for at, clause in enumerate(CLAUSES[1:])]
    repaired = repair("；".join([CLAUSES[0], *noisy]) + "；").text
    assert repaired == "；".join(CLAUSES) + "；"

from __future__ import annotations

from pathlib import Path

import pytest

from meipi.core.document import Block, Role, Structure, hide
from meipi.structure import analyse

SEEDS = Path(__file__).parents[3] / "seeds"


class Seed:
    """A seed, its structure and what it shows."""

    def __init__(self, name: str) -> None:
        self.text = next(SEEDS.glob(f"{name}_*")).read_text(encoding="utf-8")
        self.found: Structure = analyse(self.text)

    def blocks(self, role: Role) -> list[Block]:
        return [block for block in self.found.blocks if block.role is role]

    def shown(self, role: Role) -> list[str]:
        return [hide(self.text, b.span, b.hidden).text for b in self.blocks(role)]


@pytest.fixture(scope="module")
def seeds() -> dict[str, Seed]:
    return {name: Seed(name) for name in ("000", "002", "003", "004")}


def test_the_prompts_of_an_application_are_boilerplate(seeds: dict[str, Seed]) -> None:
    prompts = seeds["000"].shown(Role.BOILERPLATE)
    assert len(prompts) == 5
    assert len(set(prompts)) == 1


def test_headings_are_found_without_marks_and_numbers(seeds: dict[str, Seed]) -> None:
    assert seeds["000"].shown(Role.HEADING) == [
        "京津冀协同发展结出新硕果",
        "产业发展迈上新台阶",
        "环境面貌提升 民生福祉增强",
        "“十五五”时期开新局",
    ]


def test_a_text_without_a_title_line_takes_its_first_clause_and_no_block(
    seeds: dict[str, Seed],
) -> None:
    found = seeds["000"].found
    assert (found.title, found.source) == ("首次以法定形式设立“宝坻人才日”", "津云新闻")
    assert not seeds["000"].blocks(Role.TITLE)


def test_a_title_said_twice_is_one(seeds: dict[str, Seed]) -> None:
    seed = seeds["002"]
    assert len(seed.blocks(Role.TITLE)) == 1
    assert seed.shown(Role.BOILERPLATE)[0] == seed.found.title


def test_share_buttons_and_rights_are_boilerplate(seeds: dict[str, Seed]) -> None:
    shown = seeds["002"].shown(Role.BOILERPLATE)
    assert shown[1:4] == ["分享", "分享到", "分享到微信"]
    assert [text[:5] for text in shown[4:]] == ["中国日报网", "版权保护:"]


def test_a_page_says_its_source_date_and_author(seeds: dict[str, Seed]) -> None:
    found = seeds["002"].found
    assert (found.source, found.date, found.authors) == ("中国日报网", "2025-03-01", ("杨成",))
    assert len(seeds["002"].blocks(Role.BYLINE)) == 5


def test_the_headings_of_a_report_are_found(seeds: dict[str, Seed]) -> None:
    assert seeds["002"].shown(Role.HEADING) == [
        "栽下一方协同发展“试验田”",
        "厚植“类中关村”成长基因",
        "产业发展跑出“加速度”",
    ]


def test_a_title_may_have_a_subtitle(seeds: dict[str, Seed]) -> None:
    titles = seeds["003"].blocks(Role.TITLE)
    assert [block.level for block in titles] == [1, 2]
    assert seeds["003"].found.title == "砥砺奋进硕果丰 昂首阔步启新程"


def test_a_paragraph_broken_inside_a_word_is_one(seeds: dict[str, Seed]) -> None:
    joined = [text for text in seeds["003"].shown(Role.PARAGRAPH) if "社区网格、街道" in text]
    assert len(joined) == 1
    assert "\n" not in joined[0]


def test_no_other_paragraph_is_joined(seeds: dict[str, Seed]) -> None:
    for seed in seeds.values():
        joined = [b for b in seed.found.blocks if "\n" in b.span.slice(seed.text)]
        assert len(joined) == (seed is seeds["003"])


def test_bold_dashed_lines_are_run_in_headings_without_their_marks(
    seeds: dict[str, Seed],
) -> None:
    assert seeds["003"].shown(Role.RUN_IN_HEADING) == [
        "促进产业提质增效,绘就经济发展崭新图景",
        "奋力答好“民生答卷”,托起人民群众幸福生活",
        "党建引领强基固本,凝聚发展磅礴力量",
    ]


def test_what_stood_under_pictures_is_a_caption(seeds: dict[str, Seed]) -> None:
    captions = seeds["003"].shown(Role.CAPTION)
    assert len(captions) == 6
    assert captions[0].startswith("流淌千年的京杭大运河")
    assert captions[-1].startswith("佛罗伦萨小镇意式风情")


def test_the_parts_of_a_long_report_are_found(seeds: dict[str, Seed]) -> None:
    assert [text[:4] for text in seeds["003"].shown(Role.HEADING)] == [
        "牢记殷殷",
        "“一城”",
        "“一带”",
        "“一商圈",
    ]


def test_numbered_parts_are_headings_of_one_level(seeds: dict[str, Seed]) -> None:
    headings = seeds["004"].blocks(Role.HEADING)
    assert [block.level for block in headings] == [1] * 8
    assert [text[:2] for text in seeds["004"].shown(Role.HEADING)] == [
        f"{number}、" for number in "一二三四五六七八"
    ]


def test_fields_under_the_title_give_region_and_date(seeds: dict[str, Seed]) -> None:
    found = seeds["004"].found
    assert (found.region, found.date) == ("天津-北辰区", "2025-09-03")
    assert len(seeds["004"].blocks(Role.BYLINE)) == 2

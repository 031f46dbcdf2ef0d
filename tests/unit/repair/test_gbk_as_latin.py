"""GBK read as a Western encoding, and the Western texts that only look like it."""

from __future__ import annotations

import pytest

from meipi.repair import repair


def damaged(text: str) -> str:
    return text.encode("gbk").decode("latin-1")


@pytest.mark.parametrize(
    "text",
    [
        "Datoen er i formatet ÅÅÅÅ-MM-DD.\nIndtast en gyldig værdi.\nSprog: gælisk, rumænsk.",
        "Date au format AAAA, très général, où l’on écrit àéèê par jeu.",
        "ÄÖÜäöüß sind die Umlaute und das Eszett.",
    ],
)
def test_western_letters_stay(text: str) -> None:
    assert repair(text).edits == ()


def test_a_lone_letter_far_from_the_damage_is_its_author_s() -> None:
    text = f"{damaged('天津市召开新闻发布会')}\nSprog: gælisk."
    assert repair(text).text == "天津市召开新闻发布会\nSprog: gælisk."


def test_short_runs_beside_damage_are_read_with_it() -> None:
    text = damaged("天津市召开新闻发布会,会期三天,的确如此。")
    assert repair(text).text == "天津市召开新闻发布会,会期三天,的确如此。"


@pytest.mark.parametrize("line", ["窗口导航", "第 2 章 第一步", "恢复备份"])
def test_a_short_line_beside_damage_is_read_with_it(line: str) -> None:
    text = f"天津市召开新闻发布会介绍有关情况\n{line}\n会期三天"
    assert repair(damaged(text)).text == text

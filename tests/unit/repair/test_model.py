from __future__ import annotations

import pytest

from meipi.repair.model import UNKNOWN_COST, LanguageModel, language_model


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return language_model()


def test_a_word_goes_on_as_words_do(model: LanguageModel) -> None:
    assert model.cost("中国", "人") < model.cost("中国", "矗")


def test_both_scripts_are_known(model: LanguageModel) -> None:
    assert model.cost("發展", "經") < model.cost("發展", "矗")


def test_a_context_nobody_saw_backs_off(model: LanguageModel) -> None:
    assert model.cost("矗髭", "的") < model.cost("矗髭", "矗")


def test_a_character_never_seen_is_rare(model: LanguageModel) -> None:
    assert model.cost("中国", "\U0002a6a5") == UNKNOWN_COST


def test_digits_are_one_class(model: LanguageModel) -> None:
    assert model.cost("１９", "８") == model.cost("19", "3")


def test_a_narrow_full_stop_behind_chinese_ends_a_sentence(model: LanguageModel) -> None:
    assert model.cost("天的", ".") == model.cost("天的", "。")
    assert model.cost("完了.", "我") == model.cost("完了。", "我")
    assert model.cost("3", ".") != model.cost("3", "。")


def test_costs_of_a_context_are_a_distribution(model: LanguageModel) -> None:
    from math import exp

    every = [chr(code) for code in range(0x3000, 0xA000)]
    total = sum(exp(-cost) for cost in model.costs("我們", every))
    assert 0.5 < total < 1.1


def test_a_file_of_another_kind_is_refused(tmp_path: pytest.TempPathFactory) -> None:
    other = tmp_path / "other.lm"  # type: ignore[operator]
    other.write_bytes(b"something else")
    with pytest.raises(ValueError, match="not a language model"):
        LanguageModel(other)

"""Agreement against cases counted by hand and the examples of those who made the measures."""

from __future__ import annotations

import pytest

from meipi.core import agreement
from meipi.core.agreement import Study, Unit, alpha_unitizing, cohen_kappa, figures, fleiss_kappa

LENGTH = 100


def study(*layers: list[tuple[int, int, str]], length: int = LENGTH) -> Study:
    coders = tuple("甲乙丙丁"[: len(layers)])
    units = {
        (coder, "a"): tuple(Unit(*one) for one in layer)
        for coder, layer in zip(coders, layers, strict=True)
    }
    return Study(coders, {"a": length}, units)


def krippendorff(tag: str = "") -> Study:
    """The example of Krippendorff, Content Analysis (2004), p. 254: from 150, 300 long."""
    one = [(75, 145, "c"), (220, 250, "c"), (30, 90, "k"), (150, 200, "k")]
    two = [(70, 150, "c"), (205, 225, "c"), (250, 270, "c"), (30, 90, "k"), (150, 200, "k")]
    whole = study(one, two, length=300)
    return whole.only(tag) if tag else whole


def test_alpha_is_what_krippendorff_printed() -> None:
    assert alpha_unitizing(krippendorff("c")) == pytest.approx(0.7286, abs=1e-4)
    assert alpha_unitizing(krippendorff("k")) == 1
    assert alpha_unitizing(krippendorff()) == pytest.approx(0.8591, abs=5e-4)


def test_the_parts_of_alpha_are_what_krippendorff_printed() -> None:
    rows = {
        tag: [agreement._row(krippendorff(tag), coder, tag) for coder in "甲乙"] for tag in "ck"
    }
    assert agreement._observed(rows["c"], 300) == pytest.approx(0.0144, abs=1e-4)
    assert agreement._expected(rows["c"], 300) == pytest.approx(0.0532, abs=1e-4)
    assert agreement._expected(rows["k"], 300) == pytest.approx(0.0490, abs=1e-4)


def test_cohens_kappa_of_the_classic_table_is_four_tenths() -> None:
    # 20 both, 5 the first alone, 10 the second alone, 15 neither.
    found = study([(0, 25, "x")], [(0, 20, "x"), (25, 35, "x")], length=50)
    assert cohen_kappa(found) == pytest.approx(0.4)


FLEISS = [
    *([0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1]),
    *([7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]),
]


def test_fleiss_kappa_of_the_classic_table_is_what_is_printed() -> None:
    units: dict[tuple[str, str], list[Unit]] = {}
    for at, votes in enumerate(FLEISS):
        judged = [str(label) for label, number in enumerate(votes) for _ in range(number)]
        for rater, label in enumerate(judged):
            units.setdefault((str(rater), "a"), []).append(Unit(at, at + 1, label))
    found = Study(tuple(str(rater) for rater in range(14)), {"a": 10}, units)
    assert fleiss_kappa(found) == pytest.approx(0.210, abs=5e-4)


def test_with_two_coders_fleiss_expects_from_both_together() -> None:
    found = study([(0, 25, "x")], [(0, 20, "x"), (25, 35, "x")], length=50)
    # 35 of 50 agree; 55 of 100 judgements say x.
    assert fleiss_kappa(found) == pytest.approx((0.7 - 0.505) / (1 - 0.505))


def test_passages_agree_by_their_ends_or_by_a_character_they_share() -> None:
    one = [(0, 3, "x"), (10, 15, "x"), (20, 25, "y"), (40, 45, "x")]
    two = [(0, 3, "x"), (12, 18, "x"), (20, 25, "x")]
    found = figures(study(one, two))
    assert found.counts == (4, 3)
    assert found.exact == pytest.approx(2 / 7)
    assert found.overlap == pytest.approx(2 * (2 / 4) * (2 / 3) / (2 / 4 + 2 / 3))


def test_of_three_coders_the_mean_of_the_pairs_is_taken() -> None:
    found = figures(study([(0, 5, "x")], [(0, 5, "x")], [(50, 55, "x")]))
    assert found.exact == pytest.approx(1 / 3)
    assert found.overlap == pytest.approx(1 / 3)


def test_who_marks_the_same_agrees_whatever_is_asked() -> None:
    layer = [(0, 5, "x"), (3, 8, "y"), (20, 30, "x")]
    found = figures(study(layer, layer, layer))
    assert (found.exact, found.overlap, found.cohen, found.fleiss, found.alpha) == (1,) * 5


def test_where_nobody_marked_anything_there_is_no_agreement_to_speak_of() -> None:
    found = figures(study([], []))
    assert (found.exact, found.overlap, found.cohen, found.alpha) == (None,) * 4


def test_each_tag_is_measured_by_itself() -> None:
    found = agreement.by_tag(study([(0, 5, "x"), (9, 12, "y")], [(0, 5, "x")]))
    assert found["x"].exact == 1
    assert found["y"].counts == (1, 0)
    assert found["y"].exact == 0


def test_documents_are_measured_together_and_never_run_into_each_other() -> None:
    units = {("甲", "a"): [Unit(8, 10, "x")], ("乙", "b"): [Unit(0, 2, "x")]}
    found = figures(Study(("甲", "乙"), {"a": 10, "b": 10}, units))
    assert (found.exact, found.overlap) == (0, 0)


def test_kappa_is_what_scikit_learn_says() -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="its library is not installed")
    one = [(0, 30, "x"), (40, 55, "y"), (50, 60, "x")]
    two = [(5, 33, "x"), (40, 50, "x"), (52, 70, "y")]
    labels = [
        ["".join(sorted(t for s, e, t in layer if s <= at < e)) for at in range(LENGTH)]
        for layer in (one, two)
    ]
    assert cohen_kappa(study(one, two)) == pytest.approx(metrics.cohen_kappa_score(*labels))

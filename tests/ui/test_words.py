"""The window's strings: all there, in both languages, all used."""

from __future__ import annotations

import re
import string
from pathlib import Path

import meipi.exchange
import meipi.ui
from meipi.services.labels import word_label
from meipi.ui.i18n import Words, language_of, number, percent, strings

SOURCES = Path(meipi.ui.__file__).parent
# Keys put together from parts, by what they begin with.
COMPOSED = (
    "rules.","find_way.", "retrieve.", "numbers.",
    "page.", "print.",
    "type.", "toolbar.", "side.", "card.", "foot.sav", "foot.unsaved", "hover.by_",
    "import.", "codebook.", "repair.kind_", "repair.filter_", "repair.accept", "repair.reject",
    "repair.edit", "repair.fill", "review.",
    "foot.search", "foot.stop", "foot.resume",
    "link.", "equal.", "bulk.", "memo.", "status.", "files.codebook_",
    "history.", "journal.", "backups.", "coders.", "agreement.", "disagreements.", "merge.",
    "keys.", "spoken.", "export.entities_", "import.", "codebook.", "entity.", "suggest.",
    "attributes.", "files.codebook_",
    "preferences.", "setting.",
)  # fmt: skip


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_places() -> None:
    for key, (chinese, *english) in strings().items():
        for form in english:
            assert placeholders(form) <= placeholders(chinese), key
        assert placeholders(english[0]) == placeholders(chinese), key


def test_no_string_is_empty_or_shouts() -> None:
    for key, forms in strings().items():
        assert all(forms), key
        assert not any("!" in form or "！" in form for form in forms), key


def test_every_string_asked_for_exists_and_every_string_is_asked_for() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    sections = {key.split(".")[0] for key in strings()}
    named = {
        found
        for found in re.findall(r'"([a-z]+\.[A-Za-z_]+)"', code)
        if found.split(".")[0] in sections and not found.endswith((".qss", ".toml", ".py", ".qdc"))
    }
    assert named <= set(strings())
    unused = {key for key in strings() if key not in named and not key.startswith(COMPOSED)}
    assert unused == set()


def test_one_thing_is_worded_in_the_singular() -> None:
    english = Words("en")
    assert english("library.repairs", count=1) == "1 repair"
    assert english("library.repairs", count=2) == "2 repairs"


def test_the_language_follows_the_system() -> None:
    assert [language_of(name) for name in ("zh_TW", "en_GB", "C", "")] == ["zh", "en", "zh", "zh"]


def test_numbers_are_grouped_and_near_certainty_is_not_certainty() -> None:
    assert number(8170000000).split() == ["8", "170", "000", "000"]
    assert [percent(value) for value in (1.0, 0.99999, 0.5)] == ["100 %", "99.9 %", "50 %"]


def test_acts_are_worded_for_the_foot() -> None:
    assert word_label("annotation_delete", {"quote": "天津"}, "zh") == "删除批注“天津”"


def test_what_an_import_passes_over_is_worded_as_it_is_counted() -> None:
    package = Path(meipi.exchange.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    said = set(re.findall(r"import\.passed_([a-z_]+)", "\n".join(strings())))
    assert said
    assert {kind for kind in said if f'"{kind}"' not in code} == set()

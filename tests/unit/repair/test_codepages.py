from __future__ import annotations

import pytest

from meipi.repair.codepages import (
    REPLACEMENT,
    gbk_characters,
    gbk_pairs,
    read_as_gbk,
    read_as_latin,
)


def test_every_pair_shown_can_be_told_again() -> None:
    pairs = gbk_pairs()
    assert all(gbk_characters()[pairs[character]] == character for character in pairs)


def test_a_lead_byte_swallows_an_ascii_one() -> None:
    assert read_as_gbk(b"\x85(y") == "?y"


def test_browsers_keep_the_ascii_byte() -> None:
    assert read_as_gbk(b"\x85(y", lost=REPLACEMENT) == "\ufffd(y"


def test_user_defined_pairs_are_private_characters() -> None:
    assert read_as_gbk(b"\xaa\xa1\xf8\xa1\xa1\x40") == "\ue000\ue234\ue4c6"


@pytest.mark.parametrize(("data", "shown"), [(b"\x80", "€"), (b"\xff", "\uf8f5")])
def test_single_high_bytes_have_their_characters(data: bytes, shown: str) -> None:
    assert read_as_gbk(data) == shown


def test_cp1252_shows_what_it_lacks_as_controls() -> None:
    assert read_as_latin(b"\x93\x81", windows=True) == "“\x81"

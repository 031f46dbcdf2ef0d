"""A PDF is read as its reader would: column by column, paragraph by paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.sources.pdf_maker import Put, make

from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.repair import repair
from meipi.sources import head, read_source

if TYPE_CHECKING:
    from meipi.core.document import Decoded

pytestmark = pytest.mark.usefixtures("qapp")

LEFT = ["河边的老磨坊去年冬天重新转了起来，", "附近的村民又把新收的麦子送到这里来", "磨面了。"]
RIGHT = ["磨坊主人说，水轮是请南方的木匠修好", "的，前后用了三个多月的工夫才算完工", "验收。"]


def read(*pages: list[Put], title: str = "") -> Decoded:
    return read_source(make(pages, title=title), name="a.pdf")


def text_of(*pages: list[Put]) -> str:
    """Return the text with the radicals that PDFs have for characters set right."""
    return repair(read(*pages).text).text


def down(lines: list[str], x: float, y: float = 150, *, step: float = 18) -> list[Put]:
    return [Put(line, x, y + at * step) for at, line in enumerate(lines)]


def test_columns_are_read_one_after_the_other_even_where_the_file_has_line_by_line() -> None:
    pairs = zip(down(LEFT, 60), down(RIGHT, 320), strict=True)
    text = text_of([put for pair in pairs for put in pair])
    assert text.split("\n\n") == ["".join(LEFT), "".join(RIGHT)]


def test_a_line_set_in_begins_a_paragraph() -> None:
    lines = [f"　　{LEFT[0]}", LEFT[1] + "得很", f"　　{RIGHT[0]}", RIGHT[1]]
    assert len(text_of(down(lines, 60)).split("\n\n")) == 2


def test_a_word_parted_at_the_end_of_a_line_is_one_again() -> None:
    text = text_of(
        down(["The mill was very care-", "fully restored by the village", "last year."], 60)
    )
    assert text == "The mill was very carefully restored by the village last year."


def test_larger_letters_are_a_heading() -> None:
    text = text_of([Put("水磨记", 60, 90, 22), *down(LEFT, 60)])
    assert text.split("\n\n")[0] == "## 水磨记"


def test_heads_and_numbers_of_pages_are_left_out_and_where_pages_begin_is_kept() -> None:
    pages = [
        [Put("乡土丛书", 60, 40), *down(part, 60), Put(str(at), 290, 815)]
        for at, part in enumerate((LEFT, RIGHT), start=7)
    ]
    found = read(*pages)
    assert "乡土丛书" not in found.text
    assert "7" not in found.text
    starts = [int(start) for start in found.declared["pages"].split()]
    assert starts[0] == 0
    assert found.text[starts[1] :].startswith("磨坊")


def test_a_paragraph_goes_on_over_the_edge_of_a_page() -> None:
    assert text_of(down(LEFT[:2], 60), down(["磨面", "。"], 60)).count("\n\n") == 0


def test_a_page_without_a_text_layer_is_named_as_such() -> None:
    assert read(down(LEFT, 60), []).text.endswith("\n\n〔第 2 页没有文字层〕")


def test_what_the_file_says_of_itself_is_kept() -> None:
    assert read(down(LEFT, 60), title="水磨记").declared["title"] == "水磨记"


def test_there_is_no_encoding_to_choose() -> None:
    with pytest.raises(MeipiError) as refused:
        read_source(make([down(LEFT, 60)]), name="a.pdf", encoding="gbk")
    assert refused.value.code is ErrorCode.ENCODING_TOLD


def test_it_is_known_by_content_under_another_name() -> None:
    assert read_source(make([down(LEFT, 60)]), name="a.txt").format == "pdf"


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"%PDF-1.4\n%%EOF", b"no pdf at all"])
def test_a_damaged_one_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(FileError) as refused:
        read_source(data, name="a.pdf")
    assert refused.value.code is ErrorCode.FILE_UNREADABLE
    assert refused.value.fields["path"] == "a.pdf"


def test_a_cut_one_is_read_or_refused() -> None:
    whole = make([down(LEFT, 60)])
    refused = set()
    for end in range(20, len(whole), max(1, len(whole) // 40)):
        try:
            read_source(whole[:end], name="a.pdf")
        except FileError as error:
            refused.add(error.code)
    assert refused <= {ErrorCode.FILE_UNREADABLE, ErrorCode.FILE_EMPTY}


def test_nothing_is_shown_before_it_was_read_beside_the_window() -> None:
    assert head(make([down(LEFT, 60)]), name="a.pdf").text == ""

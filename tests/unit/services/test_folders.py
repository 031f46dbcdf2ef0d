"""Which files a folder stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.services.documents import expand

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_stands_for_the_documents_below_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.MD", "c.png", "sub/d.html", ".hidden.txt", ".git/e.txt", "f.txt/x"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    found = [path.relative_to(tmp_path).as_posix() for path in expand([tmp_path])]
    assert found == ["a.MD", "b.txt", "sub/d.html"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    odd = tmp_path / "新闻.正文"
    odd.touch()
    assert expand([odd, tmp_path / "none.txt"]) == [odd, tmp_path / "none.txt"]


def test_what_cannot_be_looked_at_is_named_so_that_its_reading_tells_why(tmp_path: Path) -> None:
    too_long = tmp_path / ("长" * 300)
    assert expand([too_long]) == [too_long]


def test_what_a_browser_saved_beside_a_page_is_part_of_the_page(tmp_path: Path) -> None:
    for name in ("a.html", "a_files/frame.html", "a_files/deep/b.html", "b_files/c.html"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.touch()
    found = [path.relative_to(tmp_path).as_posix() for path in expand([tmp_path])]
    assert found == ["a.html", "b_files/c.html"]

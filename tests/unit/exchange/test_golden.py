"""What we write stays what it is: files of released versions must go on being read.

After a deliberate change, write the files anew: `python -m pytest tests/unit/exchange -k golden`
with `MEIPI_WRITE_GOLDEN=1`, and read the difference.
"""

import os
from pathlib import Path

import pytest

from meipi.exchange import FORMATS, format_of, losses, read_set

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.mark.parametrize("name", FORMATS)
def test_golden_export_is_written_byte_for_byte(small_set, name):
    known = FORMATS[name]
    path = GOLDEN / f"small{known.suffix}"
    data = "".join(known.chunks(small_set)).encode()
    if os.environ.get("MEIPI_WRITE_GOLDEN"):
        path.write_bytes(data)
    assert path.read_bytes() == data


@pytest.mark.parametrize("name", FORMATS)
def test_golden_loss_report_is_worded_as_before(small_set, name):
    path = GOLDEN / f"small{FORMATS[name].suffix}.loss.txt"
    text = losses(small_set, format=name).text()
    if os.environ.get("MEIPI_WRITE_GOLDEN"):
        path.write_text(text)
    assert path.read_text() == text


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.can_read])
def test_golden_file_is_recognised_and_read(name):
    path = GOLDEN / f"small{FORMATS[name].suffix}"
    assert format_of(path).name == name
    quotes = [a.anchor.quote for d in read_set(path).documents for a in d.annotations]
    assert "𠮷野家会见🙂李克强。" in quotes


def test_golden_lossless_file_reads_back_equal(small_set):
    assert read_set(GOLDEN / "small.jsonl") == small_set

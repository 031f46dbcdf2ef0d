"""What we write stays what it is: files of released versions must go on being read.

After a deliberate change, write the files anew: `python -m pytest tests/unit/exchange -k golden`
with `MEIPI_WRITE_GOLDEN=1`, and read the difference.
"""

import io
import os
import zipfile
from pathlib import Path

import pytest

from meipi.exchange import FORMATS, format_of, losses, read_set

CODEBOOKS = ("refi-codebook", "codebook-csv")
GOLDEN = Path(__file__).parents[2] / "golden"


OWN = [name for name, known in FORMATS.items() if not known.module]
"""Formats whose bytes are ours alone, whatever the release of a library."""


@pytest.mark.parametrize("name", OWN)
def test_golden_export_is_written_byte_for_byte(small_set, written, name):
    known = FORMATS[name]
    path = GOLDEN / f"small{known.suffix}"
    data = written(known, small_set)
    if os.environ.get("MEIPI_WRITE_GOLDEN"):
        path.write_bytes(data)
    assert members(path.read_bytes()) == members(data)


def members(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive, packed in whatever way; any other file as it is."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


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
    found = read_set(path).documents
    places = [(a.anchor, d.repaired.text) for d in found for a in d.annotations]
    quotes = [anchor.quote or anchor.span.slice(text) for anchor, text in places]
    assert any("🙂李克强。" in quote for quote in quotes) or name in CODEBOOKS


def test_golden_lossless_file_reads_back_equal(small_set):
    assert read_set(GOLDEN / "small.jsonl") == small_set

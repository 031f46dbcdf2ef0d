"""File → bytes → source text, in every document format."""

from meipi.sources.formats import FORMATS
from meipi.sources.reading import head, read_file, read_source

__all__ = [
    "FORMATS",
    "head",
    "read_file",
    "read_source",
]

"""File → bytes → source text: formats, encodings and their detection."""

from meipi.sources.detection import Guess, detect
from meipi.sources.encodings import ENCODINGS, EncodingInfo
from meipi.sources.formats import FORMATS
from meipi.sources.reading import head, read_file, read_source

__all__ = [
    "ENCODINGS",
    "FORMATS",
    "EncodingInfo",
    "Guess",
    "detect",
    "head",
    "read_file",
    "read_source",
]

"""The document formats, one file each."""

from meipi.sources.formats.html import HTML
from meipi.sources.formats.markdown import MARKDOWN
from meipi.sources.formats.registry import SourceFormat, pick
from meipi.sources.formats.text import TEXT

# The first is what a file without a known suffix is taken for.
FORMATS: tuple[SourceFormat, ...] = (TEXT, MARKDOWN, HTML)

__all__ = ["FORMATS", "SourceFormat", "pick"]

"""The document formats, one file each."""

from meipi.sources.formats.docx import DOCX
from meipi.sources.formats.epub import EPUB
from meipi.sources.formats.html import HTML
from meipi.sources.formats.mail import MAIL, MHTML
from meipi.sources.formats.markdown import MARKDOWN
from meipi.sources.formats.odt import ODT
from meipi.sources.formats.pdf import PDF
from meipi.sources.formats.registry import SourceFormat, pick
from meipi.sources.formats.rtf import RTF
from meipi.sources.formats.text import TEXT

# The first is what a file without a known suffix is taken for.
FORMATS: tuple[SourceFormat, ...] = (
    *(TEXT, MARKDOWN, HTML),
    *(PDF, DOCX, ODT, RTF, EPUB, MHTML, MAIL),
)

__all__ = ["FORMATS", "SourceFormat", "pick"]

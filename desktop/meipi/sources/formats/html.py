"""Web pages: the main text of the page, its structure kept as text. Nothing remote is loaded."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from meipi.sources.formats import text
from meipi.sources.formats.html_charset import guess_encoding
from meipi.sources.formats.html_main import main_blocks
from meipi.sources.formats.html_text import Block, blocks_of, joined, stripped
from meipi.sources.formats.registry import SourceFormat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from meipi.core.document import Decoded
    from meipi.encodings.detection import Guess

_QUICK = 200_000
"""Bytes of a page that are taken apart in full before the first paint."""
_MARKUP = 4  # times as many bytes of markup as of text in a head, at a guess
_SHORT = 1000
"""Characters of a page of which the smaller half alone is not taken for its main text."""
_NEARLY_ALL = 0.8

_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
# A browser shows a line break in the markup as a blank, which Chinese has none of.
_BROKEN_LINE = re.compile(
    rf"<(pre|script|style|textarea)\b.*?</\1\s*>|(?<=[{_WIDE}])[ \t]*\r?\n\s*(?=[{_WIDE}])",
    re.IGNORECASE | re.DOTALL,
)
_LOGGERS = ("trafilatura", "htmldate", "justext", "courlan", "readability")
# Our name for a field, trafilatura's, and the <meta> name to look at where that finds nothing.
_DECLARED = (
    ("title", "title", "title"),
    ("date", "date", "pubdate"),
    ("source", "sitename", "source"),
    ("author", "author", "author"),
)


def read(data: bytes, *, guess: Guess) -> Decoded:
    """Return the page's main text and what it declares about itself."""
    decoded = text.read(data, guess=guess, format_name="html")
    shown = _shown(decoded.text)
    extract = None if shown.tree is None else _extracted(shown.tree)
    if extract is None:
        return replace(decoded, text=shown.text)
    declared = _declared(extract, shown.tree)
    main = "" if extract.body is None else "".join(extract.body.itertext())
    chosen = joined(main_blocks(shown.blocks, main, title=declared.get("title", "")))
    too_little = len(shown.text) <= _SHORT and 2 * len(chosen) < len(shown.text)
    whole = too_little or not chosen
    return replace(decoded, text=shown.text if whole else chosen, declared=declared)


def head(data: bytes, *, guess: Guess, characters: int) -> Decoded:
    """Return the beginning of the main text, of a long page the beginning of all its text."""
    if len(data) <= _QUICK:
        decoded = read(data, guess=guess)
        return replace(decoded, text=decoded.text[:characters])
    decoded = text.head(data, guess=guess, characters=_MARKUP * characters, format_name="html")
    return replace(decoded, text=_shown(decoded.text).text[:characters])


def recognises(data: bytes) -> bool:
    """Tell a page by its first element."""
    return _PAGE_START.match(data[:4096]) is not None


class _Shown(NamedTuple):
    """What a browser shows of a page; no tree where that would lose text."""

    tree: Any | None
    blocks: list[Block]
    text: str


def _shown(page: str) -> _Shown:
    page = _XML_DECLARATION.sub("", page).replace("\0", "\ufffd")
    page = _BROKEN_LINE.sub(lambda found: found[0] if found[1] else "", page)
    between = stripped(page)
    tree = _tree(page)
    blocks = [] if tree is None else blocks_of(tree)
    shown = joined(blocks)
    # The parser gives up at some depth of open elements and leaves off the rest of the page.
    if len(shown) < _NEARLY_ALL * len(between):
        return _Shown(None, [], between)
    return _Shown(tree, blocks, shown)


def _tree(page: str) -> Any | None:
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(page, parser=parser)
    except (etree.ParserError, ValueError):
        return None
    for table in list(tree.iter("table")):
        if any(_is_layout(cell) for cell in table.xpath("./tr/* | ./tbody/tr/*")):
            _rename(table.xpath(". | ./tbody | ./tr | ./tbody/tr | ./tr/* | ./tbody/tr/*"))
    _rename(tree.iter("figure"))
    # Trafilatura drops captions with their figures.
    _rename(tree.iter("figcaption"), to="p")
    return tree


def _is_layout(cell: Any) -> bool:
    """Tell a cell that holds a part of the page from one that holds a figure or a name."""
    parts = cell.xpath("count(.//p | .//div | .//h1 | .//h2 | .//h3 | .//li)")
    return bool(parts > 1 or cell.xpath("count(.//br)") > 1 or cell.xpath("boolean(.//table)"))


def _rename(elements: Iterable[Any], *, to: str = "div") -> None:
    for element in list(elements):
        element.tag = to


def _extracted(tree: Any) -> Any | None:
    try:
        return _trafilatura().bare_extraction(
            tree,
            favor_recall=True,
            include_comments=False,
            include_formatting=True,
            deduplicate=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # its failure, of whatever kind, leaves us the visible text
        return None


@cache
def _trafilatura() -> ModuleType:
    import trafilatura

    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura


def _declared(extract: Any, tree: Any) -> dict[str, str]:
    found = {}
    for ours, theirs, meta in _DECLARED:
        value = getattr(extract, theirs) or _meta(tree, meta)
        if value and value.strip():
            found[ours] = value.strip()
    return found


def _meta(tree: Any, name: str) -> str | None:
    values = tree.xpath("//meta[@name=$name]/@content", name=name)
    return str(values[0]) if values else None


HTML = SourceFormat(
    "html",
    "网页",
    "Web page",
    (".html", ".htm", ".xhtml", ".xht", ".shtml"),
    guess_encoding,
    read,
    head,
    recognises,
)

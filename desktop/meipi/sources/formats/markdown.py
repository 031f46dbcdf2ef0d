"""Markdown: the text with its marks, exactly as it is; what they mean is for `structure`."""

from __future__ import annotations

from functools import partial

from meipi.sources.formats import text
from meipi.sources.formats.registry import SourceFormat

MARKDOWN = SourceFormat(
    "markdown",
    "Markdown",
    "Markdown",
    (".md", ".markdown", ".mdown"),
    text.guess_encoding,
    partial(text.read, format_name="markdown"),
    partial(text.head, format_name="markdown"),
)

"""The formats there are, and which of them a file is in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError
from meipi.exchange import (
    brat,
    codebook_csv,
    conll,
    csv_table,
    doccano,
    docx_report,
    html_report,
    hypothesis_json,
    jsonl,
    label_studio,
    markdown,
    parquet,
    prodigy,
    refi,
    spacy_bin,
    tei,
    uima,
    w3c,
    webanno,
    xlsx_table,
)
from meipi.exchange.reading import names_in_folder, opened
from meipi.exchange.zipped import zip_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from meipi.exchange.format import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        known.name: known
        for known in (
            jsonl.FORMAT,
            w3c.FORMAT,
            csv_table.FORMAT,
            xlsx_table.FORMAT,
            markdown.FORMAT,
            html_report.FORMAT,
            docx_report.FORMAT,
            brat.FORMAT,
            conll.CHARACTERS,
            conll.WORDS,
            refi.PROJECT,
            refi.CODEBOOK,
            codebook_csv.FORMAT,
            webanno.FORMAT,
            uima.XMI,
            uima.JSON,
            tei.FORMAT,
            doccano.SPANS,
            doccano.ENTITIES,
            label_studio.FORMAT,
            prodigy.FORMAT,
            hypothesis_json.FORMAT,
            parquet.FORMAT,
            spacy_bin.FORMAT,
        )
    }
)

_HEAD = 1 << 18


def format_named(name: str) -> Format:
    """Return the format called ``name``; raise ``FORMAT_UNKNOWN``."""
    if name not in FORMATS:
        raise MeipiError(ErrorCode.FORMAT_UNKNOWN, format=name, known=", ".join(FORMATS))
    return FORMATS[name]


def format_of(path: Path) -> Format:
    """Return the format of the file at ``path``, by what it begins with, else by its name."""
    inside = names_in_folder(path)
    for one in FORMATS.values():
        if one.can_read and one.recognises_names(inside):
            return one
    with opened(path) as stream:
        head = stream.read(_HEAD)
        names = zip_names(stream) if head.startswith(b"PK") else ()
    readable = [known for known in FORMATS.values() if known.can_read]
    # Of an archive only the names count: packed bytes may look like anything, a table among it.
    by_content = [
        known
        for known in readable
        if (known.recognises_names(names) if names else known.recognises(head))
    ]
    by_name = [known for known in readable if path.name.lower().endswith(known.suffix)]
    for found in (*by_content, *by_name):
        return found
    known = ", ".join(f"{one.name} (*{one.suffix})" for one in readable)
    raise MeipiError(ErrorCode.FORMAT_UNKNOWN, format=path.suffix or path.name, known=known)

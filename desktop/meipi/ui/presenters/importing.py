"""What an import would do, as a table and as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meipi.services.importing import ImportReport
    from meipi.ui.i18n import Words

_OUTCOMES = ("added", "merged", "matched", "conflict", "missing")
_KINDS = ("documents", "tags", "annotations")
_RARE = ("attributes", "values", "links", "memos")
"""Kinds that have a line only where the file holds any."""


def import_table(
    report: ImportReport, words: Words
) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Return the headings and for each kind of thing how many met with each outcome."""
    headings = ["", *(words(f"import.{outcome}") for outcome in _OUTCOMES)]
    counts = {
        kind: [getattr(report, f"{kind}_{outcome}", 0) for outcome in _OUTCOMES]
        for kind in (*_KINDS, *_RARE)
    }
    shown = [kind for kind in counts if kind in _KINDS or any(counts[kind])]
    return headings, [(words(f"import.{kind}"), counts[kind]) for kind in shown]


def import_notes(report: ImportReport, words: Words) -> list[str]:
    """Return a line for everything that does not go in as it is."""
    counted = (
        ("import.moved", report.annotations_moved),
        ("import.to_review", report.annotations_to_review),
    )
    lines = [words(key, count=count) for key, count in counted if count]
    lines += [words(f"import.passed_{kind}", count=n) for kind, n in report.passed_over]
    for note in report.notes:
        outcome = "note_to_review" if note.outcome == "to_review" else note.outcome
        kind, what = words(f"import.{note.kind}"), words(f"import.{outcome}")
        lines.append(f"{kind} “{note.words}” · {what}")
    return lines

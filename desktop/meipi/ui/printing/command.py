"""A document with its notes as a PDF without a window, for the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.core.lines import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from meipi.services.workspace import Workspace
    from meipi.ui.i18n import Language
    from meipi.ui.printing.pages import Printed
    from meipi.ui.reader.layers import Layers

_NOT_WRITTEN = Phrase("没有写成", "it could not be written")


def write_pdf(workspace: Workspace, document: str, path: Path, language: Language) -> int:
    """Write a document as it is set in the window into ``path``; return how many pages it has.

    Raises ``MeipiError`` where the file cannot be written.
    """
    # Paper needs no screen, and a machine without one has no other platform.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEventLoop, QTimer

    from meipi.ui.printing.job import PdfJob
    from meipi.ui.startup import make_application

    application = make_application()
    title = one_line(workspace.documents.get(document).title)
    job = PdfJob(_printed(workspace, document, language), path, title)
    loop = QEventLoop(application)
    pages: list[int] = []
    job.finished.connect(pages.append)
    job.finished.connect(loop.quit)
    job.failed.connect(loop.quit)
    QTimer.singleShot(0, job.start)
    loop.exec()
    if not pages:
        raise MeipiError(ErrorCode.EXPORT_FAILED, path=path, reason=_NOT_WRITTEN)
    return pages[0]


def _printed(workspace: Workspace, document: str, language: Language) -> Printed:
    from meipi.core.script import Script
    from meipi.services.settings import Settings
    from meipi.ui.appearance import kept_page
    from meipi.ui.presenters.credit import credit_line
    from meipi.ui.printing.pages import Printed, PrintOptions
    from meipi.ui.reader.content import ReaderContent
    from meipi.ui.reader.reading import convert_script
    from meipi.ui.reader.words import WORDS

    settings = Settings()
    reading = workspace.documents.reading(document)
    structure = reading.structure
    return Printed(
        ReaderContent(reading.repaired.text, structure, credit=credit_line(structure)),
        _layers(workspace, document, language),
        PrintOptions(),
        setup=kept_page(settings),
        script=Script(settings.get("script")),
        words=WORDS[language],
        convert=convert_script,
    )


def _layers(workspace: Workspace, document: str, language: Language) -> Layers:
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.annotations import annotation_rows
    from meipi.ui.reader.layers import AnnotationIndex, Layers
    from meipi.ui.reading import marks_of

    tags = workspace.codebook.tags()
    rows = annotation_rows(workspace.annotating.of(document), tags)
    untagged = Words(language)("hover.note")
    return Layers(
        entities=workspace.entities.stored(document) or (),
        annotations=AnnotationIndex(mark for row in rows for mark in marks_of(row, untagged)),
    )

"""Printing the open document: what the dialog asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from meipi.core.lines import one_line
from meipi.ui.dialogs.printing import PrintDialog
from meipi.ui.presenters.credit import credit_line
from meipi.ui.printing.job import PdfJob, PrintJob, set_paper
from meipi.ui.printing.pages import Printed, PrintOptions
from meipi.ui.reader.content import ReaderContent
from meipi.ui.reader.reading import convert_script
from meipi.ui.reader.words import WORDS

if TYPE_CHECKING:
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.view import ReaderView

_LONGEST_NAME = 60
_UNFIT = '/\\:*?"<>|'


class PrintActs:
    """Previews and prints, to a PDF or on a printer; a print under way can be left."""

    def __init__(self, stage: Stage, reader: ReaderView) -> None:
        self._stage = stage
        self._reader = reader
        self.job: PrintJob | None = None
        """The print that is under way."""

    def open(self, opened: OpenDocument) -> None:
        """Offer to print ``opened`` as it is shown."""
        title = one_line(opened.reading.document.title)
        dialog = PrintDialog(
            self._stage.words,
            lambda options: self._printed(opened, options),
            title,
            PrintOptions(),
            self._stage.window,
        )
        dialog.pdf_asked.connect(lambda options: self._ask_path(dialog, opened, options))
        dialog.print_asked.connect(lambda options: self._ask_printer(dialog, opened, options))
        dialog.finished.connect(lambda _: self._stop())
        self._stage.open(dialog)

    def write_pdf(
        self, dialog: PrintDialog, opened: OpenDocument, options: PrintOptions, path: Path
    ) -> None:
        """Write the pages into a PDF at ``path``."""
        title = one_line(opened.reading.document.title)
        job = PdfJob(self._printed(opened, options), path, title)
        self._stage.keep({"last_export_folder": str(path.parent)})
        self._run(dialog, job, path)

    def _printed(self, opened: OpenDocument, options: PrintOptions) -> Printed:
        structure = opened.reading.structure
        look = self._stage.appearance
        return Printed(
            ReaderContent(opened.text, structure, credit=credit_line(structure)),
            self._reader.reading.layers,
            options,
            setup=look.page,
            script=look.script,
            words=WORDS[look.language],
            convert=convert_script,
        )

    def _ask_path(self, dialog: PrintDialog, opened: OpenDocument, options: PrintOptions) -> None:
        words = self._stage.words
        asking = QFileDialog(dialog, words("print.save"))
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setNameFilters([words("print.files")])
        asking.setDefaultSuffix("pdf")
        asking.setDirectory(str(self._stage.folder("last_export_folder")))
        asking.selectFile(file_name(opened.reading.document.title))
        asking.fileSelected.connect(
            lambda chosen: self.write_pdf(dialog, opened, options, Path(chosen))
        )
        asking.open()

    def _ask_printer(
        self, dialog: PrintDialog, opened: OpenDocument, options: PrintOptions
    ) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_paper(printer, options.paper)
        title = one_line(opened.reading.document.title)
        printer.setDocName(title)
        asking = QPrintDialog(printer, dialog)
        asking.setWindowModality(Qt.WindowModality.WindowModal)
        asking.accepted.connect(
            lambda: self._run(dialog, PrintJob(self._printed(opened, options), printer, title))
        )
        asking.show()

    def _run(self, dialog: PrintDialog, job: PrintJob, path: Path | None = None) -> None:
        self._stop()
        self.job = job
        dialog.show_problem("")
        dialog.show_progress(0, 1)
        job.came_on.connect(dialog.show_progress)
        job.finished.connect(lambda pages: self._end(dialog, pages, path))
        job.failed.connect(lambda: self._fail(dialog))
        job.start()

    def _end(self, dialog: PrintDialog, pages: int, path: Path | None) -> None:
        self.job = None
        where = one_line(str(path)) if path is not None else ""
        self._stage.say(self._stage.words("print.done", count=pages, path=where).strip())
        dialog.accept()

    def _fail(self, dialog: PrintDialog) -> None:
        self.job = None
        dialog.rest()
        dialog.show_problem(self._stage.words("print.failed"))

    def _stop(self) -> None:
        job, self.job = self.job, None
        if job is not None:
            job.stop()


def file_name(title: str) -> str:
    """Return a name for the PDF of a document.

    >>> file_name("天津/宝坻：聚焦?")
    '天津 宝坻：聚焦.pdf'
    """
    plain = "".join(" " if one in _UNFIT or not one.isprintable() else one for one in title)
    return f"{' '.join(plain.split())[:_LONGEST_NAME].strip() or 'Meipi'}.pdf"

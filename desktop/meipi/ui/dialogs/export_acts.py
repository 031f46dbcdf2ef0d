"""Exporting: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode
from meipi.ui.dialogs.exporting import ExportDialog, ExportFormat, ExportOrder
from meipi.ui.dialogs.progress import Progress

if TYPE_CHECKING:
    from meipi.core.annotation import Tag
    from meipi.core.errors import MeipiError
    from meipi.exchange import Format, LossReport
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage


class ExportActs:
    """Says beforehand what a format loses, and writes the set."""

    def __init__(self, workspace: Workspace, bridge: Bridge, stage: Stage) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage

    def open(self, document: tuple[str, str] | None, *, count: int) -> None:
        """Offer to export ``document``, its id and title, or all of ``count``."""
        self._bridge.read(
            "export tags",
            lambda: (
                self._workspace.codebook.tags(),
                self._workspace.exchange.coders(),
                self._formats(),
            ),
            lambda found: self._show(document, *found, count=count),
        )

    def _formats(self) -> list[ExportFormat]:
        from meipi.exchange import FORMATS

        words = self._stage.words
        return [
            ExportFormat(
                one.name, self._label(one, words.pick(one.label_zh, one.label_en)), one.suffix
            )
            for one in FORMATS.values()
        ]

    def _label(self, known: Format, name: str) -> str:
        if known.available:
            return name
        return self._stage.words("export.needs", name=name, extra=known.extra)

    def _show(
        self,
        document: tuple[str, str] | None,
        tags: list[Tag],
        coders: list[str],
        formats: list[ExportFormat],
        *,
        count: int,
    ) -> None:
        presets = self._stage.presets()
        dialog = ExportDialog(
            self._stage.words,
            formats,
            tags,
            document=document,
            count=count,
            folder=self._stage.folder("last_export_folder"),
            format_name=self._stage.setting("last_export_format"),
            theme=self._stage.appearance.theme,
            coders=coders,
            presets=presets.names(),
            parent=self._stage.window,
        )
        dialog.losses_asked.connect(lambda order: self._losses(dialog, order))
        dialog.export_asked.connect(lambda order: self._export(dialog, order))
        dialog.preset_asked.connect(lambda name: dialog.show_preset(presets.get(name)))
        dialog.preset_kept.connect(presets.keep)
        self._stage.open(dialog)
        dialog.ask_losses()

    def _losses(self, dialog: ExportDialog, order: ExportOrder) -> None:
        def show(report: LossReport) -> None:
            if order == dialog.order():
                dialog.show_losses(report)

        self._bridge.follow(
            self._workspace.exchange.losses(
                format=order.format,
                documents=order.documents,
                tags=order.tags,
                choice=order.choice,
            ),
            lambda report: self._stage.while_open(dialog, lambda: show(report)),
            lambda error: self._stage.say_problem(dialog, error),
        )

    def _export(self, dialog: ExportDialog, order: ExportOrder) -> None:
        dialog.apply_button.setEnabled(False)
        progress = Progress(ErrorCode.EXPORT_CANCELLED, dialog)
        progress.came_on.connect(dialog.show_progress)
        dialog.rejected.connect(progress.stop)

        def done(_: object) -> None:
            self._stage.keep(
                {
                    "last_export_folder": str(order.path.parent),
                    "last_export_format": order.format,
                }
            )
            self._stage.while_open(dialog, dialog.accept)
            self._stage.say(self._stage.words("notice.exported", path=order.path))

        def failed(error: MeipiError) -> None:
            if error.code is ErrorCode.EXPORT_CANCELLED:
                self._stage.say(self._stage.word(error))
                return
            self._stage.while_open(dialog, dialog.restore)
            self._stage.say_problem(dialog, error)

        self._bridge.follow(
            self._workspace.exchange.export(
                order.path,
                format=order.format,
                documents=order.documents,
                tags=order.tags,
                choice=order.choice,
                watch=progress.watch,
            ),
            done,
            failed,
        )

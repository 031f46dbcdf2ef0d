"""Exporting: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.dialogs.exporting import ExportDialog, ExportFormat, ExportOrder

if TYPE_CHECKING:
    from meipi.core.annotation import Tag
    from meipi.core.errors import MeipiError
    from meipi.exchange import LossReport
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
            self._workspace.codebook.tags,
            lambda tags: self._show(document, tags, count),
        )

    def _show(self, document: tuple[str, str] | None, tags: list[Tag], count: int) -> None:
        from meipi.exchange import FORMATS

        formats = [
            ExportFormat(one.name, self._stage.words.pick(one.label_zh, one.label_en), one.suffix)
            for one in FORMATS.values()
        ]
        dialog = ExportDialog(
            self._stage.words,
            formats,
            tags,
            document=document,
            count=count,
            folder=self._stage.folder("last_export_folder"),
            format_name=self._stage.setting("last_export_format"),
            theme=self._stage.appearance.theme,
            parent=self._stage.window,
        )
        dialog.losses_asked.connect(lambda order: self._losses(dialog, order))
        dialog.export_asked.connect(lambda order: self._export(dialog, order))
        self._stage.open(dialog)
        dialog.ask_losses()

    def _losses(self, dialog: ExportDialog, order: ExportOrder) -> None:
        def show(report: LossReport) -> None:
            if order == dialog.order():
                dialog.show_losses(report)

        self._bridge.follow(
            self._workspace.exchange.losses(
                format=order.format, documents=order.documents, tags=order.tags
            ),
            lambda report: self._stage.while_open(dialog, lambda: show(report)),
            lambda error: self._stage.say_problem(dialog, error),
        )

    def _export(self, dialog: ExportDialog, order: ExportOrder) -> None:
        dialog.apply_button.setEnabled(False)

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
            self._stage.while_open(dialog, lambda: dialog.apply_button.setEnabled(True))
            self._stage.say_problem(dialog, error)

        self._bridge.follow(
            self._workspace.exchange.export(
                order.path, format=order.format, documents=order.documents, tags=order.tags
            ),
            done,
            failed,
        )

"""The keyboard dialog at work: keys kept as settings, read from files and written to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.core.reasons import reason_of
from meipi.ui.presenters.keymap import from_text, to_text

if TYPE_CHECKING:
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.keyboard import KeyboardDialog
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.presenters.keymap import Keymap


class KeyboardActs:
    """Opens the dialog; every change is kept."""

    def __init__(self, bridge: Bridge, stage: Stage, keymap: Keymap) -> None:
        self._bridge = bridge
        self._stage = stage
        self._keymap = keymap
        keymap.watch(self._keep)

    def open(self) -> None:
        """Show and change the keys."""
        from meipi.ui.dialogs.keyboard import KeyboardDialog

        dialog = KeyboardDialog(self._stage.words, self._keymap, self._stage.window)
        dialog.import_asked.connect(lambda path: self._import(dialog, Path(path)))
        dialog.export_asked.connect(lambda path: self._export(dialog, Path(path)))
        self._stage.open(dialog)
        dialog.field.setFocus()

    def _keep(self) -> None:
        self._stage.keep({"keys": self._keymap.changes()})
        current = self._stage.current
        if current is not None and hasattr(current, "show_keys"):
            current.show_keys()

    def _import(self, dialog: KeyboardDialog, path: Path) -> None:
        self._bridge.read(
            "keys",
            lambda: _read(path),
            self._keymap.take,
            lambda error: self._stage.say_problem(dialog, error),
        )

    def _export(self, dialog: KeyboardDialog, path: Path) -> None:
        text = to_text(self._keymap)
        self._bridge.read(
            "keys",
            lambda: _write(path, text),
            lambda _: self._stage.say(self._stage.words("notice.exported", path=path)),
            lambda error: self._stage.say_problem(dialog, error),
        )


def _read(path: Path) -> dict[str, list[str]]:
    try:
        return from_text(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = reason_of(error)
    except ValueError:
        reason = Phrase("这不是快捷键文件", "this is no file of keys")
    raise MeipiError(ErrorCode.IMPORT_INVALID, path=path, reason=reason)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MeipiError(ErrorCode.EXPORT_FAILED, path=path, reason=reason_of(error)) from error

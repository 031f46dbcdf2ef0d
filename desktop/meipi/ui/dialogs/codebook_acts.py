"""Editing tags: what the dialog asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.tag_tree import path_of
from meipi.ui.dialogs.codebook import CodebookDialog
from meipi.ui.dialogs.codebook_choice import TagChoice
from meipi.ui.dialogs.codebook_split import SplitDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from meipi.core.annotation import Tag
    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.services.codebook import Passage
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.widgets.moving_tree import TreeMove

_FORMATS = {".csv": "codebook-csv"}
_USUAL = "refi-codebook"


class CodebookActs:
    """Changes the codebook and shows what it then is."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        *,
        rehearse: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._rehearse = rehearse
        """Shows what importing the file at a path would do."""

    def open(self) -> None:
        """Edit the tags."""
        dialog = CodebookDialog(self._stage.words, self._stage.appearance.theme, self._stage.window)
        codebook = self._workspace.codebook

        def change(future: Future[Changes]) -> None:
            self._change_tags(dialog, future)

        dialog.tag_added.connect(lambda name, below: change(codebook.add(name, parent=below)))
        dialog.tags_deleted.connect(
            lambda tags, below: change(codebook.delete_all(tags, with_below=below))
        )
        dialog.tag_changed.connect(
            lambda tag, field, value: change(codebook.update(tag, **{field: value}))
        )
        dialog.tags_moved.connect(lambda move: change(self._move(move)))
        dialog.tags_recolored.connect(lambda tags, color: change(codebook.recolor(tags, color)))
        dialog.merge_asked.connect(lambda tags: self._choose_target(dialog, tags))
        dialog.split_asked.connect(lambda tag: self._read_passages(dialog, tag))
        dialog.import_asked.connect(self._rehearse)
        dialog.export_asked.connect(lambda path: self._export(dialog, Path(path)))
        self._stage.open(dialog)
        self._read_tags(dialog)

    def _move(self, move: TreeMove) -> Future[Changes]:
        return self._workspace.codebook.move(move.keys, move.parent, before=move.before)

    def _choose_target(self, dialog: CodebookDialog, tags: list[str]) -> None:
        """Ask into which tag others go: of several chosen, first the one the keyboard is on."""
        known = self._workspace.codebook.tags()
        several = len(tags) > 1
        offered = [tag for tag in known if several or tag.id not in tags]
        current = dialog.tree.current_key()
        offered.sort(key=lambda tag: (tag.id != current, tag.id not in tags))
        words = self._stage.words
        names = "、".join(tag.name for tag in known if tag.id in tags)
        choice = TagChoice(
            words,
            self._stage.appearance.theme,
            [(tag, " > ".join(path_of(tag.id, known))) for tag in offered],
            dialog,
            title=words("codebook.merge_title"),
            explain=words("codebook.merge_explain", names=names),
            apply=words("codebook.merge_here"),
        )

        def merge(into: str) -> None:
            gone = [tag for tag in tags if tag != into]
            self._change_tags(dialog, self._workspace.codebook.merge(gone, into))

        choice.tag_chosen.connect(merge)
        choice.open()

    def _read_passages(self, dialog: CodebookDialog, tag: str) -> None:
        codebook = self._workspace.codebook

        def show(found: tuple[Sequence[Tag], Sequence[Passage]]) -> None:
            tags, passages = found
            name = next((one.name for one in tags if one.id == tag), "")
            split = SplitDialog(self._stage.words, name, passages, dialog)
            split.split_asked.connect(
                lambda name, keys: self._split(dialog, split, codebook.split(tag, keys, name))
            )
            split.open()

        self._bridge.read(
            "codebook passages",
            lambda: (codebook.tags(), codebook.passages(tag)),
            lambda found: self._stage.while_open(dialog, lambda: show(found)),
        )

    def _split(self, dialog: CodebookDialog, split: SplitDialog, future: Future[Changes]) -> None:
        """Close the list once the new tag is there; say in it why there is none."""

        def done(_: Changes) -> None:
            self._stage.while_open(dialog, split.accept)
            self._read_tags(dialog)

        def failed(error: MeipiError) -> None:
            word = self._stage.word(error)
            self._stage.while_open(dialog, lambda: split.show_problem(word))

        self._bridge.write(future, done, failed)

    def _export(self, dialog: CodebookDialog, path: Path) -> None:
        wanted = path if path.suffix else path.with_suffix(".qdc")
        name = _FORMATS.get(wanted.suffix.lower(), _USUAL)
        words = self._stage.words
        self._bridge.follow(
            self._workspace.exchange.export(wanted, format=name, documents=()),
            lambda _: self._stage.say(words("codebook.exported", path=str(wanted))),
            lambda error: self._stage.say_problem(dialog, error),
        )

    def _change_tags(self, dialog: CodebookDialog, future: Future[Changes]) -> None:
        def done(_: Changes) -> None:
            self._stage.while_open(dialog, lambda: dialog.show_problem(""))
            self._read_tags(dialog)

        def failed(error: MeipiError) -> None:
            self._stage.say_problem(dialog, error)
            self._read_tags(dialog)

        self._bridge.write(future, done, failed)

    def _read_tags(self, dialog: CodebookDialog) -> None:
        codebook = self._workspace.codebook
        self._bridge.read(
            "codebook",
            lambda: (codebook.tags(), codebook.counts(), codebook.document_counts()),
            lambda found: self._stage.while_open(dialog, lambda: dialog.show_tags(*found)),
        )

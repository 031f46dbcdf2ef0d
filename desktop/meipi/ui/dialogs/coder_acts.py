"""What the dialogs about coders ask for: who codes, who is shown, agreement, decisions, merging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from meipi.core.changes import Changes
from meipi.ui.dialogs.agreement import AgreementDialog
from meipi.ui.dialogs.coders import CodersDialog
from meipi.ui.dialogs.disagreements import DisagreementsDialog
from meipi.ui.dialogs.merging import MergeDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from meipi.core.errors import MeipiError
    from meipi.core.spans import Span
    from meipi.services.adjudicating import Disagreement, Verdict, Walk
    from meipi.services.coders import Coder
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.panels.foot import Foot
    from meipi.ui.theme import Theme


class CoderActs:
    """Opens the dialogs and carries out what they ask."""

    def __init__(self, workspace: Workspace, bridge: Bridge, stage: Stage, *, foot: Foot) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._foot = foot
        self.compare: Callable[[Sequence[str]], None] = lambda _: None
        """Shows two coders side by side in the text."""

    def begin(self, name: str, hidden: frozenset[str]) -> None:
        """Have ``name`` code, and hide what ``hidden`` coders did."""
        self._workspace.coders.switch(name)
        self._workspace.coders.hidden = hidden
        self.show_current()

    def show_current(self) -> None:
        """Say at the foot who codes."""
        self._foot.show_coder(self._workspace.coders.current)

    def open_coders(self) -> None:
        """Show the coders."""
        dialog = CodersDialog(self._stage.words, self._stage.window)
        coders = self._workspace.coders
        dialog.switching_asked.connect(lambda name: self._switch(dialog, name))
        dialog.adding_asked.connect(
            lambda name: self._write(
                dialog, lambda: coders.add(name), lambda: self._switch(dialog, name)
            )
        )
        dialog.renaming_asked.connect(
            lambda name, to: self._write(
                dialog, lambda: coders.rename(name, to), lambda: self._keep(dialog)
            )
        )
        dialog.hiding_asked.connect(self._hide)
        self._stage.open(dialog)
        self._read_coders(dialog)

    def _read_coders(self, dialog: CodersDialog) -> None:
        coders = self._workspace.coders

        def show(found: list[Coder]) -> None:
            self._stage.while_open(
                dialog,
                lambda: dialog.show_coders(found, current=coders.current, hidden=coders.hidden),
            )

        self._bridge.read("coders", coders.all, show)

    def _switch(self, dialog: CodersDialog, name: str) -> None:
        self._workspace.coders.switch(name)
        self._keep(dialog)

    def _keep(self, dialog: CodersDialog) -> None:
        current = self._workspace.coders.current
        self._stage.keep({"coder": current})
        self.show_current()
        self._stage.while_open(dialog, lambda: self._read_coders(dialog))

    def _hide(self, hidden: set[str]) -> None:
        self._workspace.coders.hidden = frozenset(hidden)
        self._stage.keep({"hidden_coders": sorted(hidden)})
        self._bridge.changed.emit(Changes(coders=frozenset(hidden or {""})))

    def open_agreement(self) -> None:
        """Show how far the coders agree."""
        self._bridge.read("agreement coders", self._workspace.coders.all, self._open_agreement)

    def _open_agreement(self, coders: list[Coder]) -> None:
        names = [one.name for one in coders if one.annotations]
        color = self._theme.tag_color(0)
        dialog = AgreementDialog(self._stage.words, names, color, self._stage.window)
        dialog.measuring_asked.connect(lambda chosen: self._measure(dialog, chosen))
        dialog.gamma_asked.connect(lambda chosen: self._measure_gamma(dialog, chosen))
        dialog.walk_asked.connect(self.open_disagreements)
        dialog.beside_asked.connect(lambda chosen: self._compare(dialog, chosen))
        dialog.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(dialog.csv())
        )
        self._stage.open(dialog)
        # With many coders, the first two: others are a click away.
        dialog.coders.choose(names[:2])
        self._measure(dialog, tuple(names[:2]))

    def _compare(self, dialog: AgreementDialog, chosen: tuple[str, ...]) -> None:
        dialog.accept()
        self.compare(chosen)

    def _measure(self, dialog: AgreementDialog, chosen: tuple[str, ...]) -> None:
        agreeing = self._workspace.agreeing
        self._bridge.read(
            "agreement",
            lambda: agreeing.measure(agreeing.study(chosen)).result(),
            lambda found: self._stage.while_open(dialog, lambda: dialog.show_agreement(found)),
            lambda error: self._stage.while_open(
                dialog, lambda: dialog.show_none(self._stage.word(error))
            ),
        )

    def _measure_gamma(self, dialog: AgreementDialog, chosen: tuple[str, ...]) -> None:
        dialog.say_measuring()
        agreeing = self._workspace.agreeing

        def failed(error: MeipiError) -> None:
            self._stage.while_open(dialog, lambda: dialog.gamma_button.setEnabled(True))
            self._stage.say_problem(dialog, error)

        try:
            future = agreeing.gamma(agreeing.study(chosen))
        except Exception as error:
            from meipi.ui.bridge import explained

            failed(explained(error))
            return
        self._bridge.follow(
            future,
            lambda value: self._stage.while_open(dialog, lambda: dialog.show_gamma(value)),
            failed,
        )

    def open_disagreements(self, chosen: tuple[str, ...] = ()) -> None:
        """Walk what two coders disagree on; by default the first two there are."""
        if len(chosen) == 2:
            self._open_walk(chosen[0], chosen[1])
            return

        def first_two(coders: list[Coder]) -> None:
            names = [one.name for one in coders if one.annotations and not one.role]
            self._open_walk(*([*names, "", ""][:2]))

        self._bridge.read("agreement coders", self._workspace.coders.all, first_two)

    def _open_walk(self, first: str, second: str) -> None:
        dialog = DisagreementsDialog(self._stage.words, self._theme, self._stage.window)
        layer = self._stage.words("disagreements.layer")
        walks: list[Walk] = []

        def read() -> None:
            self._bridge.read("walk", lambda: self._walk(first, second, layer), show)

        def show(found: tuple[Walk, dict[str, str], dict[str, str]]) -> None:
            walks[:] = [found[0]]
            self._stage.while_open(dialog, lambda: dialog.show_walk(*found))

        def decide(one: Disagreement, verdict: Verdict, span: Span | None) -> None:
            adjudicating = self._workspace.adjudicating
            self._write(
                dialog,
                lambda: adjudicating.decide(one, verdict, layer=layer, span=span),
                read,
            )

        dialog.deciding_asked.connect(decide)
        dialog.agreed_asked.connect(
            lambda: self._write(
                dialog, lambda: self._workspace.adjudicating.take_agreed(walks[0]), read
            )
        )
        dialog.text_wanted.connect(lambda document: self._read_text(dialog, document))
        self._stage.open(dialog)
        read()

    def _walk(
        self, first: str, second: str, layer: str
    ) -> tuple[Walk, dict[str, str], dict[str, str]]:
        walk = self._workspace.adjudicating.walk(first, second, layer=layer)
        tags = {tag.id: tag.name for tag in self._workspace.codebook.tags()}
        titles = {card.id: card.title for card in self._workspace.documents.cards()}
        return walk, tags, titles

    def _read_text(self, dialog: DisagreementsDialog, document: str) -> None:
        self._bridge.read(
            "walk text",
            lambda: self._workspace.documents.reading(document).repaired.text,
            lambda text: self._stage.while_open(dialog, lambda: dialog.show_text(document, text)),
        )

    def open_merge(self) -> None:
        """Merge another library."""
        folder = self._stage.folder("last_open_folder")
        dialog = MergeDialog(self._stage.words, folder, self._stage.window)
        dialog.rehearsal_asked.connect(lambda path: self._rehearse(dialog, path))
        dialog.merge_asked.connect(lambda path: self._merge(dialog, path))
        self._stage.open(dialog)

    def _rehearse(self, dialog: MergeDialog, path: Path) -> None:
        self._bridge.follow(
            self._workspace.merging.merge(path, dry_run=True),
            lambda report: self._stage.while_open(dialog, lambda: dialog.show_report(path, report)),
            lambda error: self._stage.while_open(
                dialog, lambda: dialog.show_failure(self._stage.word(error))
            ),
        )

    def _merge(self, dialog: MergeDialog, path: Path) -> None:
        dialog.apply_button.setEnabled(False)

        def done(_: object) -> None:
            self._stage.keep({"last_open_folder": str(path.parent)})
            self._stage.while_open(dialog, dialog.accept)

        self._bridge.write(
            self._workspace.merging.merge(path),
            done,
            lambda error: self._stage.say_problem(dialog, error),
        )

    @property
    def _theme(self) -> Theme:
        return self._stage.appearance.theme

    def _write(
        self,
        dialog: CodersDialog | DisagreementsDialog,
        act: Callable[[], Future[Changes]],
        then: Callable[[], None],
    ) -> None:
        def done(_: object) -> None:
            self._stage.while_open(dialog, lambda: dialog.show_problem(""))
            then()

        self._bridge.write(act(), done, lambda error: self._stage.say_problem(dialog, error))

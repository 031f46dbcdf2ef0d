"""Many files on their way in: how far they are, a way to stop, what is left, what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from meipi.core.errors import MeipiError
from meipi.ui.i18n import number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from meipi.services.documents import Added
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.i18n import Words
    from meipi.ui.library import LibraryController
    from meipi.ui.widgets.message_bar import MessageBar

_SAID_EVERY_MS = 400
_LISTED_EVERY_MS = 2_000


class ArrivalController(QObject):
    """Takes many files in; the message bar says how far they are and offers to stop."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        library: LibraryController,
        bar: MessageBar,
        *,
        stage: Stage,
        words: Words,
    ) -> None:
        super().__init__()
        self._arriving = workspace.arriving
        self._bridge = bridge
        self._library = library
        self._bar = bar
        self._stage = stage
        self._words = words
        self._total = self._done = self._new = 0
        self._saying = _timer(self, _SAID_EVERY_MS, self._say)
        self._listing = _timer(self, _LISTED_EVERY_MS, library.refresh)
        self._arriving.listen(lambda path, came: self._reported((path, came)))
        self._reported: Callable[[tuple[Path, Added | MeipiError]], None] = bridge.reporter(
            self._take
        )
        library.many_came.connect(self.add)
        library.filled.connect(self._offer_once)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do."""
        return {
            "arriving_stop": self.stop,
            "arriving_resume": self.resume,
            "arriving_refused": self.show_refused,
        }

    def add(self, files: Sequence[Path]) -> None:
        """Take ``files`` in behind those that are coming."""
        self._began(self._arriving.put(files))

    def stop(self) -> None:
        """Begin no more files."""
        if self._done < self._total:
            left = self._arriving.stop()
            self._ended(left=left)

    def resume(self) -> None:
        """Go on with the files that are left."""
        self._bridge.read("arrivals", self._arriving.resume, self._began)

    def retry(self) -> None:
        """Try the refused files again."""
        self._bridge.read("arrivals", self._arriving.retry, self._began)

    def show_refused(self) -> None:
        """List the files that did not come in, with their reasons."""
        from meipi.ui.dialogs.refused import RefusedDialog

        dialog = RefusedDialog(self._words, self._stage.window)
        dialog.retry_asked.connect(self.retry)
        dialog.forget_asked.connect(self._forget)
        self._stage.open(dialog)
        self._bridge.read(
            "refused",
            self._arriving.refused,
            lambda refused: self._stage.while_open(dialog, lambda: dialog.show_refused(refused)),
        )

    def _began(self, count: int) -> None:
        if not count:
            return
        if self._done >= self._total:
            self._total = self._done = self._new = 0
        self._total += count
        self._library.set_many(on=True)
        self._listing.start()
        self._say()
        self._check()  # they may have been faster than this word of them

    def _take(self, told: tuple[Path, Added | MeipiError]) -> None:
        _, came = told
        self._done += 1
        if not isinstance(came, MeipiError):
            self._new += came.new
        if not self._saying.isActive():
            self._saying.start()
        self._check()

    def _check(self) -> None:
        if self._total and self._done >= self._total:
            self._ended(left=0)

    def _say(self) -> None:
        self._saying.stop()
        if self._done < self._total:
            done, total = number(self._done), number(self._total)
            self._bar.show_message(
                self._words("arriving.going", done=done, total=total),
                actions=[(self._words("arriving.stop"), self.stop)],
                quiet=self._done > 0,
            )

    def _ended(self, *, left: int) -> None:
        new = self._new
        self._total = self._done = self._new = 0
        self._saying.stop()
        self._listing.stop()
        self._library.set_many(on=False)
        self._library.refresh()
        self._bridge.read(
            "refused",
            self._arriving.refused,
            lambda refused: self._offer(new=new, left=left, refused=len(refused)),
        )

    def _offer(self, *, new: int, left: int, refused: int) -> None:
        """Say what came of it, and what can be done about the rest."""
        counts = {"new": number(new), "left": number(left), "refused": number(refused)}
        parts = [self._words("arriving.came", **counts)] if new else []
        actions: list[tuple[str, Callable[[], None]]] = []
        if left:
            parts.append(self._words("arriving.left", **counts))
            actions.append((self._words("arriving.resume"), self.resume))
        if refused:
            parts.append(self._words("arriving.refused", **counts))
            actions.append((self._words("arriving.list"), self.show_refused))
        if parts:
            self._bar.show_message("".join(parts), error=bool(refused), actions=actions)

    def _offer_once(self, _: int) -> None:
        """Offer, when the library is opened, to go on with what an earlier session left."""
        self._library.filled.disconnect(self._offer_once)
        self._bridge.read(
            "arrivals", lambda: len(self._arriving.left()), self._offer_left, lambda _: None
        )

    def _offer_left(self, left: int) -> None:
        if left and not self._total:
            self._bar.show_message(
                self._words("arriving.left", left=number(left)),
                actions=[
                    (self._words("arriving.resume"), self.resume),
                    (self._words("arriving.forget"), self._forget),
                ],
            )

    def _forget(self) -> None:
        self._bridge.follow(self._arriving.forget())


def _timer(parent: QObject, interval: int, act: Callable[[], object]) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(interval)
    timer.timeout.connect(act)
    return timer

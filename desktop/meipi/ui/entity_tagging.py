"""Makes tags of all mentions of an entity, after saying how many they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.choosing import Option
from meipi.ui.i18n import number
from meipi.ui.keys import shown_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from PySide6.QtCore import QRect

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge
    from meipi.ui.choosing import Chooser
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.keymap import Keymap
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.presenters.subjects import Subject
    from meipi.ui.reading import ReadingController


class EntityTagging:
    """Asks for the tag and for the documents, then has the mentions tagged in one act."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        *,
        chooser: Chooser,
        feedback: Feedback,
        appearance: Appearance,
        words: Words,
        showing: Showing,
        keymap: Keymap,
        near: Callable[[Subject], QRect | None],
        do: Callable[[Callable[[], Future[Changes]]], None],
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._chooser = chooser
        self._feedback = feedback
        self._appearance = appearance
        self._words = words
        self._showing = showing
        self._keymap = keymap
        self._near = near
        self._do = do

    def ask(self, subject: Subject) -> None:
        """Ask which tag its mentions are to have."""
        document = self._reading.document
        tags = document.tags if document is not None else self._workspace.codebook.tags()
        theme = self._appearance.theme
        options = [
            Option(tag.id, tag.name, tag.shortcut, theme.tag_color(tag.color)) for tag in tags
        ]
        if not options:
            keys = shown_key(self._keymap.key("codebook"))
            self._feedback.say(self._words("entity.no_tags", keys=keys))
            return
        prompt = self._words("entity.tag_prompt", name=self._showing.text(subject.entity.name))

        def done(tag: object) -> None:
            self._count_untagged(subject, str(tag))

        self._chooser.ask(self._near(subject), prompt, options, done)

    def _count_untagged(self, subject: Subject, tag: str) -> None:
        """Say how many mentions would be tagged, here and in all documents, before it is done."""
        entity, suggesting = subject.entity, self._workspace.suggesting
        document = self._reading.document.id if self._reading.document else ""

        def count() -> tuple[int, int, int]:
            everywhere = suggesting.untagged(entity, tag)
            here = sum(key == document for key, _ in everywhere)
            return here, len(everywhere), len({key for key, _ in everywhere})

        def ask(counts: tuple[int, int, int]) -> None:
            here, everywhere, documents = counts
            if not everywhere:
                self._feedback.say(self._words("entity.tagged_already"))
                return
            all_of = self._words(
                "entity.tag_all", count=number(everywhere), documents=number(documents)
            )
            options = [Option("", all_of)]
            if here:
                words = self._words("entity.tag_here", count=number(here))
                options.insert(0, Option(document, words))
            prompt = self._words("entity.tag_where")
            self._chooser.ask(self._near(subject), prompt, options, tag_them)

        def tag_them(where: object) -> None:
            place = str(where) or None
            self._do(lambda: suggesting.tag_mentions(entity, tag, document=place))

        self._bridge.read("untagged", count, ask)

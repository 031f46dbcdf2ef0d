"""What is done to entities: from the text, their card, the list or their page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from meipi.core.entity import EntityName, EntityType
from meipi.core.errors import MeipiError
from meipi.core.fold import fold
from meipi.core.spans import Span
from meipi.ui.choosing import Option
from meipi.ui.command_table import BY_ID
from meipi.ui.entity_tagging import EntityTagging
from meipi.ui.i18n import number
from meipi.ui.presenters.ends import moved
from meipi.ui.presenters.entities import TYPES_LISTED, mention_near
from meipi.ui.presenters.subjects import Subject, mention_subject, rows_subject
from meipi.ui.presenters.targets import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge
    from meipi.ui.cards import Cards
    from meipi.ui.choosing import Chooser
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.parts import Parts
    from meipi.ui.places import Places
    from meipi.ui.presenters.keymap import Keymap
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reading import ReadingController

_KNOWN = 2_000
"""Entities of the library offered to merge with; others are named by typing."""


class EntityActs(QObject):
    """Finds out what an act is about, asks what it needs to know, and has it done."""

    page_asked = Signal(object)
    """`EntityName`."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        parts: Parts,
        *,
        cards: Cards,
        places: Places,
        chooser: Chooser,
        feedback: Feedback,
        appearance: Appearance,
        words: Words,
        showing: Showing,
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._parts = parts
        self._cards = cards
        self._places = places
        self._chooser = chooser
        self._feedback = feedback
        self._appearance = appearance
        self._words = words
        self._showing = showing
        self._keymap = keymap
        self.tagging = EntityTagging(
            workspace,
            bridge,
            reading,
            chooser=chooser,
            feedback=feedback,
            appearance=appearance,
            words=words,
            showing=showing,
            keymap=keymap,
            near=self._near,
            do=self._do,
        )
        self._moved: tuple[Target, Span] | None = None
        """Where the ends of a mention were moved last, while the disk is being written."""
        reading.mentions_changed.connect(lambda _: self._forget_move())

    # What it is about.

    def subject(self) -> Subject | None:
        """Return what acts are about now: the list, the page, the open card or the caret."""
        panel = self._parts.entities
        if panel.rows.list.hasFocus():
            return rows_subject(panel.chosen(), panel.chosen_form())
        page = self._parts.entity_page
        if page.isVisible() and page.entity is not None:
            forms = tuple(page.forms())
            return Subject((page.entity,), page.chosen_form() or page.entity.name, forms)
        return self._mention()

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands of entities do."""
        return {
            "entity_add": self.add,
            "entity_type": self._about(self._ask_type),
            "entity_reject": self._about(self._reject),
            "entity_never": self._about(self._never),
            "entity_always": self._about(self._always),
            "entity_merge": self._about(self._merge),
            "entity_split": self._about(self._split),
            "entity_rename": self._about(self._rename),
            "entity_tag": self._about(self.tagging.ask),
            "entity_list": self._list,
            "entity_page": self._about(lambda subject: self.page_asked.emit(subject.entity)),
        }

    def press(self, command: str) -> None:
        """Do what a key means while the card of a mention is open."""
        runs = BY_ID[command].runs
        if runs:
            self.table()[runs]()
        else:
            self.change_type(EntityType(command.removeprefix("type_")))

    def change_type(self, kind: EntityType) -> None:
        """Make the mention whose card is open, or that at the caret, one of ``kind``."""
        subject = self._mention()
        if subject is None:
            self._feedback.say(self._words("entity.place_first"))
        else:
            self._change_type(subject, kind)

    def move(self, name: str) -> None:
        """Move an end of the mention whose card is open: ``start_left``, ``end_right`` …."""
        target, document = self._cards.targets.target, self._reading.document
        if target is None or target.kind != "entity" or document is None:
            return
        span = target.span(document)
        if self._moved is not None and self._moved[0] == target:
            span = self._moved[1]
        to = moved(document.text, span, name, self._parts.reader.cut)
        if to != span:
            self._moved = target, to
            self._cards.targets.expect(to)
            kind = document.mentions[target.index].type if document.mentions else None
            correcting = self._workspace.correcting
            self._do(lambda: correcting.move(document.id, span, to, kind=kind))

    # At a place.

    def add(self) -> None:
        """Ask of which type the selected words are an entity."""
        document, span = self._reading.document, self._parts.reader.selection()
        if document is None or not span:
            self._feedback.say(self._words("entity.select_first"))
            return

        def done(kind: object) -> None:
            assert isinstance(kind, EntityType)  # noqa: S101 - offered below
            self._do(lambda: self._workspace.correcting.add(document.id, span, kind))
            self._parts.reader.set_selection(Span(span.start, span.start))

        prompt = self._words("entity.type_prompt")
        self._chooser.ask(self._places.of(span), prompt, self._types(), done)

    def _list(self) -> None:
        target = self._target()
        if target is None:
            self._feedback.say(self._words("entity.place_first"))
        else:
            self._leave_card()
            self._cards.targets.listing_asked.emit(target)

    def _ask_type(self, subject: Subject) -> None:
        def done(kind: object) -> None:
            assert isinstance(kind, EntityType)  # noqa: S101 - offered below
            self._change_type(subject, kind)

        prompt = self._words("entity.type_prompt")
        self._chooser.ask(self._near(subject), prompt, self._types(), done)

    def _change_type(self, subject: Subject, kind: EntityType) -> None:
        correcting = self._workspace.correcting
        if subject.span is not None:
            span = subject.span
            self._cards.targets.expect(span)
            self._do(lambda: correcting.change_type(subject.document, span, kind))
            return
        for entity in subject.entities:
            self._do(partial(correcting.rename, entity, EntityName(kind, entity.name)))

    def _reject(self, subject: Subject) -> None:
        if subject.span is None:
            self._feedback.say(self._words("entity.place_first"))
            return
        span = subject.span
        self._leave_card()
        self._do(lambda: self._workspace.correcting.reject(subject.document, span))

    # Of a name.

    def _never(self, subject: Subject) -> None:
        self._leave_card()
        self._do(lambda: self._workspace.correcting.never(subject.form))

    def _always(self, subject: Subject) -> None:
        def done(kind: object) -> None:
            assert isinstance(kind, EntityType)  # noqa: S101 - offered below
            self._do(lambda: self._workspace.correcting.always(subject.form, kind))

        prompt = self._words("entity.always_prompt", name=self._showing.text(subject.form))
        types = self._types(first=subject.entity.type)
        self._chooser.ask(self._near(subject), prompt, types, done)

    def _merge(self, subject: Subject) -> None:
        if len(subject.entities) > 1:
            self._merge_chosen(subject)
            return
        entity = subject.entity
        document = self._reading.document
        rows = document.entities.rows if document and document.entities else ()
        here = [row.entity for row in rows]

        def done(into: object) -> None:
            assert isinstance(into, EntityName)  # noqa: S101 - offered below
            self._do(lambda: self._workspace.correcting.merge([entity], into))

        def typed(name: str) -> Option:
            label = self._words("entity.merge_typed", name=name)
            return Option(EntityName(entity.type, name), label)

        prompt = self._words("entity.merge_prompt", name=self._showing.text(entity.name))
        self._chooser.ask(self._near(subject), prompt, self._named(entity, here), done, typed=typed)

        def more(names: list[EntityName]) -> None:
            self._chooser.set_options(self._named(entity, [*here, *names]))

        self._bridge.read("entities to merge", self._known, more)

    def _merge_chosen(self, subject: Subject) -> None:
        def done(into: object) -> None:
            assert isinstance(into, EntityName)  # noqa: S101 - offered below
            self._do(lambda: self._workspace.correcting.merge(subject.entities, into))

        options = [self._name_option(one) for one in subject.entities]
        count = number(len(options))
        prompt = self._words("entity.merge_many_prompt", count=count)
        self._chooser.ask(self._near(subject), prompt, options, done)

    def _split(self, subject: Subject) -> None:
        entity = subject.entity
        others = [form for form in subject.forms if fold(form) != fold(entity.name)]

        def done(form: object) -> None:
            self._do(lambda: self._workspace.correcting.split(entity, str(form)))

        if fold(subject.form) != fold(entity.name) or not others:
            done(subject.form)
            return
        prompt = self._words("entity.split_prompt", name=self._showing.text(entity.name))
        options = [Option(form, self._showing.text(form)) for form in others]
        self._chooser.ask(self._near(subject), prompt, options, done)

    def _rename(self, subject: Subject) -> None:
        entity = subject.entity

        def done(name: object) -> None:
            to = EntityName(entity.type, str(name))
            self._do(lambda: self._workspace.correcting.rename(entity, to))

        def typed(name: str) -> Option:
            return Option(name, self._words("entity.rename_typed", name=name))

        prompt = self._words("entity.rename_prompt", name=self._showing.text(entity.name))
        forms = [Option(form, form) for form in subject.forms if form != entity.name]
        self._chooser.ask(self._near(subject), prompt, forms, done, typed=typed)

    # What they share.

    def _about(self, act: Callable[[Subject], None]) -> Callable[[], None]:
        def do() -> None:
            subject = self.subject()
            if subject is None:
                self._feedback.say(self._words("entity.place_first"))
            else:
                act(subject)

        return do

    def _do(self, act: Callable[[], Future[Changes]]) -> None:
        try:
            self._bridge.write(act())
        except MeipiError as error:
            self._feedback.show_error(error)

    def _mention(self) -> Subject | None:
        document, target = self._reading.document, self._target()
        if document is None or document.entities is None or target is None:
            return None
        mention = document.entities.mentions[target.index]
        return mention_subject(document.id, mention, document.entities.row(target.index))

    def _target(self) -> Target | None:
        """Return the mention whose card is open, else that at the caret."""
        document, target = self._reading.document, self._cards.targets.target
        if document is None or document.entities is None:
            return None
        if target is not None and target.kind == "entity":
            return target
        caret = self._parts.reader.selection().start
        at = mention_near(document.entities.mentions, Span(caret, caret + 1))
        return None if at is None else Target("entity", at)

    def _near(self, subject: Subject) -> QRect | None:
        if subject.span is not None and self._parts.reader.isVisible():
            return self._places.of(subject.span)
        view = self._parts.entities.rows.list
        if not view.hasFocus():
            return None
        rect = view.visualRect(view.currentIndex())
        corner = view.viewport().mapTo(self._parts.window.page, rect.topLeft())
        return QRect(corner, rect.size())

    def _types(self, *, first: EntityType | None = None) -> list[Option]:
        kinds = sorted(TYPES_LISTED, key=lambda kind: kind is not first)
        theme = self._appearance.theme
        return [
            Option(
                kind,
                self._words(f"type.{kind}"),
                self._keymap.key(f"type_{kind}"),
                theme.entities[kind].color,
            )
            for kind in kinds
        ]

    def _named(self, entity: EntityName, names: Iterable[EntityName]) -> list[Option]:
        """Return the entities to merge with, those of the same type first."""
        others = [one for one in dict.fromkeys(names) if one != entity]
        others.sort(key=lambda one: one.type is not entity.type)
        return [self._name_option(one) for one in others]

    def _name_option(self, name: EntityName) -> Option:
        color = self._appearance.theme.entities[name.type].color
        return Option(name, self._showing.text(name.name), self._words(f"type.{name.type}"), color)

    def _known(self) -> list[EntityName]:
        return [one.entity for one in self._workspace.entities.all()[:_KNOWN]]

    def _leave_card(self) -> None:
        self._cards.targets.dismiss()

    def _forget_move(self) -> None:
        self._moved = None

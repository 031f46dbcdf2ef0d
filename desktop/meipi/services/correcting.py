"""What the reader says about entities: at a place, or of a name everywhere. All can be undone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from meipi.core.corrections import NameRule, NameRules, PlaceRule, apply_corrections
from meipi.core.entity import EntityType, Mention
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.fold import fold
from meipi.library import naming_queries, queries
from meipi.library.rows import anchor_row, correction_row, storable
from meipi.library.times import now
from meipi.services.anchoring import Anchoring
from meipi.services.labels import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from meipi.core.anchors import Anchor
    from meipi.core.changes import Changes
    from meipi.core.corrections import NameCorrection, PlaceCorrection
    from meipi.core.entity import EntityName
    from meipi.core.spans import Span
    from meipi.library import Library
    from meipi.library.transaction import Transaction


class Correcting:
    """Corrections of entities. Each is one entry of the history and holds from then on."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._anchoring = Anchoring(library)

    # At a place.

    def add(self, document: str, span: Span, kind: EntityType) -> Future[Changes]:
        """Say that an entity of type ``kind`` is named at ``span``."""
        kind = _known_type(kind)

        def work(transaction: Transaction) -> None:
            quote = self._put(transaction, document, span, kind)
            transaction.name("entity_add", quote=short(quote), type=kind)

        return self._library.submit(work)

    def change_type(self, document: str, span: Span, kind: EntityType) -> Future[Changes]:
        """Say that what is named at ``span`` is of type ``kind``."""
        kind = _known_type(kind)

        def work(transaction: Transaction) -> None:
            here = _Here(self._anchoring, transaction, document)
            mention = here.mention(span)
            if not here.is_searched or mention.type is not kind:
                quote = self._put(transaction, document, span, kind)
                transaction.name("entity_type", quote=short(quote), type=kind)

        return self._library.submit(work)

    def move(
        self, document: str, span: Span, to: Span, *, kind: EntityType | None = None
    ) -> Future[Changes]:
        """Move the ends of the mention at ``span``; ``kind`` is its type while still searched."""

        def work(transaction: Transaction) -> None:
            here = _Here(self._anchoring, transaction, document)
            mention, put = here.mention(span, kind), here.put_at(span)
            if to == span:
                return
            anchor = self._anchoring.anchor(transaction, document, to)
            if put is None:
                _insert_place(transaction, document, PlaceRule.PUT, anchor, mention.type)
            else:
                transaction.update("corrections", put.id, **anchor_row(anchor))
            here.reject_found(span, exactly=True)
            transaction.name("entity_move", quote=short(anchor.quote))

        return self._library.submit(work)

    def reject(self, document: str, span: Span) -> Future[Changes]:
        """Say that what stands at ``span`` is no name here."""

        def work(transaction: Transaction) -> None:
            here = _Here(self._anchoring, transaction, document)
            mention, put = here.mention(span), here.put_at(span)
            if put is not None:
                transaction.delete("corrections", put.id)
            here.reject_found(span, exactly=False)
            transaction.name("entity_reject", quote=short(mention.text))

        return self._library.submit(work)

    # Of a name, everywhere.

    def never(self, name: str) -> Future[Changes]:
        """Say that ``name`` is not a name anywhere."""
        words = _checked(name)

        def work(transaction: Transaction) -> None:
            _forget(transaction, name, {NameRule.ALWAYS, NameRule.NEVER})
            _insert_name(transaction, NameRule.NEVER, name)
            transaction.name("entity_never", name=short(words))

        return self._library.submit(work)

    def always(self, name: str, kind: EntityType) -> Future[Changes]:
        """Say that ``name`` is an entity of type ``kind`` wherever it stands."""
        words, kind = _checked(name), _known_type(kind)
        if len(words) < 2:
            raise MeipiError(ErrorCode.ENTITY_NAME_SHORT, name=words)

        def work(transaction: Transaction) -> None:
            _forget(transaction, name, {NameRule.ALWAYS, NameRule.NEVER})
            _insert_name(transaction, NameRule.ALWAYS, name, target=words, target_type=kind)
            transaction.name("entity_always", name=short(words), type=kind)

        return self._library.submit(work)

    def merge(self, entities: Iterable[EntityName], into: EntityName) -> Future[Changes]:
        """Say that ``entities`` are all the one called ``into``."""
        _checked(into.name)
        others = [one for one in dict.fromkeys(entities) if _key(one) != _key(into)]
        if not others:
            raise MeipiError(ErrorCode.ENTITY_SAME, name=into.name)

        def work(transaction: Transaction) -> None:
            for one in others:
                _redirect(transaction, one, into)
            label = "entity_merge" if len(others) == 1 else "entities_merge"
            fields = {"name": short(others[0].name), "into": short(into.name)}
            transaction.name(label, count=len(others), **fields)

        return self._library.submit(work)

    def rename(self, entity: EntityName, to: EntityName) -> Future[Changes]:
        """Give an entity another canonical name or type; under one that is known they merge."""
        _checked(to.name)

        def work(transaction: Transaction) -> None:
            if entity != to:
                _redirect(transaction, entity, to)
                label = "entity_rename" if entity.type is to.type else "entity_retype"
                fields = {"name": short(entity.name), "to": short(to.name)}
                transaction.name(label, **fields, type=to.type)

        return self._library.submit(work)

    def split(self, entity: EntityName, variant: str) -> Future[Changes]:
        """Say that what is written ``variant`` is no other name of ``entity`` but one of its own.

        Raises ``MeipiError`` where ``entity`` is written in no other way.
        """
        words = _checked(variant)
        with self._library.reading() as connection:
            number = naming_queries.entity_id(connection, entity)
            written = naming_queries.variants(connection, number) if number is not None else {}
        others = [one for one in written if fold(one) != fold(words)]
        if not others:
            raise MeipiError(ErrorCode.ENTITY_UNDIVIDED, name=entity.name)
        # The name of the entity stays with what is written so; then the others are the new one.
        is_name = fold(words) == fold(entity.name)
        leaving, name = (others, others[0]) if is_name else ([words], words)

        def work(transaction: Transaction) -> None:
            for one in leaving:
                # What had been merged under this name stands by itself again.
                _forget(transaction, one, {NameRule.ENTITY, NameRule.VARIANT}, kind=entity.type)
                _insert_name(
                    transaction, NameRule.VARIANT, one, type=entity.type, target=storable(name)
                )
            transaction.name("entity_split", name=short(name), entity=short(entity.name))

        return self._library.submit(work)

    def rules(self) -> list[NameCorrection]:
        """Return what was said of names everywhere, as it was said."""
        with self._library.reading() as connection:
            return queries.name_corrections(connection)

    def revoke(self, rules: Iterable[str]) -> Future[Changes]:
        """Take back what was said of names everywhere, all in one act."""
        keys = frozenset(rules)

        def work(transaction: Transaction) -> None:
            known = queries.name_corrections(transaction.connection)
            chosen = [one for one in known if one.id in keys]
            if len(chosen) < len(keys):
                raise MeipiError(ErrorCode.RULE_UNKNOWN)
            for one in chosen:
                transaction.delete("corrections", one.id)
            if len(chosen) == 1:
                transaction.name("entity_revoke", name=short(chosen[0].name))
            elif chosen:
                transaction.name("entities_revoke", count=len(chosen))

        return self._library.submit(work)

    def _put(self, transaction: Transaction, document: str, span: Span, kind: EntityType) -> str:
        here = _Here(self._anchoring, transaction, document)
        anchor = self._anchoring.anchor(transaction, document, span)
        put = here.put_at(span)
        if put is not None:
            transaction.update("corrections", put.id, target_type=kind)
            return anchor.quote
        for other in here.puts_over(span):
            transaction.delete("corrections", other.id)
        _insert_place(transaction, document, PlaceRule.PUT, anchor, kind)
        return anchor.quote


class _Here:
    """A document with its corrections while one more is being made."""

    def __init__(self, anchoring: Anchoring, transaction: Transaction, document: str) -> None:
        self._anchoring = anchoring
        self._transaction = transaction
        self._document = document
        self._places = queries.place_corrections(transaction.connection, document)
        self._found = queries.mentions(
            transaction.connection, queries.reading_number(transaction.connection, document)
        )

    @property
    def is_searched(self) -> bool:
        """Whether what was found is kept, so that the type of a mention is known."""
        return self._found is not None

    def mention(self, span: Span, kind: EntityType | None = None) -> Mention:
        """Return the mention at ``span``. Raises ``MeipiError`` where there is none.

        While a long document is being searched, what was found is not kept yet: then the caller
        knows what stands there.
        """
        for mention in self._mentions(self._places):
            if mention.span == span:
                return mention
        text = self._anchoring.text(self._transaction, self._document)
        if self._found is None and span and span.end <= len(text):
            words = span.slice(text)
            return Mention(span, kind or EntityType.ORG, words, words, "model")
        raise MeipiError(ErrorCode.MENTION_UNKNOWN, name=short(span.slice(text)))

    def put_at(self, span: Span) -> PlaceCorrection | None:
        """Return the correction that puts a mention at ``span``."""
        return next((one for one in self.puts_over(span) if one.anchor.span == span), None)

    def puts_over(self, span: Span) -> list[PlaceCorrection]:
        """Return the corrections that put a mention on characters of ``span``."""
        puts = (one for one in self._places if one.rule is PlaceRule.PUT)
        return [one for one in puts if one.anchor.span.overlaps(span)]

    def reject_found(self, span: Span, *, exactly: bool) -> None:
        """Reject what was found at ``span``, or on any of its characters."""
        rejected = {one.anchor.span for one in self._places if one.rule is PlaceRule.REJECT}
        there = [mention.span for mention in self._mentions([])]
        for place in [span] if self._found is None else there:
            if place not in rejected and (place == span if exactly else place.overlaps(span)):
                anchor = self._anchoring.anchor(self._transaction, self._document, place)
                _insert_place(self._transaction, self._document, PlaceRule.REJECT, anchor)

    def _mentions(self, places: list[PlaceCorrection]) -> tuple[Mention, ...]:
        text = self._anchoring.text(self._transaction, self._document)
        rules = NameRules(queries.name_corrections(self._transaction.connection))
        return apply_corrections(self._found or (), places, rules, text)


def move_corrections(
    transaction: Transaction, document: str, move: Callable[[Anchor], Anchor]
) -> None:
    """Carry the corrections and suggestions of a document to another reading of it."""
    connection = transaction.connection
    for correction in queries.place_corrections(connection, document):
        moved = anchor_row(move(correction.anchor))
        transaction.update("corrections", correction.id, **moved)
    for suggestion in queries.suggestions_of(connection, document):
        transaction.update("suggestions", suggestion.id, **anchor_row(move(suggestion.anchor)))


def _key(entity: EntityName) -> tuple[EntityType, str]:
    return entity.type, fold(entity.name)


def _known_type(kind: str) -> EntityType:
    try:
        return EntityType(kind)
    except ValueError as error:
        known = ", ".join(EntityType)
        raise MeipiError(ErrorCode.ENTITY_TYPE_UNKNOWN, type=kind, known=known) from error


def _checked(name: str) -> str:
    words = storable(" ".join(name.split()))
    if not any(character.isalnum() for character in words):
        raise MeipiError(ErrorCode.ENTITY_NAMELESS)
    return words


def _insert_place(
    transaction: Transaction,
    document: str,
    rule: PlaceRule,
    anchor: Anchor,
    kind: EntityType | None = None,
) -> None:
    place = document, anchor
    row = correction_row(
        uuid.uuid4().hex, rule, created=now(), place=place, told={"target_type": kind}
    )
    transaction.insert("corrections", row)


def _insert_name(transaction: Transaction, rule: NameRule, name: str, **values: str | None) -> None:
    key = fold(_checked(name))
    row = correction_row(uuid.uuid4().hex, rule, created=now(), told={"name": key, **values})
    transaction.insert("corrections", row)


def _forget(
    transaction: Transaction,
    name: str,
    rules: set[NameRule],
    *,
    kind: EntityType | None = None,
) -> None:
    """Take earlier corrections of ``name`` back that the new one contradicts or repeats."""
    key = fold(_checked(name))
    for one in queries.name_corrections(transaction.connection):
        if one.name == key and one.rule in rules and kind in {None, one.type}:
            transaction.delete("corrections", one.id)


def _redirect(transaction: Transaction, entity: EntityName, into: EntityName) -> None:
    """Let ``entity`` be ``into`` from now on; what led the other way is taken back."""
    _forget(transaction, entity.name, {NameRule.ENTITY}, kind=entity.type)
    rules = NameRules(queries.name_corrections(transaction.connection))
    end, name = rules.followed(into.type, into.name)
    if _key(entity) != _key(into) and (end, fold(name)) == _key(entity):
        _forget(transaction, into.name, {NameRule.ENTITY}, kind=into.type)
    _insert_name(
        transaction,
        NameRule.ENTITY,
        entity.name,
        type=entity.type,
        target=storable(into.name),
        target_type=into.type,
    )

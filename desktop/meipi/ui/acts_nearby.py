"""What the commands do that are about one place: an open card, a bar, a page that is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.core.spans import Span
from meipi.ui.presenters.ends import MOVES
from meipi.ui.widgets.judge_bar import JUDGEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from meipi.ui.acts import Acts

    Table = dict[str, Callable[[], object]]


def near_acts(acts: Acts) -> Table:
    """Return what each of them does; where its place is not shown, nothing."""
    parts, cards = acts.parts, acts.cards
    reader = parts.reader
    return {
        "copy": reader.copy_text,
        "select_all": lambda: reader.select_for_use(Span(0, len(reader.reading.sheet.text))),
        "message_act": parts.messages.act,
        "message_close": parts.messages.hide,
        "all_samples": partial(_if_shown, parts.empty, parts.empty.all_button.click),
        "card": cards.open_at_caret,
        "card_next": partial(cards.targets.step, 1),
        "card_previous": partial(cards.targets.step, -1),
        "card_list": partial(cards.targets.act, "list"),
        **_on_annotations(acts),
        **_on_entities(acts),
        **_on_suggestions(acts),
    }


def _on_annotations(acts: Acts) -> Table:
    tagging, panel = acts.tagging, acts.parts.annotations
    in_list = panel.rows.list.hasFocus

    def settle() -> None:
        if in_list():
            panel.act("settle")
        else:
            tagging.settle_current()

    return {
        "annotation_settle": settle,
        "annotation_anchor": partial(panel.act, "anchor"),
        "annotation_delete": tagging.delete_current,
        **{name: partial(tagging.move, name) for name in MOVES},
        **tagging.table(),
        **acts.coding.table(),
        **{f"tag_{at}": partial(tagging.tag_by_digit, str(at)) for at in range(1, 10)},
    }


def _on_entities(acts: Acts) -> Table:
    legend, page = acts.parts.entities.legend, acts.parts.entity_page

    return {
        **{f"show_{kind}": legend.button(kind).click for kind in EntityType},
        **{f"type_{kind}": partial(acts.entities.change_type, kind) for kind in EntityType},
        **{
            f"page_{name}": partial(_if_shown, page, partial(page.choose_next, name))
            for name in ("sort", "within", "chart")
        },
        **{
            f"page_copy_{name}": partial(_if_shown, page, partial(page.copy, name))
            for name in ("lines", "bars", "picture")
        },
    }


def _on_suggestions(acts: Acts) -> Table:
    suggesting = acts.suggesting
    return {
        **{f"judge_{name}": partial(suggesting.judge, name) for name in JUDGEMENTS},
        "judge_next": partial(suggesting.step, 1),
        "judge_previous": partial(suggesting.step, -1),
        "judge_close": suggesting.close,
    }


def _if_shown(place: QWidget, act: Callable[[], object]) -> None:
    if place.isVisible():
        act()

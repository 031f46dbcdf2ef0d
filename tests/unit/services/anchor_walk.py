"""Random repairs, re-decodings and changes of script over an annotated text, with what is true.

What is true is kept apart from the program's maps: every character knows the bytes it came of, so
where an annotation belongs is known whatever is done to the text.
"""

from __future__ import annotations

import codecs
import random
from collections import Counter
from dataclasses import dataclass, field

from meipi.core.anchors import Anchor, AnchorState, make_anchor, move_anchor
from meipi.core.document import Decoded, Structure
from meipi.core.reading import Prepared
from meipi.core.repairs import Proof, Repaired, RepairEdit, apply_edits
from meipi.core.script import Script
from meipi.core.spans import Span
from meipi.script.conversion import convert
from meipi.services.encoding import Rereading

WORDS = (
    *(
        "天津市",
        "宝坻区",
        "推进",
        "京津冀",
        "协同发展",
        "产业",
        "聚焦",
        "“产业圈”",
        "招商推介",
        "，",
        "。",
    ),
    *(
        "\n",
        "GDP",
        "2025年",
        "𠮷野家",
        "🙂",
        "頭髮",
        "發展",
        "皇后",
        "干部",
        "天津",
        "产业圈",
        "□",
        " ",
    ),
)
ENCODINGS = ("utf-8", "gb18030", "big5", "latin-1", "utf-16-le", "cp1252")
_BODY = b"<html><body>"
Bytes = tuple[int, int]
"""Where the bytes of a character begin and end."""


@dataclass
class Page:
    """One reading of the bytes: each of its characters knows those it came of."""

    prepared: Prepared
    homes: list[Bytes]

    @property
    def text(self) -> str:
        return self.prepared.repaired.text

    def home(self, span: Span) -> Bytes:
        covered = self.homes[span.start : span.end]
        return min(low for low, _ in covered), max(high for _, high in covered)


@dataclass
class Kept:
    """A passage: its anchor as the program carries it, and the bytes it was put on."""

    anchor: Anchor
    home: Bytes


@dataclass
class Walk:
    """A text that things are done to, and what became of the passages on it."""

    seed: int
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - chosen places, no secret
        words = self.random.choices(WORDS, k=self.random.randint(12, 36))
        text = "".join(words)
        if self.random.random() < 0.5:  # equal sentences: whatever goes astray lands on them
            text += text[len(text) // 2 :] + text[: len(text) // 3]
        self.data = text.encode("utf-8" if self.random.random() < 0.7 else "gb18030", "replace")
        # Of a page only what stands in its body is text: which bytes that was is not known then.
        self.body = _BODY if self.random.random() < 0.4 else b""
        self.data = self.body + self.data
        self.page = self._read("utf-8", repaired=False)
        self.kept = [self._annotate() for _ in range(6)]

    def run(self, steps: int) -> None:
        """Do ``steps`` things one after the other, and look at every passage after each."""
        acts = (self._repair, self._reread, self._switch_script)
        for _ in range(steps):
            self.random.choice(acts)()
            self._look()
            self._confirm_some()

    # What is done.

    def _repair(self) -> None:
        decoded = self.page.prepared.decoded
        self.page = self._repaired(decoded, self._source_homes(decoded))
        repaired = self.page.prepared.repaired
        for one in self.kept:
            self._carry(one, move_anchor(one.anchor, repaired.text, repaired.map))
        self.counts["repairs"] += 1

    def _reread(self) -> None:
        before = self.page.prepared
        self.page = self._read(self.random.choice(ENCODINGS), repaired=self.random.random() < 0.5)
        rereading = Rereading(self.data, before, self.page.prepared)
        for one in self.kept:
            self._carry(one, rereading.move(one.anchor))
        self.counts["re-decodings"] += 1

    def _switch_script(self) -> None:
        """Show the text in a script: each passage is shown whole, and leads back to itself."""
        shown = convert(self.page.text, self.random.choice(list(Script)))
        for one in self.kept:
            span = one.anchor.span
            if not span:
                continue
            first, last = shown.map.to_target(span.start), shown.map.end_to_target(span.end)
            back = Span(shown.map.to_source(first), shown.map.invert().end_to_target(last))
            assert back.contains(span), (self.seed, span, back)
            assert len(back) - len(span) <= 16, (self.seed, span, back)
        self.counts["script switches"] += 1

    def _carry(self, one: Kept, anchor: Anchor) -> None:
        same = anchor.span == one.anchor.span
        if anchor.state is not AnchorState.NEEDS_REVIEW:
            assert (anchor.state is AnchorState.EXACT) is same, (self.seed, anchor)
        one.anchor = anchor

    def _confirm_some(self) -> None:
        """Say of a passage to be reviewed that it is right, or put it elsewhere, as a reader."""
        for at, one in enumerate(self.kept):
            if one.anchor.state is AnchorState.NEEDS_REVIEW and self.random.random() < 0.3:
                span = one.anchor.span
                self.kept[at] = self._annotate(span if span and self.page.homes else None)

    # What is true.

    def _look(self) -> None:
        text = self.page.text
        for one in self.kept:
            anchor = one.anchor
            self.counts[anchor.state] += 1
            assert anchor.span.end <= len(text), (self.seed, anchor)
            if anchor.state is AnchorState.NEEDS_REVIEW:
                continue
            assert anchor.span.slice(text) == anchor.quote, (self.seed, anchor)
            for place in range(anchor.span.start, anchor.span.end):
                assert _touch(self.page.homes[place], one.home), (
                    f"seed {self.seed}: {anchor.quote!r} was put on bytes {one.home} "
                    f"and is said to be {anchor.state} on {self.page.home(anchor.span)}"
                )

    def _annotate(self, span: Span | None = None) -> Kept:
        length = len(self.page.text)
        if span is None:
            start = self.random.randrange(length)
            span = Span(start, min(length, start + self.random.choice((1, 2, 3, 4, 8, 14))))
        anchor = make_anchor(self.page.text, span, self.page.prepared.repaired.map)
        return Kept(anchor, self.page.home(span))

    def _read(self, encoding: str, *, repaired: bool) -> Page:
        decoded = Decoded(self._body_of(encoding), encoding)
        homes = self._source_homes(decoded)
        if repaired:
            return self._repaired(decoded, homes)
        text, text_map = apply_edits(decoded.text, ())
        return Page(Prepared(decoded, Repaired(text, (), text_map), Structure(())), homes)

    def _body_of(self, encoding: str) -> str:
        text = self.data.decode(encoding, "replace")
        mark = self.body.decode()
        return text[len(mark) :] if text.startswith(mark) else text

    def _source_homes(self, decoded: Decoded) -> list[Bytes]:
        decoder = codecs.getincrementaldecoder(decoded.encoding)("replace")
        homes: list[Bytes] = []
        begun, text = 0, ""
        for at in range(len(self.data)):
            out = decoder.decode(self.data[at : at + 1], final=at + 1 == len(self.data))
            if out:
                end = at + 1 - len(decoder.getstate()[0])
                homes += [(begun, end)] * len(out)
                begun = end
                text += out
        assert text.endswith(decoded.text), (self.seed, decoded.encoding)
        return homes[len(text) - len(decoded.text) :]

    def _repaired(self, decoded: Decoded, homes: list[Bytes]) -> Page:
        """Replace, take out and put in at random places, at times equal words for others."""
        edits, made, at, source = [], list[Bytes](), 0, decoded.text
        position = 0
        for start in sorted(
            self.random.sample(range(len(source)), min(len(source), self.random.randint(0, 6)))
        ):
            end = min(len(source), start + self.random.choice((0, 1, 1, 2, 5, 12)))
            if start < at or not self.random.random() < 0.8:
                continue
            after = self.random.choice(("", *WORDS, source[start:end], source[start:end] * 2))
            if after == source[start:end]:
                continue
            made += homes[at:start]
            position = len(made)
            home = _hull(homes, start, end)
            edits.append(
                RepairEdit(
                    *(position, position + len(after), start, end),
                    *(source[start:end], after, "noise", 1.0, Proof.TABLE),
                )
            )
            made += [home] * len(after)
            at = end
        made += homes[at:]
        text, text_map = apply_edits(source, edits)
        return Page(Prepared(decoded, Repaired(text, tuple(edits), text_map), Structure(())), made)


def _hull(homes: list[Bytes], start: int, end: int) -> Bytes:
    if end > start:
        return homes[start][0], homes[end - 1][1]
    at = homes[start][0] if start < len(homes) else homes[-1][1]
    return at, at


def _touch(one: Bytes, other: Bytes) -> bool:
    """Say whether two ranges share a byte; what came of none counts where it touches."""
    if one[0] == one[1] or other[0] == other[1]:
        return one[0] <= other[1] and other[0] <= one[1]
    return one[0] < other[1] and other[0] < one[1]

"""The few words the text view shows itself, in Chinese and English. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """Wording of one language; the templates take ``paragraphs`` and ``characters``."""

    folded: str
    unfolded: str
    needs_review: str
    name: str
    annotation: str
    language: Language

    def fold(self, paragraphs: int, characters: int, is_open: bool) -> str:
        """Word the line that stands for a run of boilerplate."""
        template = self.unfolded if is_open else self.folded
        return template.format(paragraphs=paragraphs, characters=f"{characters:,}")


WORDS: dict[Language, Words] = {
    "zh": Words(
        folded="折叠的版权与推广信息 · {paragraphs} 段 {characters} 字",
        unfolded="版权与推广信息 · {paragraphs} 段 {characters} 字",
        needs_review="待核对",
        name="正文",
        annotation="批注",
        language="zh",
    ),
    "en": Words(
        folded="Folded notices and promotion · {paragraphs} paragraphs, {characters} characters",
        unfolded="Notices and promotion · {paragraphs} paragraphs, {characters} characters",
        needs_review="needs review",
        name="Text",
        annotation="Note",
        language="en",
    ),
}

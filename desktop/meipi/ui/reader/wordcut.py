"""Cuts Chinese into words with jieba, whose dictionary is read in the background. No Qt."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from meipi.ui.reader.selection import cut_by_class

if TYPE_CHECKING:
    from collections.abc import Iterable


class WordCutter:
    """Cuts by character class until jieba's dictionary (a fifth of a second to read) is there."""

    def __init__(self) -> None:
        self._tokenizer: Any = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    @property
    def ready(self) -> bool:
        """Say whether the dictionary is read."""
        return self._tokenizer is not None

    def warm_up(self) -> None:
        """Begin to read the dictionary, once; returns at once."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._load, name="jieba", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Wait until the dictionary is read."""
        self.warm_up()
        if self._thread is not None:
            self._thread.join()

    def __call__(self, text: str) -> Iterable[str]:
        """Cut ``text``, which may be in either script, into words that join up to it."""
        if self._tokenizer is None:
            return cut_by_class(text)
        from meipi.core.fold import fold

        words, at = [], 0
        for word in self._tokenizer.cut(fold(text)):
            words.append(text[at : at + len(word)])
            at += len(word)
        return words

    def _load(self) -> None:
        from meipi.words import tokenizer

        self._tokenizer = tokenizer()

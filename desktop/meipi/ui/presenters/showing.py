"""Names and quotes in the script the reader has chosen, for the lists beside the text."""

from __future__ import annotations

from functools import lru_cache

from meipi.core.script import Script

_SHORT = 400
"""Characters converted at most: lists show no more, and long ones would cost a frame."""


class Showing:
    """Converts the short texts of lists; what was converted once is kept."""

    def __init__(self, script: Script = Script.ORIGINAL) -> None:
        self.script = script

    def text(self, text: str) -> str:
        """Return ``text`` as the reader wants characters shown."""
        if self.script is Script.ORIGINAL:
            return text
        return _converted(text[:_SHORT], self.script)

    def warm_up(self) -> None:
        """Load the tables of every script, so that switching does not wait for them."""
        for script in Script:
            _converted("眉批", script)


@lru_cache(maxsize=32_768)
def _converted(text: str, script: Script) -> str:
    from meipi.script import convert

    return convert(text, script).text

"""Opens the gate for the threads beside the window as often as its event loop has nothing to do."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from PySide6.QtCore import QAbstractEventDispatcher, QObject

from meipi.core.turns import Gate, going_first

_TURN_S = 0.001
"""How long another thread may hold the interpreter while the window's asks for it. Libraries know
nothing of our gate: with Python's five milliseconds one that reads a dictionary in made the event
loop late by four tenths of a second."""


class GoingFirst(QObject):
    """Holds the gate of the window's thread; `go_first` closes it until the event loop rests.

    Where GLib runs the loop, no signal tells when it wakes up: what draws or shows says it itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self._gate = Gate()
        self._held = ExitStack()

    def start(self) -> None:
        """Go first from now on."""
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None:
            self._held.enter_context(going_first(self._gate))
            dispatcher.aboutToBlock.connect(self._gate.end)
            self._held.callback(sys.setswitchinterval, sys.getswitchinterval())
            sys.setswitchinterval(_TURN_S)
            self._held.callback(dispatcher.aboutToBlock.disconnect, self._gate.end)

    def stop(self) -> None:
        """Go first no more."""
        self._held.close()

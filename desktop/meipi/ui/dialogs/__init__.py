"""Dialogs: each asks one thing, shows what will happen first, and never blocks the window."""

from meipi.ui.dialogs.opening import Dialogs

__all__ = ["Dialogs"]

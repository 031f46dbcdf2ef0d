"""The reader's settings: what there is, in one table, and the file they are kept in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meipi.core.entity import EntityType
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.reasons import reason_of
from meipi.core.script import Script
from meipi.services.home import config_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, the value it has until changed, its kind and what is allowed."""

    name: str
    default: Any
    kind: str
    allows: Callable[[object], bool]
    choices: tuple[str, ...] = ()
    """Of a choice, what can be chosen."""
    bounds: tuple[int, int] = (0, 0)
    """Of a number, the least and the most."""


def _switch(name: str, *, default: bool) -> Setting:
    return Setting(name, default, "switch", lambda value: isinstance(value, bool))


def _choice(name: str, default: str, choices: Collection[str]) -> Setting:
    return Setting(name, default, "choice", lambda value: value in choices, tuple(choices))


def _number(name: str, default: int, low: int, high: int) -> Setting:
    def allows(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high

    return Setting(name, default, "number", allows, bounds=(low, high))


def _text(name: str, default: str = "") -> Setting:
    return Setting(name, default, "text", lambda value: isinstance(value, str))


def _words(name: str, choices: Collection[str] | None = None) -> Setting:
    def allows(value: object) -> bool:
        return isinstance(value, list) and all(
            isinstance(word, str) and (choices is None or word in choices) for word in value
        )

    return Setting(name, [], "words", allows)


def _table(name: str) -> Setting:
    def allows(value: object) -> bool:
        return isinstance(value, dict) and all(
            isinstance(key, str) and isinstance(one, dict) for key, one in value.items()
        )

    return Setting(name, {}, "table", allows)


def _keys(name: str) -> Setting:
    def allows(value: object) -> bool:
        return isinstance(value, dict) and all(
            isinstance(keys, list) and all(isinstance(key, str) for key in keys)
            for keys in value.values()
        )

    return Setting(name, {}, "keys", allows)


SETTINGS: tuple[Setting, ...] = (
    _choice("theme", "system", ("system", "light", "sepia", "dark", "contrast")),
    _choice("language", "system", ("system", "zh", "en")),
    _choice("script", Script.ORIGINAL.value, [script.value for script in Script]),
    _number("reading_size", 19, 10, 64),
    _number("zoom", 0, -10, 20),
    _number("page_measure", 38, 20, 60),
    _number("page_leading", 175, 130, 240),
    _choice("page_paragraphs", "indent", ("indent", "gap")),
    _choice("page_face", "song", ("song", "hei")),
    _switch("page_spaced", default=True),
    _switch("show_entities", default=True),
    _switch("show_annotations", default=True),
    _switch("show_repairs", default=True),
    _switch("show_finds", default=True),
    _switch("show_selection", default=True),
    _words("hidden_types", [kind.value for kind in EntityType]),
    _switch("left_shown", default=True),
    _switch("right_shown", default=True),
    _number("left_width", 248, 120, 1_000),
    _number("right_width", 292, 120, 1_000),
    _choice("right_panel", "outline", ("outline", "entities", "annotations", "repairs")),
    _text("window_geometry"),
    _text("window_state"),
    _text("coder"),
    _words("hidden_coders"),
    _number("backup_hours", 1, 0, 168),
    _number("backup_hourly", 8, 0, 100),
    _number("backup_daily", 7, 0, 100),
    _number("backup_weekly", 8, 0, 100),
    _text("backup_folder"),
    _text("last_library"),
    _text("last_document"),
    _words("open_tabs"),
    _words("other_tabs"),
    _text("last_open_folder"),
    _text("last_export_folder"),
    _text("last_export_format", "jsonl"),
    _table("export_presets"),
    _words("recent_tags"),
    _keys("keys"),
    _words("find_ways", ("regex", "pinyin", "words")),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings:
    """Settings in a JSON file; each change is written at once and whole.

    A file that cannot be understood is kept beside as ``settings.broken.json``; names this version
    does not know stay in the file for the version that does.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else config_folder() / "settings.json"
        self._values = self._load()
        self._unsaved = False

    def get(self, name: str) -> Any:
        """Return a setting, or its default where it is not set or not valid."""
        setting = _BY_NAME[name]
        value = self._values.get(name, setting.default)
        value = value if setting.allows(value) else setting.default
        return value.copy() if isinstance(value, list | dict) else value

    def set(self, name: str, value: object) -> None:
        """Change a setting and write the file. Raises ``MeipiError`` where it does not allow it."""
        self.set_all({name: value})

    def set_all(self, values: dict[str, object]) -> None:
        """Change several settings with one writing, such as the window's at its closing."""
        self.change(values)
        self.save()

    def change(self, values: dict[str, object]) -> None:
        """Change settings for now; `save` writes them. Raises ``MeipiError`` as `set` does."""
        for name, value in values.items():
            if not _BY_NAME[name].allows(value):
                raise MeipiError(ErrorCode.SETTING_INVALID, name=name, value=value)
        changed = {**self._values, **values}
        if changed != self._values:
            self._values = changed
            self._unsaved = True

    def save(self) -> None:
        """Write what was changed; may run in another thread. Raises ``MeipiError``."""
        if not self._unsaved:
            return
        self._unsaved = False
        try:
            self._save()
        except MeipiError:
            self._unsaved = True
            raise

    def reset(self, name: str) -> None:
        """Give a setting its default back."""
        if self._values.pop(_BY_NAME[name].name, None) is not None:
            self._save()

    def _load(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_text(encoding="utf-8"))
        except OSError:
            return {}
        except ValueError:
            return self._keep_aside()
        return values if isinstance(values, dict) else self._keep_aside()

    def _keep_aside(self) -> dict[str, Any]:
        try:
            self.path.replace(self.path.with_suffix(".broken.json"))
        except OSError:
            return {}  # a file that cannot be moved cannot be written either: `set` will say so
        return {}

    def _save(self) -> None:
        text = json.dumps(self._values, ensure_ascii=False, indent=2, sort_keys=True)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, text + "\n")
        except OSError as error:
            reason = reason_of(error)
            raise MeipiError(ErrorCode.SETTINGS_NOT_SAVED, path=self.path, reason=reason) from error

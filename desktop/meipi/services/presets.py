"""Named ways of exporting: the format and what of a set is chosen, kept among the settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meipi.core.errors import ErrorCode, MeipiError
from meipi.services.selecting import ALL, Choice, Entities

if TYPE_CHECKING:
    from meipi.services.settings import Settings

_SETTING = "export_presets"
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class Preset:
    """A format, tags by their ids (``None`` is all) and what else is chosen."""

    format: str
    tags: tuple[str, ...] | None = None
    choice: Choice = ALL


def is_day(value: str) -> bool:
    """Say whether ``value`` is a day such as ``2026-03-01``.

    >>> is_day("2026-03-01"), is_day("2026-3-1")
    (True, False)
    """
    return _DAY.fullmatch(value) is not None


class Presets:
    """The presets of a reader."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def names(self) -> list[str]:
        """Return the names there are."""
        return sorted(self._settings.get(_SETTING))

    def get(self, name: str) -> Preset:
        """Return the preset called ``name``; raise ``PRESET_UNKNOWN``."""
        kept = self._settings.get(_SETTING)
        if name not in kept:
            known = ", ".join(sorted(kept)) or "-"
            raise MeipiError(ErrorCode.PRESET_UNKNOWN, name=name, known=known)
        return _from_plain(kept[name])

    def keep(self, name: str, preset: Preset) -> None:
        """Keep ``preset`` under ``name``, in the place of one that was called so."""
        kept = self._settings.get(_SETTING)
        self._settings.set(_SETTING, {**kept, name: _to_plain(preset)})

    def remove(self, name: str) -> None:
        """Forget the preset called ``name``."""
        kept = self._settings.get(_SETTING)
        self._settings.set(_SETTING, {key: one for key, one in kept.items() if key != name})


def _to_plain(preset: Preset) -> dict[str, Any]:
    choice = preset.choice
    return {
        "format": preset.format,
        "tags": None if preset.tags is None else list(preset.tags),
        "coders": None if choice.coders is None else sorted(choice.coders),
        "entities": choice.entities.value,
        "since": choice.since,
        "until": choice.until,
    }


def _from_plain(value: dict[str, Any]) -> Preset:
    """Read a preset; what somebody wrote into the file that is none means all."""
    coders, tags = value.get("coders"), value.get("tags")
    entities = value.get("entities")
    days = [str(value.get(name, "")) for name in ("since", "until")]
    since, until = (day if is_day(day) else "" for day in days)
    return Preset(
        str(value.get("format", "jsonl")),
        tuple(map(str, tags)) if isinstance(tags, list) else None,
        Choice(
            frozenset(map(str, coders)) if isinstance(coders, list) else None,
            Entities(entities) if entities in set(Entities) else Entities.ALL,
            since,
            until,
        ),
    )

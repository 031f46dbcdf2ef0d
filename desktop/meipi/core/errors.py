"""The one base exception: a code and its fields; the command line and the window word it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a message that is worded in both languages, for a field such as ``reason``."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en


class ErrorCode(StrEnum):
    """What went wrong, in the words of `meipi.core.messages`."""

    FILE_NOT_FOUND = "file_not_found"
    FILE_IS_DIRECTORY = "file_is_directory"
    FILE_NOT_PERMITTED = "file_not_permitted"
    FILE_UNREADABLE = "file_unreadable"
    FILE_EMPTY = "file_empty"
    FILE_BINARY = "file_binary"
    FILE_FORMAT_UNKNOWN = "file_format_unknown"
    FILE_TOO_LARGE = "file_too_large"
    FILE_TAKES_LONG = "file_takes_long"
    ENCODING_UNKNOWN = "encoding_unknown"
    ENCODING_MISFIT = "encoding_misfit"
    ENCODING_TOLD = "encoding_told"
    DISK_FULL = "disk_full"
    LIBRARY_NOT_SQLITE = "library_not_sqlite"
    LIBRARY_NEWER = "library_newer"
    LIBRARY_LOCKED = "library_locked"
    LIBRARY_DAMAGED = "library_damaged"
    LIBRARY_UNUSABLE = "library_unusable"
    DOCUMENT_UNKNOWN = "document_unknown"
    ANNOTATION_UNKNOWN = "annotation_unknown"
    PASSAGE_UNKNOWN = "passage_unknown"
    PASSAGE_LAST = "passage_last"
    PASSAGE_THERE = "passage_there"
    EXPRESSION_INVALID = "expression_invalid"
    TAGGING_CANCELLED = "tagging_cancelled"
    LINK_UNKNOWN = "link_unknown"
    LINK_ITSELF = "link_itself"
    LINK_EXISTS = "link_exists"
    MEMO_UNKNOWN = "memo_unknown"
    MEMO_EMPTY = "memo_empty"
    REPAIR_UNKNOWN = "repair_unknown"
    DECISION_UNKNOWN = "decision_unknown"
    TAG_UNKNOWN = "tag_unknown"
    TAG_EXISTS = "tag_exists"
    TAG_NAMELESS = "tag_nameless"
    TAG_CYCLE = "tag_cycle"
    TAG_ITSELF = "tag_itself"
    ATTRIBUTE_UNKNOWN = "attribute_unknown"
    ATTRIBUTE_EXISTS = "attribute_exists"
    ATTRIBUTE_NAMELESS = "attribute_nameless"
    ATTRIBUTE_OTHER_SUBJECT = "attribute_other_subject"
    ATTRIBUTE_VALUE_INVALID = "attribute_value_invalid"
    ATTRIBUTE_IN_USE = "attribute_in_use"
    ATTRIBUTE_CHOICES = "attribute_choices"
    STATUS_UNKNOWN = "status_unknown"
    MENTION_UNKNOWN = "mention_unknown"
    ENTITY_TYPE_UNKNOWN = "entity_type_unknown"
    ENTITY_SAME = "entity_same"
    ENTITY_UNDIVIDED = "entity_undivided"
    ENTITY_NAMELESS = "entity_nameless"
    ENTITY_NAME_SHORT = "entity_name_short"
    RULE_UNKNOWN = "rule_unknown"
    SUGGESTION_UNKNOWN = "suggestion_unknown"
    SPAN_OUTSIDE = "span_outside"
    QUERY_INVALID = "query_invalid"
    QUERY_UNKNOWN = "query_unknown"
    QUERY_NAMELESS = "query_nameless"
    QUERY_EXISTS = "query_exists"
    FORMAT_UNKNOWN = "format_unknown"
    PRESET_UNKNOWN = "preset_unknown"
    DAY_INVALID = "day_invalid"
    CODER_EXISTS = "coder_exists"
    CODER_NAMELESS = "coder_nameless"
    CODER_UNKNOWN = "coder_unknown"
    CHANNEL_UNKNOWN = "channel_unknown"
    EXTRA_MISSING = "extra_missing"
    COLUMN_UNKNOWN = "column_unknown"
    BATCH_OTHER = "batch_other"
    BATCH_FAILED = "batch_failed"
    BATCH_ROW_INVALID = "batch_row_invalid"
    CLUSTER_UNUSABLE = "cluster_unusable"
    EXPORT_CANCELLED = "export_cancelled"
    IMPORT_CANCELLED = "import_cancelled"
    EXPORT_FAILED = "export_failed"
    EXPORT_DIFFERS = "export_differs"
    IMPORT_INVALID = "import_invalid"
    NOTHING_TO_DO = "nothing_to_do"
    WORKER_FAILED = "worker_failed"
    SETTING_INVALID = "setting_invalid"
    SETTINGS_NOT_SAVED = "settings_not_saved"
    REPORT_NOT_WRITTEN = "report_not_written"


class MeipiError(Exception):
    """Anything Meipi can explain to its reader.

    ``fields`` fill the places of the message (`meipi.core.messages.word`).
    """

    def __init__(self, code: ErrorCode, **fields: object) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.fields.items())
        return f"{self.code} ({details})" if details else str(self.code)

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary whole."""
        return (_rebuilt, (self.code, self.fields))


def _rebuilt(code: ErrorCode, fields: dict[str, object]) -> MeipiError:
    return MeipiError(code, **fields)


class FileError(MeipiError):
    """A file could not be read."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt_file, (self.code, self.fields))


def _rebuilt_file(code: ErrorCode, fields: dict[str, object]) -> FileError:
    return FileError(code, **fields)


class LibraryError(MeipiError):
    """The library could not be used."""

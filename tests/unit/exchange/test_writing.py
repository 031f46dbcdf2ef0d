"""An export is whole or not there; what was there before is safe."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from meipi.core.annotated_set import AnnotatedSet
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.messages import word
from meipi.exchange import FORMATS, loss_path, registry, write_set
from meipi.exchange.format import Differs

OLD = "从前的导出"
ALL = list(FORMATS)


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "set.out"
    path.write_text(OLD)
    return path


@pytest.fixture
def failing(monkeypatch):
    """Make a format fail in one of its parts."""

    def change(name: str, **parts: object) -> None:
        changed = {**FORMATS, name: replace(FORMATS[name], **parts)}
        monkeypatch.setattr(registry, "FORMATS", changed)

    return change


def error_of(annotated, path, name) -> MeipiError:
    with pytest.raises(MeipiError) as caught:
        write_set(annotated, path, format=name)
    return caught.value


def untouched(path) -> bool:
    return path.read_text() == OLD and list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ALL)
def test_an_export_replaces_the_old_file_and_lays_its_report_beside_it(small_set, old, name):
    report = write_set(small_set, old, format=name)
    assert old.read_bytes() != OLD.encode()
    assert loss_path(old).read_text() == report.text()
    assert sorted(old.parent.iterdir()) == [old, loss_path(old)]


@pytest.mark.parametrize("name", ALL)
def test_a_full_disk_leaves_the_old_file_and_nothing_else(small_set, old, failing, name):
    def chunks(_):
        yield "x" * 10
        raise OSError(errno.ENOSPC, "No space left on device")

    failing(name, chunks=chunks)
    assert error_of(small_set, old, name).code is ErrorCode.DISK_FULL
    assert untouched(old)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_device_is_not_written_to(small_set):
    assert error_of(small_set, Path("/dev/full"), "jsonl").code is ErrorCode.EXPORT_FAILED


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_reads_back_otherwise_is_not_kept(small_set, old, failing, name):
    good = FORMATS[name].chunks

    failing(name, chunks=lambda annotated: good(changed(annotated)))
    assert error_of(small_set, old, name).code is ErrorCode.EXPORT_DIFFERS
    assert untouched(old)


def changed(annotated):
    """Return the set with one character changed in texts, quotes and names of tags."""
    tags = tuple(replace(tag, name=tag.name.replace("区域", "区城")) for tag in annotated.tags)
    return AnnotatedSet(tuple(other(annotated)), tags)


def other(annotated):
    """Return the documents with one character changed, in the text and in the quotes of it."""
    for one in annotated.documents:
        text = one.repaired.text.replace("习近平", "习近乎")
        annotations = tuple(
            replace(a, anchor=replace(a.anchor, quote=a.span.slice(text))) for a in one.annotations
        )
        repaired = replace(one.repaired, text=text)
        yield replace(one, repaired=repaired, annotations=annotations)


@pytest.mark.parametrize("name", ALL)
def test_a_file_without_its_end_is_not_kept(small_set, old, failing, name):
    good = FORMATS[name].chunks
    failing(name, chunks=lambda annotated: cut(list(good(annotated))))
    assert error_of(small_set, old, name).code is ErrorCode.EXPORT_DIFFERS
    assert untouched(old)


def cut(parts):
    """Return ``parts`` without the last two, or of a single one the first half."""
    return parts[:-2] if len(parts) > 2 else [parts[0][: len(parts[0]) // 2]]


def test_a_difference_is_worded_in_both_languages(small_set, old, failing):
    def check(*_):
        raise Differs("d1")

    failing("jsonl", check=check)
    error = error_of(small_set, old, "jsonl")
    assert "“d1”与原来不同" in word(error, "zh")
    assert "d1 is not as it was" in word(error, "en")


def test_a_mistake_in_the_program_leaves_the_old_file_too(small_set, old, failing):
    def chunks(_):
        yield "{"
        raise ZeroDivisionError

    failing("jsonl", chunks=chunks)
    with pytest.raises(ZeroDivisionError):
        write_set(small_set, old, format="jsonl")
    assert untouched(old)


def test_stopping_in_the_middle_leaves_the_old_file_too(small_set, old, failing):
    def check(*_):
        raise KeyboardInterrupt

    failing("jsonl", check=check)
    with pytest.raises(KeyboardInterrupt):
        write_set(small_set, old, format="jsonl")
    assert untouched(old)


def test_a_lone_surrogate_is_explained(small_set, old):
    document = small_set.documents[0]
    first = replace(document.annotations[0], note="\ud800")
    annotated = replace(small_set, documents=(replace(document, annotations=(first,)),))
    error = error_of(annotated, old, "jsonl")
    assert "lone surrogate" in word(error)
    assert untouched(old)


def test_a_confidence_that_is_no_number_is_explained(small_set, old):
    document = small_set.documents[0]
    edits = (replace(document.repaired.edits[0], confidence=float("nan")),)
    broken = replace(document, repaired=replace(document.repaired, edits=edits))
    annotated = replace(small_set, documents=(broken,))
    assert error_of(annotated, old, "jsonl").code is ErrorCode.EXPORT_FAILED
    assert untouched(old)


def test_a_set_that_contradicts_itself_is_not_exported(small_set, old):
    document = small_set.documents[0]
    broken = replace(document, document=replace(document.document, length=3))
    annotated = replace(small_set, documents=(broken,))
    assert error_of(annotated, old, "jsonl").code is ErrorCode.EXPORT_DIFFERS
    assert untouched(old)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_explained(small_set, old):
    old.parent.chmod(0o500)
    try:
        error = error_of(small_set, old, "jsonl")
    finally:
        old.parent.chmod(0o700)
    assert error.code is ErrorCode.EXPORT_FAILED
    assert untouched(old)


def test_a_missing_folder_is_explained(small_set, tmp_path):
    error = error_of(small_set, tmp_path / "nowhere" / "set.jsonl", "jsonl")
    assert error.code is ErrorCode.EXPORT_FAILED


def test_a_folder_is_not_replaced(small_set, tmp_path):
    assert error_of(small_set, tmp_path, "jsonl").code is ErrorCode.EXPORT_FAILED
    assert list(tmp_path.iterdir()) == []


def test_a_failed_second_move_leaves_the_old_file(small_set, old, monkeypatch):
    good = Path.replace

    def replace_(self, target):
        if Path(target) == old:
            raise OSError(errno.EIO, "Input/output error")
        return good(self, target)

    monkeypatch.setattr(Path, "replace", replace_)
    assert error_of(small_set, old, "jsonl").code is ErrorCode.EXPORT_FAILED
    assert old.read_text() == OLD
    assert not list(old.parent.glob("*.tmp"))


def test_a_link_stays_a_link(small_set, old):
    link = old.with_name("link.jsonl")
    link.symlink_to(old)
    write_set(small_set, link, format="jsonl")
    assert link.is_symlink()
    assert old.read_text() != OLD


def test_the_permissions_of_the_old_file_stay(small_set, old):
    old.chmod(0o640)
    write_set(small_set, old, format="jsonl")
    assert old.stat().st_mode & 0o777 == 0o640


def test_an_unknown_format_is_named_with_the_known_ones(small_set, old):
    error = error_of(small_set, old, "wordperfect")
    assert error.code is ErrorCode.FORMAT_UNKNOWN
    assert "jsonl" in word(error)


@pytest.mark.parametrize("name", ALL)
def test_an_export_says_how_far_it_is_and_never_goes_back(small_set, tmp_path, name):
    if not FORMATS[name].available:
        pytest.skip(f"needs {FORMATS[name].module}")
    told = []
    write_set(small_set, tmp_path / "set", format=name, watch=told.append)
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == 1


@pytest.mark.parametrize("after", [0.0, 0.3, 0.4, 0.7, 0.99])
def test_an_export_can_be_stopped_at_any_time(small_set, old, after):
    def stop(share: float) -> None:
        if share >= after:
            raise MeipiError(ErrorCode.EXPORT_CANCELLED)

    with pytest.raises(MeipiError) as caught:
        write_set(small_set, old, format="w3c", watch=stop)
    assert caught.value.code is ErrorCode.EXPORT_CANCELLED
    assert untouched(old)

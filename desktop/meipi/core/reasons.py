"""Why the operating system refused: its common errors, worded in both languages."""

from __future__ import annotations

import errno

from meipi.core.errors import Phrase

_REASONS: dict[int, Phrase] = {
    errno.ENOENT: Phrase("没有这个文件或文件夹", "there is no such file or folder"),
    errno.ENOTDIR: Phrase("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EISDIR: Phrase("这是文件夹", "it is a folder"),
    errno.EACCES: Phrase("没有权限", "access is not permitted"),
    errno.EPERM: Phrase("没有权限", "access is not permitted"),
    errno.EROFS: Phrase("磁盘只读", "the disk is read-only"),
    errno.ENOSPC: Phrase("磁盘已满", "the disk is full"),
    errno.EDQUOT: Phrase("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Phrase("文件超过了磁盘允许的大小", "the file is larger than the disk allows"),
    errno.ENAMETOOLONG: Phrase("文件名或路径太长", "the name or path is too long"),
    errno.ELOOP: Phrase("链接指向自己，绕成了圈", "its links go round in a circle"),
    errno.EIO: Phrase("读写磁盘出错", "reading or writing the disk failed"),
    errno.EMFILE: Phrase("打开的文件太多", "too many files are open"),
    errno.ENFILE: Phrase("打开的文件太多", "too many files are open"),
    errno.EBUSY: Phrase("正被另一个程序使用", "it is in use by another program"),
    errno.ETXTBSY: Phrase("正被另一个程序使用", "it is in use by another program"),
}


def reason_of(error: OSError) -> Phrase:
    """Return why ``error`` happened; an uncommon one in the system's own words.

    >>> reason_of(OSError(errno.EACCES, "Permission denied")).zh
    '没有权限'
    """
    words = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, Phrase(words, words))

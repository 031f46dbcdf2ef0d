"""The keys of what is done with the program itself, and with files on their way in."""

from __future__ import annotations

from meipi.ui.presenters.commands import CommandInfo as C
from meipi.ui.presenters.commands import Context

PROGRAM_KEYS: tuple[C, ...] = (
    C("paste", "从剪贴板新建文档", "New document from the clipboard", ("Ctrl+Shift+V",)),
    C(
        "text_paste",
        "从剪贴板新建文档",
        "New document from the clipboard",
        ("Ctrl+V",),
        Context.TEXT,
        fixed=True,
        runs="paste",
    ),
    C("original_save", "另存原始文件…", "Save the file as it came…", ("Ctrl+Shift+O",)),
    C("arriving_stop", "停止加入文件", "Stop adding files", ("Ctrl+J, Ctrl+Shift+X",)),
    C("arriving_resume", "继续加入余下的文件", "Go on adding files", ("Ctrl+J, Ctrl+Shift+R",)),
    C(
        "arriving_refused",
        "没能加入的文件…",
        "Files that did not come in…",
        ("Ctrl+J, Ctrl+Shift+F",),
    ),
    C("preferences", "偏好设置…", "Preferences…", ("Ctrl+J, Ctrl+Shift+P",)),
    C("report", "保存问题报告…", "Save a report of a problem…", ("Ctrl+J, F1",)),
)

"""Fuzz repair with coverage: ``python -m tests.fuzz.repair_atheris -max_total_time=600 CORPUS``.

Needs the extra ``fuzz``. A failure leaves its bytes in a file; run with that file to see it again.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["meipi.repair"]):
    from tests.fuzz.checks import check
    from tests.fuzz.damages import damaged, mixture

PIECES = tuple(damaged())
_MOST = 12


def text_of(data: bytes) -> str:
    """Put a text together: pieces of damaged texts, characters of any kind, line feeds."""
    provider = atheris.FuzzedDataProvider(data)
    parts: list[str] = []
    while provider.remaining_bytes() and len(parts) < _MOST:
        kind = provider.ConsumeIntInRange(0, 4)
        if kind == 0:
            parts.append(provider.ConsumeUnicode(provider.ConsumeIntInRange(0, 8)))
            continue
        if kind == 4:
            parts.append(mixture(lambda most: provider.ConsumeIntInRange(0, most - 1)).text)
            continue
        piece = PIECES[provider.ConsumeIntInRange(0, len(PIECES) - 1)]
        start = provider.ConsumeIntInRange(0, len(piece))
        parts.append(piece[start : start + provider.ConsumeIntInRange(0, 60)])
        if kind == 1:
            parts.append("\n")
    return "".join(parts)


def one_input(data: bytes) -> None:
    """Check the text that ``data`` describes; say it where that fails."""
    text = text_of(data)
    try:
        check(text)
    except BaseException:
        sys.stderr.write(f"text: {text!a}\n")
        raise


if __name__ == "__main__":
    # Longer inputs at once: what libFuzzer grows them to by itself holds one piece after hours.
    atheris.Setup([sys.argv[0], "-len_control=0", "-max_len=96", *sys.argv[1:]], one_input)
    atheris.Fuzz()

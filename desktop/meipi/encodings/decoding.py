"""All of some bytes as text, in the encoding they are in."""

from __future__ import annotations

from meipi.core.document import Decoded
from meipi.encodings.detection import Guess, detect
from meipi.encodings.mixed import decode_whole
from meipi.encodings.named import resolve, without_mark


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    r"""Return the text of ``data``, in the likeliest encoding or in the one that is named.

    Any bytes at all have a text: what fits the encoding nowhere becomes U+FFFD and is counted.

    >>> found = decode("京津冀协同发展".encode("gb18030"))
    >>> found.text, found.encoding, found.replaced
    ('京津冀协同发展', 'gb18030', 0)
    >>> decode("協同".encode("big5"), encoding="Big5").text
    '協同'
    >>> decode(b"").text
    ''

    Raises ``TypeError`` for what is no bytes, ``MeipiError`` for an encoding nobody knows.
    """
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"decode takes bytes, not {type(data).__name__}")
    data = bytes(data)
    guess = detect(data, limit=1)[0] if encoding is None else Guess(resolve(encoding), 1.0)
    body = without_mark(data, guess.encoding)
    text, replaced = decode_whole(body, guess.encoding)
    return Decoded(
        text=text,
        encoding=guess.encoding,
        confidence=guess.confidence,
        bom=len(body) < len(data),
        replaced=replaced,
    )

"""Write desktop/meipi/core/_fold_table.py from the character dictionaries of OpenCC.

Run it again after a new release of opencc-python-reimplemented and commit what changed.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[1] / "desktop" / "meipi" / "core" / "_fold_table.py"
HEADER = '''"""Characters folded to their simplified counterpart, one to one.

Written by packaging/build_fold_table.py from OpenCC's TSCharacters (Apache-2.0); do not edit.
"""

# fmt: off
'''

# 著 is 着 or itself by the word; a search key has to be the same for both. 妳 is no variant of
# 你 to its writer, but a reader looks for both with one key.
ALSO = {"著": "着", "妳": "你"}


def read_pairs() -> dict[str, str]:
    """Return each traditional character with the simplified one a search key uses."""
    pairs = dict(ALSO)
    dictionary = files("opencc") / "dictionary" / "TSCharacters.txt"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        source, targets = line.split("\t")
        # Where OpenCC keeps the character unless a word says otherwise, the key takes the other.
        other = [target for target in targets.split(" ") if target != source]
        if other and other[0] != source:
            pairs[source] = other[0]
    return pairs


def close(pairs: dict[str, str]) -> dict[str, str]:
    """Follow every chain to its end, so that folding twice is folding once."""
    closed = {}
    for source in sorted(pairs):
        target, seen = source, {source}
        while target in pairs and pairs[target] not in seen:
            target = pairs[target]
            seen.add(target)
        if target != source:
            closed[source] = target
    return closed


def literal(name: str, characters: str) -> str:
    """Return an assignment of ``characters`` in lines of sixty."""
    lines = [characters[at : at + 60] for at in range(0, len(characters), 60)]
    body = "\n".join(f'    "{line}"' for line in lines)
    return f"{name} = (\n{body}\n)\n"


def main() -> None:
    """Write the table."""
    pairs = close(read_pairs())
    content = HEADER + literal("TRADITIONAL", "".join(pairs))
    content += literal("SIMPLIFIED", "".join(pairs.values())) + "# fmt: on\n"
    TARGET.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()

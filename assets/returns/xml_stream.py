"""XML of any size, one child element at a time: memory follows the largest child, not the file.

Nothing outside the file is ever fetched; a document type declaration, and so every entity trick, is refused. What the
elements mean is the business of the readers.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from assets.returns.errors import ReturnError
from assets.returns.sources import SourceFile

_BLOCK_BYTES = 256 * 1024
_NOT_ITS_ENCODING = {
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
}
_MAX_BEFORE_ROOT = 1024**2
# A real child is 3 kB on average and some 100 kB at most.
MAX_CHILD_BYTES = 4 * 1024**2
# The largest LA knows some 50,000 in a year.
MAX_CHILDREN = 250_000


class LocalNames(dict[Any, str]):
    """From an element's tag to its name in lower case without namespace; each tag is worked out once."""

    def __missing__(self, tag: Any) -> str:
        name = str(tag).rpartition("}")[2].lower()
        self[tag] = name
        return name


def elements(source: SourceFile, *names: str) -> Iterator[Any]:
    """Each finished element of these names (exact, any namespace), in file order, with its content.

    Once the next one is asked for, the last one and all before it are thrown away. Raises ReturnError for a file that
    is not well formed, declares a document type, or goes on too long without an element of these names.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    with source.stream() as handle:
        try:
            yield from _fed(source, parser, handle)
        except etree.XMLSyntaxError as error:
            raise _not_well_formed(source, error) from None


def _not_well_formed(source: SourceFile, error: etree.XMLSyntaxError) -> ReturnError:
    place = f", line {error.lineno}" if error.lineno else ""  # libxml2 does not always know
    if getattr(error, "code", None) in _NOT_ITS_ENCODING:
        return ReturnError(
            f"{source.name}{place}: is not well formed XML, for its letters are in another encoding than it says; "
            "expected UTF-8, or the encoding that its first line names; export it again"
        )
    return ReturnError(
        f"{source.name}{place}: is not well formed XML; expected one complete XML document; export it again"
    )


def _fed(source: SourceFile, parser: Any, handle: Any) -> Iterator[Any]:
    since_last = 0
    checked = False
    while block := handle.read(_BLOCK_BYTES):
        parser.feed(block)
        since_last += len(block)
        for _, element in parser.read_events():
            checked = checked or _without_doctype(source, element)
            since_last = 0
            yield element
            _forget(element)
        if since_last > MAX_CHILD_BYTES:
            raise ReturnError(
                f"{source.name}: {since_last:,} bytes without the end of a child; expected at most "
                f"{MAX_CHILD_BYTES:,}; check that this is the return and export it again"
            )
    parser.close()
    for _, element in parser.read_events():
        checked = checked or _without_doctype(source, element)
        yield element
        _forget(element)


def _without_doctype(source: SourceFile, element: Any) -> bool:
    if element.getroottree().docinfo.doctype:
        raise ReturnError(
            f"{source.name}: has a document type declaration (DOCTYPE); a return has none; export it without one"
        )
    return True


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def root_name(source: SourceFile) -> str:
    """The local name of the file's outermost element, in lower case."""
    parser: Any = etree.XMLPullParser(
        events=("start",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    with source.stream() as handle:
        try:
            while handle.tell() < _MAX_BEFORE_ROOT and (block := handle.read(_BLOCK_BYTES)):
                parser.feed(block)
                for _, element in parser.read_events():
                    if isinstance(element.tag, str) and _without_doctype(source, element):
                        return LocalNames()[element.tag]
        except etree.XMLSyntaxError as error:
            raise _not_well_formed(source, error) from None
    raise ReturnError(f"{source.name}: does not begin with an XML element; expected the return; export it again")


def repeated_ids(source: SourceFile, child: str, id_name: str) -> Counter[str]:
    """How often each child id that comes more than once comes in the file; nearly always empty.

    A pass of its own, 14 microseconds a child: rows carry a hash of all that the return says about their child, so a
    child must be complete before its first row is handed on. Raises ReturnError for more children than any LA has.
    """
    counts: Counter[str] = Counter()
    children = 0
    names = LocalNames()
    for element in elements(source, child, id_name):
        if names[element.tag] == child.lower():
            children += 1
            if children > MAX_CHILDREN:
                raise ReturnError(
                    f"{source.name}: holds more than {MAX_CHILDREN:,} children, more than any LA; export it again"
                )
        elif found := (element.text or "").strip():
            counts[found] += 1
    return Counter({found: n for found, n in counts.items() if n > 1})

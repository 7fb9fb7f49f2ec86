"""An XML document as a small tree whose elements know their line; document types and entities are refused."""

from dataclasses import dataclass, field
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

from core.imports.models import THE_FILE, BadSchedule, line
from core.kernel.phrases import phrase

_DEEPEST, _MOST = 50, 2_000_000
"""Depth and number of elements; real schedules are six deep, and the largest known has about 40,000."""


@dataclass(slots=True)
class Node:
    """An element; ``content`` holds its texts and its children in their order."""

    tag: str
    line: int
    attributes: dict[str, str]
    content: "list[str | Node]" = field(default_factory=list["str | Node"])

    def children(self, tag: str) -> "list[Node]":
        """Return the children with this tag."""
        return [each for each in self.content if isinstance(each, Node) and each.tag == tag]

    def text(self) -> str:
        """Return all text, that of the children included."""
        return "".join(each if isinstance(each, str) else each.text() for each in self.content)


def read_tree(body: bytes) -> Node:
    """Return the root. Raises ``BadSchedule`` with line and column."""
    builder = _Builder()
    try:
        parseString(body, builder, forbid_dtd=True)
    except DefusedXmlException:
        raise BadSchedule(THE_FILE, phrase("import-has-doctype")) from None
    except SAXParseException as failure:
        place = line(failure.getLineNumber() or 1, (failure.getColumnNumber() or 0) + 1)
        raise BadSchedule(place, phrase("import-no-xml", why=failure.getMessage())) from None
    except (ValueError, LookupError):
        raise BadSchedule(line(1), phrase("import-other-encoding")) from None
    return builder.root


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self._document = Node("", 0, {})
        self._open = [self._document]
        self._count = 0
        self._where: Locator | None = None

    @property
    def root(self) -> Node:
        """The document's element; there is one, or the parser has refused the document."""
        [root] = (each for each in self._document.content if isinstance(each, Node))
        return root

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 the name that SAX calls
        self._where = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 the name that SAX calls
        number = (self._where.getLineNumber() if self._where else None) or 0
        self._count += 1
        if len(self._open) > _DEEPEST or self._count > _MOST:
            raise BadSchedule(line(number), phrase("import-too-many-elements", deepest=_DEEPEST, most=_MOST))
        node = Node(name, number, dict(attrs.items()))
        self._open[-1].content.append(node)
        self._open.append(node)

    def endElement(self, name: str) -> None:  # noqa: N802 the name that SAX calls
        self._open.pop()

    def characters(self, content: str) -> None:
        self._open[-1].content.append(content)

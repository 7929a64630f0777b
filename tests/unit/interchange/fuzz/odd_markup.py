"""Strategies for XML that is nearly valid: elements missing, doubled, nested deeply, renamed, with odd texts."""

from typing import Any
from xml.dom import minidom

from hypothesis import strategies as st
from tests.unit.interchange.fuzz.odd_values import damaged, odd_texts

_DEEP = (10, 60, 400)
_HEADS = (
    b"",
    b'<?xml version="1.0" encoding="UTF-16"?>',
    b'<?xml version="1.0" encoding="none"?>',
    b'<!DOCTYPE a [<!ENTITY b "c">]>',
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a SYSTEM "https://a.example/a.dtd">',
    b"<?a b?><!-- c -->",
)


def nearly_xml(*documents: bytes) -> st.SearchStrategy[bytes]:
    """Return a strategy for XML that is nearly one of the documents, in its parts or in its bytes."""
    return _nearly(*documents) | damaged(*documents)


@st.composite
def _nearly(draw: st.DrawFn, *documents: bytes) -> bytes:
    # Names keep their prefixes here, which the readers of workbooks go by.
    document: Any = minidom.parseString(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(0, 4))):
        _spoil(draw, document)
    root = document.documentElement
    text: str = root.toxml() if root is not None else ""
    if draw(st.integers(0, 4)) == 4:
        raw = draw(odd_texts)
        at = draw(st.integers(0, len(text)))
        text = text[:at] + raw + text[at:]
    return draw(st.sampled_from((_HEADS[0],) * 6 + _HEADS)) + text.encode("utf-8", "surrogatepass")


def _spoil(draw: st.DrawFn, document: Any) -> None:
    elements: list[Any] = document.getElementsByTagName("*")
    if not elements:
        return
    element = draw(st.sampled_from(elements))
    parent = element.parentNode
    match draw(st.integers(0, 8)):
        case 0:
            parent.removeChild(element)
        case 1 if parent is not document:
            for _ in range(draw(st.sampled_from((1, 2, 40)))):
                parent.insertBefore(element.cloneNode(True), element)
        case 2:
            inner = element
            for _ in range(draw(st.sampled_from(_DEEP))):
                inner = inner.appendChild(document.createElement("a"))
        case 3:
            other = draw(st.sampled_from(elements))
            element.appendChild(other.cloneNode(True))
        case 4:
            element.tagName = draw(st.sampled_from([one.tagName for one in elements]))
        case 5 if element.attributes.length:
            names = list(element.attributes.keys())
            name = draw(st.sampled_from(names))
            if draw(st.booleans()):
                element.removeAttribute(name)
            else:
                element.setAttribute(name, draw(odd_texts))
        case _:
            while element.firstChild is not None:
                element.removeChild(element.firstChild)
            element.appendChild(document.createTextNode(draw(odd_texts)))

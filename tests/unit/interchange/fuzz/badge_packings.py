"""What badges come packed in: signed tokens, pictures of the kinds PNG and SVG."""

import base64
import json
import zlib
from typing import Any
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st
from tests.unit.interchange.badges.makers import ASSERTION, CREDENTIAL, EUROPEAN, baked, chunk, encoded, png, svg, token
from tests.unit.interchange.fuzz.fuzzer import Fuzzer
from tests.unit.interchange.fuzz.odd_markup import nearly_xml
from tests.unit.interchange.fuzz.odd_values import (
    choice,
    damaged,
    json_files,
    nearly_json,
    nearly_values,
    odd_json,
    odd_texts,
)

_CLAIMS = {"iss": "https://guild.example", "jti": "urn:1", "nbf": 1700000000, "exp": 1800000000, "vc": CREDENTIAL}
_HEADER = {"alg": "ES256", "typ": "JWT", "kid": "../../key", "jwk": {"kty": "EC"}, "x5u": "https://a.example/key"}
_badge_json = json_files(ASSERTION, CREDENTIAL)
_SIGNED = {"payload": encoded(EUROPEAN).decode(), "signatures": [{"protected": "e30", "signature": "c2ln"}]}


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@st.composite
def _tokens(draw: st.DrawFn) -> bytes:
    header = draw(nearly_json(_HEADER) | st.just(encoded({"alg": draw(choice(("none", "HS256", "", "x" * 300)))})))
    claims = draw(nearly_json(_CLAIMS, CREDENTIAL))
    parts = [_coded(header), _coded(claims), draw(choice(("c2ln", "", "!", "A" * 5000)))]
    if draw(st.integers(0, 5)) == 5:
        parts = draw(st.lists(st.sampled_from((*parts, "", "ey")), max_size=6))
    text = ".".join(parts) + draw(choice(("", "~", "~WyJhIl0~", "\n", "=", " x")))
    return text.encode("utf-8", "surrogatepass")


@st.composite
def _wrapped_tokens(draw: st.DrawFn) -> bytes:
    value: Any = draw(nearly_values(_SIGNED))
    if isinstance(value, dict) and draw(st.booleans()):
        value["payload"] = _coded(draw(nearly_json(EUROPEAN, _CLAIMS)))
    return json.dumps(value).encode()


@st.composite
def _text_chunks(draw: st.DrawFn) -> bytes:
    kind = draw(st.sampled_from((b"iTXt", b"tEXt", b"zTXt")))
    text = draw(_badge_json | st.just(token(CREDENTIAL).encode()) | st.binary(max_size=20))
    keyword = draw(choice((b"openbadges", b"openbadgecredential", b"OPENBADGES", b"", b"x" * 90)))
    if draw(st.booleans()):
        return baked(text, keyword, kind)
    packed = draw(st.sampled_from((text, zlib.compress(text), zlib.compress(text)[:-3], zlib.compress(b"x" * 500_000))))
    flags = draw(st.sampled_from((b"\0", b"\0\0", b"\0\0\0\0\0", b"\0\1\0\0\0", b"\0\1\0en\0a\0", b"\0\2\7", b"")))
    return chunk(kind, keyword + flags + packed, crc=draw(st.sampled_from((None, None, 0))))


@st.composite
def _pictures(draw: st.DrawFn) -> bytes:
    chunks = draw(st.lists(_text_chunks(), min_size=1, max_size=3))
    if draw(st.integers(0, 4)) == 4:
        odd = draw(st.sampled_from((chunk(b"IEND", b""), chunk(b"abcd", b"x"), b"\xff\xff\xff\xfftEXt", b"\0" * 12)))
        chunks.insert(draw(st.integers(0, len(chunks))), odd)
    return png(*chunks, end=draw(st.integers(0, 4)) > 0)


@st.composite
def _drawings(draw: st.DrawFn) -> bytes:
    verify = draw(choice(("", "https://guild.example/a/1", token(CREDENTIAL), "ey.ey.ey")) | odd_texts)
    inside = draw(_badge_json).decode("utf-8", "replace")
    name = draw(choice(("assertion", "credential", "badge")))
    namespace = draw(choice(("http://openbadges.org", "https://purl.imsglobal.org/ob/v3p0", "urn:x")))
    plain = draw(st.sampled_from((inside, f"<![CDATA[{inside}]]>", f"<![CDATA[{inside.replace(']]>', '')}]]>")))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges={quoteattr(namespace)}><openbadges:{name} '
        f"verify={quoteattr(verify)}>{plain}</openbadges:{name}><script>1</script></svg>"
    ).encode("utf-8", "surrogatepass")


_PNG = png(baked(encoded(ASSERTION)))
_SVG = svg("", encoded(ASSERTION).decode())
FUZZERS = (
    Fuzzer("signed token", "badge", token(CREDENTIAL).encode(), _tokens() | damaged(token(_CLAIMS).encode())),
    Fuzzer("signed token as JSON", "badge", encoded(_SIGNED), _wrapped_tokens() | json_files(_SIGNED)),
    Fuzzer("badge in a PNG picture", "badge", _PNG, _pictures() | _pictures() | damaged(_PNG)),
    Fuzzer("badge in an SVG picture", "badge", _SVG, _drawings() | nearly_xml(_SVG)),
    Fuzzer("claims of any kind", "badge", token(_CLAIMS).encode(), odd_json.map(lambda one: _odd_token(one))),
)


def _odd_token(value: Any) -> bytes:
    # What cannot be written as JSON at all stands for itself.
    try:
        return token(value).encode()
    except (ValueError, RecursionError):
        return repr(value).encode("utf-8", "replace")

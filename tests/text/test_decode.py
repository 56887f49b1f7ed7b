"""Every encoding that a report may come in gives the same text; what is no text is refused in one line."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.text.decode import decode, layer_of

SIMPLIFIED = (
    "2031年4月2日，某省法院与某局在会上签署了合作协议，这是双方第一次合作。\n大会在省城举行，有五个国家的代表参加。\n"
)
TRADITIONAL = (
    "2031年4月2日，某國法院與某局在會上簽署了合作協議，這是雙方第一次合作。\n大會在首都舉行，有五個國家的代表參加。\n"
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SIMPLIFIED.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + SIMPLIFIED.encode(), "UTF-8 with BOM"),
        (codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le"), "UTF-16 LE with BOM"),
        (codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"), "UTF-16 BE with BOM"),
        (SIMPLIFIED.encode("utf-16-le"), "UTF-16 LE"),
        (SIMPLIFIED.encode("utf-16-be"), "UTF-16 BE"),
        (SIMPLIFIED.encode("gb18030"), "GB18030"),
        (SIMPLIFIED.encode("gb2312"), "GB18030"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    decoded = decode(data, "a.md")
    assert (decoded.text, decoded.encoding, decoded.broken) == (SIMPLIFIED, encoding, ())


def test_traditional_script_in_big5() -> None:
    decoded = decode(TRADITIONAL.encode("big5"), "a.md")
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "Big5")


def test_a_few_broken_bytes_are_reported_with_their_lines() -> None:
    data = (SIMPLIFIED * 60).encode()
    at = data.index(b"\n", 500) + 10
    decoded = decode(data[:at] + b"\xff" + data[at:], "a.md")
    assert decoded.encoding == "UTF-8"
    assert decoded.broken == (data[:at].count(b"\n") + 1,)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "an empty file"),
        (b"\xef\xbb\xbf \r\n\t\n", "an empty file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "a picture"),
        (b"PK\x03\x04" + bytes(range(256)), "a zip or Office file"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "a PDF file"),
        (b"MZ\x90\0\x03\0\x04\0" + bytes(range(256)) * 4, "binary data"),
        (b"%xyz-1.7\n\0\x01\x02" * 50, "binary data"),
        (b"\x01\x02\x03\x04\x05\x06" * 40, "binary data"),
        (b"\xe4\xff\xfe\x81\xa0" * 200, "bytes in no known encoding"),
        (codecs.BOM_UTF8 + b"abc\n\xff\xfe\xfa", "bytes that are no UTF-8 with BOM"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=r"^in/a\.md(:\d+)?: .+; expected ") as caught:
        decode(data, "in/a.md")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


#: Text as files hold it: no surrogates, no control characters but tab, line feed and carriage return.
FILE_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff", include_characters="\t\n\r")
).filter(lambda text: bool(text.strip(" \t\r\n")))


@given(FILE_TEXT)
def test_utf8_text_comes_back(text: str) -> None:
    assert decode(text.encode(), "a.md").text == text
    assert decode(codecs.BOM_UTF8 + text.encode(), "a.md").text == text


@given(FILE_TEXT)
def test_utf16_with_bom_comes_back(text: str) -> None:
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le"), "a.md").text == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "a.md").text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_input_error(data: bytes) -> None:
    try:
        decoded = decode(data, "a.md")
    except InputError:
        return
    assert decoded.text


@given(st.text(max_size=200))
def test_the_layer_splits_at_line_feeds_only(text: str) -> None:
    layer = layer_of(text)
    assert len(layer.starts) == text.count("\n") + 1
    for number, start in enumerate(layer.starts, 1):
        assert start == 0 or text[start - 1] == "\n"
        assert layer.line_of(start) == number

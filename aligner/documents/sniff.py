"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from aligner.archives import names_in

PDF, DOCX, EPUB, HTML = "a PDF", "a Word document", "an EPUB", "a web page"
ENCRYPTED_OFFICE = "an encrypted office document"
OLD_OFFICE = "an old office document (.doc, .xls or .ppt)"
ZIP = "a zip archive or an office document"

HEADS = (
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"AT&TFORM", "a DjVu book"),
    (b"SQLite format 3\0", "a database"),
)
"""How files begin that no reader reads, and what they are."""

_ZIPPED = (
    ("word/", DOCX),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/container.xml", EPUB),
    ("content.xml", "an OpenDocument file (LibreOffice)"),
    ("Index/", "an Apple iWork document"),
)
"""The beginning of a member's name -> what such an archive is."""

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF_WITHIN = 1024


def kind_of(data: bytes) -> str | None:
    """What the file is, in words with an article; None for text and for what is not known here."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return ENCRYPTED_OFFICE if _ENCRYPTED in data else OLD_OFFICE
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    for head, kind in HEADS:
        if data.startswith(head):
            return kind
    if data.startswith(b"%PDF-"):
        return PDF
    if _PAGE.match(data, 0, 4096):
        return HTML
    # Mail programs and printers put a line before it, and readers of PDF allow that.
    if b"%PDF-" in data[:_PDF_WITHIN] and b"endobj" in data:
        return PDF
    return None


def _zipped(data: bytes) -> str:
    names = names_in(data) or ()
    return next((kind for start, kind in _ZIPPED if any(name.startswith(start) for name in names)), ZIP)

"""Small PDFs, made by hand, so that the tests ship none."""

import zlib


def pdf(lines: list[str], *, pages: int = 1, locked: bool = False) -> bytes:
    """Give a PDF with some lines of text on each of its pages; `locked` asks for a password that nobody has."""
    return pdf_of(_shown(lines), pages=pages, locked=locked)


def pdf_of_pages(pages: list[list[str]]) -> bytes:
    """Give a PDF whose pages have lines of their own."""
    return pdf_of(*map(_shown, pages), pages=len(pages))


def _shown(lines: list[str]) -> bytes:
    shown = " ".join(f"({line.replace('(', '[')}) Tj T*" for line in lines)
    return f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode("latin-1")


def bomb(megabytes: int) -> bytes:
    """Give a small PDF whose one page unpacks to so much."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    return pdf_of(packed, extra=b"/Filter /FlateDecode ")


def pdf_of(*contents: bytes, pages: int = 1, locked: bool = False, extra: bytes = b"") -> bytes:
    """Give a PDF with a stream as the content of each of its pages; the last is that of all others too."""
    kids = " ".join(f"{4 + len(contents) + number} 0 R" for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(
            b"<< " + extra + f"/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"
            for content in contents
        ),
        *(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + min(number, len(contents) - 1)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
            for number in range(pages)
        ),
    ]
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R".encode()
    if locked:
        key = b"<" + b"41" * 32 + b">"
        trailer += (
            b" /ID ["
            + key
            + key
            + b"] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O "
            + key
            + b" /U "
            + key
            + b" >>"
        )
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010} 00000 n \n" for place in places
    )
    return (
        bytes(written) + table.encode() + b"trailer\n" + trailer + f" >>\nstartxref\n{len(written)}\n%%EOF\n".encode()
    )

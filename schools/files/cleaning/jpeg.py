"""A JPEG inside another document without its notes, its pixels untouched."""

KEPT = {0xE0, 0xEE}  # JFIF, and Adobe's word on the colours
NOTES = {*range(0xE0, 0xF0), 0xFE}
SCAN, ENDS = 0xDA, 0xD9


def bare_jpeg(content: bytes) -> bytes:
    """Return the JPEG without its application parts and comments; what is no JPEG comes back as it is."""
    if content[:2] != b"\xff\xd8":
        return content
    made, at = bytearray(content[:2]), 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in (SCAN, ENDS):
            break
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker not in NOTES or marker in KEPT:
            made += content[at:end]
        at = end
    return bytes(made + content[at:])

"""CCITT data of Group 4: how many rows of pixels can be made out (ITU-T T.6, with the runs of T.4)."""

# T.4, Tables 2/T.4 and 3a/T.4: codes of runs of 0 to 63 pixels, then of 64, 128, ... 1728; white, black
_WHITE = """
00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010
101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010
00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 00101001 00101010
00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011 01010100 01010101 00100100
00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010 00110011 00110100 11011 10010 010111
0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 011010010 011010011
011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 010011000 010011001
010011010 011000 010011011
"""
_BLACK = """
0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000
0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111
00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 000001101001 000001101010
000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 000011010111 000001101100
000001101101 000011011010 000011011011 000001010100 000001010101 000001010110 000001010111 000001100100
000001100101 000001010010 000001010011 000000100100 000000110111 000000111000 000000100111 000000101000
000001011000 000001011001 000000101011 000000101100 000001011010 000001100110 000001100111 0000001111
000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100 0000001101101
0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 0000001110100
0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 0000001010100 0000001010101
0000001011010 0000001011011 0000001100100 0000001100101
"""
# Table 3b/T.4: 1792, 1856, ... 2560 of either
_LONG = """
00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 000000010101 000000010110
000000010111 000000011100 000000011101 000000011110 000000011111
"""
_LENGTHS = (*range(64), *range(64, 2561, 64))
_LEAST_MADE_UP = 64
# T.6, Table 1: the next change lies beneath one of the row before, so far to its right; or it is told by two
# runs, or none comes before the second change of that row
_HORIZONTAL, _PASS = 8, 9
_MODES = {
    "1": 0, "011": 1, "000011": 2, "0000011": 3, "010": -1, "000010": -2, "0000010": -3,
    "001": _HORIZONTAL, "0001": _PASS,
}  # fmt: skip
_MODE_BITS, _RUN_BITS, _WINDOW = 7, 13, 32
# Ends a picture (T.6, 2.4.1.1)
_END = "000000000001" * 2
_TAIL = 64

_Codes = list[tuple[int, int] | None]


def _table(codes: dict[str, int], bits: int) -> _Codes:
    """Return what so many bits begin with: its meaning and its length; None for nothing."""
    table: _Codes = [None] * (1 << bits)
    for code, meaning in codes.items():
        free = bits - len(code)
        first = int(code, 2) << free
        table[first : first + (1 << free)] = [(meaning, len(code))] * (1 << free)
    return table


_MODE_TABLE = _table(_MODES, _MODE_BITS)
_RUN_TABLES = [
    _table(dict(zip((own + _LONG).split(), _LENGTHS, strict=True)), _RUN_BITS) for own in (_WHITE, _BLACK)
]


def has_end(data: bytes) -> bool:
    """Tell whether data end with the mark of the end of a picture."""
    return _END in "".join(f"{byte:08b}" for byte in data[-_TAIL:])


def whole_rows(data: bytes, width: int, most: int, aligned: bool = False) -> int:
    """Return how many rows of `width` pixels data hold, `most` of which are looked for.

    `aligned` data begin each row at a byte of its own.
    """
    bits = _Bits(data)
    # Above the first row a white one is thought
    above: list[int] = []
    for row in range(most):
        if aligned:
            bits.at = (bits.at + 7) // 8 * 8
        changes = _row(bits, above, width)
        if changes is None:
            return row
        above = changes
    return most


class _Bits:
    """Data that are read bit by bit."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.end = data + bytes(_WINDOW // 8), 0, 8 * len(data)

    def read(self, table: _Codes, bits: int) -> int | None:
        """Return what the next code means; None where it means nothing, or data are at their end."""
        byte = self.at >> 3
        window = int.from_bytes(self.data[byte : byte + _WINDOW // 8]) << (self.at & 7) & 0xFFFFFFFF
        found = table[window >> (_WINDOW - bits)]
        if found is None or self.at + found[1] > self.end:
            return None
        self.at += found[1]
        return found[0]

    def run(self, colour: int) -> int | None:
        """Return the length of a run; long ones are told in parts."""
        length = 0
        while (part := self.read(_RUN_TABLES[colour], _RUN_BITS)) is not None:
            length += part
            if part < _LEAST_MADE_UP:
                return length
        return None


def _row(bits: _Bits, above: list[int], width: int) -> list[int] | None:
    """Return where a row changes its colour, by where the one above it does; None where it breaks off."""
    changes: list[int] = []
    at, colour, place = -1, 0, 0
    while at < width:
        mode = bits.read(_MODE_TABLE, _MODE_BITS)
        if mode == _HORIZONTAL:
            runs = bits.run(colour), bits.run(1 - colour)
            if None in runs:
                return None
            for run in runs:
                at = max(at, 0) + (run or 0)
                changes.append(at)
            if at > width:
                return None
            continue
        if mode is None:
            return None
        # Changes of the row above alternate: to black, to white
        while place and above[place - 1] > at:
            place -= 1
        while place < len(above) and (above[place] <= at or place % 2 != colour):
            place += 1
        if mode == _PASS:
            at = above[place + 1] if place + 1 < len(above) else width
            continue
        beneath = (above[place] if place < len(above) else width) + mode
        if not max(at, 0) <= beneath <= width:
            return None
        at, colour = beneath, 1 - colour
        changes.append(at)
    return changes

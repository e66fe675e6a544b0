"""How much a symbol holds; apart from the library that computes symbols, which a plan need not load."""

# ISO/IEC 18004, lengths in bits: of the mode indicator, of the count of bytes up to version 9 and from 10 on
MODE_BITS = 4
COUNT_BITS, COUNT_BITS_FROM_10 = 8, 16
LARGEST_VERSION = 40
# ISO/IEC 18004, number of data codewords of versions 1 to 40
_TABLE = {
    "L": """
        19 34 55 80 108 136 156 194 232 274 324 370 428 461 523 589 647 721 795 861 932 1006 1094
        1174 1276 1370 1468 1531 1631 1735 1843 1955 2071 2191 2306 2434 2566 2702 2812 2956
    """,
    "M": """
        16 28 44 64 86 108 124 154 182 216 254 290 334 365 415 453 507 563 627 669 714 782 860 914
        1000 1062 1128 1193 1267 1373 1455 1541 1631 1725 1812 1914 1992 2102 2216 2334
    """,
    "Q": """
        13 22 34 48 62 76 88 110 132 154 180 206 244 261 295 325 367 397 445 485 512 568 614 664 718
        754 808 871 911 985 1033 1115 1171 1231 1286 1354 1426 1502 1582 1666
    """,
    "H": """
        9 16 26 36 46 60 66 86 100 122 140 158 180 197 223 253 283 313 341 385 406 442 464 514 538
        596 628 661 701 745 793 845 901 961 986 1054 1096 1142 1222 1276
    """,
}
_CODEWORDS = {level: [int(count) for count in row.split()] for level, row in _TABLE.items()}


def capacity(version: int, level: str) -> int:
    """Return how many bytes a symbol holds."""
    count = COUNT_BITS if version < 10 else COUNT_BITS_FROM_10
    return (8 * _CODEWORDS[level][version - 1] - MODE_BITS - count) // 8


def version_for(characters: int, level: str) -> int:
    """Return the smallest version that holds so many bytes, the largest where none does."""
    fitting = (one for one in range(1, LARGEST_VERSION) if characters <= capacity(one, level))
    return next(fitting, LARGEST_VERSION)

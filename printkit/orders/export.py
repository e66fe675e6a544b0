"""What leaves the order book for others: statements and charges as CSV."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def statement_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a spreadsheet opens them: semicolons; a cell that would be a formula is quoted."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8.decode() + text.getvalue()


def _cell(text: str) -> str:
    plain = text[1:] if text.startswith("-") else text
    return f"'{text}" if text.startswith(FORMULA) and not plain.replace(".", "", 1).isdigit() else text

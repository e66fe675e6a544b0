"""Pieces from the rows of a table: which column is what, every value checked, all complaints at once."""

from printkit.rows.read import RowPiece, RowsRead, RowsRequest, Source, read_rows

__all__ = ["RowPiece", "RowsRead", "RowsRequest", "Source", "read_rows"]

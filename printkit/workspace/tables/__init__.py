"""Tables of any making: CSV, XLSX, JSON, JSON Lines, read row by row, each complaint with its place."""

from printkit.workspace.tables.model import Figure, Row, Table, TableLimits, Value
from printkit.workspace.tables.opening import open_table

__all__ = ["Figure", "Row", "Table", "TableLimits", "Value", "open_table"]

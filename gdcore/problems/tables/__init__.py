"""Tables: CSV files as people really save them, to columns of numbers."""

from gdcore.problems.tables.doubts import Doubt, doubts_about
from gdcore.problems.tables.layout import tidy_name
from gdcore.problems.tables.left_out import LeftOut, Missing
from gdcore.problems.tables.reading import DataTable, column_names, read_columns, read_table

__all__ = [
    "DataTable",
    "Doubt",
    "LeftOut",
    "Missing",
    "column_names",
    "doubts_about",
    "read_columns",
    "read_table",
    "tidy_name",
]

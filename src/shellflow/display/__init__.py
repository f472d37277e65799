"""Results for a terminal, a pipe, a notebook or a document, from plain columns, rows, draws and words.

It knows no class of the library: results of any room hand down a `Report`, and inherit from `Result` what shows it.
"""

from __future__ import annotations

from shellflow.display._export import frame, is_encodable, to_csv, to_json, to_markdown, without_gaps
from shellflow.display._handed import Report
from shellflow.display._html import distribution_svg, sketch, to_html
from shellflow.display._report import Answer, Band, Column, Quotation, Reference, stamp_line
from shellflow.display._result import Result
from shellflow.display._rounding import rounded_frame, rounded_rows
from shellflow.display._tables import as_text, print_lines, print_report, print_table, table, to_text, width
from shellflow.display._terminal import can_show, forgiving, progress

__all__ = [
    "Answer",
    "Band",
    "Column",
    "Quotation",
    "Reference",
    "Report",
    "Result",
    "as_text",
    "can_show",
    "distribution_svg",
    "forgiving",
    "frame",
    "is_encodable",
    "print_lines",
    "print_report",
    "print_table",
    "progress",
    "rounded_frame",
    "rounded_rows",
    "sketch",
    "stamp_line",
    "table",
    "to_csv",
    "to_html",
    "to_json",
    "to_markdown",
    "to_text",
    "width",
    "without_gaps",
]

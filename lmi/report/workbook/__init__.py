"""A region's numbers as a workbook: one table a sheet, and a score that moves with its weights."""

from lmi.report.workbook.book import workbook_bytes

__all__ = ["workbook_bytes"]

"""A region's, or a state's, numbers as a workbook: a table a sheet, and a score to weigh anew."""

from lmi.report.workbook.book import state_workbook_bytes, workbook_bytes

__all__ = ["state_workbook_bytes", "workbook_bytes"]

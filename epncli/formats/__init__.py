"""Import and export formats: one module for each format."""

WORKBOOK_PROCESS = "--workbook-process"
"""The argument with which an executable built from epn, for example by PyInstaller, runs the process that
reads a workbook."""

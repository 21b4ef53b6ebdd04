"""What a registry is written as for others, and read from: a module for each format."""

WORKBOOK_PROCESS = "--workbook-process"
"""With this argument a program made of epn, by PyInstaller for example, starts itself to read a workbook."""

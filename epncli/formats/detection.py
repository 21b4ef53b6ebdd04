"""Reading of a file in a given format, or in the format detected from its content."""

from __future__ import annotations

import re
from importlib import import_module

from epncli.formats import csv
from epncli.formats import text as pasted
from epncli.formats.encodings import decode
from epncli.formats.reading import WORKBOOKS, InputFile, Reading
from epncli.i18n import _


def read(file: InputFile, form: str = "") -> Reading:
    """The rows of a file in the format `form`, by default the detected one. Raises Unreadable."""
    module = import_module(f"epncli.formats.{form or guess(file)}")
    reading: Reading = module.read(file)
    return reading


_YAML = re.compile(r"^(structures|titre)[ \t]*:", re.MULTILINE)
_JSON = re.compile(r"\s*(?:\[\s*[{\]]|\{\s*[\"}])")
_GEOJSON = re.compile(r'"type"\s*:\s*"Feature(?:Collection)?"')


def guess(file: InputFile) -> str:
    """The format detected from the content of a file, whatever its name. Raises Unreadable."""
    if file.data.startswith(WORKBOOKS):
        return "xlsx"
    text, _encoding = decode(file)
    if _JSON.match(text):
        return "geojson" if _GEOJSON.search(text) else "json"
    if _YAML.search(text):
        return "yaml"
    if csv.has_header(text, file.mapping):
        return "csv"
    if pasted.has_places(text):
        return "text"
    raise file.unreadable(
        _("the file is neither a table with a header nor a recognisable list of places"),
        _('a table needs a header with ‘nom’ and ‘code_postal’; use --map "Header=field" for other headers'),
    )

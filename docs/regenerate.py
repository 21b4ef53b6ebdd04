"""Write anew all that is made from the code: `python docs/regenerate.py`.

After a change to a field, an option or a message: the catalogs (it says what is left to translate), the
JSON Schema, the reference of the commands. Tests compare each with the code. The pictures of the guides
have a command of their own, pictures.py.
"""

from __future__ import annotations

import reference

from epncli.locale import build, update
from epncli.model.json_schema import COMMITTED, schema_text

if __name__ == "__main__":
    update.main()
    build.compile_catalogs()  # the schema and the reference take their French from there
    COMMITTED.write_text(schema_text(), encoding="utf-8")
    reference.main()

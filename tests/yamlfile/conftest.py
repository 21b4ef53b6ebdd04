"""What the tests of the file layer share: files as people write them, and an independent judge."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for `handwriting`, which is no test

"""Adds the folder of the benchmarks to the import path, for their helper modules."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for `processes` and `registries`, which are no tests

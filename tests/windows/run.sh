#!/usr/bin/env bash
# Run the tests on the Python for Windows that `prepare.sh` put into FOLDER; the rest is for pytest:
# bash run.sh FOLDER -q tests/cli
set -euo pipefail
[[ $# -ge 1 ]] || { echo "usage: run.sh FOLDER [ARGUMENTS OF PYTEST]" >&2; exit 2; }
source "$(dirname "$0")/wine.sh"
cd "$repository"
if ! grep -sqx "$repository" "$folder"/python/Lib/site-packages/*epncli*.pth; then
    echo "this clone is not installed there; first: bash tests/windows/prepare.sh $1" >&2
    exit 2
fi
# With a terminal or a file on either side Python for Windows does not start in Wine.
wine "$python" -m pytest --numprocesses=0 "${@:2}" < /dev/null 2>&1 | cat

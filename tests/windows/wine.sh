# Read by the two scripts beside it: FOLDER is where Wine and the Python for Windows live.
folder=$(realpath -m "$1")
repository=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
python=$folder/python/python.exe
export WINEPREFIX=$folder/prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml='
export PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1

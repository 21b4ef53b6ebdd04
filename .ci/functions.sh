# What the scripts beside this file share; read by `source`.

# The Pythons from 3.11 on that this machine has, a line each: version and path, the newest last.
pythons() {
    local folder python version
    for folder in ${PATH//:/ } "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin; do
        for python in "$folder"/python3.[0-9][0-9]; do
            [[ -x $python ]] || continue
            # A name may stand for nothing (a shim), or for a Python that makes no environments.
            version=$("$python" -c 'import ensurepip, platform, venv; print(platform.python_version())' 2> /dev/null) &&
                [[ $version =~ ^3\.(1[1-9]|[2-9][0-9])\. ]] && printf '%s %s\n' "$version" "$python"
        done
    done | sort -V | awk '{ minor = $1; sub(/\.[^.]*$/, "", minor); last[minor] = $0 } END { for (m in last) print last[m] }' | sort -V
}

# Copy what is checked out, with its uncommitted changes, into a new folder: copy_to FOLDER
copy_to() {
    mkdir -p "$1"
    git ls-files -z | xargs -0 cp --parents -t "$1"
}

# The two commands of the README, as they stand there, a line each: readme_commands FILE
readme_commands() {
    grep -m1 '^python3 -m venv \.venv' "$1"
    grep -m1 "^\.venv/bin/pip install .*pytest" "$1"
}

# Run both commands in a copy, with nothing of this environment but what tells pip where packages are:
# try_readme FOLDER PYTHON [COMMAND that runs the rest, such as chroot ...]
try_readme() {
    local folder=$1 python=$2 name settings=()
    shift 2
    for name in "${!PIP_@}"; do settings+=("$name=${!name}"); done
    "$@" env -i "${settings[@]}" HOME="$folder" PATH="$folder/.python:/usr/bin:/bin" bash -euc "
        mkdir -p '$folder/.python' && ln -sf '$python' '$folder/.python/python3'
        cd '$folder'
        $(readme_commands README.md)
    "
}

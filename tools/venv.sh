#!/bin/sh
# Makes .venv once and installs this package into it:  sh tools/venv.sh PYTHON EXTRA
#
# EXTRA is one of the extras in pyproject.toml, or `default` for the package alone. The stamp
# .venv/.ready-EXTRA is written after a whole install only and holds a key of what was asked for;
# a half-made or broken .venv is made again from nothing.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
python=$1
extra=$2

say() { printf '%s\n' "$*" >&2; }

refuse() {
    say ""
    for line in "$@"; do say "  $line"; done
    say ""
    exit 2
}

version_of() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null; }

newer_ones() {
    for name in python3.13 python3.12 python3.11; do
        if version_of "$name" >/dev/null; then printf '%s ' "$name"; fi
    done
}

version=$(version_of "$python") || refuse "'$python' was not found or does not run." \
    "Install Python 3.11 or newer, or name the one to use:  make app PYTHON=/path/to/python3"

if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))'; then
    found=$(newer_ones)
    refuse "'$python' is Python $version; letter-aligner needs 3.11 or newer." \
        "Install one and name it:  make app PYTHON=python3.12" ${found:+"Found on this computer: $found"}
fi

"$python" -c 'import venv, ensurepip' 2>/dev/null || refuse \
    "'$python' (Python $version) lacks the parts that make virtual environments (venv, ensurepip)." \
    "On Debian and Ubuntu:  apt install python3-venv"

# With .venv activated, `python3` is the .venv's own, which may have to be made again.
python=$("$python" -c 'import sys; print(getattr(sys, "_base_executable", None) or sys.executable)')

# Scripts and the editable install hold this folder's path, so a moved folder needs a new .venv.
made="$version $PWD"
key=$({ printf '%s\n' "$made"; cat pyproject.toml constraints.txt; } | cksum | tr ' ' -)
ready=.venv/.ready-$extra

if [ ! -e .venv/.installing ] && [ "$(cat "$ready" 2>/dev/null)" = "$key" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

if [ -e .venv/.installing ] || [ "$(cat .venv/.made 2>/dev/null)" != "$made" ] \
    || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    say "Making .venv with Python $version ($python)"
    rm -rf .venv
    "$python" -m venv .venv
    printf '%s\n' "$made" >.venv/.made
fi

case $extra in
    default) package=. ;;
    *) package=".[$extra]" ;;
esac
say "Installing letter-aligner ($extra) into .venv; the first time this downloads its libraries"
: >.venv/.installing
progress='
    /^ *(Collecting|Obtaining|Processing) / { n++; if (n % 10 == 0) { printf "  %d packages fetched\n", n; fflush() } }
    /^Building wheels/ { print "  building"; fflush() }
    /^Installing collected/ { printf "  installing %d packages\n", NF - 3; fflush() }'
failed=$({
    {
        .venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off \
            -c constraints.txt -e "$package" || echo failed >&3
    } | awk "$progress" >&2
} 3>&1)
if [ -n "$failed" ]; then
    refuse "The installation failed; pip's message stands above." \
        "It needs the network once. Run the same command again: it starts from a clean .venv."
fi
rm -f .venv/.installing
printf '%s\n' "$key" >"$ready"

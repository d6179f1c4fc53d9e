#!/bin/sh
# Renew constraints.txt from a fresh virtual environment, so that nothing installed by hand gets in.
#
#   make constraints              keep the pins that stand, add what pyproject.toml newly needs, drop what it no longer needs
#   UPGRADE=1 make constraints    take the newest version of everything that pyproject.toml allows
#
# Plain name==version lines: where packages come from is each machine's own matter.
set -eu
cd "$(dirname "$0")/.."
oldest=3.11.0 # some packages ask for a later patch (>=3.11.5) and so shut out Debian 12, whose Python is 3.11.2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
fresh=$scratch/venv/bin/python

# The installed packages that do not admit the oldest Python.
too_strict() {
    "$fresh" - "$oldest" <<'PY'
import sys
from importlib.metadata import distributions
from packaging.specifiers import SpecifierSet
for found in distributions():
    if not SpecifierSet(found.metadata["Requires-Python"] or "").contains(sys.argv[1]):
        print(found.name)
PY
}

# The newest version of a package that does admit it, as a pin.
older_pin() {
    "$fresh" -m pip install --quiet --dry-run --report - --no-deps --target "$scratch/none" \
        --python-version "$oldest" --only-binary=:all: "$1" 2>/dev/null |
        "$fresh" -c 'import json, sys
for item in json.load(sys.stdin)["install"]:
    print(item["metadata"]["name"] + "==" + item["metadata"]["version"])'
}

if [ -n "${UPGRADE:-}" ]; then : >"$scratch/pins"; else cp constraints.txt "$scratch/pins"; fi
.venv/bin/python -m venv "$scratch/venv"
echo "Installing into a fresh virtual environment (1 to 4 minutes) ..." >&2
for attempt in 1 2 3 4; do
    "$fresh" -m pip install -qq --constraint "$scratch/pins" --editable '.[dev,bench,oracles]'
    strict=$(too_strict)
    [ -n "$strict" ] || break
    if [ "$attempt" -eq 4 ]; then
        echo "constraints.txt is unchanged: no versions for Python $oldest were found of: $strict" >&2
        exit 1
    fi
    for name in $strict; do
        pin=$(older_pin "$name")
        echo "$name: $pin is the newest for Python $oldest" >&2
        grep -viE "^$name==" "$scratch/pins" >"$scratch/others" || true
        { cat "$scratch/others" && echo "$pin"; } >"$scratch/pins"
    done
done

"$fresh" -m pip freeze --exclude-editable --exclude pip --exclude setuptools --exclude wheel >"$scratch/frozen"
if grep -vE '^[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+$' "$scratch/frozen"; then
    echo "constraints.txt is unchanged: the lines above are no plain name==version pins." >&2
    exit 1
fi
# What only another Python needs is not in the freeze: its line stays. (audioop left the standard library in 3.13.)
grep -hE '^audioop-lts==' constraints.txt >>"$scratch/frozen" || true
LC_ALL=C sort -f -t= -k1,1 "$scratch/frozen" >constraints.txt.new
mv constraints.txt.new constraints.txt
echo "constraints.txt is renewed. Next: make test, git diff constraints.txt, commit." >&2

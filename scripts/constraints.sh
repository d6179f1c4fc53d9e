#!/bin/sh
# Renew constraints.txt from a fresh virtual environment, so that nothing installed by hand gets in.
#
#   make constraints              keep the pins that stand, add what pyproject.toml newly needs, drop what it no longer needs
#   UPGRADE=1 make constraints    take the newest version of everything that pyproject.toml allows
#
# Plain name==version lines: where packages come from is each machine's own matter.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ -n "${UPGRADE:-}" ]; then : >"$scratch/pins"; else cp constraints.txt "$scratch/pins"; fi
echo "Installing into a fresh virtual environment (2 to 4 minutes) ..." >&2
.venv/bin/python -m venv "$scratch/venv"
PIP_USER=0 "$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --constraint "$scratch/pins" --editable '.[dev]'
PIP_USER=0 "$scratch/venv/bin/python" -m pip freeze --disable-pip-version-check --exclude-editable \
    --exclude pip --exclude setuptools --exclude wheel >"$scratch/frozen"
if grep -vE '^[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+$' "$scratch/frozen"; then
    echo "constraints.txt is unchanged: the lines above are no plain name==version pins." >&2
    exit 1
fi
# What only another Python needs is not in the freeze: its line stays. (audioop left the standard library in 3.13.)
grep -hE '^audioop-lts==' constraints.txt >>"$scratch/frozen" || true
LC_ALL=C sort -f -t= -k1,1 "$scratch/frozen" >constraints.txt.new
mv constraints.txt.new constraints.txt
echo "constraints.txt is renewed. Next: make test, git diff constraints.txt, commit." >&2

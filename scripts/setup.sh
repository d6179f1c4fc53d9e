#!/bin/sh
# Set steepest up in .venv: the system packages that are missing, a virtual environment, the package with its pins.
#
#   sh scripts/setup.sh          what `make demo` needs
#   sh scripts/setup.sh --dev    that, the tools of `make test` and `make lint`, and a font that some tests set text in
#
# PYTHON=python3.12 chooses the interpreter. Nothing is asked and nothing is done twice: a stamp inside .venv holds the
# sum of everything the set-up depends on. Exit 0 done, 1 something is missing (with the line that mends it), 2 wrong usage.
set -eu

level=use
case ${1:-} in
'') ;;
--dev) level=dev ;;
*)
    echo "usage: setup.sh [--dev]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")/.."
root=$(pwd -P)
venv=$root/.venv
log=build/setup.log
oldest=3.11

brew_line='brew install cairo pango pkg-config python'
case $(uname -s) in
Darwin) system=macos get_python=$brew_line ;;
MINGW* | MSYS* | CYGWIN*) system=windows get_python='' ;;
*)
    system=unix
    get_python="sudo apt-get install python3; Ubuntu 22.04: sudo apt-get install python$oldest python$oldest-dev python$oldest-venv"
    ;;
esac

say() { printf 'set-up: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 1
}

# --- Is there anything to do? ---------------------------------------------------------------------------------------

# The virtual environment starts, lies where it was made (its commands hold its path), and is not too old.
venv_sound() {
    [ -x "$venv/bin/python" ] && [ -f "$venv/bin/activate" ] && grep -qF "$venv" "$venv/bin/activate" &&
        "$venv/bin/python" - "$venv" "$oldest" 2>/dev/null <<'PY'
import os, sys
oldest = tuple(map(int, sys.argv[2].split(".")))
sys.exit(os.path.realpath(sys.prefix) != os.path.realpath(sys.argv[1]) or sys.version_info < oldest)
PY
}

# The command is there and every direct dependency with it: a stamp alone would not notice what was removed later.
package_sound() {
    [ -x "$venv/bin/steepest" ] && "$venv/bin/python" - "$level" 2>/dev/null <<'PY'
import re, sys
from importlib.metadata import distribution
for line in distribution("steepest").requires or ():
    if ";" not in line or (sys.argv[1] == "dev" and re.search(r"extra == .dev.$", line)):
        distribution(re.match(r"[\w.-]+", line).group())
PY
}

# With PYTHON=… a .venv that another interpreter made is not the one asked for.
venv_of_choice() {
    [ -z "${PYTHON:-}" ] || [ "$("$venv/bin/python" -c "$base_of" 2>/dev/null)" = "$("$PYTHON" -c "$base_of" 2>/dev/null)" ]
}
base_of='import os, sys; print(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))'

fingerprint() {
    cat pyproject.toml constraints.txt scripts/setup.sh | cksum
    printf '%s\n' "$venv"
    "$venv/bin/python" -V
}

up_to_date() {
    venv_sound && venv_of_choice && package_sound || return 1
    wanted=$(fingerprint)
    for stamp in "$venv/.setup-dev" "$venv/.setup-$level"; do
        [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    done
    return 1
}

# --- Python ---------------------------------------------------------------------------------------------------------

# Sets `python` (the interpreter behind any virtual environment that happens to be active) and `version` (3.12).
ask_python() {
    answer=$("$1" -c 'import sys
print("%d.%d" % sys.version_info[:2], getattr(sys, "_base_executable", sys.executable))' 2>/dev/null) || return 1
    version=${answer%% *}
    python=${answer#* }
}

new_enough() { [ "${version%%.*}" -gt 3 ] || { [ "${version%%.*}" -eq 3 ] && [ "${version#*.}" -ge "${oldest#*.}" ]; }; }

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        ask_python "$PYTHON" || die "PYTHON=$PYTHON does not start. Give a Python $oldest or newer: PYTHON=python3 make setup"
        new_enough || too_old "$PYTHON"
        return
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if ask_python "$candidate" && new_enough; then return; fi
    done
    if ask_python python3; then too_old python3; fi
    die "There is no python3 that starts, and steepest needs $oldest or newer. Install one: $get_python"
}

too_old() {
    die "$1 is Python $version, and steepest needs $oldest or newer. Install one ($get_python)" \
        "and name it if it is not found by itself: PYTHON=python$oldest make setup"
}

# --- System packages ------------------------------------------------------------------------------------------------
# pycairo and ManimPango ship no Linux wheels and compile. What counts is what can be done, not what dpkg has recorded:
# another Python brings its own headers, another compiler serves as well.

can_compile() { # with the compiler that this Python builds extensions with
    compiler=${CC:-$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("CC") or "cc")')}
    scratch=$(mktemp -d)
    printf '#include <stdlib.h>\nint main(void) { return EXIT_SUCCESS; }\n' >"$scratch/try.c"
    status=0
    # shellcheck disable=SC2086 # a compiler may come with options: gcc -pthread
    $compiler "$scratch/try.c" -o "$scratch/try" >/dev/null 2>&1 || status=1
    rm -rf "$scratch"
    return $status
}
has_headers() { "$python" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))'; }
has_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

# Debian's name of the packages of this interpreter: python3-dev, or python3.12-dev beside another default.
python_package() {
    prefix=python3
    [ "$version" = "$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" ] || prefix=python$version
    printf '%s-%s' "$prefix" "$1"
}

lack() { # the words for people, the Debian package
    missing="$missing${missing:+, }$1"
    packages="$packages${packages:+ }$2"
}

look() {
    missing='' packages=''
    can_compile || lack 'a C compiler' build-essential
    command -v pkg-config >/dev/null || lack pkg-config pkg-config
    has_headers || lack "the headers of Python $version" "$(python_package dev)"
    has_venv || lack "the venv module of Python $version" "$(python_package venv)"
    pkg-config --exists cairo 2>/dev/null || lack cairo libcairo2-dev
    pkg-config --exists pangocairo 2>/dev/null || lack pango libpango1.0-dev
    [ -n "$missing" ]
}

system_packages() {
    look || return 0
    [ "$system" != macos ] || die "Missing: $missing. Run this and try again: $brew_line"
    case $python in
    /usr/bin/*) ;;
    *)
        if ! has_headers || ! has_venv; then
            die "$python lacks its headers or its venv module, which apt cannot mend:" \
                "reinstall that Python whole, or take the system's: PYTHON=/usr/bin/python3 make setup"
        fi
        ;;
    esac
    command -v apt-get >/dev/null ||
        die "Missing: $missing. There is no apt-get here: install these, with their headers, by this system's own means" \
            "(Fedora: sudo dnf install gcc pkgconf-pkg-config python3-devel cairo-devel pango-devel) and try again."

    say "Missing: $missing"
    line="apt-get install -y --no-install-recommends $packages"
    if [ "$(id -u)" -eq 0 ]; then
        sudo=''
    elif command -v sudo >/dev/null && if [ -t 0 ]; then sudo true; else sudo -n true 2>/dev/null; fi; then
        sudo=sudo
    else
        die "That needs root, and this account is not root and cannot use sudo." \
            "Ask for this line, then try again: sudo apt-get update && sudo $line"
    fi
    # shellcheck disable=SC2086 # an empty $sudo is no word, and $packages are several
    {
        # A source of somebody else's that fails to refresh must not stop us; the install below says what counts.
        step "Refreshing apt's lists (seconds)" $sudo apt-get update -q || say "apt-get update failed; going on with the lists there are"
        step "Installing with apt: $packages (1 to 2 minutes)" $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 $packages || failed
    }
    if look; then die "Still missing after apt-get install: $missing. The log is $root/$log"; fi
}

# A font of Chinese letters. The tests that set some are left out where it cannot be had, so nothing depends on it.
wish=fonts-wqy-microhei
font=${FONTS:-/usr/share/fonts}/truetype/wqy/wqy-microhei.ttc

wished_package() {
    if [ "$level" = use ] || [ -e "$font" ] || ! command -v apt-get >/dev/null; then return; fi
    if [ "$(id -u)" -eq 0 ]; then
        sudo=''
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo=sudo
    else
        return 0
    fi
    # shellcheck disable=SC2086 # an empty $sudo is no word
    {
        step "Refreshing apt's lists for $wish (seconds)" $sudo apt-get update -q || :
        step "Installing $wish with apt, for some tests (seconds)" $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$wish" ||
            say "That failed; the tests leave out what needs it."
    }
}

# --- Steps ----------------------------------------------------------------------------------------------------------

# Say what is being done, do it with its output in the log, say how long it took.
step() {
    say "$1 ..."
    shift
    began=$(date +%s)
    printf '\n$ %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null || return 1
    say "    done in $(($(date +%s) - began)) s"
}

failed() {
    say "That failed. The log's last lines:"
    tail -n 25 "$log" >&2
    die "The whole log is $root/$log"
}

virtual_environment() {
    if venv_sound && venv_of_choice; then return; fi
    [ ! -e "$venv" ] || say ".venv is broken, was moved or belongs to another Python: making it anew"
    step "Making .venv with Python $version (seconds)" "$python" -m venv --clear "$venv" || failed
}

install_package() {
    rm -f "$venv/.setup-use" "$venv/.setup-dev"
    what=. with=''
    [ "$level" = use ] || what='.[dev]' with=' with the development tools'
    step "Installing steepest$with into .venv (1 to 4 minutes the first time: two libraries compile)" \
        env PIP_USER=0 "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --progress-bar off \
        --constraint constraints.txt --editable "$what" || failed
    package_sound || die "pip reported no error, but the package in .venv is not whole. The log is $root/$log"
    fingerprint >"$venv/.setup-$level"
}

if up_to_date; then exit 0; fi
[ "$system" != windows ] || die "On Windows steepest runs inside WSL: wsl --install, then clone and run make in there."
choose_python
mkdir -p build
: >"$log"
system_packages
wished_package
virtual_environment
install_package
say "Done."

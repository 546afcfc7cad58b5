"""`demo`: the tool and a demo platform on this machine, to try deep linking, launch, playing and grades."""

import os
import subprocess
import sys
import threading
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from lokaltmot_lms.resources import shipped
from lokaltmot_lms.texts import N_
from lti_app.cli.command import Console, command, option, refuse
from lti_app.errors import SettingsError
from lti_app.sandbox import demonstration
from lti_app.settings import PREFIX, Settings


@command("demo", N_("Try the tool on this machine with a small demo platform."), has_json=False)
@option(
    "--port",
    default=8010,
    type=click.IntRange(1024, 65534),
    help=N_("The platform's port; the tool uses the next one."),
)
@option("--no-browser", is_flag=True, help=N_("Do not open a browser."))
def demo(console: Console, port: int, no_browser: bool) -> None:
    """Build the modules and run everything until Ctrl-C."""
    _refuse_in_public()
    with TemporaryDirectory(prefix="lokaltmot-demo-") as name:
        folder = Path(name)
        console.say(console.gettext("Building the modules …"))
        for course in _courses():
            _build(course, folder / "modules")
        try:
            with demonstration(folder, folder / "modules", port=port) as address:
                said = N_("Open {address} and follow the three steps there. Press Ctrl-C to stop; nothing is saved.")
                console.say(console.gettext(said, address=address))
                if not no_browser:
                    webbrowser.open(address)
                threading.Event().wait()
        except OSError as error:
            raise refuse(
                N_("Port {port} or the next one is in use ({reason}). Choose another with --port."),
                port=port,
                reason=error.strerror,
            ) from None
        except KeyboardInterrupt:
            console.say("")


def _refuse_in_public() -> None:
    """Refuse to run next to a tool that others can reach: on the demo platform anybody can be the teacher."""
    public = os.environ.get(f"{PREFIX}PUBLIC_URL")
    if public is None:
        return
    try:
        is_local = Settings(public_url=public).is_local
    except SettingsError:
        is_local = False
    if not is_local:
        said = N_("The demo only runs on your own machine, but {name} is set to {url}. Unset it first.")
        raise refuse(said, name=f"{PREFIX}PUBLIC_URL", url=public)


def _courses() -> list[Path]:
    """Return the starter course, and in a checkout the six modules of Lokalt mot."""
    starter = shipped("starter")
    whole = starter.parent / "lokalt-mot"
    return [starter, *([whole] if (whole / "course.yaml").is_file() else [])]


def _build(course: Path, out: Path) -> None:
    # Through the compiler's command: the tool must not import code that builds (import contracts).
    words = [sys.executable, "-m", "lokaltmot_lms", "build", str(course), "--target", "lti", "--out", str(out)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    if done.returncode:
        raise refuse(N_("{course} could not be built: {reason}"), course=course, reason=done.stderr or done.stdout)

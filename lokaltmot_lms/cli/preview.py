"""`lokaltmot preview`: a course in the browser, inside the strict platform, while it is written."""

from pathlib import Path

import click

from lokaltmot_lms.cli.command import command, course_argument, local_option, option
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.preview import serve
from lokaltmot_lms.texts import N_


@command("preview", N_("Show COURSE in the browser while you write. The page updates when you save."))
@course_argument
@local_option
@option("--port", type=click.IntRange(0, 65535), default=0, help=N_("The port to listen on; 0 finds a free one."))
@option("--as", "--target", "target", type=click.Choice(("scorm12", "scorm2004", "cmi5")), default="scorm12",
        help=N_("The standard that the preview uses."))  # fmt: skip
@option("--open/--no-open", "is_opening", default=False, help=N_("Also open the browser."))
def preview(
    console: Console, course: Path, local: Path | None, port: int, target: str, is_opening: bool, as_json: bool
) -> None:
    def ready(address: str) -> None:
        if as_json:
            console.answer({"address": address})
        else:
            console.say(console.gettext("{course} is at {address}. Stop with Ctrl-C.", course=course, address=address))
        if is_opening:
            click.launch(address)

    serve(course, port=port, local=local, target=target, language=console.language, ready=ready)

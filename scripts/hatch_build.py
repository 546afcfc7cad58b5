"""Compiles the message catalogues (.po to .mo) when a wheel or an editable install is made."""

import io
import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling calls `initialize` before it gathers files (hatch.pypa.io, custom build hook)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # the hook's names
        for source in sorted(Path(self.root, "templates", "locale").glob("*/LC_MESSAGES/*.po")):
            compiled = io.BytesIO()
            with source.open("rb") as po:
                write_mo(compiled, read_po(po, locale=source.parts[-3]))
            _put(source.with_suffix(".mo"), compiled.getvalue())


def _put(catalogue: Path, content: bytes) -> None:
    """Replace a catalogue in one step: another build or a test may be reading it at the same time."""
    if catalogue.is_file() and catalogue.read_bytes() == content:
        catalogue.touch()
        return
    draft = catalogue.with_suffix(f".{os.getpid()}.mo")
    draft.write_bytes(content)
    draft.replace(catalogue)
